"""The grid of a chart: thin lines at its labelled ticks."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.ui.plots.charts.axes import Axis
from nnviz.ui.plots.charts.ink import Ink, Mapping


class Grid(Ink):
    """Thin lines at the labelled ticks, below everything else."""

    def __init__(self, left: Axis, bottom: Axis, *, columns: bool) -> None:
        super().__init__(depth=-5.0)
        self._left, self._bottom, self._columns = left, bottom, columns

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Lines on whole pixels, so that they are crisp."""
        color = QColor(self._left.tickPen().color())
        color.setAlphaF(0.55)
        painter.setPen(QPen(color, 1.0))
        for place in self._left.tickValues(mapping.bottom, mapping.top, mapping.height)[0][1]:
            y = round(mapping.at(mapping.left, place)[1]) + 0.5
            painter.drawLine(QPointF(0.0, y), QPointF(mapping.width, y))
        if self._columns:
            for place in self._bottom.tickValues(mapping.left, mapping.right, mapping.width)[0][1]:
                x = round(mapping.at(place, mapping.top)[0]) + 0.5
                painter.drawLine(QPointF(x, 0.0), QPointF(x, mapping.height))
