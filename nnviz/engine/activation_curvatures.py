"""Second derivatives of the activation functions, as the records in `activations` hold them.

How f' changes with z is how much the backward pass bends: the Hessian of a network needs it beside f and f'. Each comes
of differentiating f' once more; at a corner of f it is that of the piece whose f' is taken there. With s the logistic
function and φ the normal density: sigmoid' = a (1 - a), tanh' = 1 - a², softplus' = s (Goodfellow, Bengio, Courville
2016, ch. 6); silu' = s + z s (1 - s) (Elfwing et al. 2018); gelu' = Φ + z φ with φ' = -z φ (Hendrycks, Gimpel 2016).
"""

import math
from collections.abc import Callable

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]
Curvature = Callable[[Floats, Floats, Floats], Floats]
"""(z, a, slope) with a = f(z), slope = f'(z) → f''(z), a new array. It is wanted once a point, not at every step."""


def straight(z: Floats, _a: Floats, _slope: Floats) -> Floats:
    """0: f is made of straight pieces."""
    return numpy.zeros_like(z)


def sigmoid(_z: Floats, a: Floats, slope: Floats) -> Floats:
    """(1 - 2a) f'."""
    return (1.0 - 2.0 * a) * slope


def tanh(_z: Floats, a: Floats, slope: Floats) -> Floats:
    """-2a f'."""
    return -2.0 * a * slope


def elu(z: Floats, _a: Floats, slope: Floats) -> Floats:
    """alpha exp(z) = f' up to 0, and 0 above."""
    return numpy.where(z > 0.0, 0.0, slope)


def softplus(_z: Floats, _a: Floats, slope: Floats) -> Floats:
    """(1 - f') f', since f' is the logistic function."""
    return (1.0 - slope) * slope


def silu(z: Floats, _a: Floats, _slope: Floats) -> Floats:
    """s (1 - s) (2 + z (1 - 2s))."""
    s = 1.0 / (1.0 + numpy.exp(-z))
    curvature: Floats = s * (1.0 - s) * (2.0 + z * (1.0 - 2.0 * s))
    return curvature


def gelu(z: Floats, _a: Floats, _slope: Floats) -> Floats:
    """(2 - z²) φ."""
    density = numpy.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    # Not z² times the density: far out the one overflows where the other is 0.
    curvature: Floats = 2.0 * density - z * (z * density)
    return curvature
