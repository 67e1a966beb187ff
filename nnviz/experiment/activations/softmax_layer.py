"""softmax for what it is: a function of a whole layer, whose outputs share out 1 and depend on every input."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine import ACTIVATIONS
from nnviz.engine.activations import Activation

Floats = NDArray[numpy.float64]

UNITS = 3
SAMPLES = 301
AROUND = 6.0


@dataclass(frozen=True, eq=False)
class SoftmaxLayer:
    """shares (3,): the outputs. jacobian (3, 3): row i, column j is ∂a_i/∂z_j = a_i (δ_ij - a_j).

    z (n,) and outputs (n, 3): all outputs while the first input alone moves.
    """

    shares: Floats
    jacobian: Floats
    z: Floats
    outputs: Floats


def softmax_layer(layer: tuple[float, ...]) -> SoftmaxLayer:
    """For three pre-activations."""
    shares = shares_of(layer)
    middle, reach = numpy.mean(layer[1:]), AROUND + numpy.ptp(layer[1:])
    low, high = min(layer[0] - 1.0, middle - reach), max(layer[0] + 1.0, middle + reach)
    z = numpy.linspace(low, high, SAMPLES)
    rows = numpy.column_stack([z, *[numpy.full(SAMPLES, value) for value in layer[1:]]])
    jacobian = numpy.diag(shares) - numpy.outer(shares, shares)
    return SoftmaxLayer(shares, jacobian, z, ACTIVATIONS["softmax"].f(rows))


def shares_of(layer: tuple[float, ...]) -> Floats:
    """The outputs (3,) alone."""
    return ACTIVATIONS["softmax"].f(numpy.array(layer))


def value_and_slope(activation: Activation, layer: tuple[float, ...], z: float) -> tuple[float, float]:
    """f(z) and f'(z); of softmax the first output and its slope while z stands for the first input of the layer."""
    if activation.elementwise:
        return float(activation.f(z)), float(activation.derivative(z))
    share = float(shares_of((z, *layer[1:]))[0])
    return share, share * (1.0 - share)
