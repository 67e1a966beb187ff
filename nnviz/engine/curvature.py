"""Sharpness: the largest eigenvalue λ of the Hessian, which decides how large a learning rate is stable.

On a quadratic, gradient descent multiplies the error along an eigenvector by 1 - α λ at each step: below 1/λ it
approaches smoothly, between 1/λ and 2/λ it swings from side to side, above 2/λ it grows. For a network this holds near
the present point only. Found by Lanczos' method on Hessian-vector products, which are exact for networks; Cohen et al.
2021 on how training moves towards the edge 2/α.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy
from numpy.typing import NDArray

from nnviz.engine.lanczos import Product, largest_eigenpairs
from nnviz.engine.network_hessian import NetworkHessian
from nnviz.engine.objective import NetworkObjective, Objective

Floats = NDArray[numpy.float64]

PRODUCTS = 120
TOLERANCE = 1e-6
"""Of what is left of H v - λ v, relative to the eigenvalue of largest size."""
EPSILON = 1e-5


@dataclass(frozen=True, eq=False)
class Sharpness:
    """eigenvalue: the algebraically largest of the Hessian, negative where the cost bends down in every direction;
    vector (P,): its direction, of length 1.

    remainder: length of H v - λ v; an eigenvalue lies within it of λ. settled: it is small enough; otherwise λ is a
    lower bound. products: how many it took.
    """

    eigenvalue: float
    vector: Floats
    remainder: float
    products: int
    settled: bool


def hessian_product(objective: Objective, theta: Floats) -> Product:
    """The function v (P,) → H v (P,) with the Hessian H at theta (P,).

    Exact for a network's cost (`NetworkHessian`), by differences of gradients for any other objective. The passes that
    do not depend on v are made once, here.
    """
    if isinstance(objective, NetworkObjective):
        return NetworkHessian(objective, theta).times
    return partial(_difference, objective, theta)


def hessian_vector(objective: Objective, theta: Floats, v: Floats) -> Floats:
    """H v at theta (P,) for one v (P,)."""
    return hessian_product(objective, theta)(v)


def sharpness(
    objective: Objective,
    theta: Floats,
    products: int = PRODUCTS,
    seed: int = 0,
    breathe: Callable[[], object] = lambda: None,
) -> Sharpness:
    """The largest eigenvalue of the Hessian at theta (P,), by at most ``products`` Hessian-vector products.

    0 where the cost is flat; nan, not settled, where theta or a product is not finite. breathe is called between two
    products: whoever shares the machine may wait there.
    """
    breathe()
    product = hessian_product(objective, theta)
    steps = largest_eigenpairs(
        product, len(theta), 1, products=products, tolerance=TOLERANCE, seed=seed, breathe=breathe
    )
    with numpy.errstate(all="ignore"):
        *_, last = steps
    return Sharpness(float(last.values[0]), last.vectors[0], float(last.remainders[0]), last.products, last.settled)


def _difference(objective: Objective, theta: Floats, v: Floats) -> Floats:
    """H v by the central difference of the gradient along v, with an error of order EPSILON².

    The step along v is relative to the size of theta, so that neither rounding nor curvature spoils it.
    """
    size = float(numpy.linalg.norm(v, axis=-1))
    if size == 0.0:
        return numpy.zeros_like(v)
    h = EPSILON * max(1.0, float(numpy.linalg.norm(theta, axis=-1))) / size
    with numpy.errstate(all="ignore"):
        gradients = objective.value_and_gradient(numpy.stack([theta + h * v, theta - h * v]))[1]
        product: Floats = (gradients[0] - gradients[1]) / (2.0 * h)
    return product
