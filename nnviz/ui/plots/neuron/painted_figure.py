"""A figure that is no chart: it is painted by itself, on the plots' ground."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent

from nnviz.ui.plots.charts.dress import dress
from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import GRID, Theme


class PaintedFigure(Figure):
    """Subclasses `paint_in` the area that the margins leave."""

    room = QSize(480, 420)

    def set_theme(self, theme: Theme) -> None:
        """Restyles it."""
        super().set_theme(theme)
        dress(self, theme)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's entry."""
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), self.theme.color("surface"))
            self.paint_in(painter, QRectF(self.rect()).adjusted(2.0 * GRID, GRID, -2.0 * GRID, -GRID))

    def paint_in(self, painter: QPainter, area: QRectF) -> None:
        """Everything, in the room there is."""
        raise NotImplementedError
