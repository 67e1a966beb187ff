"""The input on the plane: a square that can be moved like the points, and is none of them."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen, QPolygonF

from nnviz.ui.plots.charts.ink import Mapping
from nnviz.ui.plots.neuron.plane_ink import halo_text
from nnviz.ui.plots.neuron.value_mark import ValueMark


class InputMark(ValueMark):
    """A diamond named x."""

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """The diamond and its letter."""
        theme, place = self.theme, QPointF(*mapping.at(*self.at))
        painter.setPen(QPen(theme.color("surface"), 2.0))
        painter.setBrush(theme.color("text"))
        side = 8.0
        corners = [(0.0, -side), (side, 0.0), (0.0, side), (-side, 0.0)]
        painter.drawPolygon(QPolygonF([place + QPointF(*corner) for corner in corners]))
        painter.setFont(theme.font(0.92, bold=True))
        box = painter.boundingRect(0, 0, 100, 100, 0, "x")
        halo_text(
            painter,
            box.translated(round(place.x() + 14.0), round(place.y() + 2.0)).toRectF(),
            "x",
            theme.color("text"),
            theme,
        )
