"""Mini-batches: which examples each step sees.

Every epoch goes through all N examples once, in a fresh order drawn from the seed and the epoch's number alone; the
last batch of an epoch is as short as what is left. So a position (epoch, offset) is all there is to remember.
"""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.checks import checked_whole
from nnviz.engine.randomness import BATCHES, stream

Indices = NDArray[numpy.intp]


@dataclass(frozen=True)
class Position:
    """How many whole epochs were seen, and how many examples of the present one."""

    epoch: int = 0
    offset: int = 0


class BatchStream:
    """The batches of a run on ``n`` examples. ``size`` may be changed between two steps; n or more is full batch."""

    def __init__(self, n: int, size: int, seed: int) -> None:
        self.n, self.seed = checked_whole("n", n, 1), checked_whole("seed", seed)
        self.size = size
        self._epoch = self._offset = 0
        self._order_epoch = -1
        self._order: Indices = numpy.arange(n)

    @property
    def size(self) -> int:
        """B, at least 1."""
        return self._size

    @size.setter
    def size(self, size: int) -> None:
        self._size = checked_whole("batch size", size, 1)

    @property
    def position(self) -> Position:
        """Where the next batch begins. May be set, to go back to an earlier place."""
        return Position(self._epoch, self._offset)

    @position.setter
    def position(self, position: Position) -> None:
        self._epoch, self._offset = position.epoch, position.offset

    def next(self) -> Indices:
        """Row numbers of the next batch, (at most B,); a view that the next epoch overwrites nothing of."""
        if self._epoch != self._order_epoch:
            self._order = stream(self.seed, BATCHES, self._epoch).permutation(self.n)
            self._order_epoch = self._epoch
        start, self._offset = self._offset, self._offset + self._size
        if self._offset >= self.n:
            self._epoch, self._offset = self._epoch + 1, 0
        return self._order[start : start + self._size]

    def steps_to_epoch_end(self) -> int:
        """Steps until the present epoch is complete, at least 1."""
        return -(-(self.n - self._offset) // self._size)
