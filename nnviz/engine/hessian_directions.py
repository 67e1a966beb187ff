"""The two directions in which the cost bends upwards most: eigenvectors of the Hessian's largest eigenvalues.

Rayleigh-Ritz in a growing space of Hessian-vector products: the best eigenvectors within the space are found, what is
left of H v - λ v says how far off they are and is the direction by which the space grows. It is Lanczos' method with
two vectors at a time, every vector kept orthogonal to all others, and begun anew from the best when the space is full
(Parlett 1980; Davidson 1975), so that its memory does not grow.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.curvature import hessian_vector
from nnviz.engine.objective import Objective

Floats = NDArray[numpy.float64]

COUNT = 2
PRODUCTS = 200
TOLERANCE = 1e-5
"""Of what is left of H v - λ v, relative to the largest eigenvalue: the square of it is the error of the eigenvalue."""
SPACE_BYTES = 128 * 2**20
SMALLEST_SPACE, LARGEST_SPACE = 8, 80
NEGLIGIBLE = 1e-8
"""A direction of which less than this share is new adds rounding to the space and nothing else."""


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
    count = len(theta)
    if count < COUNT:
        raise ValueError(f"a plane needs two parameters at least; this network has {count}")
    room = min(count, LARGEST_SPACE, max(SMALLEST_SPACE, SPACE_BYTES // (16 * count)))
    space, images = numpy.empty((0, count)), numpy.empty((0, count))
    candidates = numpy.random.default_rng(seed).standard_normal((COUNT, count))
    done = 0
    while True:
        new = _orthonormal(candidates, space)
        for v in new:
            breathe()
            images = numpy.concatenate([images, _image(objective, theta, v)[None]])
            done += 1
        space = numpy.concatenate([space, new])
        inner = images @ space.T
        eigenvalues, vectors = numpy.linalg.eigh(0.5 * (inner + inner.T))
        best = vectors[:, ::-1].T
        eigenvalues = eigenvalues[::-1]
        directions, bent = best[:COUNT] @ space, best[:COUNT] @ images
        candidates = bent - eigenvalues[:COUNT, None] * directions
        remainders = numpy.linalg.norm(candidates, axis=-1)
        scale = numpy.max(numpy.abs(eigenvalues), axis=-1)
        # The whole space was searched, or nothing new was found in it.
        whole = len(space) == count or not len(new)
        settled = bool(whole or numpy.all(remainders <= TOLERANCE * scale))
        yield Bends(eigenvalues[:COUNT].copy(), directions, remainders, done, settled)
        if settled or done >= products:
            return
        candidates = candidates[remainders > TOLERANCE * scale]
        if len(space) + len(candidates) > room < count:
            kept = best[: room // 2]
            space, images = kept @ space, kept @ images


def _image(objective: Objective, theta: Floats, v: Floats) -> Floats:
    """H v; ValueError where it is not finite."""
    with numpy.errstate(all="ignore"):
        product = hessian_vector(objective, theta, v)
    if not numpy.all(numpy.isfinite(product)):
        raise ValueError("the gradient is not finite here, so the surface has no curvature to look along")
    return product


def _orthonormal(candidates: Floats, space: Floats) -> Floats:
    """The candidates' parts outside the space (m, P), orthonormal: (0 to len(candidates), P)."""
    kept: list[Floats] = []
    for candidate in candidates:
        size = float(numpy.linalg.norm(candidate, axis=-1))
        v = candidate / size if size > 0.0 else candidate
        # Twice is enough (Kahan, Parlett): the first pass leaves rounding errors, the second removes them.
        for _ in range(2):
            for others in (space, *(each[None] for each in kept)):
                v = v - (others @ v) @ others
        rest = float(numpy.linalg.norm(v, axis=-1))
        if rest > NEGLIGIBLE:
            kept.append(v / rest)
    return numpy.array(kept).reshape(-1, space.shape[-1])
