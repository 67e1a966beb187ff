"""Where each weight and bias lies in the flat parameter vector theta.

For l = 1..L comes first W_l (n_in rows of n_out numbers), then b_l. So one layer is one block of n_in + 1 rows whose
last row is the bias: with a column of ones beside the inputs, ``z_l = [a_{l-1} 1] @ block_l`` is a single product, and
the gradient of a layer is a single product too. Every function takes theta with leading axes (a population).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy
from numpy.typing import NDArray

from nnviz.engine.checks import REAL, shown, whole_number

Floats = NDArray[numpy.float64]


@dataclass(frozen=True)
class Parameter:
    """One entry of theta in words: ``kind`` "weight" from unit i to unit j of layer l, or "bias" of unit j (i = -1)."""

    kind: str
    layer: int
    i: int
    j: int


@dataclass(frozen=True)
class Layout:
    """The places of all weights and biases of a network with ``sizes`` = (n_0, …, n_L) units."""

    sizes: tuple[int, ...]

    @property
    def depth(self) -> int:
        """L, the number of layers with parameters."""
        return len(self.sizes) - 1

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Index in theta at which layer l's block begins, at position l - 1; the last entry is P."""
        places = [0]
        for n_in, n_out in zip(self.sizes, self.sizes[1:], strict=False):
            places.append(places[-1] + (n_in + 1) * n_out)
        return tuple(places)

    @property
    def parameter_count(self) -> int:
        """P, the length of theta."""
        return self.starts[-1]

    def block(self, theta: Floats, l: int) -> Floats:
        """W_l with b_l as its last row, a view (..., n_in + 1, n_out)."""
        l = self._checked(theta, l)
        flat = theta[..., self.starts[l - 1] : self.starts[l]]
        return flat.reshape(*theta.shape[:-1], self.sizes[l - 1] + 1, self.sizes[l])

    def weights(self, theta: Floats, l: int) -> Floats:
        """W_l as a view (..., n_in, n_out) of theta (..., P), l = 1..L."""
        return self.block(theta, l)[..., :-1, :]

    def biases(self, theta: Floats, l: int) -> Floats:
        """b_l as a view (..., n_out) of theta (..., P), l = 1..L."""
        return self.block(theta, l)[..., -1, :]

    @cached_property
    def piece_starts(self) -> NDArray[numpy.intp]:
        """Starts of W_1, b_1, W_2, b_2, … in theta, (2L,): what ``reduceat`` wants."""
        places: list[int] = []
        for l in range(1, self.depth + 1):
            places += [self.starts[l - 1], self.starts[l] - self.sizes[l]]
        return numpy.array(places, dtype=numpy.intp)

    @cached_property
    def piece_sizes(self) -> Floats:
        """Number of entries of W_1, b_1, W_2, b_2, …, (2L,)."""
        return numpy.diff(numpy.append(self.piece_starts, self.parameter_count)).astype(numpy.float64)

    @cached_property
    def weight_mask(self) -> Floats:
        """(P,) with 1 at weights and 0 at biases: what regularization applies to."""
        mask = numpy.ones(self.parameter_count)
        for l in range(1, self.depth + 1):
            self.biases(mask, l)[...] = 0.0
        mask.flags.writeable = False
        return mask

    def index(self, l: int, i: int, j: int) -> int:
        """Position in theta of the weight from unit i of layer l-1 to unit j of layer l; i = -1 is the bias of j."""
        l = self._checked_layer(l)
        n_in, n_out = self.sizes[l - 1], self.sizes[l]
        if whole_number(i) is None or whole_number(j) is None or not (-1 <= i < n_in and 0 <= j < n_out):
            raise ValueError(
                f"no parameter at layer {l}, from {shown(i)} to {shown(j)}; layer {l} has {n_in} inputs, {n_out} units"
            )
        return self.starts[l - 1] + (n_in if i == -1 else i) * n_out + j

    def parameter(self, index: int) -> Parameter:
        """The inverse of `index`."""
        if whole_number(index) is None or not 0 <= index < self.parameter_count:
            raise ValueError(f"index is {shown(index)}; theta has entries 0 to {self.parameter_count - 1}")
        l = int(numpy.searchsorted(self.starts, index, side="right"))
        i, j = divmod(index - self.starts[l - 1], self.sizes[l])
        return Parameter("bias", l, -1, j) if i == self.sizes[l - 1] else Parameter("weight", l, i, j)

    def _checked(self, theta: Floats, l: int) -> int:
        l = self._checked_layer(l)
        # A view can be had of an array only.
        if not isinstance(theta, numpy.ndarray) or theta.dtype.kind not in REAL or theta.ndim == 0:
            raise ValueError(f"theta is {shown(theta)}; expected a NumPy array of shape (..., {self.parameter_count})")
        if theta.shape[-1] != self.parameter_count:
            raise ValueError(f"theta has {theta.shape[-1]} entries on its last axis; expected {self.parameter_count}")
        return l

    def _checked_layer(self, l: int) -> int:
        whole = whole_number(l)
        if whole is None or not 1 <= whole <= self.depth:
            raise ValueError(f"layer l is {shown(l)}; this network has layers 1 to {self.depth}")
        return whole


def checked_sizes(sizes: Sequence[int]) -> tuple[int, ...]:
    """``sizes`` as a tuple of ints; ValueError unless there are at least two, all at least 1."""
    given = list(sizes) if isinstance(sizes, Iterable) else []
    whole = tuple(n for n in map(whole_number, given) if n is not None and n >= 1)
    if len(whole) < max(2, len(given)):
        raise ValueError(
            f"sizes is {shown(sizes)}; expected at least two layers of at least one unit each, whole numbers"
        )
    return whole
