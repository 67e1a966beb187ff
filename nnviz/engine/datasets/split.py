"""What stands between a data set and a network: which examples train it, and how inputs are scaled."""

from dataclasses import dataclass
from typing import Self

import numpy
from numpy.typing import NDArray

from nnviz.engine.datasets.record import Floats

Indices = NDArray[numpy.intp]


def split(count: int, train_share: float, rng: numpy.random.Generator) -> tuple[Indices, Indices]:
    """Indices (n_train,) and (count - n_train,) of training and test examples, drawn at random, each ascending.

    n_train is count · train_share rounded, but at least 1, and at most count - 1 when the share is below 1 and there
    are two examples or more. A larger share with the same state of rng keeps the training examples and adds some.
    Raises ValueError for a count below 0 and a train_share outside (0, 1].
    """
    if count < 0:
        raise ValueError(f"count is {count}; allowed is 0 or more")
    if not 0.0 < train_share <= 1.0:
        raise ValueError(f"train_share is {train_share}; allowed is more than 0 and at most 1")
    most = count if train_share == 1.0 else count - 1
    n_train = min(max(round(count * train_share), 1), max(most, 1))
    order = rng.permutation(count)
    return numpy.sort(order[:n_train]), numpy.sort(order[n_train:])


@dataclass(frozen=True, eq=False)
class Standardization:
    """Shifts and scales columns so that those it was measured on have mean 0 and standard deviation 1.

    mean, scale: (F,). A column that never changes keeps its scale (1): it becomes 0 rather than noise of rounding.
    """

    mean: Floats
    scale: Floats

    @classmethod
    def of(cls, x: Floats) -> Self:
        """Measured on x (N, F), which should be the training examples only; without examples the identity."""
        if len(x) == 0:
            return cls.identity(x.shape[-1])
        # Relative to the largest value, so that squares of very large and very small numbers stay representable, and
        # so that a constant column is exactly 1 or -1 everywhere, with a deviation of exactly 0.
        peak = numpy.max(numpy.abs(x), axis=-2)
        peak[peak == 0.0] = 1.0
        relative = x / peak
        scale = numpy.std(relative, axis=-2) * peak
        scale[scale < numpy.finfo(numpy.float64).tiny] = 1.0
        return cls(numpy.mean(relative, axis=-2) * peak, scale)

    @classmethod
    def identity(cls, features: int) -> Self:
        """Leaves inputs of that many columns as they are."""
        return cls(numpy.zeros(features), numpy.ones(features))

    def apply(self, x: Floats) -> Floats:
        """(x - mean) / scale, x (..., F)."""
        return (x - self.mean) / self.scale

    def invert(self, x: Floats) -> Floats:
        """The x (..., F) that `apply` maps to the argument."""
        return x * self.scale + self.mean
