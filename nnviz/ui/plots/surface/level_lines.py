"""The lines of equal height on the map, with their heights written into them."""

import math
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.contour import crossings
from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.charts.wording import round_number
from nnviz.ui.plots.surface.height_scale import HeightScale
from nnviz.ui.plots.surface.surface_grid import Floats, SurfaceGrid

LINES = 13
"""About so many."""
APART = 8.0
"""Text heights between two labels at least."""
DIM = 0.55
"""From this share of the scale's colours on lines are dark, below they are bright."""


@dataclass(frozen=True, eq=False)
class LevelLine:
    """height: as it is written. share: of the scale, 0 to 1. segments (S, 2, 2) in the grid's coordinates."""

    height: float
    text: str
    share: float
    segments: Floats


def levels_of(scale: HeightScale) -> list[tuple[float, str]]:
    """(place, text) of round heights between the ends of the scale, about LINES."""
    if scale.empty:
        return []
    if not scale.logarithmic:
        spacing, places = NumberAxis("left", "").tickValues(scale.low, scale.high, 34.0 * LINES)[0]
        texts = NumberAxis("left", "").tickStrings(places, 1.0, spacing)
        return list(zip(places, texts, strict=True))
    decades = scale.high - scale.low
    parts = (1, 2, 5) if decades <= 3.0 else (1, 3) if decades <= 6.5 else (1,)
    powers = range(math.floor(scale.low), math.ceil(scale.high) + 1)
    places = [power + math.log10(part) for power in powers for part in parts]
    return [(place, round_number(float(f"{10.0**place:.1g}"))) for place in places if scale.low < place < scale.high]


def level_lines(grid: SurfaceGrid, scale: HeightScale) -> list[LevelLine]:
    """All that cross the grid. On a logarithmic scale they are interpolated there, too."""
    places = scale.places(grid.z)
    found = []
    for place, text in levels_of(scale):
        segments = crossings(places, place, grid.extent)
        if len(segments):
            share = (place / 2.0 - scale.low / 2.0) / (scale.high / 2.0 - scale.low / 2.0)
            found.append(LevelLine(scale.height(place), text, share, segments))
    return found


class LevelInk(Ink):
    """Thin lines; each carries its number, turned along it, in a gap."""

    def __init__(self, depth: float = 1.0) -> None:
        super().__init__(depth)
        self.lines: list[LevelLine] = []
        self.plain: QColor | None = None
        """One colour for all lines, where the ground is not that of the heights."""
        self.placed: list[tuple[float, float]] = []
        """Where the labels of the last picture stand, in pixels."""
        self._primitives = PrimitiveArray(QLineF, 4)

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Lines, then labels."""
        font = self.theme.font(0.82)
        metrics = QFontMetricsF(font)
        taken: list[tuple[float, float]] = []
        self.placed = taken
        for line in self.lines:
            x, y = mapping.x(line.segments[..., 0]), mapping.y(line.segments[..., 1])
            pixels = numpy.stack([x, y], axis=-1)
            size = metrics.horizontalAdvance(line.text) + 8.0
            label = _label_place(pixels, mapping, size, taken, APART * metrics.height())
            color = self._color(line.share)
            if label is not None:
                at, _ = label
                taken.append(at)
                away = numpy.linalg.norm(numpy.mean(pixels, axis=1) - at, axis=-1)
                pixels = pixels[away > size / 2.0]
            painter.setPen(QPen(color, 1.1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            self._primitives.resize(len(pixels))
            self._primitives.ndarray()[:] = pixels.reshape(-1, 4)
            if len(pixels):
                painter.drawLines(*self._primitives.drawargs())
            if label is not None:
                painter.save()
                painter.translate(QPointF(*label[0]))
                painter.rotate(label[1])
                painter.setFont(font)
                color.setAlphaF(1.0)
                painter.setPen(color)
                box = QRectF(-size / 2.0, -metrics.height() / 2.0, size, metrics.height())
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line.text)
                painter.restore()

    def _color(self, share: float) -> QColor:
        if self.plain is not None:
            return QColor(self.plain)
        return QColor(0, 0, 0, 150) if share > DIM else QColor(255, 255, 255, 165)


def _label_place(
    pixels: Floats, mapping: Mapping, size: float, taken: list[tuple[float, float]], apart: float
) -> tuple[tuple[float, float], float] | None:
    """Where a line (S, 2, 2) has room for its label, and the angle there in degrees; None where it has none.

    Room is a stretch that is long enough, inside, nearly straight, and away from other labels; the one nearest to the
    middle of the plot is taken.
    """
    middles = numpy.mean(pixels, axis=1)
    margin = size / 2.0 + 4.0
    inside = (middles > margin) & (middles < numpy.array([mapping.width, mapping.height]) - margin)
    candidates = numpy.flatnonzero(numpy.all(inside, axis=-1))
    for x, y in taken:
        candidates = candidates[numpy.hypot(*(middles[candidates] - (x, y)).T) > apart]
    if len(candidates) == 0:
        return None
    center = numpy.array([mapping.width, mapping.height]) / 2.0
    order = candidates[numpy.argsort(numpy.linalg.norm(middles[candidates] - center, axis=-1))]
    lengths = numpy.linalg.norm(pixels[:, 1] - pixels[:, 0], axis=-1)
    for index in order[:: max(1, len(order) // 24)]:
        offsets = middles - middles[index]
        around = numpy.linalg.norm(offsets, axis=-1) < 0.7 * size
        if float(numpy.sum(lengths[around])) < 1.1 * size:
            continue
        angle, spread = _direction(offsets[around])
        if spread < 0.12 * size:
            at = middles[index]
            return (float(at[0]), float(at[1])), angle
    return None


def _direction(offsets: Floats) -> tuple[float, float]:
    """The angle in degrees, from -90 to 90, of the line through points (k, 2), and how far they stray from it."""
    centered = offsets - numpy.mean(offsets, axis=0)
    values, vectors = numpy.linalg.eigh(centered.T @ centered / len(centered))
    along = vectors[:, 1]
    angle = math.degrees(math.atan2(along[1], along[0]))
    return (angle + 90.0) % 180.0 - 90.0, math.sqrt(max(float(values[0]), 0.0))


def hatch(missing: NDArray[numpy.bool_], mapping: Mapping, grid: SurfaceGrid, spacing: float = 8.0) -> Floats:
    """Slanting lines (S, 4) in pixels over the missing samples (m, n) of a grid, each sample standing for its cell."""
    step = 2.0
    sums = numpy.arange(spacing, mapping.width + mapping.height, spacing)
    x = numpy.arange(0.0, mapping.width + step, step)
    y = sums[:, None] - x
    left, right, bottom, top = grid.extent
    m, n = missing.shape
    across = (mapping.left + x / mapping.width * (mapping.right - mapping.left) - left) / (right - left) * (n - 1)
    along = (mapping.top - y / mapping.height * (mapping.top - mapping.bottom) - bottom) / (top - bottom) * (m - 1)
    column, row = numpy.broadcast_arrays(across.round().astype(int), along.round().astype(int))
    known = (column >= 0) & (column < n) & (row >= 0) & (row < m) & (y >= 0.0) & (y <= mapping.height)
    hit = known & missing[row.clip(0, m - 1), column.clip(0, n - 1)]
    edges = numpy.diff(hit.astype(numpy.int8), axis=-1, prepend=0, append=0)
    line, begin = numpy.nonzero(edges == 1)
    _, end = numpy.nonzero(edges == -1)
    x0, x1 = begin * step, (end - 1) * step
    return numpy.stack([x0, sums[line] - x0, x1, sums[line] - x1], axis=-1)
