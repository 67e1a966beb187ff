"""The area between two curves: where most of many runs lie."""

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from nnviz.ui.plots.charts.ink import Ink, Mapping

Floats = NDArray[numpy.float64]


class Band(Ink):
    """From ``low`` to ``high`` over x, (n,) each; where one of them is no number nothing is drawn."""

    def __init__(self, color: QColor, depth: float = 1.0) -> None:
        super().__init__(depth)
        self.color = color
        self.xs: Floats = numpy.zeros(0)
        self.low: Floats = numpy.zeros(0)
        self.high: Floats = numpy.zeros(0)

    def show_data(self, x: Floats, low: Floats, high: Floats) -> None:
        """Other edges."""
        known = numpy.isfinite(low) & numpy.isfinite(high)
        self.xs, self.low, self.high = x[known], low[known], high[known]
        self.update()

    def recolor(self, color: QColor) -> None:
        """Another colour."""
        self.color = color
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """One polygon, there and back."""
        x = mapping.x(numpy.concatenate([self.xs, self.xs[::-1]]))
        y = mapping.y(numpy.concatenate([self.high, self.low[::-1]]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.color)
        painter.drawPolygon(QPolygonF([QPointF(*place) for place in zip(x, y, strict=True)]))
