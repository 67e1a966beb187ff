"""Forward and backward pass, each as a list of array calls bound to their buffers.

Run the list once and it is an ordinary pass; keep it and run it again for every step, and training allocates nothing
and looks nothing up. One description of the mathematics serves both. Backpropagation: Rumelhart, Hinton, Williams 1986.
"""

from collections.abc import Callable
from functools import partial

import numpy
from numpy.typing import NDArray

from nnviz.engine.activations import Activation, Call
from nnviz.engine.layout import Layout
from nnviz.engine.losses import Loss
from nnviz.engine.tape import Tape

Floats = NDArray[numpy.float64]


def forward_calls(layout: Layout, activations: tuple[Activation, ...], theta: Floats, tape: Tape) -> list[Call]:
    """z_l = a_{l-1} W_l + b_l and a_l = f(z_l) for l = 1..L, from ``tape.a(0)``; theta (..., P) is read at each run."""
    product = _product(theta)
    calls: list[Call] = []
    for l, activation in enumerate(activations, start=1):
        transposed = numpy.swapaxes(layout.block(theta, l), -1, -2)
        calls.append(partial(product, transposed, tape.extended_rows(l - 1), tape.z_rows(l)))
        calls += activation.forward(tape.z(l), tape.a(l), activation.alpha or 0.0)
    return calls


def backward_calls(
    layout: Layout,
    activations: tuple[Activation, ...],
    loss: Loss,
    theta: Floats,
    tape: Tape,
    gradient: Floats,
) -> list[Call]:
    """delta_l and the gradient of the mean loss, written into ``gradient`` (..., P), after a forward pass.

    delta_L comes from the loss; delta_l = (delta_{l+1} W_{l+1}ᵀ) ⊙ f'(z_l); dJ/dW_l = a_{l-1}ᵀ delta_l.
    """
    product = _product(theta)
    depth = layout.depth
    calls = loss.delta_calls(activations[-1], tape.z(depth), tape.a(depth), tape.y, tape.delta(depth))
    for l in range(depth, 0, -1):
        calls.append(partial(product, tape.extended_rows(l - 1), tape.delta(l), layout.block(gradient, l)))
        if l > 1:
            activation = activations[l - 2]
            z, a, slope, delta = tape.z(l - 1), tape.a(l - 1), tape.slope(l - 1), tape.delta(l - 1)
            calls.append(partial(product, layout.weights(theta, l), tape.delta_rows(l), tape.delta_rows(l - 1)))
            calls += activation.slope(z, a, slope, activation.alpha or 0.0)
            calls.append(partial(numpy.multiply, delta, slope, delta))
    return calls


def regularization_calls(layout: Layout, theta: Floats, l1: float, l2: float, gradient: Floats) -> list[Call]:
    """Adds the gradient of l1 Σ|W| + ½ l2 ΣW² to ``gradient`` (..., P); biases are left alone."""
    scratch = numpy.empty_like(gradient)
    calls: list[Call] = []
    if l2:
        calls.append(partial(numpy.multiply, theta, l2 * layout.weight_mask, scratch))
        calls.append(partial(numpy.add, gradient, scratch, gradient))
    if l1:
        calls.append(partial(numpy.sign, theta, scratch))
        calls.append(partial(numpy.multiply, scratch, l1 * layout.weight_mask, scratch))
        calls.append(partial(numpy.add, gradient, scratch, gradient))
    return calls


def _product(theta: Floats) -> Callable[..., object]:
    # For two plain matrices dot does what matmul does in half the time at the sizes of a small network.
    return numpy.dot if theta.ndim == 1 else numpy.matmul
