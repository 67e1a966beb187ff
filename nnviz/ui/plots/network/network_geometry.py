"""Where everything of a network is drawn: columns of units from input to output, and lines between them. No Qt.

Layers are evenly spaced columns, all tiles are of one size. A column with more units than fit legibly shows the first
ones, or those it is scrolled to, and the last, and tells how many it leaves out; lines run between shown units only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy
from numpy.typing import NDArray

from nnviz.engine.layout import Layout
from nnviz.ui.plots.network.network_item import Unit

Floats = NDArray[numpy.float64]
Indices = NDArray[numpy.intp]

MIN_TILE, MAX_TILE = 1.2, 3.6
"""Side of a unit's tile, in heights of the text."""
TILE_GAP = 0.3
"""Least distance between two tiles of a column, in tiles."""
COLUMN_GAP = 1.2
"""Least distance between two columns, in tiles."""
SPREAD = 1.9
"""Largest distance between the centres of two units, in tiles: small layers stay together."""
FEWEST, MAX_ROWS = 3, 24
SAMPLES = 13
"""Points along a line, for finding the one under the mouse."""


@dataclass(frozen=True)
class Area:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """At least one pixel."""
        return max(1.0, self.right - self.left)

    @property
    def height(self) -> float:
        """At least one pixel."""
        return max(1.0, self.bottom - self.top)


@dataclass(frozen=True)
class Column:
    """One layer: x and y of the centres of the units shown; gap_y: where it says how many are hidden, if so."""

    layer: int
    size: int
    x: float
    shown: tuple[int, ...]
    y: tuple[float, ...]
    gap_y: float | None

    @property
    def hidden(self) -> int:
        """How many units are not shown."""
        return self.size - len(self.shown)

    @property
    def above(self) -> int:
        """How many of these come before the first that is shown."""
        return self.shown[0]


@dataclass(frozen=True, eq=False)
class Geometry:
    """A network placed in an area; tile: side of a unit's picture; pitch: from column to column."""

    area: Area
    columns: tuple[Column, ...]
    tile: float
    pitch: float

    @property
    def gap(self) -> float:
        """Free width between two columns."""
        return max(0.0, self.pitch - self.tile)

    @cached_property
    def centres(self) -> dict[Unit, tuple[float, float]]:
        """Centre of every unit shown."""
        return {
            Unit(column.layer, unit): (column.x, y)
            for column in self.columns
            for unit, y in zip(column.shown, column.y, strict=True)
        }

    @cached_property
    def _units(self) -> tuple[tuple[Unit, ...], Floats]:
        return tuple(self.centres), numpy.array(list(self.centres.values()))

    def unit_at(self, x: float, y: float, reach: float = 0.0) -> Unit | None:
        """The unit whose tile, grown by ``reach`` on all sides, is there."""
        units, centres = self._units
        away = numpy.max(numpy.abs(centres - (x, y)), axis=-1)
        nearest = int(numpy.argmin(away))
        return units[nearest] if away[nearest] <= self.tile / 2 + reach else None

    def bias_at(self, x: float, y: float, reach: float) -> Unit | None:
        """The unit whose bias, at the lower left corner of its tile, is within ``reach``."""
        units, centres = self._units
        corner = centres + numpy.array([-0.5, 0.5]) * self.tile
        away = numpy.hypot(*(corner - (x, y)).T)
        away[[unit.layer == 0 for unit in units]] = numpy.inf
        nearest = int(numpy.argmin(away))
        return units[nearest] if away[nearest] <= reach else None


def place(sizes: Sequence[int], area: Area, text: float, scrolled: Mapping[int, int] | None = None) -> Geometry:
    """The columns of a network of these sizes. text: height of the text in pixels, which all else is measured by.

    scrolled: by layer, the first unit to show where not all fit.
    """
    count, tallest = len(sizes), min(max(sizes), MAX_ROWS)
    by_width = area.width / (count + COLUMN_GAP * (count - 1))
    by_height = area.height / (tallest * (1.0 + TILE_GAP) - TILE_GAP)
    # Three of a column at least: the first unit, how many more there are, and the last one.
    thirds = area.height / (min(tallest, FEWEST) * (1.0 + TILE_GAP) - TILE_GAP)
    tile = max(1.0, min(MAX_TILE * text, by_width, thirds, max(by_height, MIN_TILE * text)))
    pitch = (area.width - tile) / max(1, count - 1)
    rows = int((area.height + TILE_GAP * tile) / (tile * (1.0 + TILE_GAP)) + 1e-9)
    rows = min(max(rows, min(tallest, FEWEST)), MAX_ROWS)
    columns = tuple(
        _column(layer, size, area.left + tile / 2 + layer * pitch, area, tile, rows, (scrolled or {}).get(layer, 0))
        for layer, size in enumerate(sizes)
    )
    return Geometry(area, columns, tile, pitch)


