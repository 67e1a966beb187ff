"""Are the units of a layer different at all? Equal weights in and out give equal gradients: such units stay twins."""

import numpy
from numpy.typing import NDArray

from nnviz.engine.layout import Layout

Floats = NDArray[numpy.float64]
Integers = NDArray[numpy.intp]

TOLERANCE = 1e-9
"""Parameters that differ by less than this share of the layer's largest count as equal: rounding, not difference."""


def unit_classes(layout: Layout, theta: Floats, l: int) -> Integers:
    """For each unit of layer l the number of its class, (n_l,); units with the same weights and bias share one.

    theta: (P,). Weights out count too, except for the output layer. Classes are numbered by their first unit.
    """
    incoming = layout.block(theta, l).T
    described = incoming if l == layout.depth else numpy.hstack([incoming, layout.weights(theta, l + 1)])
    scale = float(numpy.max(numpy.abs(described), initial=0.0))
    if not (numpy.isfinite(scale) and scale > 0.0):
        return numpy.zeros(layout.sizes[l], dtype=numpy.intp)
    rounded = numpy.round(described / (scale * TOLERANCE))
    seen: dict[bytes, int] = {}
    return numpy.array([seen.setdefault(row.tobytes(), len(seen)) for row in rounded + 0.0], dtype=numpy.intp)


def distinct_units(layout: Layout, theta: Floats) -> Integers:
    """How many different units each layer has, (L,); theta (P,)."""
    return numpy.array([unit_classes(layout, theta, l).max() + 1 for l in range(1, layout.depth + 1)])
