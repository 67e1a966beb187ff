"""The arithmetic of the optimizers: how a gradient becomes a step, in a few array calls on buffers that exist.

A rule takes (gradient, slots, step, minus_rate, out, **parameters), rewrites the slots in place and writes the step
into out. minus_rate is -learning_rate as an array: NumPy converts a Python number anew at every call. Nothing is
checked here, since this runs at every step.
"""

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]
Slots = tuple[Floats, ...]
Hyper = float | Floats


def _blend(average: Floats, kept: Hyper, new: Floats, out: Floats) -> None:
    """average ← kept · average + (1 - kept) · new; out is overwritten."""
    average *= kept
    numpy.multiply(new, 1.0 - kept, out)
    average += out


def _push(velocity: Floats, momentum: Hyper, gradient: Floats) -> None:
    """velocity ← momentum · velocity + gradient."""
    velocity *= momentum
    velocity += gradient


def _divide(numerator: Floats, epsilon: Hyper, minus_rate: Floats, out: Floats) -> None:
    """out, a root of squares, becomes the step minus_rate · numerator / (out + epsilon)."""
    out += epsilon
    numpy.divide(numerator, out, out)
    out *= minus_rate


def gradient_descent(gradient: Floats, _slots: Slots, _step: int, minus_rate: Floats, out: Floats) -> None:
    numpy.multiply(gradient, minus_rate, out)


def momentum(gradient: Floats, slots: Slots, _step: int, minus_rate: Floats, out: Floats, momentum: Hyper) -> None:
    (velocity,) = slots
    _push(velocity, momentum, gradient)
    numpy.multiply(velocity, minus_rate, out)


def nesterov(gradient: Floats, slots: Slots, _step: int, minus_rate: Floats, out: Floats, momentum: Hyper) -> None:
    (velocity,) = slots
    _push(velocity, momentum, gradient)
    numpy.multiply(velocity, momentum, out)
    out += gradient
    out *= minus_rate


def adagrad(gradient: Floats, slots: Slots, _step: int, minus_rate: Floats, out: Floats, epsilon: Hyper) -> None:
    (squares,) = slots
    numpy.multiply(gradient, gradient, out)
    squares += out
    numpy.sqrt(squares, out)
    _divide(gradient, epsilon, minus_rate, out)


def rmsprop(
    gradient: Floats, slots: Slots, _step: int, minus_rate: Floats, out: Floats, rho: Hyper, epsilon: Hyper
) -> None:
    (squares,) = slots
    numpy.multiply(gradient, gradient, out)
    _blend(squares, rho, out, out)
    numpy.sqrt(squares, out)
    _divide(gradient, epsilon, minus_rate, out)


def adam(
    gradient: Floats,
    slots: Slots,
    step: int,
    minus_rate: Floats,
    out: Floats,
    beta1: Hyper,
    beta2: Hyper,
    epsilon: Hyper,
) -> None:
    mean, squares = slots
    _blend(mean, beta1, gradient, out)
    numpy.multiply(gradient, gradient, out)
    _blend(squares, beta2, out, out)
    # Both averages start at zero; dividing by 1 - beta^(step + 1) removes that bias.
    numpy.sqrt(squares, out)
    out *= (1.0 - beta2 ** (step + 1)) ** -0.5
    _divide(mean, epsilon, minus_rate / (1.0 - beta1 ** (step + 1)), out)
