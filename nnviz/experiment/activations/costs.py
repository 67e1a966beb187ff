"""What a function costs: counted in the engine's own code, and measured on this machine when asked."""

from time import perf_counter

import numpy

from nnviz.engine.activations import Activation

COUNTED = {
    "linear": (0, "nothing: the number itself"),
    "threshold": (0, "a comparison"),
    "sigmoid": (1, "an exponential and a division"),
    "tanh": (1, "a hyperbolic tangent"),
    "relu": (0, "a comparison"),
    "leaky_relu": (0, "a comparison and a product"),
    "elu": (1, "an exponential and a comparison"),
    "softplus": (2, "an exponential and a logarithm"),
    "silu": (1, "an exponential, a division and a product"),
    "gelu": (1, "an exponential and a polynomial of degree 32"),
    "softmax": (1, "an exponential, and a sum over the layer"),
}
"""How many exponentials, logarithms and the like the engine's f(z) takes for a number, and what it takes in words."""

NUMBERS = 50_000
REPEATS = 7
REFERENCE = "relu"


def measure_costs(activations: tuple[Activation, ...], reference: Activation) -> dict[str, float]:
    """The time of f and f' together as a multiple of the reference's, by name. For a background thread.

    The best of REPEATS runs over NUMBERS numbers: what remains when nothing else disturbs. It differs from machine to
    machine and from run to run.
    """
    z = numpy.random.default_rng(0).standard_normal(NUMBERS)
    base = _seconds(reference, z)
    return {activation.name: _seconds(activation, z) / base for activation in activations}


def _seconds(activation: Activation, z: numpy.ndarray) -> float:
    best = float("inf")
    for _ in range(REPEATS):
        began = perf_counter()
        activation.f(z)
        activation.derivative(z)
        best = min(best, perf_counter() - began)
    return best
