"""Which slice of the loss surface is looked at: a specification, and the line or plane that comes of it."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine import NetworkObjective
from nnviz.engine.checks import checked_array, checked_number, checked_whole, shown
from nnviz.engine.directions import filter_normalized, parameter_directions, principal_directions, through
from nnviz.engine.hessian_directions import largest_bends
from nnviz.engine.layout import Layout
from nnviz.engine.planes import Line, Plane
from nnviz.experiment.loss_surface.saved_points import SavedPoint, saved_thetas
from nnviz.experiment.problem import Problem
from nnviz.experiment.specification import TrainingSpec
from nnviz.experiment.trail import Trajectory

Floats = NDArray[numpy.float64]
Kind = Literal["parameters", "random", "path", "points", "bends"]
Data = Literal["train", "all"]

KINDS: tuple[Kind, ...] = get_args(Kind)
RESOLUTIONS = (17, 33, 65, 129)
"""Points a side: each has the points of the one before among its own."""
MOST_EXAMPLES = 2000
MARGIN = 0.2
"""Of a path's or a triangle's width, left free on each side."""


@dataclass(frozen=True)
class SliceSpec:
    """kind: "parameters" (two of them, by their numbers in theta), "random" (filter-normalized, from ``seed``), "path"
    (the two directions in which the run moved most), "points" (names of two or three saved ones), "bends" (the two
    largest eigenvalues of the Hessian).

    half_width: how far to see on each side, in units of the slice's coordinates; None: what suits the slice. data: the
    examples of the cost, evenly chosen where there are more than most_examples. ValueError for values not allowed.
    """

    kind: Kind = "random"
    parameters: tuple[int, int] = (0, 1)
    points: tuple[str, ...] = ()
    seed: int = 0
    half_width: float | None = None
    resolution: int = 65
    data: Data = "train"
    most_examples: int = MOST_EXAMPLES

    def __post_init__(self) -> None:
        allowed = (("kind", KINDS), ("resolution", RESOLUTIONS), ("data", get_args(Data)))
        for name, values in allowed:
            if getattr(self, name) not in values:
                raise ValueError(f"{name} is {shown(getattr(self, name))}; allowed are {', '.join(map(str, values))}")
        if self.half_width is not None and checked_number("half_width", self.half_width, 0.0, 1e12) == 0.0:
            raise ValueError("half_width is 0; a slice needs some width to be seen")
        if self.kind == "points" and len(self.points) not in (2, 3):
            raise ValueError(f"{len(self.points)} saved points are chosen; a line needs two, a plane three")
        checked_whole("seed", self.seed)
        checked_whole("most_examples", self.most_examples, 1)


@dataclass(frozen=True, eq=False)
class SurfaceSlice:
    """A line or plane to look at, over extent: (left, right), or (left, right, bottom, top), in its coordinates.

    names: of its one or two coordinates. explained (2,): the share of the path's variance along each direction, of
    kind "path". eigenvalues (2,), settled: of kind "bends", and whether they are exact.
    """

    spec: SliceSpec
    region: Line | Plane
    extent: tuple[float, ...]
    names: tuple[str, ...]
    explained: Floats | None = None
    eigenvalues: Floats | None = None
    settled: bool = True

    def moved_to(self, theta: ArrayLike) -> "SurfaceSlice":
        """The parallel slice through theta (P,): its coordinates mean what they meant, so that pictures can be compared
        while the other parameters move. Its extent follows only where theta would be outside."""
        theta = checked_array("theta", theta, (len(self.region.origin),), finite=True)
        here = self.region.project(theta)
        region = self.region.moved(self.region.origin + (theta - self.region.points(*here)))
        extent: list[float] = []
        for place, low, high in zip(here, self.extent[0::2], self.extent[1::2], strict=True):
            shift = 0.0 if low <= place <= high else float(place) - 0.5 * (low + high)
            extent += [low + shift, high + shift]
        return replace(self, region=region, extent=tuple(extent))


@dataclass(frozen=True, eq=False)
class SliceRequest:
    """All that a slice depends on: the specification, the snapshot's problem (the network in force) and training (the
    settings in force), theta (P,) through which it goes, the way that led there, and saved points."""

    spec: SliceSpec
    problem: Problem
    training: TrainingSpec
    theta: Floats
    trajectory: Trajectory | None = None
    saved: tuple[SavedPoint, ...] = field(default=())


def surface_objective(problem: Problem, training: TrainingSpec, spec: SliceSpec) -> NetworkObjective:
    """The cost whose surface is looked at: the training cost itself, with the penalties in force, unless all examples
    are asked for or there are more than most_examples of them."""
    known = problem.objective
    x, y = known.x, known.y
    if spec.data == "all" and problem.test_objective is not None:
        x = numpy.concatenate([x, problem.test_objective.x])
        y = numpy.concatenate([y, problem.test_objective.y])
    if len(x) > spec.most_examples:
        rows = numpy.linspace(0, len(x) - 1, spec.most_examples).round().astype(numpy.intp)
        x, y = x[rows], y[rows]
    if x is known.x:
        return known.with_penalties(training.l1, training.l2)
    return NetworkObjective(problem.network, known.loss.name, x, y, training.l1, training.l2)


def example_count(problem: Problem, spec: SliceSpec) -> int:
    """How many examples there are of the data asked for, before any are left out."""
    return len(problem.train) + (len(problem.test) if spec.data == "all" else 0)


def pose_slice(
    request: SliceRequest, objective: NetworkObjective, breathe: Callable[[], object] = lambda: None
) -> Generator[int, None, SurfaceSlice]:
    """Makes the slice: yields how many gradient products have been taken, and returns it.

    Only "bends" takes any. ValueError in one sentence for parameters that are not finite, fewer than two of them, a
    path that has not moved, or points that span nothing.
    """
    spec, theta = request.spec, request.theta
    if not numpy.all(numpy.isfinite(theta)):
        raise ValueError(
            "the parameters are not finite, so no surface is around them; go back to a step where they are"
        )
    layout = request.problem.network.layout
    match spec.kind:
        case "parameters":
            return _parameters(spec, layout, theta, request.trajectory)
        case "random":
            return _random(spec, layout, theta)
        case "path":
            return _path(spec, theta, request.trajectory)
        case "points":
            return _points(spec, saved_thetas(request.saved, spec.points, request.problem))
    for bends in largest_bends(objective, theta, breathe=breathe):
        yield bends.products
    plane = Plane(theta, *bends.directions)
    half = spec.half_width or 0.5 * float(numpy.linalg.norm(theta)) or 1.0
    names = tuple(f"eigenvector of λ = {value:.4g}" for value in bends.eigenvalues)
    return SurfaceSlice(spec, plane, _square(half), names, eigenvalues=bends.eigenvalues, settled=bends.settled)


def _parameters(spec: SliceSpec, layout: Layout, theta: Floats, trajectory: Trajectory | None) -> SurfaceSlice:
    """Its coordinates are the two parameters themselves."""
    first, second = parameter_directions(layout.parameter_count, *spec.parameters)
    numbers = list(spec.parameters)
    origin = theta.copy()
    origin[numbers] = 0.0
    plane = Plane(origin, first, second)
    shown_points = theta[None, numbers]
    if trajectory is not None:
        shown_points = numpy.concatenate([shown_points, numpy.stack([point[numbers] for point in trajectory.points])])
    least = max(1.0, float(numpy.max(numpy.abs(theta[numbers]))))
    extent = _around(shown_points, least) if spec.half_width is None else _square(spec.half_width, *theta[numbers])
    return SurfaceSlice(spec, plane, extent, tuple(_name(layout, number) for number in numbers))


def _random(spec: SliceSpec, layout: Layout, theta: Floats) -> SurfaceSlice:
    # A network of a single weight has no second direction but that of its bias.
    biases = int(numpy.count_nonzero(layout.weight_mask)) < 2
    directions = filter_normalized(layout, theta, numpy.random.default_rng(spec.seed), biases=biases)
    half = 1.0 if spec.half_width is None else spec.half_width
    return SurfaceSlice(spec, Plane(theta, *directions), _square(half), ("random direction 1", "random direction 2"))


def _path(spec: SliceSpec, theta: Floats, trajectory: Trajectory | None) -> SurfaceSlice:
    if trajectory is None:
        raise ValueError("no path is known yet, so it has no plane; let the run take some steps")
    principal = principal_directions(trajectory.thetas)
    plane = Plane(theta, *principal.directions)
    places = numpy.stack(plane.project(trajectory.thetas), axis=-1)
    extent = _around(places, 0.0) if spec.half_width is None else _square(spec.half_width)
    names = tuple(f"path direction {k}, {share:.1%}" for k, share in enumerate(principal.explained, start=1))
    return SurfaceSlice(spec, plane, extent, names, explained=principal.explained)


def _points(spec: SliceSpec, thetas: Floats) -> SurfaceSlice:
    region = through(thetas)
    names = ("from " + " to ".join(spec.points[:2]), f"towards {spec.points[-1]}")
    if isinstance(region, Line):
        half = spec.half_width or 0.5 + 2.0 * MARGIN
        return SurfaceSlice(spec, region, (0.5 - half, 0.5 + half), names[:1])
    places = numpy.stack(region.project(thetas), axis=-1)
    extent = _around(places, 0.0)
    if spec.half_width is not None:
        extent = _square(spec.half_width, 0.5 * (extent[0] + extent[1]), 0.5 * (extent[2] + extent[3]))
    return SurfaceSlice(spec, region, extent, names)


def _square(half: float, u: float = 0.0, v: float = 0.0) -> tuple[float, float, float, float]:
    return float(u - half), float(u + half), float(v - half), float(v + half)


def _around(places: Floats, least: float) -> tuple[float, float, float, float]:
    """A square around places (K, 2) with a margin, at least ``least`` to each side of their middle."""
    low, high = numpy.min(places, axis=0), numpy.max(places, axis=0)
    half = max(least, (0.5 + MARGIN) * float(numpy.max(high - low)))
    return _square(half, *(0.5 * (low + high)))


def _name(layout: Layout, number: int) -> str:
    place = layout.parameter(number)
    if place.kind == "bias":
        return f"bias of unit {place.j}, layer {place.layer}"
    return f"weight {place.i} → {place.j}, layer {place.layer}"
