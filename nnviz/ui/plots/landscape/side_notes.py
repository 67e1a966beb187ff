"""What stands beside a surface: sentences, numbers, the scale of the path's colours, and the honesty gauge."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent, QPen, QPicture, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.ui.plots.charts.wording import short
from nnviz.ui.theme import LIGHT, Theme

COLUMNS = 14
"""Its width in sizes of the text."""
MARGIN, GAP = 8.0, 7.0
STRIP = 10.0
WIDEST = 1.0
"""Decades to each side of 1 that the gauge spans."""


@dataclass(frozen=True)
class Words:
    """A sentence. token: its colour."""

    text: str
    token: str = "text"


@dataclass(frozen=True)
class Number:
    """A number with what it is of."""

    label: str
    value: str

    @property
    def text(self) -> str:
        """For a screen reader."""
        return f"{self.label}: {self.value}"


@dataclass(frozen=True, eq=False)
class Ramp:
    """A strip of colours from 0 to high."""

    label: str
    table: NDArray[numpy.uint8]
    high: float

    @property
    def text(self) -> str:
        """For a screen reader."""
        return f"{self.label}: colours from 0 to {short(self.high)}"


@dataclass(frozen=True)
class Gauge:
    """How true a picture is: 1 in the middle of a scale of powers of ten."""

    label: str
    ratio: float

    @property
    def text(self) -> str:
        """For a screen reader."""
        return f"{self.label}: {short(self.ratio)}"


Item = Words | Number | Ramp | Gauge


class SideNotes(QWidget):
    """A column of items, from above. What does not fit is cut off; the tool tip has it all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.items: tuple[Item, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Notes")
        self.restyle(LIGHT)

    @property
    def text(self) -> str:
        """All of it in words."""
        return "\n".join(item.text for item in self.items)

    def show_items(self, items: Sequence[Item]) -> None:
        """Other items."""
        self.items = tuple(items)
        self.setAccessibleDescription(self.text)
        self.setToolTip(self.text)
        self.update()

    @property
    def wanted_height(self) -> int:
        """Pixels that all of it takes."""
        nowhere = QPicture()
        painter = QPainter(nowhere)
        y = MARGIN + sum(self._draw(painter, item, 0.0) + GAP for item in self.items)
        painter.end()
        return math.ceil(y)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours and sizes."""
        self.theme = theme
        self.setFixedWidth(self.sizeHint().width())
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as a few words."""
        return QSize(round(COLUMNS * self.theme.text_pixels * 0.92), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One below the other."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = MARGIN
        for item in self.items:
            y += self._draw(painter, item, y) + GAP
        painter.end()

    def _draw(self, painter: QPainter, item: Item, y: float) -> float:
        """Its height."""
        if isinstance(item, Words):
            return self._write(painter, item.text, y, item.token)
        if isinstance(item, Number):
            return self._number(painter, item, y)
        high = self._write(painter, item.label, y, "muted", 0.92) + 3.0
        if isinstance(item, Ramp):
            return high + self._ramp(painter, item, y + high)
        return high + self._gauge(painter, item, y + high)

    def _write(
        self, painter: QPainter, text: str, y: float, token: str, size: float = 0.92, *, bold: bool = False
    ) -> float:
        font = self.theme.font(size, bold=bold)
        wide = self.width() - 2.0 * MARGIN
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        box = QFontMetricsF(font).boundingRect(QRectF(0.0, 0.0, wide, 1e4), flags, text)
        painter.setFont(font)
        painter.setPen(self.theme.color(token))
        painter.drawText(QRectF(MARGIN, y, wide, box.height() + 2.0), flags, text)
        return box.height()

    def _number(self, painter: QPainter, item: Number, y: float) -> float:
        """At the end of its label's line where that has room, else below."""
        font = self.theme.font(1.05, bold=True)
        metrics = QFontMetricsF(font)
        label = QFontMetricsF(self.theme.font(0.92)).horizontalAdvance(item.label)
        beside = label + 8.0 + metrics.horizontalAdvance(item.value) <= self.width() - 2.0 * MARGIN
        high = self._write(painter, item.label, y, "muted", 0.92)
        top = y + high - metrics.height() + 1.0 if beside else y + high
        side = Qt.AlignmentFlag.AlignRight if beside else Qt.AlignmentFlag.AlignLeft
        painter.setFont(font)
        painter.setPen(self.theme.color("text"))
        painter.drawText(QRectF(MARGIN, top, self.width() - 2.0 * MARGIN, metrics.height()), side, item.value)
        return high if beside else high + metrics.height()

    def _ramp(self, painter: QPainter, item: Ramp, y: float) -> float:
        wide = self.width() - 2.0 * MARGIN
        row = numpy.ascontiguousarray(item.table[None, :, :])
        image = QImage(row.data, row.shape[1], 1, 3 * row.shape[1], QImage.Format.Format_RGB888).copy()
        painter.drawImage(QRectF(MARGIN, y, wide, STRIP), image)
        painter.setPen(QPen(self.theme.color("line"), 1.0))
        painter.drawRect(QRectF(MARGIN, y, wide, STRIP))
        return STRIP + self._ends(painter, "0", "", short(item.high, 3), y + STRIP + 1.0)

    def _gauge(self, painter: QPainter, item: Gauge, y: float) -> float:
        """A needle over a scale: green around 1, and further off ever less to be trusted."""
        wide, top = self.width() - 2.0 * MARGIN, y + 7.0
        middle = MARGIN + wide / 2.0
        painter.fillRect(QRectF(MARGIN, top, wide, STRIP - 2.0), self.theme.color("line"))
        near = wide / 2.0 * math.log10(1.25) / WIDEST
        painter.fillRect(QRectF(middle - near, top, 2.0 * near, STRIP - 2.0), self.theme.color("good"))
        painter.setPen(QPen(self.theme.color("muted"), 1.0))
        painter.drawLine(QPointF(middle, top - 2.0), QPointF(middle, top + STRIP))
        if item.ratio > 0.0:
            decades = min(max(math.log10(item.ratio) if math.isfinite(item.ratio) else WIDEST, -WIDEST), WIDEST)
            x = middle + wide / 2.0 * decades / WIDEST
            painter.setPen(QPen(self.theme.color("surface"), 1.0))
            painter.setBrush(self.theme.color("text"))
            tip = QPointF(x, top + 3.0)
            painter.drawPolygon(QPolygonF([tip, tip + QPointF(-5.0, -9.0), tip + QPointF(5.0, -9.0)]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        return STRIP + 6.0 + self._ends(painter, "0.1", "1", "10", top + STRIP)

    def _ends(self, painter: QPainter, left: str, middle: str, right: str, y: float) -> float:
        font = self.theme.font(0.85)
        painter.setFont(font)
        painter.setPen(self.theme.color("muted"))
        box = QRectF(MARGIN, y, self.width() - 2.0 * MARGIN, QFontMetricsF(font).height())
        for text, side in ((left, "AlignLeft"), (middle, "AlignHCenter"), (right, "AlignRight")):
            painter.drawText(box, getattr(Qt.AlignmentFlag, side), text)
        return box.height()
