"""One bar a layer on a scale of decades, with its number written on it."""

import math
from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from nnviz.ui.plots.axes import DecadeAxis, PlaceAxis
from nnviz.ui.plots.chart import Chart
from nnviz.ui.plots.crosshair import Readout
from nnviz.ui.plots.decades import Decades
from nnviz.ui.plots.ink import Ink, Mapping
from nnviz.ui.plots.wording import full, short
from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]

FILL = 0.72
"""Share of a layer's place that its bar takes."""


class LayerBars(Chart):
    """Bars from the floor of the plot to each layer's value."""

    def __init__(self, quantity: str) -> None:
        self.values, self.places = DecadeAxis("left", quantity), PlaceAxis("bottom", "layer, from input to output")
        super().__init__(self.values, self.places, grid="rows")
        self.bars = Bars()
        self.names: Sequence[str] = ()
        self.add(self.bars)
        self.probe = self._readout
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "bars"):
            self.bars.theme = theme

    def show_values(self, values: Floats, names: Sequence[str], decades: Decades) -> None:
        """Other values, (L,); names of the layers; the scale that holds them."""
        self.names, self.places.names = names, names
        self.places.picture = None
        self.values.zero_at = decades.zero_at
        self.bars.show_values(values, decades)
        # Above the highest bar there is room for its number.
        top = decades.high + 0.14 * (decades.high - decades.bottom)
        self.frame(-0.5, len(values) - 0.5, decades.bottom, top)

    def _readout(self, x: float, _y: float) -> Readout | None:
        layer = round(x)
        if not 0 <= layer < len(self.names):
            return None
        value = float(self.bars.values[layer])
        last = float(self.bars.values[-1])
        lines = [f"layer {self.names[layer]}", f"RMS(∂J/∂W) {full(value)}"]
        if layer < len(self.names) - 1 and value > 0.0 and last > 0.0 and math.isfinite(value / last):
            lines.append(f"{full(value / last)} of the output layer's")
        return Readout("\n".join(lines))


class Bars(Ink):
    """The bars. A zero is written as 0 at the floor, what is no number as NaN."""

    def __init__(self) -> None:
        super().__init__(depth=2.0)
        self.theme: Theme = LIGHT
        self.values: Floats = numpy.zeros(0)
        self.decades = Decades(-1.0, 0.0)

    def show_values(self, values: Floats, decades: Decades) -> None:
        """Other values, (L,)."""
        self.values, self.decades = values, decades
        self.update()

    def tops(self) -> Floats:
        """Where each bar ends, (L,); nan where there is none."""
        return self.decades.place(self.values)

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Bars, then the numbers on them, upright where they have the room and turned where they have not."""
        slot = mapping.width / (mapping.right - mapping.left)
        texts = [short(float(value)) for value in self.values]
        font, turned = self._font_for(texts, slot)
        for layer, (value, top) in enumerate(zip(self.values, self.tops(), strict=True)):
            x, y = mapping.at(layer, float(top) if math.isfinite(top) else mapping.bottom)
            bar = QRectF(x - FILL * slot / 2.0, y, FILL * slot, max(0.0, mapping.height - y))
            color = self.theme.layer_color(layer + 1, len(self.values))
            if value == 0.0:
                painter.setPen(QPen(self.theme.color("dead"), 2.0))
                painter.drawLine(bar.topLeft(), bar.topRight())
            elif not math.isnan(value):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self.theme.color("bad") if math.isinf(value) else color)
                painter.drawRect(bar)
            if font is not None:
                painter.setFont(font)
                self._write(painter, texts[layer], bar, color, turned=turned, odd=not math.isfinite(value))

    def _font_for(self, texts: Sequence[str], slot: float) -> tuple[QFont | None, bool]:
        font = self.theme.font(0.92)
        metrics = QFontMetricsF(font)
        if max((metrics.horizontalAdvance(text) for text in texts), default=0.0) + 4.0 <= slot:
            return font, False
        for size in (0.92, 0.8, 0.7):
            font = self.theme.font(size)
            if QFontMetricsF(font).height() * 0.85 <= slot:
                return font, True
        return None, True

    def _write(self, painter: QPainter, text: str, bar: QRectF, color: QColor, *, turned: bool, odd: bool) -> None:
        metrics = QFontMetricsF(painter.font())
        long, thick = metrics.horizontalAdvance(text) + 6.0, metrics.height()
        ink = self.theme.color("bad" if odd else "text")
        if not turned:
            painter.setPen(ink)
            place = QRectF(bar.center().x() - long / 2.0, bar.top() - thick - 1.0, long, thick)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
            return
        inside = bar.top() < long + 2.0 and bar.height() > long
        if inside and not odd:
            ink = QColor("white" if color.lightnessF() < 0.5 else "black")
        foot = bar.top() + long if inside else max(bar.top() - 1.0, long)
        painter.save()
        painter.setPen(ink)
        painter.translate(bar.center().x(), foot)
        painter.rotate(-90.0)
        painter.drawText(QRectF(3.0, -thick / 2.0, long, thick), Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
