"""The two directions in which the cost bends upwards most: eigenvectors of the Hessian's largest eigenvalues."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.curvature import hessian_product
from nnviz.engine.lanczos import largest_eigenpairs
from nnviz.engine.objective import Objective

Floats = NDArray[numpy.float64]

COUNT = 2
PRODUCTS = 200
TOLERANCE = 1e-5
"""Of what is left of H v - λ v, relative to the eigenvalue of largest size; its square is the eigenvalue's error."""


@dataclass(frozen=True, eq=False)
class Bends:
    """After ``products`` Hessian-vector products: eigenvalues (2,), the largest first; directions (2, P), orthogonal
    and of length 1; remainders (2,): length of H v - λ v. settled: they are as good as they are asked to be."""

    eigenvalues: Floats
    directions: Floats
    remainders: Floats
    products: int
    settled: bool


def largest_bends(
    objective: Objective,
    theta: Floats,
    products: int = PRODUCTS,
    seed: int = 0,
    breathe: Callable[[], object] = lambda: None,
) -> Generator[Bends, None, None]:
    """Ever better estimates at theta (P,), the last one settled or after ``products`` products.

    breathe is called before every product. ValueError for fewer than two parameters, or where the gradient is not
    finite.
    """
    size = len(theta)
    if size < COUNT:
        raise ValueError(f"a plane needs two parameters at least; this network has {size}")
    product = hessian_product(objective, theta)
    for found in largest_eigenpairs(
        product, size, COUNT, products=products, tolerance=TOLERANCE, seed=seed, breathe=breathe
    ):
        if not numpy.all(numpy.isfinite(found.values)):
            raise ValueError("the gradient is not finite here, so the surface has no curvature to look along")
        yield Bends(found.values, found.vectors, found.remainders, found.products, found.settled)
