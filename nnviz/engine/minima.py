"""Minima of a surface: points near them made exact, and the same point met twice told once."""

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.checks import checked_array
from nnviz.engine.expression_objective import SurfaceObjective

Floats = NDArray[numpy.float64]

NEWTON_STEPS = 50


def polished(objective: SurfaceObjective, theta: ArrayLike, reach: float) -> tuple[Floats, NDArray[numpy.bool_]]:
    """(minima (M, P), found (M,)) by Newton's method from points (M, P).

    found: the method ended at a place where the gradient is 0 but for rounding, the Hessian positive definite, and no
    further from its start than reach. The others keep their points.
    """
    start = checked_array("theta", theta, ("M", objective.dimension))
    here = start.copy()
    eye = numpy.eye(objective.dimension)
    with numpy.errstate(all="ignore"):
        for _ in range(NEWTON_STEPS):
            gradient, hessian = objective.value_and_gradient(here)[1], objective.hessian(here)
            solvable = numpy.isfinite(hessian).all((-2, -1)) & (numpy.abs(numpy.linalg.det(hessian)) > 0.0)
            usable = numpy.where(solvable[:, None, None], hessian, eye)
            step = numpy.linalg.solve(usable, gradient[..., None])[..., 0]
            here = here - numpy.where(solvable[:, None], step, 0.0)
        value, gradient = objective.value_and_gradient(here)
        hessian = objective.hessian(here)
        finite = numpy.isfinite(value) & numpy.isfinite(hessian).all((-2, -1))
        curvatures = numpy.linalg.eigvalsh(numpy.where(finite[:, None, None], hessian, eye))
        lowest = curvatures[..., 0]
        size = numpy.linalg.norm(gradient, axis=-1)
        near = numpy.linalg.norm(here - start, axis=-1) <= reach
        # A step of the size of rounding is left where Newton's method has settled.
        settled = size <= 1e-9 * lowest * (1.0 + numpy.linalg.norm(here, axis=-1))
    # A floor that is level but for rounding is no minimum.
    found = finite & (lowest > 1e-12 * curvatures[..., -1]) & settled & near
    return numpy.where(found[:, None], here, start), found


def distinct(theta: ArrayLike, distance: float) -> Floats:
    """Of points (M, P) those that are further than distance from every one before them, in their order."""
    points = rest = checked_array("theta", theta, ("M", "P"))
    kept = []
    while len(rest):
        kept.append(rest[0])
        rest = rest[numpy.linalg.norm(rest - rest[0], axis=-1) > distance]
    return numpy.array(kept).reshape(len(kept), points.shape[-1])


def minima_on_a_grid(objective: SurfaceObjective, domain: tuple[tuple[float, float], ...], resolution: int) -> Floats:
    """All minima (M, P) of a smooth surface that a grid of so many points an axis can tell apart, in order of axes.

    Every point of the grid that is no higher than its neighbours is a start for Newton's method.
    """
    axes = [numpy.linspace(low, high, resolution) for low, high in domain]
    points = numpy.stack(numpy.meshgrid(*axes, indexing="ij"), axis=-1)
    value = numpy.pad(objective.value(points), 1, constant_values=numpy.inf)
    inside = (slice(1, -1),) * len(domain)
    lowest = numpy.isfinite(value[inside])
    for axis in range(len(domain)):
        for shift in (-1, 1):
            lowest &= value[inside] <= numpy.roll(value, shift, axis)[inside]
    spacing = float(numpy.linalg.norm([axis[1] - axis[0] for axis in axes], axis=-1))
    minima, found = polished(objective, points[lowest], 2.0 * spacing)
    return distinct(minima[found], 0.5 * spacing)
