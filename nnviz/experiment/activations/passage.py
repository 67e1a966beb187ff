"""What becomes of a distribution of inputs: how the outputs lie, and how much signal and gradient passes."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy
from numpy.typing import NDArray

from nnviz.engine.activations import Activation
from nnviz.experiment.activations.inputs import cells, quadrature, share_below, share_between
from nnviz.experiment.activations.saturation_zones import saturation_zones
from nnviz.experiment.activations.specification import InputSpec

Floats = NDArray[numpy.float64]

ROUNDING = 1e-14
"""A mean this small against the inputs is 0 but for the last digits of a sum."""
CELLS = 900
BINS = 120


@dataclass(frozen=True)
class Passage:
    """Of z before and a = f(z) after. mean, std: of a. saturated: share of z where |f'| is below 5 % of its maximum;
    nan where f' is always 0. gate: E[f'(z)]; gate_size: E|f'(z)|; gate_rms: the root of E[f'(z)²]. zero: share of
    a that is exactly 0."""

    mean: float
    std: float
    saturated: float
    gate: float
    gate_size: float
    gate_rms: float
    zero: float


@dataclass(frozen=True, eq=False)
class OutputDensity:
    """edges (BINS + 1,) of a, and density (BINS,) in them. atoms: (a, share) of single values that many z are sent to;
    they are not in the density, whose area is the rest."""

    edges: Floats
    density: Floats
    atoms: tuple[tuple[float, float], ...]


@lru_cache(maxsize=256)
def passage(activation: Activation, inputs: InputSpec) -> Passage:
    """The numbers, by quadrature; shares from the distribution's own formula."""
    rule = quadrature(inputs)
    f, slope = activation.f(rule.z), activation.derivative(rule.z)
    mean = rule.mean(f)
    mean = mean if abs(mean) > ROUNDING * (abs(inputs.mean) + inputs.width) else 0.0
    flat = sum(share_between(inputs, *zone) for zone in saturation_zones(activation))
    return Passage(
        mean=mean,
        std=math.sqrt(max(0.0, rule.mean((f - mean) ** 2))),
        saturated=flat if activation.max_slope else math.nan,
        gate=rule.mean(slope),
        gate_size=rule.mean(numpy.abs(slope)),
        gate_rms=math.sqrt(rule.mean(slope**2)),
        zero=dict(_atoms(activation, inputs)).get(0.0, 0.0),
    )


def output_density(activation: Activation, inputs: InputSpec, low: float, high: float) -> OutputDensity:
    """How f(z) is distributed, drawn from low to high: each stretch of z carries its share to where f sends it."""
    edges, shares = cells(inputs, CELLS)
    middle = (edges[:-1] + edges[1:]) / 2.0
    atoms = _atoms(activation, inputs)
    bins = numpy.linspace(low, high, BINS + 1)
    counts = numpy.zeros(BINS)
    if activation.max_slope:
        kept = shares * (middle > 0.0) if atoms else shares
        counts = numpy.diff(_share_up_to(bins, activation.f(edges), kept))
    return OutputDensity(bins, counts / (bins[1] - bins[0]), tuple(atom for atom in atoms if atom[1] > 0.0))


def _share_up_to(bins: Floats, f: Floats, shares: Floats) -> Floats:
    """The share of outputs below each of bins (m,); a cell's share (n,) is even between its two ends f (n + 1,)."""
    low, high = numpy.minimum(f[:-1], f[1:]), numpy.maximum(f[:-1], f[1:])
    part: Floats = ((bins[:, None] - low) / numpy.maximum(high - low, 1e-300)).clip(0.0, 1.0)
    return part @ shares


def _atoms(activation: Activation, inputs: InputSpec) -> tuple[tuple[float, float], ...]:
    below = share_below(inputs, 0.0)
    if activation.name == "threshold":
        return (0.0, below), (1.0, 1.0 - below)
    return ((0.0, below),) if activation.rectifier else ()
