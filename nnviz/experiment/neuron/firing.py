"""What one unit computes: the products, their sum, and what the activation makes of it."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine import ACTIVATIONS
from nnviz.engine.activations import Activation
from nnviz.experiment.neuron.specification import UnitSpec
from nnviz.experiment.neuron.sums import total

Floats = NDArray[numpy.float64]
SAMPLES = 401


@dataclass(frozen=True, eq=False)
class Firing:
    """products (n,): w·x of each input. z: their sum plus the bias. a = f(z). slope = f′(z)."""

    products: Floats
    z: float
    a: float
    slope: float


@dataclass(frozen=True, eq=False)
class ActivationCurve:
    """f over z: z and f, (n,) each, and the tangent's height at both ends, (2,)."""

    z: Floats
    f: Floats
    tangent: Floats


def activation_of(unit: UnitSpec) -> Activation:
    """Its activation, with its alpha."""
    return ACTIVATIONS[unit.activation].with_alpha(unit.alpha)


def fire(unit: UnitSpec) -> Firing:
    """Runs the unit once."""
    products = numpy.array(unit.w) * numpy.array(unit.x)
    z = total([*products.tolist(), unit.b])
    activation, at = activation_of(unit), numpy.array([z])
    return Firing(products, z, float(activation.f(at)[0]), float(activation.derivative(at)[0]))


def activation_curve(unit: UnitSpec, firing: Firing) -> ActivationCurve:
    """The activation around 0, wide enough to hold z. A jump (threshold) is a gap: nan between its sides."""
    reach = max(5.0, 1.25 * abs(firing.z))
    z = numpy.linspace(-reach, reach, SAMPLES)
    f = activation_of(unit).f(z)
    if unit.activation == "threshold":
        z, f = numpy.array([-reach, 0.0, 0.0, 0.0, reach]), numpy.array([0.0, 0.0, numpy.nan, 1.0, 1.0])
    tangent = firing.a + firing.slope * (numpy.array([-reach, reach]) - firing.z)
    return ActivationCurve(z, f, tangent)
