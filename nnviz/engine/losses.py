"""Loss functions: what a prediction costs, and the first step of backpropagation.

The cost J is the mean over examples of a per-example loss. With the outputs that belong to them (sigmoid for binary,
softmax for categorical cross-entropy) the cross-entropies are computed from pre-activations, so they stay finite and
their gradient is the plain difference a - y. With any other output they are computed from a clipped to
[CLIP, 1 - CLIP], where the logarithm exists. Goodfellow, Bengio, Courville 2016, section 6.2.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy
from numpy.typing import NDArray

from nnviz.engine.activations import Activation, Call

Floats = NDArray[numpy.float64]
FromPrediction = Callable[[Floats, Floats], Floats]
"""(a, y), both (..., N, K) → (..., N) losses, or (..., N, K) derivatives by a."""
FromPreActivation = Callable[[Floats, Floats, Floats], Floats]
"""(z, a, y) → (..., N) losses."""
BoundDelta = Callable[[Floats, Floats, Floats], Call]
"""(a, y, out) → the call that writes the derivatives by z into out (..., N, K)."""
DeltaRate = Callable[[Floats], Floats]
"""y (..., N, K) → how fast these derivatives grow with a, (..., N, K) or (..., N, 1)."""

CLIP = 1e-12


@dataclass(frozen=True)
class Loss:
    """A loss with its derivative by the prediction, and exact short cuts by the pre-activation.

    value, gradient: per example (..., N), and its derivative by a (..., N, K). curvature: its second derivatives, the
    diagonal of its Hessian by a (..., N, K); the rest of that is 0.
    exact: output activation's name → (loss computed from z, its derivative by z, the derivative of that by a).
    outputs: the output activations it is meant for.
    """

    name: str
    label: str
    value: FromPrediction
    gradient: FromPrediction
    curvature: FromPrediction
    outputs: tuple[str, ...]
    exact: Mapping[str, tuple[FromPreActivation, BoundDelta, DeltaRate]] = field(default_factory=dict)

    def per_example(self, activation: Activation, z: Floats, a: Floats, y: Floats) -> Floats:
        """The loss of every example, (..., N), for the output layer's z and a = f(z), (..., N, K)."""
        if activation.name in self.exact:
            return self.exact[activation.name][0](z, a, y)
        return self.value(a, y)

    def delta_calls(self, activation: Activation, z: Floats, a: Floats, y: Floats, out: Floats) -> list[Call]:
        """Calls that write dJ/dz of the output layer for the mean loss over the N examples into out (..., N, K)."""
        if activation.name in self.exact:
            calls = [self.exact[activation.name][1](a, y, out)]
        elif activation.elementwise:
            calls = [*activation.slope(z, a, out, activation.alpha or 0.0), partial(self._times_derivative, a, y, out)]
        else:
            calls = [partial(self._through_softmax, a, y, out)]
        return [*calls, partial(numpy.multiply, out, numpy.array(1.0 / z.shape[-2]), out)]

    def _times_derivative(self, a: Floats, y: Floats, out: Floats) -> None:
        numpy.multiply(out, self.gradient(a, y), out)

    def _through_softmax(self, a: Floats, y: Floats, out: Floats) -> None:
        # The Jacobian diag(a) - a aᵀ applied to the derivative.
        derivative = self.gradient(a, y)
        numpy.subtract(derivative, numpy.sum(derivative * a, axis=-1, keepdims=True), out)
        numpy.multiply(out, a, out)


def _squared(a: Floats, y: Floats) -> Floats:
    error = a - y
    losses: Floats = 0.5 * numpy.einsum("...k,...k->...", error, error)
    return losses


def _absolute(a: Floats, y: Floats) -> Floats:
    losses: Floats = numpy.sum(numpy.abs(a - y), axis=-1)
    return losses


def _clipped(a: Floats) -> Floats:
    p: Floats = numpy.clip(a, CLIP, 1.0 - CLIP)
    return p


def _inside(a: Floats) -> Floats:
    # The derivative of clipping. NaN stays NaN, so that a diverged member is seen as one.
    return numpy.where(numpy.isnan(a), a, (a >= CLIP) & (a <= 1.0 - CLIP))


