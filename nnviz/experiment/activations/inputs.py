"""The distribution that is sent through a function: its density, shares, and sums over it to many digits."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy
from numpy.typing import NDArray

from nnviz.experiment.activations.specification import InputSpec

Floats = NDArray[numpy.float64]

TAIL = 9.0
"""A normal distribution is taken up to so many standard deviations from its mean: the rest is 1e-19."""
NODES = 16
"""Of Gauss-Legendre in each panel."""
BEND = 40
"""Within -BEND to BEND functions bend: there no panel is longer than 1, and 0 is always the end of one."""


@dataclass(frozen=True, eq=False)
class Quadrature:
    """Places z (n,) and weights (n,), the density included: E[g(z)] = Σ weights · g(z)."""

    z: Floats
    weights: Floats

    def mean(self, values: Floats) -> float:
        """E of values (n,) given at the places."""
        return float(numpy.dot(self.weights, values))


def ends(inputs: InputSpec) -> tuple[float, float]:
    """From where to where there are inputs; of a normal distribution all but 1e-19 of them."""
    half = (TAIL if inputs.kind == "normal" else math.sqrt(3.0)) * inputs.width
    return inputs.mean - half, inputs.mean + half


def density(inputs: InputSpec, z: Floats) -> Floats:
    """The density at z, of its shape."""
    if inputs.kind == "normal":
        return numpy.exp(-0.5 * ((z - inputs.mean) / inputs.width) ** 2) / (inputs.width * math.sqrt(2.0 * math.pi))
    low, high = ends(inputs)
    inside: Floats = numpy.where((z >= low) & (z <= high), 1.0 / (high - low), 0.0)
    return inside


def share_below(inputs: InputSpec, z: float) -> float:
    """The share of inputs below z, which may be infinite."""
    if inputs.kind == "normal":
        return 0.5 * math.erfc(-(z - inputs.mean) / (inputs.width * math.sqrt(2.0)))
    low, high = ends(inputs)
    return min(max((z - low) / (high - low), 0.0), 1.0)


def share_between(inputs: InputSpec, low: float, high: float) -> float:
    """The share of inputs from low to high."""
    return share_below(inputs, high) - share_below(inputs, low)


@lru_cache(maxsize=8)
def quadrature(inputs: InputSpec) -> Quadrature:
    """Gauss-Legendre in panels that end at 0, where functions have their corners: exact to about 1e-12."""
    low, high = ends(inputs)
    panels = numpy.concatenate([numpy.linspace(low, high, 37), numpy.arange(-BEND, BEND + 1.0)])
    panels = numpy.unique(panels[(panels >= low) & (panels <= high)])
    nodes, weights = numpy.polynomial.legendre.leggauss(NODES)
    half = numpy.diff(panels)[:, None] / 2.0
    z = (panels[:-1, None] + half * (nodes + 1.0)).ravel()
    return Quadrature(z, (half * weights).ravel() * density(inputs, z))


@lru_cache(maxsize=8)
def cells(inputs: InputSpec, number: int) -> tuple[Floats, Floats]:
    """Stretches of z that hold equally many inputs where there are many: their edges (n + 1,) and shares (n,).

    Near 0, where functions have corners, an edge lies on 0.
    """
    low, high = ends(inputs)
    even = numpy.linspace(0.0, 1.0, number // 2)
    # Half of the edges are even over z, for the tails; half are crowded where the inputs are.
    crowded = inputs.mean + (high - inputs.mean) * numpy.sign(even - 0.5) * (2.0 * numpy.abs(even - 0.5)) ** 2
    edges = numpy.concatenate([numpy.linspace(low, high, number // 2), crowded, [0.0] if low < 0.0 < high else []])
    edges = numpy.unique(edges)
    middle = (edges[:-1] + edges[1:]) / 2.0
    # Simpson's rule over a cell: far finer than a pixel.
    shares = numpy.diff(edges) * (
        density(inputs, edges[:-1]) + 4 * density(inputs, middle) + density(inputs, edges[1:])
    )
    return edges, shares / float(numpy.sum(shares))
