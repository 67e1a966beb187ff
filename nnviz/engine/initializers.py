"""How weights and biases are drawn before training.

With n_in inputs and n_out outputs of a layer, the standard deviation of a weight is what keeps (or fails to keep) the
size of the signal from layer to layer. Glorot, Bengio 2010 for sigmoid-like units, He et al. 2015 for rectifiers,
LeCun et al. 1998 before both, Saxe et al. 2014 for orthogonal matrices.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.checks import checked_number

Floats = NDArray[numpy.float64]
Draw = Callable[[numpy.random.Generator, tuple[int, ...], float], Floats]
"""(rng, shape (..., n_in, n_out), spread) → numbers of that shape."""
Fan = Callable[[int, int], float]
"""(n_in, n_out) → the spread before scaling."""


@dataclass(frozen=True)
class Initializer:
    """One way to draw the weights of a layer.

    scale: its default. For random_normal the standard deviation, for random_uniform the half width, for constant the
    value itself; for the fan-based schemes a factor on their own spread.
    std: (n_in, n_out, scale) → standard deviation of one weight, in theory.
    for_biases: may also draw biases (the fan-based schemes need a matrix).
    """

    name: str
    label: str
    scale: float
    fan: Fan
    draw: Draw
    std_per_spread: Fan
    for_biases: bool = False

    def sample(
        self, rng: numpy.random.Generator, shape: tuple[int, ...], n_in: int, n_out: int, scale: float | None = None
    ) -> Floats:
        """Numbers of ``shape`` (..., n_in, n_out) for weights or (..., n_out) for biases."""
        return self.draw(rng, shape, self._spread(n_in, n_out, scale))

    def std(self, n_in: int, n_out: int, scale: float | None = None) -> float:
        """The standard deviation of a single weight that theory gives."""
        return self._spread(n_in, n_out, scale) * self.std_per_spread(n_in, n_out)

    def _spread(self, n_in: int, n_out: int, scale: float | None) -> float:
        return self.fan(n_in, n_out) * (self.scale if scale is None else checked_number("scale", scale))


@dataclass(frozen=True)
class Initialization:
    """An initializer's name with a scale of its own (None: the default)."""

    name: str
    scale: float | None = None


def _fixed(_n_in: int, _n_out: int) -> float:
    return 1.0


def _normal(rng: numpy.random.Generator, shape: tuple[int, ...], spread: float) -> Floats:
    return rng.standard_normal(shape) * spread


def _uniform(rng: numpy.random.Generator, shape: tuple[int, ...], spread: float) -> Floats:
    return (2.0 * rng.random(shape) - 1.0) * spread


def _constant(_rng: numpy.random.Generator, shape: tuple[int, ...], spread: float) -> Floats:
    return numpy.full(shape, spread)


def _zeros(_rng: numpy.random.Generator, shape: tuple[int, ...], _spread: float) -> Floats:
    return numpy.zeros(shape)


def _orthogonal(rng: numpy.random.Generator, shape: tuple[int, ...], spread: float) -> Floats:
    n_in, n_out = shape[-2:]
    tall = (*shape[:-2], max(n_in, n_out), min(n_in, n_out))
    q, r = numpy.linalg.qr(rng.standard_normal(tall))
    # QR leaves the signs of R's diagonal open; fixing them makes Q uniform over the orthogonal matrices.
    q = q * numpy.sign(numpy.diagonal(r, axis1=-2, axis2=-1))[..., None, :]
    matrix: Floats = spread * (q if n_in >= n_out else numpy.swapaxes(q, -1, -2))
    return matrix


def _no_spread(_n_in: int, _n_out: int) -> float:
    return 0.0


def _uniform_std(_n_in: int, _n_out: int) -> float:
    return 1.0 / math.sqrt(3.0)


INITIALIZERS: dict[str, Initializer] = {
    record.name: record
    for record in (
        Initializer("zeros", "zeros", 0.0, _fixed, _zeros, _no_spread, for_biases=True),
        Initializer("constant", "constant", 0.5, _fixed, _constant, _no_spread, for_biases=True),
        Initializer("random_normal", "random normal", 0.1, _fixed, _normal, _fixed, for_biases=True),
        Initializer("random_uniform", "random uniform", 0.5, _fixed, _uniform, _uniform_std, for_biases=True),
        Initializer("glorot_normal", "Glorot normal", 1.0, lambda i, o: math.sqrt(2.0 / (i + o)), _normal, _fixed),
        Initializer(
            "glorot_uniform", "Glorot uniform", 1.0, lambda i, o: math.sqrt(6.0 / (i + o)), _uniform, _uniform_std
        ),
        Initializer("he_normal", "He normal", 1.0, lambda i, _: math.sqrt(2.0 / i), _normal, _fixed),
        Initializer("he_uniform", "He uniform", 1.0, lambda i, _: math.sqrt(6.0 / i), _uniform, _uniform_std),
        Initializer("lecun_normal", "LeCun normal", 1.0, lambda i, _: math.sqrt(1.0 / i), _normal, _fixed),
        # Rows or columns of unit length, spread over max(n_in, n_out) entries.
        Initializer("orthogonal", "orthogonal", 1.0, _fixed, _orthogonal, lambda i, o: 1.0 / math.sqrt(max(i, o))),
    )
}
"""Every initializer by name."""
