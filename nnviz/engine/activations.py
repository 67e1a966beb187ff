"""Activation functions: a record of f, f' and f'' each, in a registry that fills menus, files and tests.

f decides how much of a unit's pre-activation z passes on; f' decides how much of the gradient passes back. Most are
applied to each number by itself; softmax turns the outputs of a whole layer into probabilities and is for the last
layer. Formulas: Goodfellow, Bengio, Courville 2016, ch. 6; silu Elfwing et al. 2018; gelu Hendrycks, Gimpel 2016.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

import numpy
from numpy.polynomial import chebyshev
from numpy.typing import ArrayLike, NDArray

from nnviz.engine import activation_curvatures as curvatures
from nnviz.engine.activation_curvatures import Curvature
from nnviz.engine.checks import checked_array, checked_number

Floats = NDArray[numpy.float64]
Call = Callable[[], object]
Forward = Callable[[Floats, Floats, float], list[Call]]
"""(z, out, alpha) → array calls, bound to their arrays, that write f(z) into out."""
Slope = Callable[[Floats, Floats, Floats, float], list[Call]]
"""(z, a, out, alpha) with a = f(z) → array calls that write f'(z) into out."""

# As arrays, since NumPy converts a Python number anew at every call.
_ZERO, _ONE = numpy.array(0.0), numpy.array(1.0)


def run(calls: Iterable[Call]) -> None:
    """Runs array calls in order. Overflow is a result here (a diverging run), not a warning."""
    with numpy.errstate(all="ignore"):
        for call in calls:
            call()


@dataclass(frozen=True)
class Activation:
    """An activation function with its derivatives.

    alpha: slope of leaky_relu below zero or scale of elu; None where the function has no such parameter.
    max_slope: the largest |f'(z)|, the unit of "saturated" (|f'| below 5 % of it).
    lower, upper: limits of f(z). rectifier: f is exactly 0 for all z <= 0, so a unit can be inactive or dead.
    forward, slope: the array code, bound once and run at every step; it allocates nothing that lasts. curvature: f''.
    """

    name: str
    label: str
    forward: Forward
    slope: Slope
    curvature: Curvature
    max_slope: float
    lower: float = -math.inf
    upper: float = math.inf
    alpha: float | None = None
    rectifier: bool = False
    elementwise: bool = True

    def f(self, z: ArrayLike) -> Floats:
        """f(z), of the shape of z. softmax normalizes along the last axis."""
        z = checked_array("z", z)
        out = numpy.empty_like(z)
        run(self.forward(z, out, self.alpha or 0.0))
        return out

    def derivative(self, z: ArrayLike) -> Floats:
        """f'(z), of the shape of z. For softmax the diagonal a (1 - a) of its Jacobian."""
        z = checked_array("z", z)
        out = numpy.empty_like(z)
        run(self.slope(z, self.f(z), out, self.alpha or 0.0))
        return out

    def second_derivative(self, z: ArrayLike) -> Floats:
        """f''(z), of the shape of z. For softmax that of each output by its own z."""
        z = checked_array("z", z)
        with numpy.errstate(all="ignore"):
            return self.curvature(z, self.f(z), self.derivative(z))

    def with_alpha(self, alpha: float | None) -> "Activation":
        """The same function with another alpha (None keeps the default). ValueError where there is none to set."""
        if alpha is None:
            return self
        if self.alpha is None:
            raise ValueError(f"alpha is {alpha}; {self.name} has no alpha, only leaky_relu and elu have one")
        alpha = checked_number("alpha", alpha, 0.0, 10.0)
        return replace(
            self,
            alpha=alpha,
            max_slope=max(1.0, alpha),
            lower=-alpha if math.isfinite(self.lower) else self.lower,
            rectifier=alpha == 0.0,
        )


def _linear(z: Floats, out: Floats, _: float) -> list[Call]:
    return [partial(numpy.positive, z, out)]


def _linear_slope(_z: Floats, _a: Floats, out: Floats, _: float) -> list[Call]:
    return [partial(out.fill, 1.0)]


def _threshold(z: Floats, out: Floats, _: float) -> list[Call]:
    return [partial(numpy.heaviside, z, _ZERO, out)]


def _threshold_slope(_z: Floats, _a: Floats, out: Floats, _: float) -> list[Call]:
    return [partial(out.fill, 0.0)]


def _sigmoid(z: Floats, out: Floats, _: float = 0.0) -> list[Call]:
    # exp may overflow to inf where z is below -709; 1 / (1 + inf) = 0 is the right answer there.
    return [
        partial(numpy.negative, z, out),
        partial(numpy.exp, out, out),
        partial(numpy.add, out, _ONE, out),
        partial(numpy.reciprocal, out, out),
    ]


def _sigmoid_slope(_z: Floats, a: Floats, out: Floats, _: float) -> list[Call]:
    return [partial(numpy.subtract, _ONE, a, out), partial(numpy.multiply, out, a, out)]


def _tanh(z: Floats, out: Floats, _: float) -> list[Call]:
    return [partial(numpy.tanh, z, out)]


def _tanh_slope(_z: Floats, a: Floats, out: Floats, _: float) -> list[Call]:
    return [partial(numpy.multiply, a, a, out), partial(numpy.subtract, _ONE, out, out)]


def _relu(z: Floats, out: Floats, _: float) -> list[Call]:
    return [partial(numpy.maximum, z, _ZERO, out=out)]


def _relu_slope(_z: Floats, a: Floats, out: Floats, _: float) -> list[Call]:
    # a is 0 or positive: its sign is the step function, and several times faster than heaviside.
    return [partial(numpy.sign, a, out)]


def _leaky_relu(z: Floats, out: Floats, alpha: float) -> list[Call]:
    def write() -> None:
        numpy.multiply(z, alpha, out)
        numpy.copyto(out, z, where=z > 0.0)

    return [write]


