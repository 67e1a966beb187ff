"""The run's path on a slice: where it is nearest, how far away it is, and what the picture makes of its cost."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cached_property

import numpy
from numpy.typing import NDArray

from nnviz.engine import NetworkObjective
from nnviz.engine.planes import Line, Plane
from nnviz.experiment.loss_surface.surface import PIECE_BYTES
from nnviz.experiment.trail import Trajectory

Floats = NDArray[numpy.float64]


@dataclass(frozen=True, eq=False)
class ProjectedPath:
    """K points of a trajectory on a line or plane; K-th numbers belong together. Never written again.

    coordinates: of the nearest point of the slice, (K,) each. distance (K,): from there to the true point, in the space
    of parameters. cost (K,): J at the true point. height (K,): J at the nearest point of the slice. Both are nan where
    they are not known yet (``done`` of 2 K values are) or not numbers. explained: the share of the path's variance that
    lies along the slice; nan for a path that has not moved.
    """

    trajectory: Trajectory
    region: Line | Plane
    coordinates: tuple[Floats, ...]
    distance: Floats
    cost: Floats
    height: Floats
    explained: float
    done: int

    @property
    def complete(self) -> bool:
        """All costs and heights are known."""
        return self.done == 2 * len(self.trajectory)

    @property
    def present(self) -> int:
        """Which point is where the run stands."""
        return self.trajectory.present

    @cached_property
    def ratio(self) -> Floats:
        """True cost / height of the surface there, (K,): 1 where the picture tells the truth; nan where 0 / 0."""
        with numpy.errstate(all="ignore"):
            ratio: Floats = self.cost / self.height
        return ratio


def project_path(
    region: Line | Plane,
    objective: NetworkObjective,
    trajectory: Trajectory,
    breathe: Callable[[], object] = lambda: None,
) -> Generator[ProjectedPath, None, None]:
    """First where the path lies, then with ever more of its costs and heights.

    All are of ``objective``: with the training cost as it was throughout the run, cost is what was recorded. breathe is
    called before every piece. ValueError for a path of another number of parameters.
    """
    count = len(trajectory)
    step = max(1, PIECE_BYTES // (8 * len(region.origin)))
    coordinates = tuple(numpy.empty(count) for _ in range(region.dimensions))
    distance = numpy.empty(count)
    for start in range(0, count, step):
        breathe()
        part = slice(start, start + step)
        thetas = numpy.stack(trajectory.points[part])
        for out, places in zip(coordinates, region.project(thetas), strict=True):
            out[part] = places
        distance[part] = region.distance(thetas)
    explained = _explained(region, trajectory, coordinates)
    for array in (*coordinates, distance):
        array.flags.writeable = False
    cost, height = numpy.full(count, numpy.nan), numpy.full(count, numpy.nan)

    def picture(done: int) -> ProjectedPath:
        return ProjectedPath(trajectory, region, coordinates, distance, _frozen(cost), _frozen(height), explained, done)

    yield picture(0)
    work = objective.network.bytes_per_member(len(objective.x)) + 8 * len(region.origin)
    step = max(1, PIECE_BYTES // (2 * work))
    for start in range(0, count, step):
        breathe()
        part = slice(start, min(start + step, count))
        with numpy.errstate(all="ignore"):
            cost[part] = objective.value(numpy.stack(trajectory.points[part]))
            height[part] = objective.value(region.points(*(places[part] for places in coordinates)))
        yield picture(2 * part.stop)


def _explained(region: Line | Plane, trajectory: Trajectory, coordinates: tuple[Floats, ...]) -> float:
    """Variance of the projections over variance of the points, a point at a time since there may be many parameters."""
    mean = sum(trajectory.points) / len(trajectory)
    middle = region.points(*(numpy.mean(places) for places in coordinates))
    seen = total = 0.0
    with numpy.errstate(all="ignore"):
        for number, point in enumerate(trajectory.points):
            total += float(numpy.linalg.norm(point - mean)) ** 2
            on_slice = region.points(*(places[number] for places in coordinates))
            seen += float(numpy.linalg.norm(on_slice - middle)) ** 2
    return seen / total if 0.0 < total < numpy.inf else float("nan")


def _frozen(array: Floats) -> Floats:
    copy = array.copy()
    copy.flags.writeable = False
    return copy
