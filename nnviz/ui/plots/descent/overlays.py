"""A race as paths, marks and vectors on the drawings of its surface."""

import math
from collections.abc import Mapping, Sequence

import numpy
from PySide6.QtGui import QColor

from nnviz.experiment.descent.examples import ExampleSteps
from nnviz.experiment.descent.ground import Ground
from nnviz.experiment.descent.phases import PHASES, StepPhases
from nnviz.experiment.descent.race import RaceRecord
from nnviz.experiment.descent.specification import Descent
from nnviz.ui.plots.descent.runner_colors import runner_color
from nnviz.ui.plots.surface.overlays import SurfaceArrow, SurfaceMark, SurfacePath
from nnviz.ui.theme import Theme

MOST_POINTS = 2000
"""Of longer paths every second step is drawn, or every fourth, …: single steps can no longer be told apart."""
MOST_MINIMA = 30
"""Stars of more minima than that would hide the surface."""
EXAMPLE_OPACITY = 0.75
"""Of the vectors of single data points."""
APART = 0.045
"""Vectors along one axis stand above each other by this share of the heights shown."""

ARROWS: Mapping[str, tuple[str, str]] = {
    "gradient": ("−α∇J", "good"),
    "momentum": ("momentum", "bad"),
    "adjusted": ("−αd", "warning"),
    "step": ("step", "text"),
}
"""What each vector is called, and the token of its colour; a step is drawn in the same colours everywhere."""


def paths_of(spec: Descent, record: RaceRecord, step: int, theme: Theme) -> list[SurfacePath]:
    """The way of each runner, up to where it stopped; what follows the step shown is pale."""
    paths = []
    for number, runner in enumerate(spec.runners):
        stop = int(record.stopped_at[number])
        end = record.last_step if stop < 0 else stop
        stride = 2 ** max(0, math.ceil(math.log2((end + 1) / MOST_POINTS)))
        # A grown path begins with the one before, which is why the last step is left out until its turn comes.
        kept = slice(0, end + 1, stride)
        points, heights = record.positions[kept, number], record.values[kept, number]
        across = points[:, 0]
        paths.append(
            SurfacePath(
                across,
                points[:, 1] if points.shape[-1] == 2 else heights,
                heights,
                runner_color(theme, runner.colour),
                runner.title,
                current=min(step, end) // stride,
            )
        )
    return paths


def marks_of(spec: Descent, ground: Ground, theme: Theme) -> tuple[list[SurfaceMark], list[int | None]]:
    """(marks, whose each is): minima, not to be moved, then starts: a runner's number, or None for the common one."""
    known = ground.minima.tolist() if len(ground.minima) <= MOST_MINIMA else []
    marks = [
        SurfaceMark("minimum", place[0], place[-1] if len(place) == 2 else 0.0, _height(ground, place))
        for place in known
    ]
    owners: list[int | None] = [None] * len(marks)
    starts: list[tuple[int | None, tuple[float, ...], QColor | None, str]] = []
    if any(runner.start is None for runner in spec.runners) or not spec.runners:
        starts.append((None, spec.start, None, "start"))
    for number, runner in enumerate(spec.runners):
        if runner.start is not None:
            starts.append((number, runner.start, runner_color(theme, runner.colour), "start"))
    for owner, start, color, label in starts:
        y = start[1] if len(start) == 2 else 0.0
        height = _height(ground, start)
        marks.append(SurfaceMark("start", start[0], y, height, label=label, color=color, movable=True))
        owners.append(owner)
    return marks, owners


def _height(ground: Ground, place: Sequence[float]) -> float | None:
    """The surface's own there, not the drawing's; None outside of what is drawn, and where there is none."""
    point = numpy.array(place)
    if len(place) != ground.dimension or not ground.inside(point):
        return None
    with numpy.errstate(all="ignore"):
        height = float(ground.objective.value(point))
    return height if math.isfinite(height) else None


def vectors_of(phases: StepPhases, shown: int) -> list[tuple[str, tuple[float, ...], tuple[float, ...]]]:
    """(key of ARROWS, begin, end) of what the first ``shown`` phases have brought about, each (P,)."""
    here, alpha = phases.position, phases.learning_rate
    ends = {"gradient": here - alpha * phases.noisy_gradient}
    if shown > PHASES.index("adjusted"):
        if "momentum" in phases.parts:
            ends["momentum"] = here - alpha * phases.parts["momentum"]
        ends["adjusted"] = here + phases.delta
    if shown > PHASES.index("step"):
        del ends["adjusted"]
        ends["step"] = phases.new_position
    return [(key, tuple(here.tolist()), tuple(end.tolist())) for key, end in ends.items()]


def arrows_of(phases: StepPhases, shown: int, span: tuple[float, float], theme: Theme) -> list[SurfaceArrow]:
    """On a map as they are; over one coordinate above each other. span: of the heights shown there."""
    arrows = []
    room = APART * (span[1] - span[0])
    for number, (key, begin, end) in enumerate(vectors_of(phases, shown)):
        label, token = ARROWS[key]
        height = phases.value + (0.5 + number) * room
        start = (begin[0], begin[1] if len(begin) == 2 else height)
        stop = (end[0], end[1] if len(end) == 2 else height)
        arrows.append(SurfaceArrow(start, stop, theme.color(token), label))
    return arrows


def example_arrows(found: ExampleSteps, theme: Theme, *, with_mean: bool) -> list[SurfaceArrow]:
    """-α∇ℓ of single data points, thin and pale; over them their mean, unless it is drawn as the step's gradient."""
    here = (float(found.position[0]), float(found.position[1]))
    pale = example_color(theme)
    arrows = [SurfaceArrow(here, (float(w), float(b)), pale, thin=True) for w, b in found.ends]
    if with_mean:
        # Named in the legend: a name beside its tip would lie on the others.
        end = (float(found.mean_end[0]), float(found.mean_end[1]))
        arrows.append(SurfaceArrow(here, end, theme.color(ARROWS["gradient"][1])))
    return arrows


def example_color(theme: Theme) -> QColor:
    """Of the vectors of single data points."""
    return theme.color("text", EXAMPLE_OPACITY)
