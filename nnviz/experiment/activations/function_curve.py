"""A function and its derivative over z, sampled so that corners and jumps are drawn as what they are."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.activations import Activation

Floats = NDArray[numpy.float64]

SAMPLES = 241
BEND = 6.0
"""All functions bend within -BEND to BEND: there they are sampled closely, however wide the range."""
END = 500.0
"""Where a function has come to its asymptote to the last digit."""


@dataclass(frozen=True, eq=False)
class FunctionCurve:
    """z, f(z) and f'(z), (n,) each. A jump of f is a gap: nan between its two sides."""

    z: Floats
    f: Floats
    slope: Floats


@dataclass(frozen=True)
class Asymptote:
    """The line a = slope z + intercept that f comes close to, or that it is, towards one end."""

    slope: float
    intercept: float


def function_curve(activation: Activation, reach: float) -> FunctionCurve:
    """The curve from -reach to reach; also where the slope jumps, both sides are among the samples."""
    close = numpy.linspace(-BEND, BEND, SAMPLES)
    z = numpy.concatenate([numpy.linspace(-reach, reach, SAMPLES), close[numpy.abs(close) < reach], [-1e-9, 1e-9]])
    z = numpy.unique(z)
    f, slope = activation.f(z), activation.derivative(z)
    if activation.name == "threshold":
        f = numpy.where(z == 0.0, numpy.nan, f)
    return FunctionCurve(z, f, slope)


def asymptotes(activation: Activation) -> tuple[Asymptote, Asymptote]:
    """The lines towards -∞ and towards +∞. Every function of the registry has both."""
    ends = numpy.array([-END, END])
    slopes = activation.derivative(ends)
    intercepts = activation.f(ends) - slopes * ends
    left, right = (Asymptote(float(m), round(float(c), 9)) for m, c in zip(slopes, intercepts, strict=True))
    return left, right
