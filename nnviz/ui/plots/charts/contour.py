"""Where a sampled function crosses a level: the decision boundary."""

import numpy
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.ui.plots.charts.ink import Ink, Mapping

Floats = NDArray[numpy.float64]

# Corners of a cell of the grid, around it: (row, column) from its lower left. Edge k leads from corner k to the next.
_CORNERS = ((0, 0), (0, 1), (1, 1), (1, 0))


class Contour(Ink):
    """Line segments in chart coordinates."""

    def __init__(self, depth: float = 1.0, width: float = 1.8) -> None:
        super().__init__(depth)
        self.width = width
        self.color = QColor("black")
        self.segments: Floats = numpy.zeros((0, 2, 2))
        self._lines = PrimitiveArray(QLineF, 4)

    def show_segments(self, segments: Floats) -> None:
        """Other segments, (S, 2 ends, x and y)."""
        self.segments = segments
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """All segments; their round ends meet."""
        x, y = mapping.x(self.segments[..., 0]), mapping.y(self.segments[..., 1])
        painter.setPen(QPen(self.color, self.width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        self._lines.resize(len(x))
        self._lines.ndarray()[:] = numpy.stack([x[:, 0], y[:, 0], x[:, 1], y[:, 1]], axis=-1)
        if len(x):
            painter.drawLines(*self._lines.drawargs())


def crossings(values: Floats, level: float, extent: tuple[float, float, float, float]) -> Floats:
    """The segments (S, 2, 2) along which values (rows, columns), sampled over the extent, cross the level.

    Marching squares: each cell whose corners lie on both sides gets a segment between the edges that are crossed, by
    linear interpolation; a saddle gets two. Cells with a corner that is no number get none.
    """
    rows, columns = values.shape
    corners = numpy.stack([values[r : rows - 1 + r, c : columns - 1 + c] - level for r, c in _CORNERS]).astype(float)
    following = numpy.roll(corners, -1, axis=0)
    crossed = (corners > 0.0) != (following > 0.0)
    crossed &= numpy.all(numpy.isfinite(corners), axis=0)
    share = numpy.divide(corners, corners - following, out=numpy.zeros_like(corners), where=crossed)
    row, column = numpy.mgrid[0 : rows - 1, 0 : columns - 1]
    places = numpy.empty((4, rows - 1, columns - 1, 2))
    for edge, ((r0, c0), (r1, c1)) in enumerate(zip(_CORNERS, _CORNERS[1:] + _CORNERS[:1], strict=True)):
        places[edge, ..., 0] = column + c0 + share[edge] * (c1 - c0)
        places[edge, ..., 1] = row + r0 + share[edge] * (r1 - r0)
    count = numpy.sum(crossed, axis=0)
    segments = []
    for first in range(4):
        for second in range(first + 1, 4):
            plain = (count == 2) & crossed[first] & crossed[second]
            # A saddle's segments cut off opposite corners: edges (0, 1) and (2, 3).
            saddle = (count == 4) & ((first, second) in ((0, 1), (2, 3)))
            cells = plain | saddle
            segments.append(numpy.stack([places[first][cells], places[second][cells]], axis=-2))
    found: Floats = numpy.concatenate(segments)
    left, right, bottom, top = extent
    found[..., 0] = left + found[..., 0] * (right - left) / (columns - 1)
    found[..., 1] = bottom + found[..., 1] * (top - bottom) / (rows - 1)
    return found
