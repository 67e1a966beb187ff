"""Lines and planes through the space of parameters: where a picture of the cost is taken.

The cost of P parameters is seen on a slice: J(origin + u·first + v·second) against u and v, or J(origin + t·direction)
against t (Goodfellow, Vinyals, Saxe 2015; Li et al. 2018). A point of parameter space has a nearest point on the slice,
its projection, and a distance from it: how much a picture leaves out of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.checks import checked_array
from nnviz.engine.objective import Objective

Floats = NDArray[numpy.float64]

PARALLEL = 1e-10
"""Directions are parallel when the part of one that the other has not is smaller than this share of it."""
POINT_BYTES = 4 * 2**20
"""Of the points that are held at a time while heights are computed."""


class Slice(Protocol):
    """A line or a plane: coordinates (...) each, one or two of them, are a point (..., P), and back."""

    @property
    def origin(self) -> Floats:
        """(P,), the point whose coordinates are 0."""
        ...

    @property
    def dimensions(self) -> int:
        """1 or 2."""
        ...

    def points(self, *coordinates: ArrayLike) -> Floats:
        """(...) each → (..., P)."""
        ...

    def project(self, theta: ArrayLike) -> tuple[Floats, ...]:
        """(..., P) → the coordinates of the nearest point, (...) each."""
        ...

    def distance(self, theta: ArrayLike) -> Floats:
        """(..., P) → distance from the slice, (...)."""
        ...


@dataclass(frozen=True, eq=False)
class Line:
    """theta(t) = origin + t·direction, both (P,). ValueError where they are not finite, or the direction is 0."""

    origin: Floats
    direction: Floats

    def __post_init__(self) -> None:
        _checked(self.origin, direction=self.direction)

    @property
    def dimensions(self) -> int:
        """1."""
        return 1

    def points(self, *coordinates: ArrayLike) -> Floats:
        """t (...) → theta (..., P)."""
        (t,) = (numpy.asarray(each, dtype=numpy.float64) for each in coordinates)
        theta: Floats = self.origin + t[..., None] * self.direction
        return theta

    def project(self, theta: ArrayLike) -> tuple[Floats]:
        """theta (..., P) → (t,), t (...) of the nearest point."""
        scale = numpy.linalg.norm(self.direction, axis=-1)
        unit = self.direction / scale
        return (numpy.asarray((_away(theta, self.origin) @ unit) / scale),)

    def distance(self, theta: ArrayLike) -> Floats:
        """Of theta (..., P) from the line, (...)."""
        return numpy.asarray(numpy.linalg.norm(_away(theta, self.points(*self.project(theta))), axis=-1))

    def moved(self, origin: ArrayLike) -> "Line":
        """The parallel line through another origin (P,)."""
        return replace(self, origin=checked_array("origin", origin, (len(self.origin),), finite=True))


@dataclass(frozen=True, eq=False)
class Plane:
    """theta(u, v) = origin + u·first + v·second, all (P,); the directions need not be orthogonal nor of length 1.

    ValueError where they are not finite, parallel, or 0, or where there are fewer than two parameters.
    """

    origin: Floats
    first: Floats
    second: Floats

    def __post_init__(self) -> None:
        _checked(self.origin, first=self.first, second=self.second)
        if len(self.origin) < 2:
            raise ValueError("a plane needs two parameters at least; here is 1, so look at a line")
        _, upper = self._orthogonal
        if abs(upper[1, 1]) <= PARALLEL * numpy.linalg.norm(self.second, axis=-1):
            raise ValueError("the two directions are parallel, so they span no plane; choose another direction")

    @property
    def dimensions(self) -> int:
        """2."""
        return 2

    def points(self, *coordinates: ArrayLike) -> Floats:
        """u, v (...) → theta (..., P)."""
        u, v = (numpy.asarray(each, dtype=numpy.float64) for each in coordinates)
        theta: Floats = self.origin + u[..., None] * self.first + v[..., None] * self.second
        return theta

    def project(self, theta: ArrayLike) -> tuple[Floats, Floats]:
        """theta (..., P) → u, v (...) of the nearest point of the plane: least squares."""
        across, upper = self._orthogonal
        along = _away(theta, self.origin) @ across
        v = along[..., 1] / upper[1, 1]
        u = (along[..., 0] - upper[0, 1] * v) / upper[0, 0]
        return numpy.asarray(u), numpy.asarray(v)

    def distance(self, theta: ArrayLike) -> Floats:
        """Of theta (..., P) from the plane, (...)."""
        return numpy.asarray(numpy.linalg.norm(_away(theta, self.points(*self.project(theta))), axis=-1))

    def moved(self, origin: ArrayLike) -> "Plane":
        """The parallel plane through another origin (P,)."""
        return replace(self, origin=checked_array("origin", origin, (len(self.origin),), finite=True))

    @cached_property
    def _orthogonal(self) -> tuple[Floats, Floats]:
        """Q (P, 2) and R (2, 2) with [first second] = Q R: solves the least squares for directions at any angle."""
        q, r = numpy.linalg.qr(numpy.stack([self.first, self.second], axis=-1))
        return q, r


def heights_at(objective: Objective, points: Callable[..., Floats], *coordinates: Floats) -> Floats:
    """J at ``points(*coordinates)``, coordinates (n,) each → (n,); large points a few at a time."""
    heights = numpy.empty(len(coordinates[0]))
    step = 1
    start = 0
    while start < len(heights):
        part = slice(start, start + step)
        thetas = points(*(each[part] for each in coordinates))
        heights[part] = objective.value(thetas)
        start += step
        step = max(1, POINT_BYTES // (8 * thetas.shape[-1]))
    return heights


def _away(theta: ArrayLike, point: Floats) -> Floats:
    """theta - point; what is not finite has coordinates that are not."""
    with numpy.errstate(all="ignore"):
        away: Floats = checked_array("theta", theta, ("...", point.shape[-1])) - point
    return away


def _checked(origin: Floats, **directions: Floats) -> None:
    """ValueError unless all are finite, of one length, and no direction is 0."""
    checked_array("origin", origin, ("P",), finite=True)
    for name, direction in directions.items():
        checked_array(name, direction, (len(origin),), finite=True)
        with numpy.errstate(over="ignore"):
            size = numpy.linalg.norm(direction, axis=-1)
        if size == 0.0:
            raise ValueError(f"{name} is 0 everywhere, so it leads nowhere; choose another direction")
        if not numpy.isfinite(size):
            raise ValueError(f"{name} is too long for a number; the parameters are too large for a picture")