def _binary(a: Floats, y: Floats) -> Floats:
    p = _clipped(a)
    losses: Floats = -numpy.sum(y * numpy.log(p) + (1.0 - y) * numpy.log1p(-p), axis=-1)
    return losses


def _binary_gradient(a: Floats, y: Floats) -> Floats:
    p = _clipped(a)
    return (p - y) / (p * (1.0 - p)) * _inside(a)


def _binary_curvature(a: Floats, y: Floats) -> Floats:
    p = _clipped(a)
    return (y / p**2 + (1.0 - y) / (1.0 - p) ** 2) * _inside(a)


def _categorical(a: Floats, y: Floats) -> Floats:
    losses: Floats = -numpy.sum(y * numpy.log(_clipped(a)), axis=-1)
    return losses


def _categorical_gradient(a: Floats, y: Floats) -> Floats:
    return -y / _clipped(a) * _inside(a)


def _categorical_curvature(a: Floats, y: Floats) -> Floats:
    return y / _clipped(a) ** 2 * _inside(a)


def _binary_from_z(z: Floats, _a: Floats, y: Floats) -> Floats:
    # log(1 + exp(z)) - y z, written so that exp never sees a positive number
    losses: Floats = numpy.sum(numpy.maximum(z, 0.0) - y * z + numpy.log1p(numpy.exp(-numpy.abs(z))), axis=-1)
    return losses


def _categorical_from_z(z: Floats, _a: Floats, y: Floats) -> Floats:
    shifted = z - numpy.max(z, axis=-1, keepdims=True)
    log_sum = numpy.log(numpy.sum(numpy.exp(shifted), axis=-1, keepdims=True))
    losses: Floats = numpy.sum(y * (log_sum - shifted), axis=-1)
    return losses


def _categorical_from_z_sigmoid(z: Floats, _a: Floats, y: Floats) -> Floats:
    # -log sigmoid(z) = log(1 + exp(-z))
    losses: Floats = numpy.sum(y * (numpy.maximum(-z, 0.0) + numpy.log1p(numpy.exp(-numpy.abs(z)))), axis=-1)
    return losses


def _difference(a: Floats, y: Floats, out: Floats) -> Call:
    return partial(numpy.subtract, a, y, out)


def _difference_softmax(a: Floats, y: Floats, out: Floats) -> Call:
    return partial(_softmax_delta, a, y, out)


def _difference_sigmoid(a: Floats, y: Floats, out: Floats) -> Call:
    return partial(_sigmoid_delta, a, y, out)


def _softmax_delta(a: Floats, y: Floats, out: Floats) -> None:
    # Σy is 1 for one-hot targets; the formula holds for any.
    numpy.multiply(a, numpy.sum(y, axis=-1, keepdims=True), out)
    numpy.subtract(out, y, out)


def _sigmoid_delta(a: Floats, y: Floats, out: Floats) -> None:
    numpy.subtract(a, 1.0, out)
    numpy.multiply(out, y, out)


def _one(y: Floats) -> Floats:
    return numpy.ones_like(y)


def _sum(y: Floats) -> Floats:
    total: Floats = numpy.sum(y, axis=-1, keepdims=True)
    return total


LOSSES: dict[str, Loss] = {
    record.name: record
    for record in (
        Loss(
            "squared_error", "squared error", _squared, lambda a, y: a - y, lambda _a, y: _one(y), ("linear",),
            {"linear": (lambda _z, a, y: _squared(a, y), _difference, _one)},
        ),
        Loss(
            "absolute_error", "absolute error", _absolute, lambda a, y: numpy.sign(a - y),
            lambda _a, y: numpy.zeros_like(y), ("linear",),
        ),
        Loss(
            "binary_cross_entropy", "binary cross-entropy", _binary, _binary_gradient, _binary_curvature,
            ("sigmoid",), {"sigmoid": (_binary_from_z, _difference, _one)},
        ),
        Loss(
            "categorical_cross_entropy", "categorical cross-entropy", _categorical, _categorical_gradient,
            _categorical_curvature, ("softmax",),
            {
                "softmax": (_categorical_from_z, _difference_softmax, _sum),
                "sigmoid": (_categorical_from_z_sigmoid, _difference_sigmoid, lambda y: y),
            },
        ),
    )
}  # fmt: skip
"""Every loss by name."""
