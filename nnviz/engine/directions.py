"""Directions in the space of parameters in which a loss surface is worth looking at.

Two parameters themselves; random directions that give every unit its due (Li et al. 2018); the directions in which a
run moved most (the same, section 7); through two or three given points (Garipov et al. 2018). Those in which the cost
bends most are in `hessian_directions`.
"""

from dataclasses import dataclass

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.checks import checked_array, whole_number
from nnviz.engine.layout import Layout
from nnviz.engine.planes import Line, Plane

Floats = NDArray[numpy.float64]

FEWEST_POINTS = 3
"""Of a trajectory that spans a plane."""
MOST_DIRECT = 2**17
"""Numbers in a trajectory that is decomposed itself rather than its products."""
NEARLY_STRAIGHT = 1e-10


@dataclass(frozen=True, eq=False)
class Principal:
    """directions (2, P): orthogonal, of length 1. explained (2,): the share of the trajectory's variance along each."""

    directions: Floats
    explained: Floats


def parameter_directions(count: int, first: int, second: int) -> Floats:
    """Unit vectors (2, P) along two of ``count`` parameters. ValueError unless they are two that exist."""
    if count < 2:
        raise ValueError(f"a plane needs two parameters at least; this network has {count}")
    for name, index in (("first", first), ("second", second)):
        if whole_number(index) is None or not 0 <= index < count:
            raise ValueError(f"{name} is parameter {index}; there are 0 to {count - 1}")
    if first == second:
        raise ValueError(f"first and second are both parameter {first}; a plane needs two different ones")
    directions = numpy.zeros((2, count))
    directions[[0, 1], [first, second]] = 1.0
    return directions


def filter_normalized(
    layout: Layout, theta: ArrayLike, rng: numpy.random.Generator, *, biases: bool = False, count: int = 2
) -> Floats:
    """Random directions (count, P), filter-normalized as in Li et al. 2018, section 4, at theta (P,).

    A Gaussian direction whose part for each unit, its incoming weights (a "filter"), is scaled to the length of that
    unit's weights in theta. So 1 along it means as much for a network of large weights as for one of small ones, which
    a rectifier cannot tell apart. The directions are not made orthogonal, as in the paper. Biases stay where they are,
    as in the paper's figures; with ``biases`` a unit's bias counts as one more of its incoming weights.
    """
    theta = checked_array("theta", theta, (layout.parameter_count,), finite=True)
    directions = rng.standard_normal((count, layout.parameter_count))
    for l in range(1, layout.depth + 1):
        if biases:
            drawn, own = layout.block(directions, l), layout.block(theta, l)
        else:
            layout.biases(directions, l)[...] = 0.0
            drawn, own = layout.weights(directions, l), layout.weights(theta, l)
        drawn *= _lengths(own) / _lengths(drawn)
    if not numpy.all(numpy.isfinite(directions)):
        raise ValueError("the weights are too large for numbers that tell their length; choose another slice")
    if not numpy.any(directions):
        raise ValueError("all weights are 0, so a direction scaled to them has no length; choose another slice")
    return directions


def principal_directions(trajectory: ArrayLike) -> Principal:
    """The two directions along which a trajectory (K, P) spreads most, by singular values of its deviations from its
    mean. Each points the way the run went. ValueError for fewer than three points, or for points that are all one."""
    thetas = checked_array("trajectory", trajectory, ("K", "P"), finite=True)
    if thetas.shape[-1] < 2:
        raise ValueError(f"a plane needs two parameters at least; this network has {thetas.shape[-1]}")
    if len(thetas) < FEWEST_POINTS:
        raise ValueError(
            f"the path has {len(thetas)} point{'s' if len(thetas) > 1 else ''} so far; its plane needs three, so let "
            "the run take some steps"
        )
    # The unit matters to nobody here, and squares of large numbers would not be numbers.
    with numpy.errstate(over="ignore"):
        away = thetas - thetas[-1]
    size = numpy.max(numpy.abs(away), axis=(-2, -1))
    if not (0.0 < size < numpy.inf):
        why = "has not moved yet" if size == 0.0 else "is too long for a number"
        raise ValueError(f"the path {why}, so it spans no plane; choose another slice")
    away /= size
    away -= numpy.mean(away, axis=-2)
    squares, directions = _leading(away)
    # From the first point to the last, rather than as the decomposition happened to turn them.
    directions *= numpy.where(directions @ (away[-1] - away[0]) < 0.0, -1.0, 1.0)[:, None]
    explained: Floats = squares / numpy.sum(away * away, axis=(-2, -1))
    return Principal(directions, explained)


def through(points: ArrayLike) -> Line | Plane:
    """The line through two points, or the plane through three, (2 or 3, P).

    The first point is the origin and the second lies at t = 1, or at (1, 0). The second direction of a plane is
    orthogonal to the first and as long, so that the plane is drawn to scale. ValueError for points that are one, or
    lie on one line.
    """
    thetas = checked_array("points", points, ("K", "P"), finite=True)
    if len(thetas) not in (2, 3):
        raise ValueError(f"{len(thetas)} points are given; a line needs two, a plane three")
    first = thetas[1] - thetas[0]
    length = numpy.linalg.norm(first, axis=-1)
    if length == 0.0:
        raise ValueError("the first two points are the same, so no line is through them alone; choose another point")
    if len(thetas) == 2:
        return Line(thetas[0], first)
    third = thetas[2] - thetas[0]
    unit = first / length
    second = third - (third @ unit) * unit
    rest = numpy.linalg.norm(second, axis=-1)
    if rest <= 1e-10 * numpy.linalg.norm(third, axis=-1):
        raise ValueError("the three points lie on one line, so they span no plane; choose another point")
    return Plane(thetas[0], first, second * (length / rest))


def _leading(away: Floats) -> tuple[Floats, Floats]:
    """The two largest squared singular values (2,) of deviations (K, P) and their right singular vectors (2, P)."""
    if away.size > MOST_DIRECT:
        # Many parameters: through the K × K products, ten times faster, unless the second value is lost in rounding.
        squares, sides = numpy.linalg.eigh(away @ away.T)
        squares, sides = squares[:-3:-1], sides[:, :-3:-1]
        if squares[1] > NEARLY_STRAIGHT * squares[0]:
            return squares, (sides.T @ away) / numpy.sqrt(squares)[:, None]
    _, values, directions = numpy.linalg.svd(away, full_matrices=False)
    return values[:2] ** 2, directions[:2]


def _lengths(blocks: Floats) -> Floats:
    """Of every unit's incoming weights, (..., n_in, n_out) → (..., 1, n_out)."""
    with numpy.errstate(over="ignore"):
        lengths: Floats = numpy.linalg.norm(blocks, axis=-2, keepdims=True)
    return lengths
