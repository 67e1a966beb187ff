"""A table as a picture, as large as its content: no scroll bars, nothing cut off."""

import math
from collections.abc import Collection, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.ui.plots.figure import WIDEST
from nnviz.ui.theme import GRID, LIGHT, Theme

LINE = 2.2
"""Text heights of the sample of a row's line."""
LOOSE = 5.0
"""Text heights that a column is made wider by at most where there is room."""


class Row(NamedTuple):
    """A row's texts; pen: of the line that the row is known by, None for none."""

    texts: Sequence[str]
    pen: QPen | None = None


class TablePicture(QWidget):
    """Never shown itself: it is rendered when a picture is wanted. Where it is given less width than it needs, columns
    go on below each other, each such part with the columns up to the rows' lines; where there is less height, rows are
    left out, and how many is said.

    line_at: the column in which the rows' lines are. right: columns of numbers, whose digits stand below each other.
    """

    def __init__(self, parent: QWidget, *, line_at: int = 0, right: Collection[int] = ()) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.headings: Sequence[str] = ()
        self.rows: Sequence[Row] = ()
        self.right = right
        self._line_at, self._last, self._before, self._after = line_at, 0, 0, 0
        self.hide()

    def show_table(
        self,
        theme: Theme,
        headings: Sequence[str],
        rows: Sequence[Row],
        *,
        last: int = 0,
        before: int = 0,
        after: int = 0,
    ) -> None:
        """Another table. last: the row that is in the picture in any case. before, after: rows that are not given."""
        shown = (self.theme, self.headings, self.rows, self._last, self._before, self._after)
        if shown == (theme, headings, rows, last, before, after):
            # It keeps the size that it was given.
            return
        self.theme, self.headings, self.rows = theme, headings, rows
        self._last, self._before, self._after = last, before, after
        lines = 1 + len(rows) + bool(before) + bool(after)
        self.resize(round(sum(self._widths())), round(self._row_height() * lines + GRID))
        self.update()

    def legible(self, most: int) -> QSize:
        """The room for all columns, and for so many rows at the most."""
        widths = self._widths()
        width = min(WIDEST, round(sum(widths)))
        lines = 1 + min(most, len(self.rows)) + 2 * bool(self._before or self._after or most < len(self.rows))
        parts = len(self._parts(widths, width))
        # What is drawn smaller is rounded twice: a row must not be lost to that.
        return QSize(max(1, width), math.ceil((self._row_height() * lines + GRID + 1.0) * parts))

    def paintEvent(self, event: QPaintEvent) -> None:
        """All columns, in one part or in several below each other."""
        del event
        widths = self._widths()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.theme.color("surface"))
        parts = self._parts(widths, self.width())
        needed = max(sum(widths[column] for column in part) for part in parts)
        fit = min(1.0, (self.width() + 0.5) / max(1.0, needed))
        painter.scale(fit, fit)
        room = self.height() / fit / len(parts)
        for place, part in enumerate(parts):
            area = QRectF(0.0, place * room, self.width() / fit, room)
            self._paint_part(painter, part, [widths[column] for column in part], area)
        painter.end()

    def _parts(self, widths: Sequence[float], width: float) -> list[list[int]]:
        """The columns of each part: those up to the rows' lines, and as many of the others as fit."""
        key = list(range(min(self._line_at + 1, len(widths))))
        parts = [list(key)]
        for column in range(len(key), len(widths)):
            used = sum(widths[each] for each in parts[-1])
            if used + widths[column] > width + 0.5 and len(parts[-1]) > len(key):
                parts.append(list(key))
            parts[-1].append(column)
        return parts

    def _paint_part(self, painter: QPainter, columns: Sequence[int], widths: Sequence[float], area: QRectF) -> None:
        """Headings, a rule, rows on alternating grounds."""
        theme, height, width, top = self.theme, self._row_height(), area.width(), area.top()
        more = min(LOOSE * theme.text_pixels, max(0.0, width - sum(widths)) / max(1, len(widths)))
        widths = [own + more for own in widths]
        painter.setFont(theme.font(0.92))
        painter.setPen(theme.color("muted"))
        self._write(painter, Row(self.headings), columns, top, widths)
        painter.setPen(QPen(theme.color("line"), 1.0))
        painter.drawLine(QPointF(0.0, top + height), QPointF(width, top + height))
        painter.setFont(theme.font())
        top += height + GRID / 2
        first, end = self._window(int((area.height() - GRID + 0.5) / height) - 1)
        if above := first + self._before:
            self._remark(painter, f"… {above:,} more rows before these", top)
            top += height
        for number, row in enumerate(self.rows[first:end]):
            if number % 2:
                painter.fillRect(QRectF(0.0, top, width, height), theme.color("raised"))
            painter.setPen(theme.color("text"))
            self._write(painter, row, columns, top, widths)
            top += height
        if below := len(self.rows) - end + self._after:
            self._remark(painter, f"… {below:,} more rows", top)

    def _window(self, lines: int) -> tuple[int, int]:
        """The first row, and the one behind the last, of those that have room, where remarks take lines too."""
        count = first = end = len(self.rows)
        for remarks in (0, 1, 2):
            room = max(1, lines - remarks)
            first = max(0, min(max(self._last + 1, room), count) - room)
            end = min(count, first + room)
            if bool(first + self._before) + bool(count - end + self._after) <= remarks:
                break
        return first, end

    def _remark(self, painter: QPainter, text: str, top: float) -> None:
        painter.setPen(self.theme.color("muted"))
        sides = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip
        painter.drawText(QRectF(GRID, top, 1.0, self._row_height()), int(sides), text)

    def _write(self, painter: QPainter, row: Row, columns: Sequence[int], top: float, widths: Sequence[float]) -> None:
        left, height = float(GRID), self._row_height()
        for place, width in zip(columns, widths, strict=True):
            text, inset = row.texts[place], 0.0
            if row.pen is not None and place == self._line_at:
                inset, written = self._inset(), painter.pen()
                painter.setPen(row.pen)
                middle = top + height / 2.0
                painter.drawLine(QPointF(left, middle), QPointF(left + LINE * self.theme.text_pixels, middle))
                painter.setPen(written)
            side = Qt.AlignmentFlag.AlignRight if place in self.right else Qt.AlignmentFlag.AlignLeft
            room = QRectF(left + inset, top, width - inset - 2 * GRID, height)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | side | Qt.TextFlag.TextDontClip), text)
            left += width

    def _widths(self) -> list[float]:
        metrics = QFontMetricsF(self.theme.font())
        marked = any(row.pen is not None for row in self.rows)
        widths = []
        for place, heading in enumerate(self.headings):
            texts = {heading, *(row.texts[place] for row in self.rows)}
            inset = self._inset() if marked and place == self._line_at else 0.0
            widths.append(max(metrics.horizontalAdvance(text) for text in texts) + inset + 2 * GRID)
        return widths

    def _inset(self) -> float:
        return LINE * self.theme.text_pixels + GRID

    def _row_height(self) -> float:
        return 1.85 * self.theme.text_pixels
