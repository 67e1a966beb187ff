"""What one training step looked like from inside, layer by layer: pure functions of tape, gradient and update.

RMS is the root of the mean square over all entries. "Saturated": |f'(z)| below SATURATION of the activation's largest
slope. "Inactive": a unit of a rectifier whose output is 0 on every example of this batch; "dead" is the same on all
training examples.
"""

import math
from functools import partial

import numpy
from numpy.typing import NDArray

from nnviz.engine.activations import Activation, run
from nnviz.engine.layout import Layout
from nnviz.engine.ledger import signals_before_gates
from nnviz.engine.symmetry import distinct_units
from nnviz.engine.tape import Tape

Floats = NDArray[numpy.float64]
Bools = NDArray[numpy.bool_]

SATURATION = 0.05

STATISTICS = (
    "gradient_W_rms", "gradient_W_max", "gradient_b_rms", "gradient_b_max", "delta_rms", "delta_max",
    "W_rms", "update_ratio", "a_mean", "a_std", "zero_share", "saturated_share", "inactive_share",
    "signal_before_gate", "distinct_units",
)  # fmt: skip
"""Names of the entries on the last axis of `layer_statistics`."""


def layer_statistics(
    layout: Layout,
    activations: tuple[Activation, ...],
    tape: Tape,
    theta: Floats,
    gradient: Floats,
    delta_theta: Floats,
) -> Floats:
    """All numbers of STATISTICS for each layer, (..., L, len(STATISTICS)).

    theta, gradient, delta_theta: (..., P) after the step, tape: that step's passes. update_ratio is
    RMS(ΔW_l) / RMS(W_l), infinite where W_l is all zero; inactive_share is nan for layers that are no rectifiers;
    signal_before_gate is what `ledger` needs.
    """
    out = numpy.empty((*theta.shape[:-1], layout.depth, len(STATISTICS)))
    with numpy.errstate(all="ignore"):
        gradient_rms, theta_rms, update_rms = (piece_rms(layout, flat) for flat in (gradient, theta, delta_theta))
        largest = numpy.maximum.reduceat(numpy.abs(gradient), layout.piece_starts, axis=-1)
        out[..., 0], out[..., 2] = gradient_rms[..., 0::2], gradient_rms[..., 1::2]
        out[..., 1], out[..., 3] = largest[..., 0::2], largest[..., 1::2]
        out[..., 6] = theta_rms[..., 0::2]
        out[..., 7] = update_rms[..., 0::2] / theta_rms[..., 0::2]
        for l, activation in enumerate(activations, start=1):
            row, a, delta = out[..., l - 1, :], tape.a(l), tape.delta(l)
            both = (-2, -1)
            row[..., 4] = numpy.sqrt(numpy.mean(delta * delta, axis=both))
            row[..., 5] = numpy.max(numpy.abs(delta), axis=both)
            row[..., 8], row[..., 9] = numpy.mean(a, axis=both), numpy.std(a, axis=both)
            row[..., 10] = numpy.mean(a == 0.0, axis=both)
            row[..., 11] = numpy.mean(saturated(activation, tape.z(l), a), axis=both)
            row[..., 12] = numpy.mean(inactive(a), axis=-1) if activation.rectifier else math.nan
        out[..., 13] = signals_before_gates(layout, tape, theta - delta_theta)
        out[..., 14] = numpy.apply_along_axis(partial(distinct_units, layout), -1, theta)
    return out


def piece_rms(layout: Layout, flat: Floats) -> Floats:
    """RMS of the part of a flat vector (..., P) that belongs to W_1, b_1, W_2, b_2, …: (..., 2L)."""
    rms: Floats = numpy.sqrt(numpy.add.reduceat(flat * flat, layout.piece_starts, axis=-1) / layout.piece_sizes)
    return rms


def saturated(activation: Activation, z: Floats, a: Floats) -> Bools:
    """Where |f'(z)| is below SATURATION of its maximum; never for a function whose slope is always 0. Shape of z."""
    slope = numpy.empty_like(z)
    run(activation.slope(z, a, slope, activation.alpha or 0.0))
    return numpy.abs(slope) < SATURATION * activation.max_slope


def inactive(a: Floats) -> Bools:
    """Units of a rectifier that give 0 on every example, (..., N, n) → (..., n)."""
    result: Bools = numpy.all(a == 0.0, axis=-2)
    return result


def histogram(values: Floats, bins: int = 40) -> tuple[Floats, Floats]:
    """Counts (bins,) and edges (bins + 1,) over the finite values; around equal ones a range of its own."""
    finite = values[numpy.isfinite(values)]
    if finite.size == 0:
        return numpy.zeros(bins), numpy.linspace(-0.5, 0.5, bins + 1)
    # Differences of larger numbers could not be represented; nobody will see where in the last bin they are.
    finite = numpy.clip(finite, -1e300, 1e300)
    low, high = float(numpy.min(finite)), float(numpy.max(finite))
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        room = 0.5 * max(1.0, abs(low))
        low, high = low - room, high + room
    counts, edges = numpy.histogram(finite, bins=bins, range=(low, high))
    return counts.astype(numpy.float64), edges.astype(numpy.float64)
