"""All that was recorded of a run, as one table and as arrays: costs, metrics, the layers' statistics, the units.

What the columns are called is said here once, in words that need no knowledge of the program: every figure's table uses
the same. Quantities without a unit in their heading have none.
"""

from collections.abc import Mapping
from typing import Any

import numpy
from numpy.typing import NDArray

from nnviz.engine.datasets.record import Task
from nnviz.engine.diagnostics import STATISTICS
from nnviz.engine.unit_states import UnitState
from nnviz.experiment.records import COLUMNS, Curves

STATISTIC_HEADINGS: Mapping[str, str] = {
    "gradient_W_rms": "RMS of the weights' gradient",
    "gradient_W_max": "largest size of the weights' gradient",
    "gradient_b_rms": "RMS of the biases' gradient",
    "gradient_b_max": "largest size of the biases' gradient",
    "delta_rms": "RMS of delta = dJ/dz",
    "delta_max": "largest size of delta = dJ/dz",
    "W_rms": "RMS of the weights",
    "update_ratio": "RMS of the update / RMS of the weights",
    "a_mean": "mean of the outputs",
    "a_std": "standard deviation of the outputs",
    "zero_share": "outputs that are 0 (share 0-1)",
    "saturated_share": "saturated outputs (share 0-1)",
    "inactive_share": "inactive units (share 0-1)",
    "signal_before_gate": "RMS of dJ/da",
    "distinct_units": "distinct units",
}
"""Of each of STATISTICS."""
SCORES: Mapping[Task, str] = {
    "regression": "R squared",
    "binary": "accuracy (share 0-1)",
    "multi-class": "accuracy (share 0-1)",
    "multi-label": "label accuracy (share 0-1)",
}
"""Of the task's metric."""


def curve_headings(task: Task) -> tuple[str, ...]:
    """Of each of COLUMNS."""
    return ("step", "epoch", "training loss", "test loss", f"training {SCORES[task]}", f"test {SCORES[task]}")


def layer_heading(layer: int, statistic: str) -> str:
    """Of one of STATISTICS of a layer, counted from 1."""
    return f"layer {layer}: {STATISTIC_HEADINGS[statistic]}"


def history_columns(curves: Curves, task: Task) -> list[str]:
    """Headings: the costs and metrics, then each layer's statistics, and how many of its units were dead."""
    layers = range(1, curves.layers.shape[1] + 1)
    return [*curve_headings(task), *(layer_heading(l, name) for l in layers for name in STATISTICS), "dead units"]


def history_table(curves: Curves, task: Task) -> list[tuple[str, ...]]:
    """A row for each recorded step, in full precision; an empty cell where there is no number."""
    count = len(curves)
    dead = numpy.count_nonzero(curves.units == UnitState.DEAD, axis=-1)
    values = numpy.column_stack([curves.values, curves.layers.reshape(count, -1), dead])
    return [tuple(history_columns(curves, task)), *(tuple(_plain(value) for value in row) for row in values.tolist())]


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
