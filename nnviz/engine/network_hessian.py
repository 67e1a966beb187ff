"""The Hessian of a network's cost times a vector, exactly, without ever making the Hessian.

With theta moving along v, every quantity of the forward and the backward pass changes at a rate of its own. The two
passes, differentiated line by line, give these rates, and that of the gradient is H v (Pearlmutter 1994, "Fast exact
multiplication by the Hessian"). What is R{·} there is d… here:

    dz_l = da_{l-1} W_l + [a_{l-1} 1] V_l        da_l = f'(z_l) ⊙ dz_l
    d(delta_L) = the loss's curvature by z_L, times dz_L (`output_curvature`)
    d(delta_l) = (d(delta_{l+1}) W_{l+1}ᵀ + delta_{l+1} V_{l+1}ᵀ) ⊙ f'(z_l) + (delta_{l+1} W_{l+1}ᵀ) ⊙ f''(z_l) ⊙ dz_l
    (H v)_l = [a_{l-1} 1]ᵀ d(delta_l) + [da_{l-1} 0]ᵀ delta_l

A corner (relu at 0, |error|, l1) counts with the piece on which its derivative is taken, so it adds nothing: what steps
there feel is a jump of the gradient, for which no second derivative stands.
"""

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.activation_curvatures import straight
from nnviz.engine.activations import run
from nnviz.engine.checks import checked_array
from nnviz.engine.chunks import in_chunks
from nnviz.engine.objective import NetworkObjective
from nnviz.engine.output_curvature import output_curvature
from nnviz.engine.passes import backward_calls, forward_calls
from nnviz.engine.tape import Tape

Floats = NDArray[numpy.float64]


class NetworkHessian:
    """The Hessian of an objective at theta (P,), which is copied: one forward and one backward pass are made and kept.

    A mini-batch's Hessian is that of the objective on the batch's examples. ValueError for theta of another shape; one
    that is not finite is allowed, and gives products that are nan.
    """

    def __init__(self, objective: NetworkObjective, theta: ArrayLike) -> None:
        network = objective.network
        self._objective, self._layout = objective, network.layout
        self._theta = checked_array("theta", theta, (network.parameter_count,)).copy()
        self._finite = bool(numpy.all(numpy.isfinite(self._theta)))
        self._tape = tape = Tape(network.layout, len(objective.x))
        tape.a(0)[...], tape.y[...] = objective.x, objective.y
        run(
            [
                *forward_calls(network.layout, network.activations, self._theta, tape),
                *backward_calls(
                    network.layout,
                    network.activations,
                    objective.loss,
                    self._theta,
                    tape,
                    numpy.empty_like(self._theta),
                ),
            ]
        )
        with numpy.errstate(all="ignore"):
            output = network.activations[-1]
            self._output = output_curvature(objective.loss, output, tape.z(tape.depth), tape.a(tape.depth), tape.y)
            self._bends = [self._bend(l) for l in range(1, tape.depth)]

    def times(self, v: ArrayLike) -> Floats:
        """H v for v (..., P), of its shape; leading axes are several vectors."""
        v = checked_array("v", v, ("...", self._layout.parameter_count))
        product = numpy.full(v.shape, numpy.nan)
        if not self._finite:
            # An infinite weight may saturate a unit and leave numbers that look flat.
            return product
        # dz, da and d(delta) of each direction
        in_chunks(self._write, 2 * self._objective.network.bytes_per_member(self._tape.n), v, product)
        return product

    def _bend(self, l: int) -> Floats | None:
        """(delta_{l+1} W_{l+1}ᵀ) ⊙ f''(z_l) as stored, (n_l, N): the same for every v. None where f'' is 0."""
        activation, tape = self._objective.network.activations[l - 1], self._tape
        if activation.curvature is straight:
            return None
        above = self._layout.weights(self._theta, l + 1) @ tape.delta_rows(l + 1)
        return above * activation.curvature(tape.z(l), tape.a(l), tape.slope(l)).T

    def _write(self, v: Floats, out: Floats) -> None:
        layout, theta, tape = self._layout, self._theta, self._tape
        depth = tape.depth
        dz: list[Floats] = []
        da: list[Floats] = []
        with numpy.errstate(all="ignore"):
            for l in range(1, depth + 1):
                rate = _turned(layout.block(v, l)) @ tape.extended_rows(l - 1)
                if l > 1:
                    rate += layout.weights(theta, l).T @ da[-1]
                dz.append(rate)
                if l < depth:
                    da.append(tape.slope(l).T * rate)
            ddelta = _turned(self._output(_turned(dz[-1])))
            for l in range(depth, 0, -1):
                numpy.matmul(tape.extended_rows(l - 1), _turned(ddelta), out=layout.block(out, l))
                if l > 1:
                    into = layout.weights(out, l)
                    into += da[l - 2] @ tape.delta(l)
                    ddelta = layout.weights(theta, l) @ ddelta + layout.weights(v, l) @ tape.delta_rows(l)
                    ddelta *= tape.slope(l - 1).T
                    bend = self._bends[l - 2]
                    if bend is not None:
                        ddelta += bend * dz[l - 2]
            if self._objective.l2:
                out += self._objective.l2 * layout.weight_mask * v


def _turned(rows: Floats) -> Floats:
    return numpy.swapaxes(rows, -1, -2)
