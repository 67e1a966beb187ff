"""Objectives: anything with a value and a gradient in theta. Optimizers, surfaces and checks know nothing else."""

from collections.abc import Callable
from copy import copy
from typing import Protocol

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.activations import Call, run
from nnviz.engine.checks import checked_array, checked_instance, checked_number, known
from nnviz.engine.chunks import in_chunks
from nnviz.engine.losses import LOSSES
from nnviz.engine.network import Network
from nnviz.engine.passes import backward_calls, forward_calls, regularization_calls
from nnviz.engine.tape import Tape

Floats = NDArray[numpy.float64]


class Objective(Protocol):
    """A scalar function of theta (..., P) with its gradient; leading axes are a population."""

    def value(self, theta: ArrayLike) -> Floats:
        """(..., P) → (...)."""
        ...

    def value_and_gradient(self, theta: ArrayLike) -> tuple[Floats, Floats]:
        """(..., P) → (...), (..., P)."""
        ...


class NetworkObjective:
    """The cost J(theta) of a network on data: mean loss over the N examples plus l1 Σ|W| + ½ l2 ΣW² (weights only).

    x: (N, n_0), y: (N, n_L), N ≥ 1, all finite; copied, so that what becomes of the caller's arrays changes nothing.
    ValueError for an unknown loss, shapes that do not fit, or a negative l1 or l2.
    """

    def __init__(
        self, network: Network, loss: str, x: ArrayLike, y: ArrayLike, l1: float = 0.0, l2: float = 0.0
    ) -> None:
        self.network = checked_instance("network", network, Network)
        self.loss = known("loss", loss, LOSSES)
        self.x = network.checked_inputs(x).copy()
        self.y = checked_array("y", y, (len(self.x), network.sizes[-1]), finite=True).copy()
        if len(self.x) == 0:
            raise ValueError("x has no examples; expected at least one")
        self._penalize(l1, l2)

    def with_penalties(self, l1: float, l2: float) -> "NetworkObjective":
        """The same network, loss and data, these not copied again, under other penalties."""
        other = copy(self)
        other._penalize(l1, l2)
        return other

    def with_network(self, network: Network) -> "NetworkObjective":
        """The same loss, data (not copied again) and penalties, for another network of the same sizes.

        ValueError for other sizes.
        """
        other = copy(self)
        other.network = checked_instance("network", network, Network)
        if network.sizes != self.network.sizes:
            raise ValueError(f"network has sizes {network.sizes}; expected {self.network.sizes}, as before")
        return other

    def _penalize(self, l1: float, l2: float) -> None:
        self.l1, self.l2 = checked_number("l1", l1, 0.0), checked_number("l2", l2, 0.0)

    def value(self, theta: ArrayLike) -> Floats:
        """J, (..., P) → (...)."""
        return self.evaluator()(theta)

    def evaluator(self) -> Callable[[ArrayLike], Floats]:
        """What `value` is, with buffers that are kept from call to call: for many calls in a row, in one thread."""
        network = self.network
        kept: list[tuple[Floats, Tape, list[Call]]] = []

        def part(members: Floats, values: Floats) -> None:
            # Making a tape takes longer than filling it, so a smaller part goes through one that is larger.
            if not kept or kept[0][0].ndim != members.ndim or kept[0][0].shape < members.shape:
                held, tape = numpy.zeros(members.shape), Tape(network.layout, len(self.x), members.shape[:-1])
                tape.a(0)[...] = self.x
                kept[:] = [(held, tape, forward_calls(network.layout, network.activations, held, tape))]
            held, tape, calls = kept[0]
            mine = slice(0, len(members)) if members.ndim > 1 else ...
            held[mine] = members
            run(calls)
            values[...] = self.cost(held, tape)[mine]

        def value(theta: ArrayLike) -> Floats:
            theta = network.checked_theta(theta)
            out = numpy.empty(theta.shape[:-1])
            in_chunks(part, network.bytes_per_member(len(self.x)), theta, out)
            return out

        return value

    def value_and_gradient(self, theta: ArrayLike) -> tuple[Floats, Floats]:
        """J and dJ/dtheta, (..., P) → (...), (..., P)."""
        theta = self.network.checked_theta(theta)
        value, gradient = numpy.empty(theta.shape[:-1]), numpy.empty(theta.shape)
        # z, a, f' and delta instead of z and a
        in_chunks(self._both, 2 * self.network.bytes_per_member(len(self.x)), theta, value, gradient)
        return value, gradient

    def cost(self, theta: Floats, tape: Tape) -> Floats:
        """J (...) from a tape that holds the forward pass of theta (..., P) on this objective's x."""
        network, depth = self.network, tape.depth
        with numpy.errstate(all="ignore"):
            losses = self.loss.per_example(network.activations[-1], tape.z(depth), tape.a(depth), self.y)
            value = numpy.mean(losses, axis=-1)
            if self.l1 or self.l2:
                mask = network.layout.weight_mask
                # Without the biases before they are squared: a huge one would make inf · 0 of a finite J.
                W = numpy.where(mask, theta, 0.0)
                if self.l1:
                    value = value + self.l1 * (numpy.abs(W) @ mask)
                if self.l2:
                    value = value + 0.5 * self.l2 * ((W * W) @ mask)
        return numpy.asarray(value)

    def _both(self, theta: Floats, value: Floats, gradient: Floats) -> None:
        network = self.network
        tape = Tape(network.layout, len(self.x), theta.shape[:-1])
        tape.a(0)[...], tape.y[...] = self.x, self.y
        run(
            [
                *forward_calls(network.layout, network.activations, theta, tape),
                *backward_calls(network.layout, network.activations, self.loss, theta, tape, gradient),
                *regularization_calls(network.layout, theta, self.l1, self.l2, gradient),
            ]
        )
        value[...] = self.cost(theta, tape)
