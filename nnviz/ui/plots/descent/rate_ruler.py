"""The learning rates of a strip on one ruler, with the zones that the curvature makes: up to 1/λ, up to 2/λ, beyond."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.experiment.descent.rate_strip import RateStrip
from nnviz.experiment.descent.wording import number
from nnviz.ui.theme import GRID, LIGHT, Theme

TOKENS = {
    "slow": "accent", "fast": "good", "oscillating": "warning", "diverging": "bad", "undefined": "muted",
    "resting": "muted",
}  # fmt: skip
"""Colours of the verdicts."""
REACH = 2.5
"""The ruler goes on by this factor beyond the outermost number on it."""


class RateRuler(QWidget):
    """Powers of ten from left to right. A dot for each rate."""

    def __init__(self) -> None:
        super().__init__()
        self.theme: Theme = LIGHT
        self.strip: RateStrip | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Learning rates and the limits of stability")

    def show_strip(self, strip: RateStrip) -> None:
        """Other rates, or another curvature."""
        self.strip = strip
        limits = f"1/λ = {number(strip.smooth_limit)}, 2/λ = {number(strip.stability_limit)}"
        self.setAccessibleDescription(limits)
        self.update()

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours and typeface."""
        self.theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row of text, the ruler, a row of text."""
        return QSize(200, round(4.3 * self.theme.text_pixels))

    def minimumSizeHint(self) -> QSize:
        """Of any width."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Zones, limits, rates."""
        del event
        if self.strip is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, self.strip)
        painter.end()

    def _draw(self, painter: QPainter, strip: RateStrip) -> None:
        theme, text = self.theme, self.theme.text_pixels
        rates = [path.rate for path in strip.paths]
        limits = [value for value in (strip.smooth_limit, strip.stability_limit) if math.isfinite(value) and value > 0]
        low, high = math.log10(min(rates + limits) / REACH), math.log10(max(rates + limits) * REACH)
        left, right, top = 2.0 * GRID, self.width() - 2.0 * GRID, 1.55 * text
        height = 0.55 * text

        def at(value: float) -> float:
            return left + (right - left) * (math.log10(value) - low) / (high - low)

        zones = [left, *(at(value) for value in limits), right] if len(limits) == 2 else [left, right]
        tokens = ("good", "warning", "bad") if len(limits) == 2 else ("line",)
        for begin, end, token in zip(zones[:-1], zones[1:], tokens, strict=True):
            painter.fillRect(QRectF(begin, top, end - begin, height), theme.color(token, 0.35))
        painter.setFont(theme.font(0.92))
        metrics = QFontMetricsF(painter.font())
        # Away from the start the curvature may be another, unless the surface is a quadratic.
        names = tuple(name if strip.exact else f"{name} at first" for name in ("smooth", "swings", "diverges"))
        if len(limits) == 2:
            painter.setPen(theme.color("muted"))
            for begin, end, name in zip(zones[:-1], zones[1:], names, strict=True):
                if metrics.horizontalAdvance(name) + 6.0 < end - begin:
                    painter.drawText(QRectF(begin, top + height, end - begin, 1.7 * text), _CENTER, name)
        free = 0.0
        for value, name in zip(limits, ("1/λ", "2/λ"), strict=False):
            x = at(value)
            painter.setPen(QPen(theme.color("text"), 1.6))
            painter.drawLine(QPointF(x, top - 4.0), QPointF(x, top + height + 4.0))
            words = f"{name} = {number(value, 3)}"
            wide = metrics.horizontalAdvance(words)
            place = min(max(x - wide / 2.0, free, left), right - wide)
            if place + wide > right + 1.0 or place < free:
                continue
            painter.drawText(QRectF(place, 0.0, wide + 2.0, top - 3.0), Qt.AlignmentFlag.AlignVCenter, words)
            free = place + wide + GRID
        for path in strip.paths:
            painter.setPen(QPen(theme.color("surface"), 1.5))
            painter.setBrush(theme.color(TOKENS[path.verdict]))
            painter.drawEllipse(QPointF(at(path.rate), top + height / 2.0), 0.42 * text, 0.42 * text)


_CENTER = Qt.AlignmentFlag.AlignCenter