def needed(sizes: Sequence[int], text: float) -> tuple[float, float]:
    """(width, height) of the area in which as many units are shown as ever are, of the least size."""
    count, tallest = len(sizes), min(max(sizes), MAX_ROWS)
    across = (count + 2.0 * COLUMN_GAP * (count - 1)) * MIN_TILE * text
    return across, (tallest * (1.0 + TILE_GAP) - TILE_GAP) * MIN_TILE * text


def _column(layer: int, size: int, x: float, area: Area, tile: float, rows: int, first: int) -> Column:
    slots = min(size, rows)
    step = min((area.height - tile) / (slots - 1), SPREAD * tile) if slots > 1 else 0.0
    middle = (area.top + area.bottom) / 2
    y = tuple(middle + (slot - (slots - 1) / 2) * step for slot in range(slots))
    if size <= rows:
        return Column(layer, size, x, tuple(range(size)), y, None)
    first = min(max(first, 0), size - rows + 1)
    return Column(layer, size, x, (*range(first, first + rows - 2), size - 1), (*y[:-2], y[-1]), y[-2])


@dataclass(frozen=True, eq=False)
class Lines:
    """All lines between units shown, E of them: layer l, from unit i to unit j, index in theta; all (E,).

    ends: (E, 4) with x and y of start and end. They leave and arrive horizontally.
    """

    layer: Indices
    i: Indices
    j: Indices
    index: Indices
    ends: Floats

    @cached_property
    def points(self) -> Floats:
        """(E, SAMPLES, 2) points along each."""
        t = numpy.linspace(0.0, 1.0, SAMPLES)
        x0, y0, x1, y1 = (self.ends[:, k, None] for k in range(4))
        # A cubic whose two inner control points are half way across, level with its ends.
        across, up = 1.5 * t * (1 - t) + t**3, 3 * t**2 * (1 - t) + t**3
        return numpy.stack([x0 + (x1 - x0) * across, y0 + (y1 - y0) * up], axis=-1)

    def nearest(self, x: float, y: float, reach: float, among: NDArray[numpy.bool_]) -> int | None:
        """Number of the line nearest to a point, of those marked in ``among`` (E,), if within ``reach``."""
        rows = numpy.flatnonzero(among & (self.ends[:, 0] - reach <= x) & (x <= self.ends[:, 2] + reach))
        if not rows.size:
            return None
        start, end = self.points[rows, :-1], self.points[rows, 1:]
        along = end - start
        share = ((x, y) - start) * along
        length = numpy.maximum(numpy.sum(along * along, axis=-1), 1e-12)
        t = numpy.clip(numpy.sum(share, axis=-1) / length, 0.0, 1.0)[..., None]
        away = numpy.min(numpy.linalg.norm(start + t * along - (x, y), axis=-1), axis=-1)
        best = int(numpy.argmin(away))
        return int(rows[best]) if away[best] <= reach else None


def lines(geometry: Geometry, layout: Layout) -> Lines:
    """Every line between units that are shown."""
    parts: list[Floats] = []
    half = geometry.tile / 2
    for source, target in zip(geometry.columns, geometry.columns[1:], strict=False):
        pairs = len(source.shown) * len(target.shown)
        a, b = numpy.divmod(numpy.arange(pairs), len(target.shown))
        i, j = numpy.array(source.shown)[a], numpy.array(target.shown)[b]
        l = target.layer
        parts.append(
            numpy.stack(
                [
                    numpy.full(a.size, l), i, j, layout.starts[l - 1] + i * layout.sizes[l] + j,
                    numpy.full(a.size, source.x + half), numpy.array(source.y)[a],
                    numpy.full(a.size, target.x - half), numpy.array(target.y)[b],
                ],
                axis=-1,
            ).astype(numpy.float64)
        )  # fmt: skip
    table = numpy.concatenate(parts)
    whole = table[:, :4].astype(numpy.intp)
    return Lines(whole[:, 0], whole[:, 1], whole[:, 2], whole[:, 3], table[:, 4:])
