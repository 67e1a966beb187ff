"""Where paths end: which of these places are minima, and which minimum a path has reached."""

import math
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.minima import distinct, polished
from nnviz.experiment.descent.ground import Ground

Floats = NDArray[numpy.float64]

CAPTURE = 0.02
"""A path has reached a minimum when it ends no further from it than this share of the domain's diagonal."""
MOST_MINIMA = 256
_FEW, _MANY = 16, 720
"""Directions in which the surface has to rise around a place that is called a minimum."""
_ROUNDING = 1e-7
"""In the flattest direction it has to rise by more than this share of its rise in the steepest."""


@dataclass(frozen=True)
class Minimum:
    """position (P,). known: the surface's own, not merely found by descending."""

    position: tuple[float, ...]
    known: bool


@numpy.errstate(all="ignore")
def with_new_minima(ground: Ground, minima: tuple[Minimum, ...], ends: Floats) -> tuple[Minimum, ...]:
    """The minima and behind them those that are found among places (M, P) and are further than CAPTURE from all others.

    A place is a minimum when the surface is higher all around it, at half that distance; this holds for kinks, too,
    and neither for saddles nor for plateaus or the floor of a valley. Newton's method then makes it exact, where the
    surface is smooth.
    """
    distance = CAPTURE * ground.diagonal
    rest = ends[ground.inside(ends)]
    rest = rest[numpy.argsort(ground.objective.value(rest), kind="stable")]
    for minimum in minima:
        rest = rest[numpy.linalg.norm(rest - numpy.array(minimum.position), axis=-1) > distance]
    # Few directions tell most places quickly, many only the narrow valleys.
    rest = distinct(rest[_is_lowest_around(ground, rest, 0.5 * distance, _FEW)], distance)[:MOST_MINIMA]
    rest = rest[_is_lowest_around(ground, rest, 0.5 * distance, _MANY)]
    exact = polished(ground.objective, rest, distance)[0]
    found = list(minima)
    for place in distinct(exact, distance):
        new = Minimum(tuple(float(each) for each in place), known=False)
        found += [new] if all(_apart(new, each) > distance for each in minima) else []
    return tuple(found[:MOST_MINIMA])


def _apart(one: Minimum, other: Minimum) -> float:
    return math.dist(one.position, other.position)


def nearest(ground: Ground, minima: tuple[Minimum, ...], ends: Floats, otherwise: int) -> NDArray[numpy.intp]:
    """The number of the minimum within reach of each place (M, P), (M,); ``otherwise`` where there is none."""
    labels = numpy.full(len(ends), otherwise)
    closest = numpy.full(len(ends), CAPTURE * ground.diagonal)
    for index, minimum in enumerate(minima):
        with numpy.errstate(all="ignore"):
            distance = numpy.linalg.norm(ends - numpy.array(minimum.position), axis=-1)
        here = distance <= closest
        labels[here], closest[here] = index, distance[here]
    return labels


def _is_lowest_around(ground: Ground, theta: Floats, radius: float, directions: int) -> NDArray[numpy.bool_]:
    """(M, P) → (M,): whether J is lower at each place than everywhere on a ring around it, by more than rounding."""
    if ground.dimension == 1:
        ring = radius * numpy.array([[-1.0], [1.0]])
    else:
        angles = 2.0 * numpy.pi * numpy.arange(directions) / directions
        ring = radius * numpy.stack([numpy.cos(angles), numpy.sin(angles)], axis=-1)
    with numpy.errstate(all="ignore"):
        rise = ground.objective.value(theta[:, None, :] + ring) - ground.objective.value(theta)[:, None]
    # Where the surface is undefined beside it, there is no lower ground either.
    rise = numpy.where(numpy.isnan(rise), numpy.inf, rise)
    finite = numpy.where(numpy.isfinite(rise), rise, 0.0)
    return numpy.asarray(rise.min(-1) > _ROUNDING * numpy.maximum(finite.max(-1), 0.0))
