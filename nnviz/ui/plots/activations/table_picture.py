"""A whole table as a picture, as large as its content: no scroll bars, nothing cut off."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.ui.plots.activations.line_style import line_style, styled_pen
from nnviz.ui.theme import GRID, LIGHT, Theme

LINE = 2.2
"""Text heights of the sample of an activation's line."""


class TablePicture(QWidget):
    """Never shown itself: it is rendered when a picture is wanted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.headings: Sequence[str] = ()
        self.rows: Sequence[tuple[str, Sequence[str]]] = ()
        self.hide()

    def show_table(self, theme: Theme, headings: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Another table: an activation's name (for its line; empty for none) and the texts of each row."""
        self.theme, self.headings, self.rows = theme, headings, rows
        height = round(self._row_height() * (len(rows) + 1) + GRID)
        self.resize(round(sum(self._widths()) + 2 * GRID), height)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Headings, a rule, rows on alternating grounds."""
        del event
        theme, height = self.theme, self._row_height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.setFont(theme.font(0.92))
        painter.setPen(theme.color("muted"))
        self._write(painter, self.headings, 0.0, indent=False)
        painter.setPen(QPen(theme.color("line"), 1.0))
        painter.drawLine(QPointF(0.0, height), QPointF(self.width(), height))
        painter.setFont(theme.font())
        for number, (name, texts) in enumerate(self.rows, start=1):
            top = number * height + GRID / 2
            if number % 2 == 0:
                painter.fillRect(QRectF(0.0, top, self.width(), height), theme.color("raised"))
            if name:
                painter.setPen(styled_pen(line_style(theme, name), theme.text_pixels / 5.0))
                middle = top + height / 2.0
                painter.drawLine(QPointF(GRID, middle), QPointF(GRID + LINE * theme.text_pixels, middle))
            painter.setPen(theme.color("text"))
            self._write(painter, texts, top, indent=bool(name))
        painter.end()

    def _write(self, painter: QPainter, texts: Sequence[str], top: float, *, indent: bool) -> None:
        left = float(GRID)
        for place, (text, width) in enumerate(zip(texts, self._widths(), strict=True)):
            inset = self._inset() if indent and place == 0 else 0.0
            room = QRectF(left + inset, top, width, self._row_height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            left += width

    def _widths(self) -> list[float]:
        metrics = QFontMetricsF(self.theme.font())
        widths = []
        for place, heading in enumerate(self.headings):
            texts = [heading, *(texts[place] for _, texts in self.rows)]
            inset = self._inset() if place == 0 and any(name for name, _ in self.rows) else 0.0
            widths.append(max(metrics.horizontalAdvance(text) for text in texts) + inset + 2 * GRID)
        return widths

    def _inset(self) -> float:
        return LINE * self.theme.text_pixels + GRID

    def _row_height(self) -> float:
        return 1.85 * self.theme.text_pixels
