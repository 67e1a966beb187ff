"""The strip beside a map that says which number has which colour."""

import math
from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from nnviz.ui.plots.charts.axes import Axis, DecadeAxis, NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.theme import LIGHT, Theme

STRIP = 12.0


class WithBar(QWidget):
    """A chart and its colour bar close beside it, in the middle of the room there is."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.chart, self.bar = chart, ColorBar(chart)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 4, 0)
        self._row.setSpacing(0)
        self._row.addWidget(chart, 1)
        self._row.addWidget(self.bar)

    def arrange(self) -> None:
        """Leaves what a square chart cannot use empty, the same on both sides."""
        beside = self.bar.minimumWidth() if not self.bar.isHidden() else 0
        free = self.width() - beside - self.chart.widest()
        side = int(max(0.0, free) / 2.0) if math.isfinite(free) else 0
        if self._row.contentsMargins().left() != side:
            self._row.setContentsMargins(side, 0, max(4, side), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size leaves other room."""
        super().resizeEvent(event)
        # The chart's height is this widget's; its own event comes later.
        self.chart.resize(self.chart.width(), self.height())
        self.arrange()


class ColorBar(QWidget):
    """Beside a chart: colours from ``low`` at the bottom to ``high``, with the ticks of a linear axis or of decades.

    zero: an extra field at the foot, for exact zeros on a log scale.
    """

    def __init__(self, beside: Chart) -> None:
        super().__init__()
        self._chart = beside
        self.theme: Theme = LIGHT
        self.table: NDArray[numpy.uint8] = numpy.zeros((2, 3), dtype=numpy.uint8)
        self.low, self.high, self.zero, self.title = 0.0, 1.0, False, ""
        self._numbers, self._decades = NumberAxis("left", ""), DecadeAxis("left", "")
        self._axis: Axis = self._numbers
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_scale(
        self,
        table: NDArray[numpy.uint8],
        low: float,
        high: float,
        title: str,
        *,
        decades: bool = False,
        zero: bool = False,
    ) -> None:
        """Other colours (n, 3) or numbers."""
        self.table, self.low, self.high, self.title, self.zero = table, low, high, title, zero
        self._axis = self._decades if decades else self._numbers
        self._fit()
        self.update()

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours and typeface."""
        self.theme = theme
        for axis in (self._numbers, self._decades):
            axis.text_pixels = theme.text_pixels
        self._fit()
        self.update()

    def labels(self) -> list[tuple[float, str]]:
        """(number, text) of each tick."""
        spacing, places = self._axis.tickValues(self.low, self.high, self._strip().height())[0]
        return list(zip(places, self._axis.tickStrings(places, 1.0, spacing), strict=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The strip, its ticks, and its title along the right side."""
        del event
        painter = QPainter(self)
        strip, theme = self._strip(), self.theme
        upright = numpy.ascontiguousarray(self.table[::-1])
        image = QImage(upright.data, 1, len(upright), 3, QImage.Format.Format_RGB888)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawImage(strip, image)
        painter.setFont(theme.font(0.92))
        height = QFontMetricsF(painter.font()).height()
        right = strip.right() + 6.0
        labels: Sequence[tuple[float, str]] = self.labels()
        painter.setPen(theme.color("text"))
        for number, text in labels:
            y = strip.bottom() - (number - self.low) / (self.high - self.low) * strip.height()
            painter.drawText(QRectF(right, y - height / 2.0, 200.0, height), Qt.AlignmentFlag.AlignVCenter, text)
        if self.zero:
            foot = QRectF(strip.left(), strip.bottom() + 5.0, STRIP, STRIP)
            painter.fillRect(foot, theme.color("dead"))
            painter.drawText(
                QRectF(right, foot.center().y() - height / 2.0, 30.0, height), Qt.AlignmentFlag.AlignVCenter, "0"
            )
        painter.setPen(QPen(theme.color("muted")))
        painter.setFont(theme.font())
        # Close to the numbers: there may be fewer of them, and shorter ones, than when the width was settled.
        beside = right + self._widest() + 0.85 * theme.text_pixels
        painter.translate(min(self.width() - 0.85 * theme.text_pixels, beside), strip.center().y())
        painter.rotate(-90.0)
        # As far as the nearer end of the widget on both sides; what does not fit there ends in dots.
        half = min(strip.center().y(), self.height() - strip.center().y())
        title = QFontMetricsF(painter.font()).elidedText(self.title, Qt.TextElideMode.ElideRight, 2.0 * half)
        painter.drawText(QRectF(-half, -10.0, 2.0 * half, 20.0), Qt.AlignmentFlag.AlignCenter, title)
        painter.end()

    def _strip(self) -> QRectF:
        """Level with the plot area beside it."""
        above, below = self._chart.plot_ends()
        return QRectF(2.0, above, STRIP, max(20.0, below - above))

    def _widest(self) -> float:
        """Pixels of the widest number."""
        metrics = QFontMetricsF(self.theme.font(0.92))
        return max((metrics.horizontalAdvance(text) for _, text in self.labels()), default=20.0)

    def _fit(self) -> None:
        wanted = 8 * -(-int(STRIP + 14.0 + self._widest() + 1.5 * self.theme.text_pixels) // 8)
        if wanted != self.minimumWidth() or wanted != self.maximumWidth():
            self.setFixedWidth(wanted)
