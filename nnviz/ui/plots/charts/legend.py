"""The row above a chart that says what each colour and dash means, with the numbers of the present."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from nnviz.ui.plots.charts.curve import DASHES
from nnviz.ui.theme import LIGHT, Theme

GAP = 14.0
MOST_ROWS = 3
MOST_SHARE = 0.22
"""Of the height of what it belongs to; a row there is always."""
LINES = ("line", "thin", "dashed")
"""Marks that are drawn as a stretch of line."""


@dataclass(frozen=True)
class Entry:
    """What is explained. mark: "line", "thin", "dashed", "block", "dot", "ring", or "" for none.

    strong: how the text ends.
    """

    text: str
    color: QColor | None = None
    mark: str = "line"
    strong: str = ""


class Legend(QWidget):
    """Entries from left to right, in as many rows as they need and the plot can spare; the tooltip has them all."""

    def __init__(self) -> None:
        super().__init__()
        self._watched: QWidget | None = None
        self._whole = False
        self.theme: Theme = LIGHT
        self.entries: Sequence[Entry] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Other entries."""
        if entries != self.entries:
            self.entries = entries
            self._fit()
            self.update()
            self.setAccessibleDescription(", ".join(f"{entry.text} {entry.strong}".strip() for entry in entries))

    def show_all(self, wanted: bool) -> None:  # noqa: FBT001 (a state)
        """All rows that it needs, whatever the plot can spare: in a picture nothing can be looked up."""
        if wanted != self._whole:
            self._whole = wanted
            self._fit()
            self.update()

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours and typeface."""
        self.theme = theme
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(200, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need more rows."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """It belongs to another plot; or the mouse rests on it, and it tells what it left out."""
        if event.type() == QEvent.Type.ParentChange:
            if self._watched is not None:
                self._watched.removeEventFilter(self)
            self._watched = self.parentWidget()
            if self._watched is not None:
                self._watched.installEventFilter(self)
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._shortened:
            lines = [html.escape(f"{entry.text} {entry.strong}".strip()) for entry in self.entries]
            QToolTip.showText(event.globalPos(), "<p>" + "<br>".join(lines) + "</p>", self)
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The plot has another height, of which the legend takes a share."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the entries."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for entry, place in self._places():
            self._draw_entry(painter, entry, place)
        painter.end()

    def _row_height(self) -> int:
        return round(self.theme.text_pixels * 1.55)

    def _fit(self) -> None:
        rows = {place.top() for _, place in self._places()}
        height = self._row_height() * len(rows) + 4 if rows else 0
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)

    @property
    def _shortened(self) -> bool:
        return len(self._places()) < len(self.entries)

    def _most_rows(self) -> int:
        if self._whole:
            return len(self.entries)
        owner = self.parentWidget()
        if owner is None or not owner.testAttribute(Qt.WidgetAttribute.WA_Resized):
            return MOST_ROWS
        return min(MOST_ROWS, max(1, int(MOST_SHARE * owner.height() / self._row_height())))

    def _places(self) -> list[tuple[Entry, QRectF]]:
        height, x, y = self._row_height(), 8.0, 4.0
        bottom = 4.0 + self._most_rows() * height
        places: list[tuple[Entry, QRectF]] = []
        for number, entry in enumerate(self.entries):
            width = min(self._width(entry), max(40.0, self.width() - 16.0))
            if x > 8.0 and x + width > self.width() - 8.0:
                x, y = 8.0, y + height
            if y >= bottom:
                self._shorten(places, number)
                break
            places.append((entry, QRectF(x, y, width, height)))
            x += width + GAP
        return places

    def _shorten(self, places: list[tuple[Entry, QRectF]], shown: int) -> None:
        """More would leave no room for the plot: as many as fit beside the number of the others."""
        while True:
            rest = Entry(f"+ {len(self.entries) - shown} more", mark="")
            last, wide = places[-1][1], self._width(rest)
            if len(places) == 1:
                # The name gets dots; the number of the others stays whole.
                last.setWidth(min(last.width(), max(40.0, self.width() - 16.0 - GAP - wide)))
            left = last.right() + GAP
            if len(places) == 1 or left + wide <= self.width() - 8.0:
                places.append((rest, QRectF(left, last.top(), wide, last.height())))
                return
            places.pop()
            shown -= 1

    def _width(self, entry: Entry) -> float:
        width = self._mark_width(entry) + QFontMetricsF(self.theme.font()).horizontalAdvance(entry.text)
        if entry.strong:
            width += 6.0 + QFontMetricsF(self.theme.font(bold=True)).horizontalAdvance(entry.strong)
        return width

    def _mark_width(self, entry: Entry) -> float:
        if entry.color is None or not entry.mark:
            return 0.0
        return 26.0 if entry.mark in LINES else 15.0

    def _draw_entry(self, painter: QPainter, entry: Entry, place: QRectF) -> None:
        left, middle = place.left(), place.center().y()
        if entry.color is not None and entry.mark:
            _draw_mark(painter, entry.mark, entry.color, QPointF(left, middle))
        x = left + self._mark_width(entry)
        painter.setPen(self.theme.color("muted" if entry.strong else "text"))
        painter.setFont(self.theme.font())
        down = Qt.AlignmentFlag.AlignVCenter
        metrics = QFontMetricsF(painter.font())
        bold = QFontMetricsF(self.theme.font(bold=True)).horizontalAdvance(entry.strong) + 6.0 if entry.strong else 0.0
        # Where a name is longer than the whole row it ends in dots; the number behind it is whole.
        text = metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, place.right() - x - bold + 1.0)
        painter.drawText(QRectF(x, place.top(), place.width() + 9.0, place.height()), down, text)
        if entry.strong:
            x += metrics.horizontalAdvance(text) + 6.0
            painter.setPen(self.theme.color("text"))
            painter.setFont(self.theme.font(bold=True))
            painter.drawText(QRectF(x, place.top(), place.width() + 9.0, place.height()), down, entry.strong)


def _draw_mark(painter: QPainter, mark: str, color: QColor, at: QPointF) -> None:
    x, y = at.x(), at.y()
    if mark in LINES:
        pen = QPen(color, 1.4 if mark == "thin" else 2.2)
        if mark == "dashed":
            pen.setDashPattern([part * 0.6 for part in DASHES])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QPointF(x, y), QPointF(x + 20.0, y))
        return
    painter.setPen(QPen(color, 1.6) if mark == "ring" else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if mark == "ring" else color)
    if mark == "block":
        painter.drawRoundedRect(QRectF(x, y - 5.0, 10.0, 10.0), 2.0, 2.0)
    else:
        painter.drawEllipse(QPointF(x + 5.0, y), 3.6, 3.6)
