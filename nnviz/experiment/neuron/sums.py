"""Sums of decimals that a person typed: 0.1 + 0.2 − 0.3 is 0, and a threshold unit must not fire on it."""

import math
import sys
from collections.abc import Sequence

ROUNDING = 4.0 * sys.float_info.epsilon


def total(terms: Sequence[float]) -> float:
    """Their sum, rounded once; 0 where no more is left of it than the terms' own rounding."""
    found = math.fsum(terms)
    return 0.0 if abs(found) <= ROUNDING * max(abs(term) for term in terms) else found
