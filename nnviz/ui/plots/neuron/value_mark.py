"""The dot on a curve that says where the present value is, with lines down to z and across to a."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen

from nnviz.ui.plots.charts.ink import Ink, Mapping


class ValueMark(Ink):
    """A large dot."""

    def __init__(self) -> None:
        super().__init__(depth=8.0)
        self.at = (0.0, 0.0)

    def show_value(self, x: float, y: float) -> None:
        """Another place."""
        self.at = (x, y)
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Thin lines to both axes, then the dot."""
        theme, place = self.theme, QPointF(*mapping.at(*self.at))
        painter.setPen(QPen(theme.color("muted"), 1.0))
        painter.drawLine(place, QPointF(place.x(), mapping.height))
        painter.drawLine(place, QPointF(0.0, place.y()))
        painter.setPen(QPen(theme.color("surface"), 2.0))
        painter.setBrush(theme.color("text"))
        painter.drawEllipse(place, 6.5, 6.5)
