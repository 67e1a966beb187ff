"""The stretch of input space that views show: a square around the data, the same for a whole run."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.datasets import GENERATORS
from nnviz.experiment.problem import DRAWN, Problem

Floats = NDArray[numpy.float64]

PLANE = 6.0
"""Half the side of the plane on which generated 2-D data live."""
MARGIN = 0.08


@dataclass(frozen=True, eq=False)
class Domain:
    """A rectangle over two raw inputs; base: (F,) the values of the others."""

    axes: tuple[int, int]
    extent: tuple[float, float, float, float]
    base: Floats

    def grid(self, points: int) -> Floats:
        """Raw inputs (points², F), row by row from low to high."""
        left, right, bottom, top = self.extent
        first, second = numpy.meshgrid(numpy.linspace(left, right, points), numpy.linspace(bottom, top, points))
        x = numpy.tile(self.base, (points * points, 1))
        x[:, self.axes[0]], x[:, self.axes[1]] = first.ravel(), second.ravel()
        return x


def telling_axes(problem: Problem) -> tuple[int, int]:
    """The two inputs to look at first: of the plane its own, else those that follow the targets most closely.

    The measure is the largest absolute correlation with any target over the training examples.
    """
    if problem.dimensions <= 2:
        return 0, 1
    x, y = problem.data.x[problem.train], problem.data.y[problem.train]
    x, y = x - numpy.mean(x, axis=0), y - numpy.mean(y, axis=0)
    sizes = numpy.linalg.norm(x, axis=0)[:, None] * numpy.linalg.norm(y, axis=0)
    correlations = numpy.abs(x.T @ y) / numpy.where(sizes > 0.0, sizes, numpy.inf)
    # A stable sort, so that equally telling inputs stay in the order of the data.
    best = numpy.argsort(-numpy.max(correlations, axis=1), kind="stable")[:2]
    return int(min(best)), int(max(best))


def domain(problem: Problem, axes: tuple[int, int]) -> Domain:
    """The plane of [-6, 6]² for generated and drawn 2-D data, else the data's own range with a margin."""
    x = problem.data.x
    base = numpy.mean(x[problem.train], axis=0)
    on_plane = problem.spec.data.source in GENERATORS or problem.spec.data.source == DRAWN
    if on_plane and problem.dimensions <= 2:
        # Noise and hand-drawn points may lie outside.
        furthest = float(numpy.max(numpy.abs(x)))
        reach = PLANE if furthest <= PLANE else furthest * (1.0 + MARGIN)
        return Domain(axes, (-reach, reach, -reach, reach), base)
    extent: list[float] = []
    for axis in axes:
        low, high = float(numpy.min(x[:, axis])), float(numpy.max(x[:, axis]))
        room = MARGIN * (high - low) or 1.0
        extent += [low - room, high + room]
    return Domain(axes, (extent[0], extent[1], extent[2], extent[3]), base)
