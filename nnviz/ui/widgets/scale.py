"""How a slider's position stands for a number: evenly, or by powers of ten."""

import math
from dataclasses import dataclass
from typing import Protocol

DIGITS = 3
"""Significant digits of a number chosen by the slider: as fine as its positions, and legible."""


class Scale(Protocol):
    """position: 0 (left end) to 1. Values beyond the ends are shown at the ends."""

    def value(self, position: float) -> float:
        """The number at a position."""

    def position(self, value: float) -> float:
        """The position of a number."""


@dataclass(frozen=True)
class LinearScale:
    """From low to high evenly."""

    low: float
    high: float

    def value(self, position: float) -> float:
        return _rounded(self.low + position * (self.high - self.low))

    def position(self, value: float) -> float:
        return _clipped((value - self.low) / (self.high - self.low))


@dataclass(frozen=True)
class LogScale:
    """From low to high by powers of ten. with_zero: the left end is 0, followed by low."""

    low: float
    high: float
    with_zero: bool = False

    ZERO_ROOM = 0.04

    def value(self, position: float) -> float:
        start = self.ZERO_ROOM if self.with_zero else 0.0
        if self.with_zero and position < start / 2.0:
            return 0.0
        share = _clipped((position - start) / (1.0 - start))
        low, high = math.log10(self.low), math.log10(self.high)
        return _rounded(10.0 ** (low + share * (high - low)))

    def position(self, value: float) -> float:
        start = self.ZERO_ROOM if self.with_zero else 0.0
        if value <= 0.0:
            return 0.0
        low, high = math.log10(self.low), math.log10(self.high)
        return start + (1.0 - start) * _clipped((math.log10(value) - low) / (high - low))


def _clipped(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
