"""How large a signal is after each layer, forwards and backwards: measured in a network, and as theory foretells it.

Forwards it is the activations a_l; backwards the signal delta_l = (delta_{l+1} W_{l+1}ᵀ) ⊙ f'(z_l), begun with noise of
size 1 at the output in place of a loss, so that the numbers speak of the network and not of labels. Glorot, Bengio 2010
plot these sizes against depth; the recursion that foretells them for wide layers with independent weights is He et al.
2015 for rectifiers, and Poole et al. 2016 and Schoenholz et al. 2017 for any f.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.activations import Activation, run
from nnviz.engine.diagnostics import piece_rms
from nnviz.engine.network import Network
from nnviz.engine.tape import Tape

Floats = NDArray[numpy.float64]

BOTH = (-2, -1)
"""Axes of examples and units."""
NODES = 4000
FURTHEST = 9.0
"""Beyond so many standard deviations a normal number adds less than 1e-18 to a mean."""


@dataclass(frozen=True, eq=False)
class Propagation:
    """Root mean squares over examples and units.

    forward: of a_l for l = 0..L, (..., L+1). backward: of delta_l for l = 1..L, (..., L), the last one 1.
    weights_rms, weights_std: of the entries of W_l for l = 1..L, (..., L).
    """

    forward: Floats
    backward: Floats
    weights_rms: Floats
    weights_std: Floats


def propagate(
    network: Network, theta: Floats, x: Floats, rng: numpy.random.Generator, tape: Tape | None = None
) -> Propagation:
    """Sends x (N, n_0) forwards and Gaussian noise backwards through networks theta (..., P).

    The noise delta_L (N, n_L) is drawn once, for all members, and scaled to a root mean square of exactly 1. ``tape``
    may be handed in for reuse; it then holds z, a and delta of both passes.
    """
    tape = network.forward(theta, x, tape)
    layout, depth = network.layout, network.layout.depth
    noise = rng.standard_normal((tape.n, network.sizes[-1]))
    tape.delta(depth)[...] = noise / _rms(noise)
    forward = [numpy.broadcast_to(_rms(tape.a(0)), tape.population)]
    backward: list[Floats] = []
    with numpy.errstate(all="ignore"):
        forward += [_rms(tape.a(l)) for l in range(1, depth + 1)]
        for l in range(depth, 0, -1):
            backward.insert(0, _rms(tape.delta(l)))
            if l > 1:
                activation = network.activations[l - 2]
                numpy.matmul(layout.weights(theta, l), tape.delta_rows(l), out=tape.delta_rows(l - 1))
                run(activation.slope(tape.z(l - 1), tape.a(l - 1), tape.slope(l - 1), activation.alpha or 0.0))
                numpy.multiply(tape.delta(l - 1), tape.slope(l - 1), out=tape.delta(l - 1))
        stds = [numpy.std(layout.weights(theta, l), axis=BOTH) for l in range(1, depth + 1)]
        weights_rms = piece_rms(layout, theta)[..., 0::2]
    return Propagation(
        numpy.stack(forward, axis=-1), numpy.stack(backward, axis=-1), weights_rms, numpy.stack(stds, axis=-1)
    )


@numpy.errstate(all="ignore")
def variance_recursion(
    sizes: Sequence[int],
    activations: Sequence[Activation],
    weight_stds: Sequence[float],
    bias_stds: Sequence[float],
    input_rms: float,
) -> tuple[Floats, Floats]:
    """(RMS a_l for l = 0..L, RMS delta_l for l = 1..L) in theory, with RMS delta_L = 1.

    sizes (n_0, …, n_L); the standard deviations of layer l's weights and biases at l - 1. With z standard normal:

        q_l = σ_w² n_{l-1} E[a_{l-1}²] + σ_b²    and    E[a_l²] = E[f(√q_l z)²]    with layer l's σ_w, σ_b,
        E[delta_l²] = σ_w² n_{l+1} E[delta_{l+1}²] E[f'(√q_l z)²]    with layer l+1's σ_w.

    It assumes weights and biases of mean 0, independent of what they multiply, and wide layers. Where a standard
    deviation is nan (a constant other than 0 has no such theory) all that follows from it is nan, and so is the
    output of a softmax, whose units are not independent. Backwards no theory needs the last layer's activation.
    """
    depth = len(sizes) - 1
    forward, backward = numpy.full(depth + 1, math.nan), numpy.full(depth, math.nan)
    roots = numpy.full(depth, math.nan)
    forward[0] = input_rms
    for l in range(1, depth + 1):
        roots[l - 1] = math.hypot(weight_stds[l - 1] * math.sqrt(sizes[l - 1]) * forward[l - 1], bias_stds[l - 1])
        if activations[l - 1].elementwise:
            forward[l] = gaussian_rms(activations[l - 1].f, roots[l - 1])
    backward[-1] = 1.0
    for l in range(depth - 1, 0, -1):
        gate = gaussian_rms(activations[l - 1].derivative, roots[l - 1])
        backward[l - 1] = weight_stds[l] * math.sqrt(sizes[l + 1]) * backward[l] * gate
    return forward, backward


def gaussian_rms(function: Callable[[Floats], Floats], std: float) -> float:
    """√E[f(std·z)²] for a standard normal z; nan for a std that is no finite number.

    A midpoint rule in u with z = s·sinh(u): its nodes lie dense around 0 on the scale s = 1/std on which f bends, and
    still reach the tails. No node is at 0 itself, where kinks and jumps are, so that those cost no accuracy.
    """
    if not math.isfinite(std):
        return math.nan
    s = 1.0 / max(1.0, std)
    end = math.asinh(FURTHEST / s)
    step = 2.0 * end / NODES
    u = -end + step * (numpy.arange(NODES) + 0.5)
    z = s * numpy.sinh(u)
    density = numpy.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi) * s * numpy.cosh(u) * step
    values = function(std * z)
    # Squares of what is nearly too large, or too small, for a number would not be numbers.
    size = float(numpy.max(numpy.abs(values), axis=-1))
    if size == 0.0 or not math.isfinite(size):
        return size
    return size * math.sqrt(float(numpy.sum((values / size) ** 2 * density, axis=-1)))


def _rms(values: Floats) -> Floats:
    """Over examples and units, (..., N, n) → (...)."""
    rms: Floats = numpy.sqrt(numpy.mean(values * values, axis=BOTH))
    return rms
