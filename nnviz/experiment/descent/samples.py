"""What is drawn of a surface: its heights on a grid of its domain, a tangent, and the lines that (w, b) stand for."""

import numpy
from numpy.typing import NDArray

from nnviz.experiment.descent.ground import Ground

Floats = NDArray[numpy.float64]

CURVE_SAMPLES = 801
MAP_SIDE, SPACE_SIDE = 97, 65
"""Samples an axis of the map and of the surface in space."""


@numpy.errstate(all="ignore")
def curve_samples(ground: Ground) -> tuple[Floats, Floats]:
    """(x (n,), J (n,)) of a surface over one coordinate; nan or inf where it is undefined."""
    (low, high), *_ = ground.domain
    x = numpy.linspace(low, high, CURVE_SAMPLES)
    return x, ground.objective.value(x[:, None])


@numpy.errstate(all="ignore")
def map_samples(ground: Ground, side: int = MAP_SIDE) -> tuple[Floats, Floats, Floats]:
    """(x (n,), y (n,), J (n, n) indexed [y, x]) of a surface over two coordinates."""
    x, y = (numpy.linspace(low, high, side) for low, high in ground.domain)
    return x, y, ground.objective.value(numpy.stack(numpy.meshgrid(x, y), axis=-1))


@numpy.errstate(all="ignore")
def tangent_at(ground: Ground, x: float) -> tuple[float, float, float] | None:
    """(x, J, slope) where both are numbers, else None."""
    value, gradient = ground.objective.value_and_gradient(numpy.array([x]))
    if not (numpy.isfinite(value) and numpy.isfinite(gradient[0])):
        return None
    return x, float(value), float(gradient[0])
