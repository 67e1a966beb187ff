"""The logarithmic scale of a plot: numbers become places, and 0, which has no logarithm, a place of its own."""

import math
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]

DEEPEST = -30
"""Numbers below 10 to this power are drawn there: no plot should be squeezed by one that is nearly 0."""

FURTHER = 3.0
"""So many decades the values of a former run may stretch a scale; what lies further is cut off."""


@dataclass(frozen=True)
class Decades:
    """A stretch of log₁₀ values. zero_at: the place of exact zeros, below the rest; None without zeros."""

    low: float
    high: float
    zero_at: float | None = None

    @classmethod
    def of(cls, values: Floats, *, whole: bool = False, deepest: int = DEEPEST) -> "Decades":
        """The stretch that holds all positive finite values. whole: from one power of ten to another. deepest: where it
        ends even so."""
        positive = values[(values > 0.0) & numpy.isfinite(values)]
        low, high = (numpy.log10([positive.min(), positive.max()])) if len(positive) else (-1.0, 0.0)
        low, high = max(float(low), deepest), max(float(high), deepest)
        if whole:
            low, high = float(math.floor(low + 1e-9)), float(math.ceil(high - 1e-9))
            high = max(high, low + 1.0)
        else:
            room = max(0.04 * (high - low), 0.02)
            low, high = low - room, high + room
        zero_at = math.floor(low) - max(1.0, 0.08 * (high - low)) if numpy.any(values == 0.0) else None
        return cls(low, high, zero_at)

    def with_ghost(self, own: Floats, ghost: Floats, *, whole: bool = False) -> "Decades":
        """The stretch made longer for another run's values, by at most FURTHER decades or its own length at each end.

        own: the values it was made of; without any positive one the other run's stretch is taken.
        """
        if not numpy.any((ghost >= 0.0) & numpy.isfinite(ghost)):
            return self
        other = Decades.of(ghost, whole=whole, deepest=min(DEEPEST, math.floor(self.low)))
        if not numpy.any((own > 0.0) & numpy.isfinite(own)):
            low, high = other.low, other.high
        else:
            most = max(FURTHER, self.high - self.low)
            low = min(self.low, max(other.low, self.low - most))
            high = max(self.high, min(other.high, self.high + most))
        zeros = self.zero_at is not None or other.zero_at is not None
        return Decades(low, high, math.floor(low) - max(1.0, 0.08 * (high - low)) if zeros else None)

    @property
    def bottom(self) -> float:
        """The lower end of the axis: below the zeros when there are any."""
        return self.low if self.zero_at is None else self.zero_at - 0.02 * (self.high - self.zero_at)

    def place(self, values: Floats) -> Floats:
        """log₁₀ of values; exact zeros at their own place, nan stays nan, infinity at the top."""
        with numpy.errstate(divide="ignore", invalid="ignore"):
            places = numpy.log10(numpy.abs(values))
        places = numpy.maximum(places, min(DEEPEST, self.low))
        places = numpy.where(values == 0.0, self.low if self.zero_at is None else self.zero_at, places)
        return numpy.where(numpy.isposinf(values), self.high, places)
