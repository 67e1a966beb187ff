"""The chain-rule ledger: how many decades of gradient each layer costs, and whether the weights or f' cost them.

Going back one layer, delta_l = (delta_{l+1} W_{l+1}ᵀ) ⊙ f'(z_l). With s_l = RMS(delta_{l+1} W_{l+1}ᵀ), the signal after
the weights and before the gate,

    log10(RMS delta_l / RMS delta_{l+1}) = log10(s_l / RMS delta_{l+1}) + log10(RMS delta_l / s_l)

is an identity: the first term is the weights' share, the second the activation's. Summed over the layers they say what
the way from the output to the first layer costs.
"""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.layout import Layout
from nnviz.engine.tape import Tape

Floats = NDArray[numpy.float64]


@dataclass(frozen=True, eq=False)
class Ledger:
    """Decades (log10) for l = 1..L-1 on the last axis, (..., L-1); -inf where nothing is left, nan after that.

    weights, activations: the two shares; total: log10(RMS delta_l / RMS delta_{l+1}), their sum.
    """

    weights: Floats
    activations: Floats
    total: Floats


def signals_before_gates(layout: Layout, tape: Tape, theta: Floats) -> Floats:
    """s_l = RMS(delta_{l+1} W_{l+1}ᵀ) for l = 1..L, (..., L); nan for l = L, where no layer follows.

    theta: (..., P) that the tape's passes were run with.
    """
    out = numpy.full((*theta.shape[:-1], layout.depth), numpy.nan)
    with numpy.errstate(all="ignore"):
        for l in range(1, layout.depth):
            back = numpy.matmul(layout.weights(theta, l + 1), tape.delta_rows(l + 1))
            out[..., l - 1] = numpy.sqrt(numpy.mean(back * back, axis=(-2, -1)))
    return out


def ledger(delta_rms: Floats, signals: Floats) -> Ledger:
    """The ledger from RMS delta_l (..., L) and `signals_before_gates` (..., L)."""
    with numpy.errstate(all="ignore"):
        weights = numpy.log10(signals[..., :-1] / delta_rms[..., 1:])
        activations = numpy.log10(delta_rms[..., :-1] / signals[..., :-1])
        total = numpy.log10(delta_rms[..., :-1] / delta_rms[..., 1:])
    return Ledger(weights, activations, total)
