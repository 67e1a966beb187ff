"""Axes that choose few, round ticks and never let two labels touch: numbers, powers of ten, and named places."""

import math
from collections.abc import Sequence
from typing import Any

import numpy
import pyqtgraph
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPen

from nnviz.ui.plots.charts.wording import power, round_number
from nnviz.ui.theme import TEXT_PIXELS, Theme

Ticks = list[tuple[float, list[float]]]
"""Major ticks with labels first, then minor ones without: (spacing, places) each, as pyqtgraph wants them."""

ROOM = {"left": 2.6, "bottom": 5.2}
"""Distance between two labels at least, in text heights."""


class Axis(pyqtgraph.AxisItem):
    """What all axes share: the theme's colours and typeface, and a size that does not jump while numbers change."""

    def __init__(self, orientation: str, name: str) -> None:
        self.text_pixels = TEXT_PIXELS
        super().__init__(orientation, maxTickLength=4)
        self.name = name
        self.least_width = 0.0
        self.natural_width = 0.0
        self.enableAutoSIPrefix(False)
        # Only the major ticks carry text.
        self.setStyle(maxTextLevel=0, hideOverlappingLabels=False, autoExpandTextSpace=False, tickAlpha=255)

    def boundingRect(self) -> QRectF:
        """pyqtgraph leaves out labels that reach beyond this: at the ends of a bottom axis half a label may."""
        aside = 2.0 * self.text_pixels if self.orientation == "bottom" else 0.0
        return super().boundingRect().adjusted(-aside, 0.0, aside, 0.0)

    def setLabel(self, *args: Any, **kwargs: Any) -> None:
        """pyqtgraph puts a name in the middle of the axis when the axis changes its size, not when the name does."""
        super().setLabel(*args, **kwargs)
        self.resizeEvent()

    def rename(self, name: str) -> None:
        """Another name, in the same style."""
        if name != self.name:
            self.name = name
            self.setLabel(name)

    def restyle(self, theme: Theme) -> None:
        """The theme's colours and sizes. Pens are not cosmetic, so that they grow with an exported picture."""
        self.text_pixels = theme.text_pixels
        pen = QPen(theme.color("line"), 1.0)
        self.setPen(pen)
        self.setTickPen(pen)
        self.setTextPen(theme.text)
        self.setTickFont(theme.font(0.92))
        self.setLabel(self.name, **{"color": theme.muted, "font-size": f"{theme.text_pixels}px"})
        if self.orientation == "bottom":
            self.setHeight(round(theme.text_pixels * 3.2))

    def reserve(self, low: float, high: float, pixels: float) -> None:
        """Makes a left axis as wide as the labels of this range need, in steps, so that it seldom moves.

        ``least_width`` lets charts that stand above each other be level.
        """
        if self.orientation != "left":
            return
        font = QFont(self.style["tickFont"] or self.font())
        font.setPixelSize(self.text_pixels)
        shown = QFontMetricsF(font).elidedText(self.name, Qt.TextElideMode.ElideRight, pixels)
        if shown != self.labelText:
            self.setLabel(shown)
        metrics = QFontMetricsF(self.style["tickFont"] or self.font())
        spacing, places = self.tickValues(low, high, pixels)[0]
        widest = max((metrics.horizontalAdvance(text) for text in self.tickStrings(places, 1.0, spacing)), default=0.0)
        # Below the labels' own width come the tick, a gap, and the axis's name on its side.
        self.natural_width = 8.0 * math.ceil((widest + 10.0 + 1.7 * self.text_pixels) / 8.0)
        wanted = max(self.natural_width, self.least_width)
        if wanted != self.width():
            self.setWidth(wanted)

    def labels_that_fit(self, pixels: float) -> int:
        """How many labels have room along the axis."""
        return max(2, int(pixels / (ROOM[self.orientation] * self.text_pixels)))


