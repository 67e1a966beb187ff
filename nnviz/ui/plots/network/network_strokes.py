"""How strongly each line of the network is drawn: width and opacity by the size of its number, colour by its sign.

Weights: width in proportion to |w|, the widest being the network's largest shown. Gradients span decades, so there the
width falls by an equal part for each decade below the largest, down to DECADES of them. Where the lines would run into
one another only the strongest between each two layers are drawn.
"""

from dataclasses import dataclass
from typing import Literal

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.network.network_geometry import Geometry, Indices, Lines

Floats = NDArray[numpy.float64]
Quantity = Literal["weights", "gradient"]
Sign = Literal["negative", "positive", "zero", "not finite"]

LEVELS = 10
DECADES = 6
MAX_LINES = 3000
INK = 0.7
"""Share of the space between two layers that lines may cover, overlaps counted twice."""
THINNEST = 0.05
WIDEST: dict[Quantity, float] = {"weights": 0.36, "gradient": 0.2}
"""Width of lines, in heights of the text. On a log scale most are nearly the widest, which is therefore smaller."""
FAINTEST = 0.25
FADING: dict[Quantity, float] = {"weights": 1.0, "gradient": 2.0}
"""Exponent by which opacity falls with the level: on a log scale most lines are of the upper levels."""


@dataclass(frozen=True, eq=False)
class Stroke:
    """Lines drawn alike. level: 0..LEVELS - 1. members: their numbers."""

    sign: Sign
    level: int
    quantity: Quantity
    members: Indices

    @property
    def opacity(self) -> float:
        """From faint to full."""
        return FAINTEST + (1.0 - FAINTEST) * (self.level / (LEVELS - 1)) ** FADING[self.quantity]


@dataclass(frozen=True, eq=False)
class Strokes:
    """All strokes, weakest first. largest: the size that the widest line stands for. drawn: (E,) which lines are.

    signs (E,) in the order of SIGNS, levels (E,): of every line, drawn or not.
    """

    strokes: tuple[Stroke, ...]
    largest: float
    drawn: NDArray[numpy.bool_]
    signs: Indices
    levels: Indices


SIGNS: tuple[Sign, ...] = ("zero", "negative", "positive", "not finite")


def strokes(values: Floats, lines: Lines, geometry: Geometry, quantity: Quantity, text: float) -> Strokes:
    """Strokes for the lines' numbers ``values`` (E,)."""
    finite = numpy.isfinite(values)
    size = numpy.where(finite, numpy.abs(values), 0.0)
    largest = float(numpy.max(size, initial=0.0))
    levels = numpy.rint(_part(size, largest, quantity) * (LEVELS - 1)).astype(numpy.intp)
    signs = numpy.where(finite, numpy.select([values < 0.0, values > 0.0], [1, 2], 0), 3)
    widths = numpy.array([width(level, quantity, text, geometry.tile) for level in range(LEVELS)])
    drawn = _strongest(numpy.where(finite, size, numpy.inf), levels, lines, geometry, widths)
    rank = numpy.where(signs == 3, LEVELS, levels) * len(SIGNS) + signs
    made: list[Stroke] = []
    rows = numpy.flatnonzero(drawn)
    for code in numpy.unique(rank[rows]):
        level, sign = divmod(int(code), len(SIGNS))
        made.append(Stroke(SIGNS[sign], min(level, LEVELS - 1), quantity, rows[rank[rows] == code]))
    return Strokes(tuple(made), largest, drawn, signs, levels)


def width(level: int, quantity: Quantity, text: float, tile: float) -> float:
    """Pixels of a level's line; no wider than a small tile can take."""
    thin, wide = THINNEST * text, min(WIDEST[quantity] * text, 0.18 * tile)
    return thin + max(0.0, wide - thin) * level / (LEVELS - 1)


def _part(size: Floats, largest: float, quantity: Quantity) -> Floats:
    """From 0 (thinnest) to 1 (widest)."""
    if largest == 0.0:
        return numpy.zeros_like(size)
    with numpy.errstate(divide="ignore", under="ignore"):
        part = size / largest
        if quantity == "gradient":
            part = numpy.clip(1.0 + numpy.log10(part) / DECADES, 0.0, 1.0)
    return part


def _strongest(size: Floats, levels: Indices, lines: Lines, geometry: Geometry, widths: Floats) -> NDArray[numpy.bool_]:
    """Which lines are drawn: between each two layers the strongest, until they cover their share of the space."""
    drawn = numpy.zeros(len(size), dtype=bool)
    ends = lines.ends
    ink = numpy.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]) * widths[levels]
    room = INK * geometry.gap * geometry.area.height
    gaps = len(geometry.columns) - 1
    for l in range(1, gaps + 1):
        rows = numpy.flatnonzero(lines.layer == l)
        rows = rows[numpy.argsort(-size[rows], kind="stable")]
        fit = int(numpy.searchsorted(numpy.cumsum(ink[rows]), room))
        # Even in no space a layer keeps about one line for each of its units.
        least = len(geometry.columns[l].shown) + len(geometry.columns[l - 1].shown)
        drawn[rows[: min(max(fit, least), MAX_LINES // gaps)]] = True
    return drawn
