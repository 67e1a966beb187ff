"""Where a function is so flat that hardly any gradient passes: |f'(z)| below 5 % of its maximum."""

import math
from functools import lru_cache

import numpy
from numpy.typing import NDArray

from nnviz.engine.activations import Activation
from nnviz.engine.diagnostics import SATURATION, saturated

Floats = NDArray[numpy.float64]
Zone = tuple[float, float]

FAR = 40.0
"""Beyond -FAR and FAR every function does what it does there for ever."""
FINE = 0.01
"""The grid on which the edges are looked for, before they are found exactly."""

TINY = 1e-12
"""An edge this close to 0 is at the corner there."""


@lru_cache(maxsize=64)
def saturation_zones(activation: Activation) -> tuple[Zone, ...]:
    """The stretches (from, to) of z in order, with infinite ends where the function stays flat.

    Empty for a function whose slope is always 0: there is no maximum to be small against. Edges are exact to rounding.
    """
    z = numpy.round(numpy.arange(-FAR, FAR + FINE / 2.0, FINE), 2)
    flat = saturated(activation, z, activation.f(z))
    change = numpy.flatnonzero(flat[1:] != flat[:-1])
    edges = [_edge(activation, float(z[i]), float(z[i + 1])) for i in change]
    if flat[0]:
        edges.insert(0, -math.inf)
    if flat[-1]:
        edges.append(math.inf)
    return tuple(zip(edges[::2], edges[1::2], strict=True))


def zones_text(zones: tuple[Zone, ...], digits: int = 3) -> str:
    """The zones in words: "|z| > 4.36", "z < 0", "none"."""
    if not zones:
        return "none"
    if len(zones) == 2 and zones[0][0] == -math.inf and zones[1][1] == math.inf:
        low, high = zones[0][1], zones[1][0]
        if abs(low + high) < 1e-6:
            return f"|z| > {high:.{digits}g}"
    return ", ".join(_zone_text(zone, digits) for zone in zones).replace("-", "−")


def _zone_text(zone: Zone, digits: int) -> str:
    low, high = zone
    if low == -math.inf:
        return f"z < {high:.{digits}g}"
    if high == math.inf:
        return f"z > {low:.{digits}g}"
    return f"{low:.{digits}g} < z < {high:.{digits}g}"


def _edge(activation: Activation, left: float, right: float) -> float:
    """Where it begins or ceases to be flat between two places, by halving."""

    def is_flat(place: float) -> bool:
        return bool(abs(float(activation.derivative(place))) < SATURATION * activation.max_slope)

    before = is_flat(left)
    for _ in range(60):
        middle = (left + right) / 2.0
        if is_flat(middle) == before:
            left = middle
        else:
            right = middle
    edge = right if before else left
    return edge if abs(edge) > TINY else 0.0
