"""Names beside the right ends of lines, so that no legend has to be searched; they make room for each other."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from nnviz.ui.plots.charts.ink import Ink, Mapping

LEADER = 14.0
"""Pixels of the stroke from a line's end to its name."""


class End(NamedTuple):
    """Where a line ends, in the chart's coordinates, with its name and colour."""

    x: float
    y: float
    name: str
    color: QColor


class EndLabels(Ink):
    """Right of the ends the chart needs room: see `room`."""

    def __init__(self) -> None:
        super().__init__(depth=6.0)
        self.ends: Sequence[End] = ()

    def show_ends(self, ends: Sequence[End]) -> None:
        """Other lines."""
        self.ends = ends
        self.update()

    def room(self) -> float:
        """Pixels that the longest name needs."""
        metrics = QFontMetricsF(self.theme.font(0.92))
        return LEADER + 10.0 + max((metrics.horizontalAdvance(end.name) for end in self.ends), default=0.0)

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Names from above in the order of the ends."""
        painter.setFont(self.theme.font(0.92))
        height = QFontMetricsF(painter.font()).height()
        ends = sorted(self.ends, key=lambda end: -end.y)
        places = [QPointF(*mapping.at(end.x, end.y)) for end in ends]
        for end, place, y in zip(ends, places, spread([p.y() for p in places], height, mapping.height), strict=True):
            middle = QPointF(place.x() + LEADER, y)
            painter.setPen(QPen(end.color, 1.2))
            painter.drawLine(place + QPointF(2.0, 0.0), middle)
            painter.setPen(self.theme.color("text"))
            room = QRectF(middle.x() + 4.0, y - height / 2.0, mapping.width - middle.x(), height)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, end.name)


def spread(middles: Sequence[float], height: float, whole: float) -> list[float]:
    """Middles of lines of text, in order from above, moved as little as need be so that none overlap or leave."""
    placed: list[float] = []
    for middle in middles:
        least = placed[-1] + height if placed else height / 2.0
        placed.append(max(middle, least))
    most = whole - height / 2.0
    for place in range(len(placed) - 1, -1, -1):
        placed[place] = min(placed[place], most)
        most = placed[place] - height
    return placed
