"""The product of derivatives that a gradient is multiplied by on its way back through n layers; no weights."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.activations import Activation
from nnviz.experiment.activations.passage import passage
from nnviz.experiment.activations.specification import Activations, shown_elementwise

Floats = NDArray[numpy.float64]


@dataclass(frozen=True, eq=False)
class DepthLine:
    """Of one activation, for n = 0 … depth layers, (depth + 1,) each.

    bound: max|f'|ⁿ, the most that can be left of a gradient. typical: of f'(z_1) … f'(z_n)
    with every z drawn anew and independently from the inputs, the root mean square (E f'²)^(n/2), or the mean size
    (E|f'|)ⁿ. factor: what one layer multiplies the typical product by.
    """

    activation: Activation
    bound: Floats
    typical: Floats
    factor: float

    @property
    def decades(self) -> float:
        """log10 of the factor: decades a layer, negative where the gradient shrinks."""
        return float(numpy.log10(self.factor)) if self.factor else -numpy.inf


def depth_lines(spec: Activations) -> tuple[DepthLine, ...]:
    """A line for each activation that is shown, softmax left out."""
    layers = numpy.arange(spec.depth + 1.0)
    lines = []
    for activation in shown_elementwise(spec):
        gates = passage(activation, spec.inputs)
        factor = gates.gate_rms if spec.product == "rms" else gates.gate_size
        lines.append(DepthLine(activation, activation.max_slope**layers, factor**layers, factor))
    return tuple(lines)
