"""The squared residuals as squares: each stands on the stretch between its point and the line."""

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.ui.plots.charts.drag_chart import FAR
from nnviz.ui.plots.charts.ink import Ink, Mapping

Floats = NDArray[numpy.float64]


class Squares(Ink):
    """A point above the line has its square to the left, one below it to the right: neighbours overlap less."""

    def __init__(self) -> None:
        super().__init__(depth=1.0)
        self.color = QColor("black")
        self.filled = True
        self.xs: Floats = numpy.zeros(0)
        self.ys: Floats = numpy.zeros(0)
        self.fitted: Floats = numpy.zeros(0)

    def show_residuals(self, x: Floats, y: Floats, fitted: Floats, color: QColor, *, filled: bool) -> None:
        """Points (N,) and the line's heights there. filled: with squares, else with the stretches alone."""
        self.xs, self.ys, self.fitted, self.color, self.filled = x, y, fitted, color, filled
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Squares in pixels: on axes of different units a square of numbers would be none to the eye."""
        # Qt cannot count to where a steep line may lead.
        x, top = mapping.x(self.xs), mapping.y(self.ys).clip(-FAR, FAR)
        foot = mapping.y(self.fitted).clip(-FAR, FAR)
        pale = QColor(self.color)
        pale.setAlphaF(0.16 if len(x) <= 20 else 0.05)
        edge = QColor(self.color)
        edge.setAlphaF(0.75 if len(x) <= 20 else 0.4)
        for place, point, line in zip(x.tolist(), top.tolist(), foot.tolist(), strict=True):
            side = abs(point - line)
            if self.filled:
                left = place - side if point < line else place
                painter.setPen(QPen(edge, 1.0))
                painter.setBrush(pale)
                painter.drawRect(QRectF(left, min(point, line), side, side))
            painter.setPen(QPen(edge, 1.6))
            painter.drawLine(QLineF(place, point, place, line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
