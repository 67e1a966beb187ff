"""All that was recorded of a run, as one table and as arrays: costs, metrics, the layers' statistics, the units."""

from typing import Any

import numpy
from numpy.typing import NDArray

from nnviz.engine.diagnostics import STATISTICS
from nnviz.engine.unit_states import UnitState
from nnviz.experiment.records import COLUMNS, Curves


def history_columns(curves: Curves) -> list[str]:
    """Headings: the costs and metrics, then each layer's statistics, and how many of its units were dead."""
    layers = range(1, curves.layers.shape[1] + 1)
    return [*COLUMNS, *(f"layer {l} {name}" for l in layers for name in STATISTICS), "dead units"]


def history_table(curves: Curves) -> list[tuple[str, ...]]:
    """A row for each recorded step, in full precision; an empty cell where there is no number."""
    count = len(curves)
    dead = numpy.count_nonzero(curves.units == UnitState.DEAD, axis=-1)
    values = numpy.column_stack([curves.values, curves.layers.reshape(count, -1), dead])
    return [tuple(history_columns(curves)), *(tuple(_plain(value) for value in row) for row in values.tolist())]


def history_arrays(curves: Curves, widths: tuple[int, ...]) -> dict[str, NDArray[Any]]:
    """The same as arrays. Each of COLUMNS (R,), each of STATISTICS (R, L), unit_states (R, U) with their names;
    widths (n_1, …, n_L) tell which unit belongs to which layer."""
    names = numpy.array([state.name.lower() for state in UnitState])
    arrays: dict[str, NDArray[Any]] = {name: curves.column(name) for name in COLUMNS}
    arrays |= {name: curves.statistic(name) for name in STATISTICS}
    return arrays | {"unit_states": curves.units, "unit_state_names": names, "layer_widths": numpy.array(widths)}


def _plain(value: float) -> str:
    if not numpy.isfinite(value):
        return "" if numpy.isnan(value) else repr(value)
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
