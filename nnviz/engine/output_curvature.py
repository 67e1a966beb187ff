"""How the error signal at the output changes with the pre-activations: the loss's Hessian by z_L, times a vector."""

from collections.abc import Callable

import numpy
from numpy.typing import NDArray

from nnviz.engine.activations import Activation
from nnviz.engine.losses import Loss

Floats = NDArray[numpy.float64]


def output_curvature(loss: Loss, activation: Activation, z: Floats, a: Floats, y: Floats) -> Callable[[Floats], Floats]:
    """dz (..., N, K) → d(delta_L), of its shape, for z, a = f(z) and targets y, all (N, K); delta_L of the mean loss.

    With g the loss's derivative by a and c its second one: delta = g f' for functions of one number, so that
    d(delta) = (c f'² + g f'') dz; a ⊙ (g - Σ g a) for softmax. Where delta is computed from z it is (k a - …) with a k
    that depends on y alone, so that d(delta) = k da.
    """
    n = z.shape[-2]
    exact = loss.exact.get(activation.name)
    if activation.elementwise:
        slope = activation.derivative(z)
        if exact is not None:
            factor = exact[2](y) * slope / n
        else:
            bend = activation.second_derivative(z)
            factor = (loss.curvature(a, y) * slope**2 + loss.gradient(a, y) * bend) / n
        return lambda dz: factor * dz
    if exact is not None:
        k = exact[2](y) / n
        return lambda dz: k * _softmax_rate(a, dz)
    g, c = loss.gradient(a, y), loss.curvature(a, y)
    rest = g - _total(g * a)

    def through_softmax(dz: Floats) -> Floats:
        da = _softmax_rate(a, dz)
        dg = c * da
        rate: Floats = (da * rest + a * (dg - _total(dg * a + g * da))) / n
        return rate

    return through_softmax


def _softmax_rate(a: Floats, dz: Floats) -> Floats:
    """(diag(a) - a aᵀ) dz."""
    rate: Floats = a * (dz - _total(a * dz))
    return rate


def _total(values: Floats) -> Floats:
    total: Floats = numpy.sum(values, axis=-1, keepdims=True)
    return total
