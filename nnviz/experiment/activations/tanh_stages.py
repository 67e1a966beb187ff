"""How a sigmoid is turned into tanh: tanh z = 2σ(2z) - 1, in three steps."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine import ACTIVATIONS
from nnviz.experiment.activations.specification import LAST_STAGE

Floats = NDArray[numpy.float64]

STAGES = ("σ(z)", "σ(2z)", "2σ(2z)", "2σ(2z) − 1")
CHANGES = (
    "the sigmoid as it is, from 0 to 1, with a slope of ¼ at 0",
    "the sum doubled: twice as steep, ½ at 0",
    "the output doubled: from 0 to 2, with a slope of 1 at 0",
    "1 taken away: from −1 to 1, centred at 0. That is tanh",
)
CHECKED = numpy.linspace(-20.0, 20.0, 40_001)
"""Where the identity is checked."""


@dataclass(frozen=True)
class Identity:
    """The largest difference between tanh and 2σ(2z) - 1, and between tanh' and 4σ'(2z), over CHECKED."""

    value: float
    slope: float


def stage_value(stage: int, z: Floats) -> Floats:
    """The sigmoid after so many steps, of the shape of z."""
    sigmoid = ACTIVATIONS["sigmoid"]
    scale = 2.0 if stage >= 2 else 1.0
    shift = 1.0 if stage == LAST_STAGE else 0.0
    return scale * sigmoid.f(2.0 * z if stage else z) - shift


def stage_slope(stage: int, z: Floats) -> Floats:
    """The derivative of that with respect to z, of the shape of z."""
    inner, outer = 2.0 if stage else 1.0, 2.0 if stage >= 2 else 1.0
    return inner * outer * ACTIVATIONS["sigmoid"].derivative(inner * z)


def identity() -> Identity:
    """How well the engine's tanh and sigmoid agree with it."""
    tanh = ACTIVATIONS["tanh"]
    value = numpy.max(numpy.abs(tanh.f(CHECKED) - stage_value(LAST_STAGE, CHECKED)))
    slope = numpy.max(numpy.abs(tanh.derivative(CHECKED) - stage_slope(LAST_STAGE, CHECKED)))
    return Identity(float(value), float(slope))
