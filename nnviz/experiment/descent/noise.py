"""Gradient noise that depends on seed, runner and step alone, so that any step can be looked at again."""

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]

BLOCK = 256
"""Steps drawn at a time: making a generator costs more than drawing from it."""
_STREAMS = 71
"""Tells these streams from all others of the same seed. Part of what makes an old descent replay."""


class Noise:
    """Standard normal numbers, P of them for each step of one runner."""

    def __init__(self, seed: int, runner: int, dimension: int) -> None:
        self._key = seed, runner
        self._dimension = dimension
        self._number = -1
        self._block: Floats = numpy.empty((0, dimension))

    def at(self, step: int) -> Floats:
        """(P,) for step 0, 1, 2, …; the same numbers whenever it is asked for."""
        number, row = divmod(step, BLOCK)
        if number != self._number:
            seed, runner = self._key
            sequence = numpy.random.SeedSequence(seed, spawn_key=(_STREAMS, runner, number))
            rng = numpy.random.Generator(numpy.random.PCG64(sequence))
            self._block, self._number = rng.standard_normal((BLOCK, self._dimension)), number
        numbers: Floats = self._block[row]
        return numbers
