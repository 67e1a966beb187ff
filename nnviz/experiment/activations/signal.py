"""The picture of a distribution that goes through a function: inputs along z, outputs along a, the curve between."""

import math
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.activations import Activation
from nnviz.experiment.activations.function_curve import FunctionCurve
from nnviz.experiment.activations.inputs import density
from nnviz.experiment.activations.passage import OutputDensity, Passage, output_density, passage
from nnviz.experiment.activations.specification import InputSpec

Floats = NDArray[numpy.float64]

SAMPLES = 321
SIDES = 4.0
"""The picture reaches so many standard deviations to both sides of the mean."""
ROOM = 0.08


@dataclass(frozen=True, eq=False)
class Signal:
    """z_range, a_range: what the picture shows. curve: f over z. z and inputs (n,): the density before. outputs: after.
    numbers: mean, spread, shares."""

    z_range: tuple[float, float]
    a_range: tuple[float, float]
    curve: FunctionCurve
    z: Floats
    inputs: Floats
    outputs: OutputDensity
    numbers: Passage


def signal_through(activation: Activation, inputs: InputSpec) -> Signal:
    """All that the picture shows."""
    low, high = inputs.mean - SIDES * inputs.width, inputs.mean + SIDES * inputs.width
    corner = [-1e-9, 0.0, 1e-9] if low < 0.0 < high else []
    z = numpy.unique(numpy.concatenate([numpy.linspace(low, high, SAMPLES), corner]))
    f = activation.f(z)
    a_range = _a_range(activation, f)
    if activation.name == "threshold":
        f = numpy.where(z == 0.0, numpy.nan, f)
    return Signal(
        (low, high),
        a_range,
        FunctionCurve(z, f, activation.derivative(z)),
        z,
        density(inputs, z),
        output_density(activation, inputs, *a_range),
        passage(activation, inputs),
    )


def _a_range(activation: Activation, f: Floats) -> tuple[float, float]:
    """The whole range of a function that has two ends; else what the inputs reach, with a little room."""
    low, high = activation.lower, activation.upper
    if not (math.isfinite(low) and math.isfinite(high)):
        low, high = min(0.0, float(numpy.min(f))), max(0.0, float(numpy.max(f)))
    room = ROOM * (high - low) or 1.0
    return low - room, high + room
