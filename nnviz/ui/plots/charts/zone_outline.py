"""In a heat map of layer and step: a line around the cells whose gradient vanishes or explodes."""

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.charts.zones import Limits

Floats = NDArray[numpy.float64]
Bools = NDArray[numpy.bool_]


def beyond(values: Floats, limits: Limits | None, together: int = 1) -> Bools:
    """Which of the values (R, L) lie in a zone, judged by the last layer's of the same row.

    together: so many rows, which must divide R, are judged by the median of their ratios: single batches are noisy.
    """
    if limits is None or len(values) == 0:
        return numpy.zeros(values.shape, dtype=bool)
    with numpy.errstate(all="ignore"):
        ratio = numpy.log10(values / values[:, -1:])
    blocks = numpy.sort(ratio.reshape(-1, together, values.shape[1]), axis=1)
    ratio = numpy.repeat(blocks[:, (together - 1) // 2], together, axis=0)
    outside: Bools = (ratio <= limits.vanishing) | (ratio >= limits.exploding)
    return outside


class ZoneOutline(Ink):
    """Lines between neighbouring cells of which one lies in a zone and the other does not."""

    def __init__(self) -> None:
        super().__init__(depth=3.0)
        self.cells: Bools = numpy.zeros((0, 0), dtype=bool)
        self.end = 1.0

    def show_cells(self, cells: Bools, end: float) -> None:
        """Other cells (columns, L), evenly from 0 to end."""
        self.cells, self.end = cells, end
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Runs of columns along each border between two layers; where a layer crosses over, a line upright. Outside the
        plot nothing lies in a zone, so that the lines close around what does."""
        count, depth = self.cells.shape
        if not numpy.any(self.cells):
            return
        cells = numpy.pad(self.cells, 1)
        path = QPainterPath()
        for l in range(depth + 1):
            for first, last in _runs(cells[1:-1, l] != cells[1:-1, l + 1]):
                _line(path, mapping, (first * self.end / count, l - 0.5), (last * self.end / count, l - 0.5))
        for l in range(depth):
            for column in numpy.flatnonzero(cells[1:, l + 1] != cells[:-1, l + 1]):
                x = float(column) * self.end / count
                _line(path, mapping, (x, l - 0.5), (x, l + 0.5))
        for color, width in (("surface", 3.0), ("bad", 1.4)):
            pen = QPen(self.theme.color(color), width)
            pen.setCapStyle(Qt.PenCapStyle.SquareCap)
            painter.strokePath(path, pen)


def _runs(marked: Bools) -> list[tuple[int, int]]:
    """(first, one past the last) of each run of True."""
    edges = numpy.flatnonzero(numpy.diff(numpy.concatenate([[False], marked, [False]]).astype(numpy.int8)))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


def _line(path: QPainterPath, mapping: Mapping, start: tuple[float, float], end: tuple[float, float]) -> None:
    path.moveTo(QPointF(*mapping.at(*start)))
    path.lineTo(QPointF(*mapping.at(*end)))
