"""What can be said of an activation function in a table; nearly all of it is found from the function itself."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy
from numpy.typing import NDArray

from nnviz.engine.activations import Activation
from nnviz.experiment.activations.saturation_zones import Zone, saturation_zones

Floats = NDArray[numpy.float64]

REACH = 8.0
"""All functions show within -REACH to REACH what they are; further out rounding blurs it."""
INNER = 6.0
"""What a function takes at all it takes within; where it only comes close, it is not within NEAR yet."""
STEP = 0.001
NEAR = 1e-6
"""Two numbers this close are taken for one."""


@dataclass(frozen=True)
class Properties:
    """lower, upper: the range's ends, with lower_reached, upper_reached: whether f takes them.

    odd: f(-z) = -f(z), so that inputs around 0 give outputs around 0. rising: "strictly", "weakly" (never falls, but is
    level somewhere) or "no". corner: at 0 the value has a "jump", the slope a "kink", the curvature a "bend" ("none":
    smooth). max_slope: the largest |f'|, and peak: (from, to) of where it is; (inf, inf): only approached as z → ∞;
    None: nowhere, since f' is always 0. slope_at_zero: f'(0), by the engine's convention where there is a corner.
    dead: the stretch on which f' is exactly 0, None without one. flat: where |f'| is below 5 % of its maximum.
    """

    lower: float
    upper: float
    lower_reached: bool
    upper_reached: bool
    odd: bool
    rising: Literal["strictly", "weakly", "no"]
    corner: Literal["jump", "kink", "bend", "none"]
    max_slope: float
    peak: Zone | None
    slope_at_zero: float
    dead: Zone | None
    flat: tuple[Zone, ...]

    @property
    def two_valued(self) -> bool:
        """Whether f takes its two ends and nothing between them."""
        return self.corner == "jump" and self.lower_reached and self.upper_reached


@lru_cache(maxsize=64)
def properties_of(activation: Activation) -> Properties:
    """All of them. ValueError for softmax, which is no function of one number."""
    if not activation.elementwise:
        raise ValueError(f"{activation.name} is a function of a whole layer, not of one number")
    half = round(REACH / STEP)
    z: Floats = numpy.linspace(-REACH, REACH, 2 * half + 1)
    f, slope = activation.f(z), activation.derivative(z)
    inner, steps = f[numpy.abs(z) <= INNER], numpy.diff(f)
    rising: Literal["strictly", "weakly", "no"] = "no"
    if numpy.all(steps >= 0.0):
        rising = "strictly" if numpy.all(steps > 0.0) else "weakly"
    return Properties(
        lower=activation.lower,
        upper=activation.upper,
        lower_reached=bool(numpy.min(inner) <= activation.lower + NEAR),
        upper_reached=bool(numpy.max(inner) >= activation.upper - NEAR),
        odd=bool(numpy.all(numpy.abs(f + f[::-1])[z != 0.0] < NEAR)),
        rising=rising,
        corner=_corner(activation),
        max_slope=activation.max_slope,
        peak=_peak(activation, z, slope),
        slope_at_zero=float(activation.derivative(0.0)),
        dead=_dead(z, slope),
        flat=saturation_zones(activation),
    )


def _corner(activation: Activation) -> Literal["jump", "kink", "bend", "none"]:
    """What is not continuous at 0, the only place where the registry's functions have a corner."""
    close, apart = numpy.array([-1e-9, 1e-9]), numpy.array([-2e-4, -1e-4, 1e-4, 2e-4])
    if abs(float(numpy.diff(activation.f(close))[0])) > NEAR:
        return "jump"
    if abs(float(numpy.diff(activation.derivative(close))[0])) > NEAR:
        return "kink"
    slope = activation.derivative(apart)
    before, after = (slope[1] - slope[0]) / 1e-4, (slope[3] - slope[2]) / 1e-4
    return "bend" if abs(after - before) > 0.01 else "none"


def _peak(activation: Activation, z: Floats, slope: Floats) -> Zone | None:
    if activation.max_slope == 0.0:
        return None
    at = z[numpy.abs(slope) >= activation.max_slope * (1.0 - NEAR)]
    if len(at) == 0:
        return (math.inf, math.inf)
    low, high = float(at[0]), float(at[-1])
    if high - low < 0.1:  # one place, with its flat top
        top = _top(activation, low - STEP, high + STEP)
        return (top, top)
    ends = (-math.inf if low == z[0] else low, math.inf if high == z[-1] else high)
    # The convention at a corner is not part of the stretch: for ReLU f' is 1 above 0, not from 0 on.
    return tuple(0.0 if abs(end) <= STEP else end for end in ends)  # type: ignore[return-value]


def _top(activation: Activation, low: float, high: float) -> float:
    """Where |f'| is largest between two places, by thirds."""
    for _ in range(80):
        third = (high - low) / 3.0
        left, right = numpy.abs(activation.derivative([low + third, high - third]))
        low, high = (low + third, high) if left < right else (low, high - third)
    return round((low + high) / 2.0, 6) + 0.0


def _dead(z: Floats, slope: Floats) -> Zone | None:
    zero = slope == 0.0
    if numpy.all(zero):
        return (-math.inf, math.inf)
    if zero[0]:
        return (-math.inf, float(z[int(numpy.argmin(zero)) - 1]))
    return None
