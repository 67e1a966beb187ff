"""A race as tables: what its figures draw of it, under the same headings everywhere."""

from nnviz.experiment.descent.ground import Ground
from nnviz.experiment.descent.race import RaceRecord
from nnviz.experiment.descent.specification import REGRESSION, Descent
from nnviz.ui.plots.charts.wording import plain

Table = list[tuple[str, ...]]
HEIGHT = "height J"
GRADIENT = "length of the gradient"


def coordinate_names(spec: Descent) -> tuple[str, ...]:
    """Of the surface's coordinates."""
    if spec.surface.name == REGRESSION:
        return ("w", "b")
    return ("x", "y")[: spec.surface.dimension]


def race_headings(spec: Descent) -> tuple[str, ...]:
    """Of the rows of `race_row`."""
    return ("step", "runner", *coordinate_names(spec), HEIGHT, GRADIENT)


def race_row(spec: Descent, record: RaceRecord, step: int, runner: int) -> tuple[str, ...]:
    """Where a runner was at a step, in full precision; nan after it has stopped."""
    values = [
        *record.positions[step, runner].tolist(),
        record.values[step, runner],
        record.gradient_norms[step, runner],
    ]
    return (str(step), spec.runners[runner].title, *(plain(value) for value in values))


def race_table(spec: Descent, record: RaceRecord | None) -> Table:
    """A row for each step and runner, up to where it stopped: their whole ways, also where fewer points are drawn."""
    if record is None:
        return []
    rows = [
        race_row(spec, record, step, runner)
        for step in range(record.last_step + 1)
        for runner in range(len(spec.runners))
        if not 0 <= record.stopped_at[runner] < step
    ]
    return [race_headings(spec), *rows]


def minima_table(spec: Descent, ground: Ground | None) -> Table:
    """The surface's known minima."""
    if ground is None:
        return []
    return [coordinate_names(spec), *(tuple(plain(value) for value in place) for place in ground.minima.tolist())]
