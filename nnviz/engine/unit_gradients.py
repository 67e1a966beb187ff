"""How gradient and update are spread over the units of a layer: one number a unit, and the quantiles of a layer.

The RMS of a whole layer hides that some of its units may learn and others not.
"""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from nnviz.engine.layout import Layout
from nnviz.engine.tape import Tape

Floats = NDArray[numpy.float64]


def incoming_rms(layout: Layout, flat: Floats) -> list[Floats]:
    """For l = 1..L the RMS of each unit's incoming weights' entries in a flat vector (..., P): (..., n_l)."""
    with numpy.errstate(all="ignore"):
        weights = (layout.weights(flat, l) for l in range(1, layout.depth + 1))
        return [numpy.sqrt(numpy.mean(W * W, axis=-2)) for W in weights]


def bias_sizes(layout: Layout, flat: Floats) -> list[Floats]:
    """For l = 1..L the absolute value of each unit's bias entry in a flat vector (..., P): (..., n_l)."""
    return [numpy.abs(layout.biases(flat, l)) for l in range(1, layout.depth + 1)]


def delta_sizes(tape: Tape) -> list[Floats]:
    """For l = 1..L the RMS of each unit's delta over the examples of a tape, (..., n_l).

    The mean of their squares over a layer's units is the square of the layer's own RMS.
    """
    with numpy.errstate(all="ignore"):
        rows = (tape.delta_rows(l) for l in range(1, tape.depth + 1))
        return [numpy.sqrt(numpy.mean(delta * delta, axis=-1)) for delta in rows]


def update_ratios(layout: Layout, theta: Floats, delta_theta: Floats) -> list[Floats]:
    """For l = 1..L RMS(ΔW) / RMS(W) of each unit's incoming weights, (..., n_l); inf where those are all 0.

    theta: (..., P) after the step, delta_theta: (..., P) the step.
    """
    with numpy.errstate(all="ignore"):
        both = zip(incoming_rms(layout, delta_theta), incoming_rms(layout, theta), strict=True)
        return [update / size for update, size in both]


def quantiles(by_unit: Sequence[Floats], low: float = 0.1, high: float = 0.9) -> Floats:
    """The low and the high quantile of each layer's units, (..., L, 2); nan for a layer with a unit that is nan."""
    with numpy.errstate(all="ignore"):
        pairs = [numpy.moveaxis(numpy.quantile(values, [low, high], axis=-1), 0, -1) for values in by_unit]
    return numpy.stack(pairs, axis=-2)
