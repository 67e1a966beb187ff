"""What every time axis carries: where the training was changed, and where the run stands now."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from nnviz.ui.plots.charts.ink import Ink, Mapping

HEADROOM = 0.12
"""Share of a chart's height that its labels need above what is drawn."""


def headroom(changes: Sequence[object], low: float, high: float) -> float:
    """How much longer the left axis has to be where there are changes, so that their labels stand above the curves."""
    return HEADROOM * (high - low) if changes else 0.0


class TimeMarks(Ink):
    """Dashed lines at changes with a short label where there is room, and the cursor at the present."""

    def __init__(self) -> None:
        super().__init__(depth=8.0)
        self.changes: Sequence[tuple[float, str]] = ()
        self.now: float | None = None

    def show_marks(self, changes: Sequence[tuple[float, str]], now: float | None) -> None:
        """Places on the time axis: (place, label) of each change, and the present."""
        if (changes, now) != (self.changes, self.now):
            self.changes, self.now = changes, now
            self.update()

    def near(self, place: float) -> str:
        """The label of a change within a few pixels of the place, or nothing."""
        reach = 6.0 * (self.mapping.right - self.mapping.left) / self.mapping.width
        return "; ".join(label for at, label in self.changes if abs(at - place) <= reach)

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Lines first; labels from the latest back, so that the newest has room."""
        font = self.theme.font(0.85)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        muted = self.theme.color("muted")
        free_until = mapping.width
        for place, label in reversed(self.changes):
            x = round(mapping.at(place, 0.0)[0]) + 0.5
            painter.setPen(QPen(muted, 1.0, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, 0.0), QPointF(x, mapping.height))
            width = metrics.horizontalAdvance(label) + 8.0
            left = x + 2.0 if x + 2.0 + width <= free_until else x - 2.0 - width
            if left < 0.0 or left + width > free_until:
                continue
            box = QRectF(left, 2.0, width, metrics.height() + 2.0)
            back = QColor(self.theme.surface)
            back.setAlphaF(0.85)
            painter.fillRect(box, back)
            painter.setPen(muted)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)
            free_until = min(left, x)
        if self.now is not None:
            x = mapping.at(self.now, 0.0)[0]
            painter.setPen(QPen(self.theme.color("accent", 0.8), 1.4))
            painter.drawLine(QPointF(x, 0.0), QPointF(x, mapping.height))
