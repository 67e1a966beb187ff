"""The curves that stand for a document of the Activations workspace in a thumbnail."""

import numpy
from numpy.typing import NDArray

from nnviz.experiment.activations.function_curve import function_curve
from nnviz.experiment.activations.specification import Activations, shown_elementwise

Floats = NDArray[numpy.float64]

LOW, HIGH = -1.3, 2.6
"""The heights shown: saturation below, and the beginning of what grows."""


def thumbnail_curves(spec: Activations) -> tuple[Floats, ...]:
    """One (K, 2) for each function of one number that is shown: across and up from 0 to 1."""
    curves = []
    for activation in shown_elementwise(spec):
        curve = function_curve(activation, spec.reach)
        across = (curve.z + spec.reach) / (2.0 * spec.reach)
        path = numpy.stack([across, (curve.f - LOW) / (HIGH - LOW)], axis=-1)
        curves.append(path[numpy.isfinite(path).all(-1)])
    return tuple(curves)
