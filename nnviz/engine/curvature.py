"""Sharpness: the largest eigenvalue λ of the Hessian, which decides how large a learning rate is stable.

On a quadratic, gradient descent multiplies the error along an eigenvector by 1 - α λ at each step: below 1/λ it
approaches smoothly, between 1/λ and 2/λ it swings from side to side, above 2/λ it grows. For a network this holds near
the present point only. Power iteration (Mises, Pollaczek-Geiringer 1929) on Hessian-vector products; Cohen et al. 2021
on how training moves towards the edge 2/α.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.objective import Objective

Floats = NDArray[numpy.float64]

ITERATIONS = 60
TOLERANCE = 1e-4


@dataclass(frozen=True, eq=False)
class Sharpness:
    """eigenvalue: the largest of the Hessian; vector (P,): its direction, of length 1. exact: the iteration settled."""

    eigenvalue: float
    vector: Floats
    exact: bool


def hessian_vector(objective: Objective, theta: Floats, v: Floats, epsilon: float = 1e-5) -> Floats:
    """H v at theta (P,) for v (P,): central difference of the gradient along v, error of order epsilon².

    The step along v is epsilon relative to the size of theta, so that neither rounding nor curvature spoils it.
    """
    size = float(numpy.linalg.norm(v))
    if size == 0.0:
        return numpy.zeros_like(v)
    h = epsilon * max(1.0, float(numpy.linalg.norm(theta))) / size
    gradients = objective.value_and_gradient(numpy.stack([theta + h * v, theta - h * v]))[1]
    product: Floats = (gradients[0] - gradients[1]) / (2.0 * h)
    return product


def sharpness(
    objective: Objective,
    theta: Floats,
    iterations: int = ITERATIONS,
    seed: int = 0,
    breathe: Callable[[], object] = lambda: None,
) -> Sharpness:
    """The largest eigenvalue of the Hessian at theta (P,), by at most 2 · iterations Hessian-vector products.

    Power iteration finds the eigenvalue of largest size. When that is negative, a second one on H - λ I finds the
    other end of the spectrum, which is the one that limits the learning rate. nan where the gradient is not finite.
    breathe is called between two products: whoever shares the machine may wait there.
    """
    with numpy.errstate(all="ignore"):
        first, vector, settled = _power_iteration(objective, theta, iterations, seed, breathe, shift=0.0)
        if first >= 0.0 or not numpy.isfinite(first):
            return Sharpness(first, vector, settled)
        second, vector, settled = _power_iteration(objective, theta, iterations, seed, breathe, shift=first)
    return Sharpness(second + first, vector, settled)


def _power_iteration(
    objective: Objective, theta: Floats, iterations: int, seed: int, breathe: Callable[[], object], shift: float
) -> tuple[float, Floats, bool]:
    """Eigenvalue of H - shift I of largest size, its vector, whether it settled."""
    v = numpy.random.default_rng(seed).standard_normal(len(theta))
    v /= numpy.linalg.norm(v)
    value = 0.0
    for _ in range(iterations):
        breathe()
        product = hessian_vector(objective, theta, v) - shift * v
        before, value = value, float(v @ product)
        size = float(numpy.linalg.norm(product))
        if not numpy.isfinite(size):
            return float("nan"), v, False
        if size == 0.0:
            return 0.0, v, True
        v = product / size
        if abs(value - before) <= TOLERANCE * abs(value):
            return value, v, True
    return value, v, False
