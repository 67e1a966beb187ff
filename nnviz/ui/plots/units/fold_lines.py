"""Where each unit of a layer has its fold: the places at which its pre-activation z is 0.

A layer whose inputs are just x and y folds along straight lines, which its weights give exactly; all others along
curves, found in samples of z over the plane.
"""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.experiment.problem import Problem
from nnviz.ui.plots.charts.contour import crossings

Floats = NDArray[numpy.float64]
Singles = NDArray[numpy.float32]
Extent = tuple[float, float, float, float]

PLAIN = ("x", "y")


@dataclass(frozen=True, eq=False)
class Fold:
    """One unit's fold. segments: (S, 2 ends, x and y), none where it does not cross the plane.

    middle: (2,) a place on it; rise: (2,) the direction in which z grows there, as (dz/dx, dz/dy).
    """

    segments: Floats
    middle: Floats
    rise: Floats


def straight(problem: Problem) -> bool:
    """Whether the first layer sees the two raw inputs and nothing else."""
    return problem.dimensions == 2 and all(name in PLAIN for name in problem.inputs.features)


def corner_values(problem: Problem, theta: Floats, axes: tuple[int, int], extent: Extent) -> Floats:
    """z of the first layer's units at the four corners of the extent, (n_1, 2, 2) in the order of a decision map.

    z is a plane there, so that its zeros between the corners are exact.
    """
    left, right, bottom, top = extent
    corners = numpy.empty((4, 2))
    corners[:, axes[0]], corners[:, axes[1]] = (left, right, left, right), (bottom, bottom, top, top)
    layout = problem.network.layout
    with numpy.errstate(all="ignore"):
        z: Floats = problem.inputs.apply(corners) @ layout.weights(theta, 1) + layout.biases(theta, 1)
    return z.T.reshape(-1, 2, 2)


def folds(values: Floats | Singles, extent: Extent) -> list[Fold]:
    """A fold for each unit, from z (n, rows, columns) sampled over the extent."""
    return [_fold(z, extent) for z in values]


def _fold(z: Floats | Singles, extent: Extent) -> Fold:
    segments = crossings(z.astype(numpy.float64), 0.0, extent)
    if len(segments) == 0:
        return Fold(segments, numpy.full(2, numpy.nan), numpy.zeros(2))
    # The segment nearest to the middle of all lies on the line, which their mean need not.
    centers = numpy.mean(segments, axis=1)
    middle = centers[numpy.argmin(numpy.linalg.norm(centers - numpy.mean(centers, axis=0), axis=1))]
    left, right, bottom, top = extent
    rows, columns = z.shape
    column = min(int((middle[0] - left) / (right - left) * (columns - 1)), columns - 2)
    row = min(int((middle[1] - bottom) / (top - bottom) * (rows - 1)), rows - 2)
    cell = z[row : row + 2, column : column + 2].astype(numpy.float64)
    across, up = numpy.mean(cell[:, 1] - cell[:, 0]), numpy.mean(cell[1] - cell[0])
    cell_size = numpy.array([(right - left) / (columns - 1), (top - bottom) / (rows - 1)])
    return Fold(segments, middle, numpy.array([across, up]) / cell_size)
