"""The largest eigenvalues of a symmetric matrix that is known by its products with vectors only.

Lanczos' method (1950) with every vector kept orthogonal to all others: the best eigenvectors within a growing space are
found (Rayleigh, Ritz), and what is left of A v - λ v for them is the direction by which the space grows. When the space
is full it is begun anew from the better half of its eigenvectors (Wu, Simon 2000), so that memory does not grow.

What is left of A v - λ v is also what says how good they are: within its length of λ there is an eigenvalue of A
(Parlett 1980, theorem 4.5.1), and the error is mostly of the order of its square. A change of λ from one product to the
next, which power iteration stops by, says nothing where two eigenvalues are close.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]
Product = Callable[[Floats], Floats]
"""v (P,) → A v (P,)."""

SPACE_BYTES = 128 * 2**20
SMALLEST_SPACE, LARGEST_SPACE = 8, 80
NEGLIGIBLE = 1e-8
"""A direction of which less than this share is new adds rounding to the space and nothing else."""


@dataclass(frozen=True, eq=False)
class Eigenpairs:
    """After ``products`` products: values (k,), the largest first; vectors (k, P), orthogonal and of length 1;
    remainders (k,): length of A v - λ v. settled: they are as good as they were asked to be.

    Each value is at most the one it stands for. Values and remainders are nan, and not settled, where a product is not
    finite or too large to be squared.
    """

    values: Floats
    vectors: Floats
    remainders: Floats
    products: int
    settled: bool


def largest_eigenpairs(
    product: Product,
    size: int,
    count: int,
    *,
    products: int,
    tolerance: float,
    seed: int = 0,
    breathe: Callable[[], object] = lambda: None,
) -> Generator[Eigenpairs, None, None]:
    """Ever better estimates of the ``count`` algebraically largest eigenvalues of a matrix (size, size).

    The last one has settled, all its remainders being at most tolerance times the eigenvalue of largest size, or came
    after ``products`` products (or up to count - 1 more). size must be count at least. The start is drawn by ``seed``.
    breathe is called before every product.
    """
    space = _Space(min(size, LARGEST_SPACE, max(SMALLEST_SPACE, SPACE_BYTES // (16 * size))), size)
    candidates = numpy.random.default_rng(seed).standard_normal((count, size))
    done, scale = 0, 0.0
    while True:
        new = _orthonormal(candidates, space.vectors)
        for v in new:
            breathe()
            space.add(v, product(v))
        done += len(new)
        values, vectors, candidates = space.best(count)
        with numpy.errstate(all="ignore"):
            remainders = numpy.linalg.norm(candidates, axis=-1)
        if not numpy.all(numpy.isfinite(remainders)):
            yield Eigenpairs(numpy.full(count, numpy.nan), vectors, numpy.full(count, numpy.nan), done, settled=False)
            return
        scale = max(scale, space.scale)
        rough = remainders > tolerance * scale
        # Or the whole space was searched, or nothing new was found in it.
        settled = space.filled == size or not len(new) or not numpy.any(rough)
        yield Eigenpairs(values, vectors, remainders, done, bool(settled))
        if settled or done >= products:
            return
        candidates = candidates[rough]
        if space.filled + len(candidates) > space.room < size:
            space.begin_anew()


class _Space:
    """Orthonormal vectors (m, P), their images (m, P) and what the matrix is within them (m, m), for m up to room."""

    def __init__(self, room: int, size: int) -> None:
        self.room, self.filled = room, 0
        self._vectors, self._images = numpy.empty((room, size)), numpy.empty((room, size))
        self._inner = numpy.empty((room, room))

    @property
    def vectors(self) -> Floats:
        return self._vectors[: self.filled]

    def add(self, v: Floats, image: Floats) -> None:
        m = self.filled
        self._vectors[m], self._images[m] = v, image
        self.filled = m + 1
        with numpy.errstate(all="ignore"):
            self._inner[m, : m + 1] = self._inner[: m + 1, m] = self.vectors @ image

    def best(self, count: int) -> tuple[Floats, Floats, Floats]:
        """The largest eigenvalues within (k,), their vectors (k, P), and what is left of A v - λ v for them (k, P).

        What is left is nan where an image is not finite.
        """
        m = self.filled
        inner = self._inner[:m, :m]
        if not numpy.all(numpy.isfinite(inner)):
            nothing = numpy.full((count, self._vectors.shape[-1]), numpy.nan)
            return nothing[:, 0], self._vectors[:count].copy(), nothing
        values, vectors = numpy.linalg.eigh(inner)
        # From the largest down.
        self._values, self._rotation = values[::-1], vectors[:, ::-1].T
        chosen = self._rotation[:count]
        found = chosen @ self.vectors
        with numpy.errstate(all="ignore"):
            left = chosen @ self._images[:m] - self._values[:count, None] * found
        return self._values[:count].copy(), found, left

    @property
    def scale(self) -> float:
        """The eigenvalue of largest size within, without its sign."""
        return float(numpy.max(numpy.abs(self._values), axis=-1))

    def begin_anew(self) -> None:
        """Keeps the better half of the eigenvectors within, as they were found by the last `best`."""
        m, self.filled = self.filled, self.room // 2
        kept = self._rotation[: self.filled]
        self._vectors[: self.filled], self._images[: self.filled] = kept @ self._vectors[:m], kept @ self._images[:m]
        self._inner[: self.filled, : self.filled] = numpy.diag(self._values[: self.filled])


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