def _leaky_relu_slope(z: Floats, _a: Floats, out: Floats, alpha: float) -> list[Call]:
    return [
        partial(numpy.heaviside, z, _ZERO, out),
        partial(numpy.multiply, out, numpy.array(1.0 - alpha), out),
        partial(numpy.add, out, numpy.array(alpha), out),
    ]


def _elu(z: Floats, out: Floats, alpha: float) -> list[Call]:
    def write() -> None:
        numpy.minimum(z, 0.0, out=out)
        numpy.expm1(out, out)
        numpy.multiply(out, alpha, out)
        numpy.copyto(out, z, where=z > 0.0)

    return [write]


def _elu_slope(z: Floats, a: Floats, out: Floats, alpha: float) -> list[Call]:
    def write() -> None:
        numpy.add(a, alpha, out)
        numpy.copyto(out, 1.0, where=z > 0.0)

    return [write]


def _softplus(z: Floats, out: Floats, _: float) -> list[Call]:
    return [partial(numpy.logaddexp, _ZERO, z, out)]


def _softplus_slope(z: Floats, _a: Floats, out: Floats, _: float) -> list[Call]:
    return _sigmoid(z, out)


def _silu(z: Floats, out: Floats, _: float) -> list[Call]:
    return [*_sigmoid(z, out), partial(numpy.multiply, out, z, out)]


def _silu_slope(z: Floats, a: Floats, out: Floats, _: float) -> list[Call]:
    # s + z s (1 - s) with a = z s. Not s (1 + z - a): from z = 1e16 on the 1 would be lost in the difference.
    return [*_sigmoid(z, out), lambda: numpy.add(out, a * (1.0 - out), out)]


# NumPy has no erf. erfc(x) exp(x^2) is smooth in t = 1 / (1 + x / 2), so a Chebyshev interpolant of the standard
# library's erfc on 0 <= x <= 26 (beyond which erfc underflows) is exact to rounding.
_ERFC_END = 26.0
_ERFC_T = 1.0 / (1.0 + _ERFC_END / 2.0)


def _erfc_coefficients(degree: int = 32) -> Floats:
    points = numpy.asarray(chebyshev.chebpts1(degree + 1), dtype=numpy.float64)
    x = 2.0 / (_ERFC_T + (1.0 - _ERFC_T) * (points + 1.0) / 2.0) - 2.0
    values = [math.exp(v * v) * math.erfc(v) for v in x]
    # The points are where Chebyshev polynomials up to this degree are orthogonal, so interpolation is a projection.
    matrix = chebyshev.chebvander(points, degree)
    coefficients: Floats = 2.0 / (degree + 1) * (values @ matrix)
    coefficients[0] /= 2.0
    return coefficients


_ERFC_COEFFICIENTS = _erfc_coefficients()


def _normal_cdf(z: Floats) -> Floats:
    x = numpy.minimum(numpy.abs(z) / math.sqrt(2.0), _ERFC_END)
    t = 1.0 / (1.0 + x / 2.0)
    s = 2.0 * (t - _ERFC_T) / (1.0 - _ERFC_T) - 1.0
    tail = 0.5 * numpy.exp(-x * x) * chebyshev.chebval(s, _ERFC_COEFFICIENTS)
    cdf: Floats = numpy.where(z > 0.0, 1.0 - tail, tail)
    return cdf


def _gelu(z: Floats, out: Floats, _: float) -> list[Call]:
    return [lambda: numpy.multiply(z, _normal_cdf(z), out)]


def _gelu_slope(z: Floats, _a: Floats, out: Floats, _: float) -> list[Call]:
    def write() -> None:
        density = numpy.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
        numpy.add(_normal_cdf(z), z * density, out)

    return [write]


def _softmax(z: Floats, out: Floats, _: float) -> list[Call]:
    def write() -> None:
        numpy.subtract(z, numpy.max(z, axis=-1, keepdims=True), out)
        numpy.exp(out, out)
        numpy.divide(out, numpy.sum(out, axis=-1, keepdims=True), out)

    return [write]


ACTIVATIONS: dict[str, Activation] = {
    record.name: record
    for record in (
        Activation("linear", "linear", _linear, _linear_slope, curvatures.straight, 1.0),
        Activation("threshold", "threshold", _threshold, _threshold_slope, curvatures.straight, 0.0, 0.0, 1.0),
        Activation("sigmoid", "sigmoid", _sigmoid, _sigmoid_slope, curvatures.sigmoid, 0.25, 0.0, 1.0),
        Activation("tanh", "tanh", _tanh, _tanh_slope, curvatures.tanh, 1.0, -1.0, 1.0),
        Activation("relu", "ReLU", _relu, _relu_slope, curvatures.straight, 1.0, 0.0, rectifier=True),
        Activation("leaky_relu", "leaky ReLU", _leaky_relu, _leaky_relu_slope, curvatures.straight, 1.0, alpha=0.01),
        Activation("elu", "ELU", _elu, _elu_slope, curvatures.elu, 1.0, -1.0, alpha=1.0),
        Activation("softplus", "softplus", _softplus, _softplus_slope, curvatures.softplus, 1.0, 0.0),
        Activation("silu", "SiLU (swish)", _silu, _silu_slope, curvatures.silu, 1.0998393, -0.2784646),
        Activation("gelu", "GELU", _gelu, _gelu_slope, curvatures.gelu, 1.1289042, -0.1699713),
        Activation(
            "softmax", "softmax", _softmax, _sigmoid_slope, curvatures.sigmoid, 0.25, 0.0, 1.0, elementwise=False
        ),
    )
}
"""Every activation by name. All but softmax may be used in any layer; softmax only in the last."""
