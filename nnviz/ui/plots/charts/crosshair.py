"""What is said about the place under the cursor, and the line and dots that show what is meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.ui.plots.charts.ink import Ink, Mapping


@dataclass(frozen=True)
class Readout:
    """What is said about the place under the cursor. text: in full precision. x: of a vertical line, if there is one.

    dots: (x, y, colour) of what is meant.
    """

    text: str
    x: float | None = None
    dots: Sequence[tuple[float, float, QColor]] = ()


class Crosshair(Ink):
    """The line and the dots that show what the readout speaks of."""

    def __init__(self) -> None:
        super().__init__(depth=20.0)
        self.readout: Readout | None = None

    def show_readout(self, readout: Readout | None) -> None:
        """Another readout, or none."""
        if readout is not self.readout:
            self.readout = readout
            self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """A vertical line, and a dot on each thing meant."""
        if self.readout is None:
            return
        theme = self.theme
        if self.readout.x is not None:
            x = mapping.at(self.readout.x, 0.0)[0]
            painter.setPen(QPen(theme.color("muted"), 1.0))
            painter.drawLine(QPointF(x, 0.0), QPointF(x, mapping.height))
        painter.setPen(QPen(theme.color("surface"), 1.5))
        for x, y, color in self.readout.dots:
            painter.setBrush(color)
            painter.drawEllipse(QPointF(*mapping.at(x, y)), 4.0, 4.0)
