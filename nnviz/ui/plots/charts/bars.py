"""The bars of a chart of layers, with whiskers and numbers: one layer or fifty, a number is readable or left out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from nnviz.ui.plots.charts.decades import Decades
from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.charts.wording import short

Floats = NDArray[numpy.float64]

FILL = 0.72
"""Share of a layer's place that its bar takes."""
CROWD = 12
"""More numbers than these would cover the ticks of a former run."""
EVERY = 5
"""Where there is no room for all numbers, those of every fifth layer are written."""


@dataclass(frozen=True)
class Lettering:
    """How the numbers are written. every: on which bars, counted from the last."""

    font: QFont
    texts: Sequence[str]
    turned: bool
    every: int = 1


class Bars(Ink):
    """The bars. A zero is written as 0 at the floor, what is no number as NaN. Whiskers: quantiles over the units."""

    def __init__(self) -> None:
        super().__init__(depth=2.0)
        self.values: Floats = numpy.zeros(0)
        self.spread: Floats = numpy.zeros((0, 2))
        self.ghost: Floats | None = None
        self.decades = Decades(-1.0, 0.0)

    def show_values(self, values: Floats, spread: Floats, decades: Decades, ghost: Floats | None = None) -> None:
        """Other values (L,) and quantiles (L, 2), nan where there are none; ghost: (L,) of the former run."""
        self.values, self.spread, self.decades, self.ghost = values, spread, decades, ghost
        self.update()

    def tops(self) -> Floats:
        """Where each bar ends, (L,); nan where there is none."""
        return self.decades.place(self.values)

    def whiskers(self) -> Floats:
        """Where each whisker begins and ends, (L, 2); nan where there is none."""
        return self.decades.place(self.spread)

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Bars and whiskers, then the numbers, upright where they have the room and turned where they have not."""
        slot = mapping.width / (mapping.right - mapping.left)
        style = self._lettering(slot)
        whiskers = numpy.clip(mapping.y(self.whiskers()), 0.0, mapping.height)
        ticks = None
        if self.ghost is not None:
            ticks = numpy.clip(mapping.y(self.decades.place(self.ghost)), 1.0, mapping.height - 1.0)
        for layer, (value, top) in enumerate(zip(self.values, self.tops(), strict=True)):
            x, y = mapping.at(layer, float(top) if math.isfinite(top) else mapping.bottom)
            bar = QRectF(x - FILL * slot / 2.0, y, FILL * slot, max(0.0, mapping.height - y))
            color = self.theme.layer_color(layer + 1, len(self.values))
            self._draw_bar(painter, bar, float(value), color)
            if ticks is not None and math.isfinite(ticks[layer]):
                self._draw_tick(painter, bar, float(ticks[layer]))
            low, high = (float(end) for end in whiskers[layer])
            if math.isfinite(low) and math.isfinite(high) and low - high >= 1.0:
                # Beside the middle where numbers run up the bar.
                self._draw_whisker(painter, bar.center().x() + (0.4 * bar.width() if style.turned else 0.0), low, high)
            if (len(self.values) - 1 - layer) % style.every == 0:
                clear = min(bar.top(), high) if math.isfinite(high) else bar.top()
                if ticks is not None and 0.0 < clear - ticks[layer] < 1.7 * self.theme.text_pixels:
                    clear = float(ticks[layer]) - 1.0
                painter.setFont(style.font)
                odd = not math.isfinite(value)
                if style.turned:
                    self._write_turned(painter, style, layer, bar, clear, odd=odd)
                else:
                    self._write(painter, style.texts[layer], bar.center().x(), clear, odd=odd)

    def _lettering(self, slot: float) -> Lettering:
        """All digits side by side, fewer digits, turned, or only some of them turned: the first that has the room."""
        font = self.theme.font(0.92)
        for digits in (4, 2):
            texts = [short(float(value), digits) for value in self.values]
            metrics = QFontMetricsF(font)
            if max((metrics.horizontalAdvance(text) for text in texts), default=0.0) + 4.0 <= slot:
                return Lettering(font, texts, turned=False)
        for size in (0.92, 0.8):
            font = self.theme.font(size)
            crowded = self.ghost is not None and len(self.values) > CROWD
            if QFontMetricsF(font).height() * 0.85 <= FILL * slot and not crowded:
                return Lettering(font, texts, turned=True)
        return Lettering(font, texts, turned=True, every=EVERY)

    def _draw_bar(self, painter: QPainter, bar: QRectF, value: float, color: QColor) -> None:
        if value == 0.0:
            painter.setPen(QPen(self.theme.color("dead"), 2.0))
            painter.drawLine(bar.topLeft(), bar.topRight())
        elif not math.isnan(value):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("bad") if math.isinf(value) else color)
            painter.drawRect(bar)

    def _draw_tick(self, painter: QPainter, bar: QRectF, y: float) -> None:
        """The former run's value: a line across the bar's place, wider than it, with a pale edge to be seen on it."""
        over = 0.14 * bar.width()
        line = (QPointF(bar.left() - over, y), QPointF(bar.right() + over, y))
        painter.setPen(QPen(self.theme.color("surface", 0.8), 3.0))
        painter.drawLine(*line)
        painter.setPen(QPen(self.theme.color("muted"), 1.4))
        painter.drawLine(*line)

    def _draw_whisker(self, painter: QPainter, x: float, low: float, high: float) -> None:
        """A line from quantile to quantile, with a pale edge so that it is seen on any bar."""
        line = (QPointF(x, low), QPointF(x, high))
        painter.setPen(QPen(self.theme.color("surface"), 3.0))
        painter.drawLine(*line)
        painter.setPen(QPen(self.theme.color("text"), 1.2))
        painter.drawLine(*line)
        for y in (low, high):
            painter.drawLine(QPointF(x - 2.5, y), QPointF(x + 2.5, y))

    def _write(self, painter: QPainter, text: str, x: float, clear: float, *, odd: bool) -> None:
        metrics = QFontMetricsF(painter.font())
        long, thick = metrics.horizontalAdvance(text) + 6.0, metrics.height()
        painter.setPen(self.theme.color("bad" if odd else "text"))
        place = QRectF(x - long / 2.0, max(0.0, clear - thick - 1.0), long, thick)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _write_turned(
        self, painter: QPainter, style: Lettering, layer: int, bar: QRectF, clear: float, *, odd: bool
    ) -> None:
        """At the foot of a bar that is wide and high enough, else above it on a ground of its own."""
        metrics = QFontMetricsF(painter.font())
        long, thick = metrics.horizontalAdvance(style.texts[layer]) + 6.0, metrics.height()
        inside = style.every == 1 and bar.height() > long and not odd
        foot = bar.bottom() - 2.0 if inside else max(clear - 1.0, long)
        painter.save()
        painter.translate(bar.center().x() - (0.1 * bar.width() if inside else 0.0), foot)
        painter.rotate(-90.0)
        place = QRectF(0.0, -thick / 2.0, long, thick)
        if inside:
            ground = self.theme.layer_color(layer + 1, len(self.values))
            painter.setPen(QColor("white" if ground.lightnessF() < 0.5 else "black"))
        else:
            painter.fillRect(place, self.theme.color("surface", 0.75))
            painter.setPen(self.theme.color("bad" if odd else "text"))
        painter.drawText(place.adjusted(3.0, 0.0, 0.0, 0.0), Qt.AlignmentFlag.AlignVCenter, style.texts[layer])
        painter.restore()