class NumberAxis(Axis):
    """A linear axis."""

    def tickValues(self, low: float, high: float, pixels: float) -> Ticks:
        """Multiples of 1, 2 or 5 times a power of ten."""
        if not (math.isfinite(low) and math.isfinite(high) and high > low):
            return [(1.0, [])]
        step = _round_step((high - low) / self.labels_that_fit(pixels))
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        return [(step, [number * step for number in range(first, last + 1)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """As many decimals as the spacing needs, all labels alike."""
        del scale
        largest = max((abs(value) for value in values), default=0.0)
        if largest >= 1e7 or (largest and largest < 1e-3):
            return [round_number(value) for value in values]
        decimals = max(0, -math.floor(math.log10(spacing) + 1e-9))
        return [f"{value:,.{decimals}f}".replace("-", "−") for value in values]


class DecadeAxis(NumberAxis):
    """An axis of log₁₀ values, labelled with the numbers themselves: 10ⁿ, and 2 or 5 times that where there is room.

    zero_at: where the numbers are drawn that are exactly 0 and so have no logarithm; None when there are none.
    logarithmic: False makes it an ordinary axis of numbers.
    """

    zero_at: float | None = None
    logarithmic = True

    def tickValues(self, low: float, high: float, pixels: float) -> Ticks:
        """Whole decades, every so many; within few decades also parts of them."""
        if not self.logarithmic:
            return super().tickValues(low, high, pixels)
        if not (math.isfinite(low) and math.isfinite(high) and high > low):
            return [(1.0, [])]
        bottom = low if self.zero_at is None else max(low, self.zero_at + 0.5)
        room, decades = self.labels_that_fit(pixels), high - bottom
        stride = round(_round_step(max(1.0, decades / room)))
        major = _multiples(bottom, high, stride)
        while len(major) < 2 and stride > 1:
            # Of 10⁻⁵ and 1 only one may lie within; then every second or each decade is labelled.
            stride = stride // 2
            major = _multiples(bottom, high, stride)
        minor = _parts(bottom, high, (2, 3, 4, 5, 6, 7, 8, 9)) if decades * 9 * 4 < pixels else []
        for mantissas in ((1, 2, 5), (1, 2, 3, 4, 5, 6, 7, 8, 9)):
            if len(major) < 3:
                finer = _parts(bottom, high, mantissas)
                major = finer if len(finer) <= room + 1 else major
        if len(major) < 2:
            major, minor = _even_parts(bottom, high, room), []
        if self.zero_at is not None and low <= self.zero_at <= high:
            major.insert(0, self.zero_at)
        return [(1.0, major), (0.1, [place for place in minor if place not in major])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """10ⁿ for whole decades, plain numbers or m×10ⁿ between them."""
        if not self.logarithmic:
            return super().tickStrings(values, scale, spacing)
        return [self._text(value) for value in values]

    def _text(self, place: float) -> str:
        if place == self.zero_at:
            return "0"
        if abs(place - round(place)) < 1e-9:
            exponent = round(place)
            return {0: "1", 1: "10", -1: "0.1"}.get(exponent, power(exponent))
        return round_number(10.0**place)


class PlaceAxis(Axis):
    """An axis of named places 0, 1, 2, …; names that would touch are left out evenly, the last one never."""

    names: Sequence[str] = ()

    def tickValues(self, low: float, high: float, pixels: float) -> Ticks:
        """The places whose names are shown."""
        widest = max((len(name) for name in self.names), default=1)
        em = 1.5 if self.orientation == "left" else 0.62 * widest + 0.9
        room = max(1, int(pixels / (em * self.text_pixels)))
        stride = max(1, math.ceil(len(self.names) / room))
        last = len(self.names) - 1
        places = [place for place in range(last, -1, -stride) if low <= place <= high]
        return [(1.0, [float(place) for place in reversed(places)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """The names."""
        del scale, spacing
        return [self.names[round(value)] for value in values]


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below ``least``."""
    decade = 10.0 ** math.floor(math.log10(least))
    return next(decade * part for part in (1.0, 2.0, 5.0, 10.0) if decade * part >= least * (1.0 - 1e-9))


def _multiples(low: float, high: float, stride: int) -> list[float]:
    """All multiples of a whole number between low and high."""
    numbers = range(math.ceil(low / stride - 1e-9), math.floor(high / stride + 1e-9) + 1)
    return [float(number * stride) for number in numbers]


def _parts(low: float, high: float, mantissas: Sequence[int]) -> list[float]:
    """log₁₀ of the mantissas times all powers of ten between low and high."""
    decades = range(math.floor(low), math.ceil(high) + 1)
    places = [decade + math.log10(mantissa) for decade in decades for mantissa in mantissas]
    return [place for place in places if low <= place <= high]


def _even_parts(low: float, high: float, room: int) -> list[float]:
    """log₁₀ of evenly spaced round numbers, for a stretch of less than a decade."""
    first, last = 10.0**low, 10.0**high
    if not 0.0 < first < last < math.inf:
        return []
    step = _round_step((last - first) / room)
    numbers = numpy.arange(math.ceil(first / step), math.floor(last / step) + 1) * step
    return [math.log10(number) for number in numbers if number > 0.0]
