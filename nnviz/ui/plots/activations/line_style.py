"""How each activation is drawn, in every figure alike: a hue of the theme, and a dash pattern for eyes or printers that
do not see hues."""

from typing import NamedTuple

import pyqtgraph
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from nnviz.ui.plots.charts.clipping import clips_nothing, inside
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.ink import Floats
from nnviz.ui.theme import Theme

SOLID: tuple[float, ...] = ()
DASH, LONG_DASH, DOT, DASH_DOT = (3.6, 1.6), (8.0, 1.6), (1.0, 1.5), (4.0, 1.4, 1.0, 1.4)
"""Lengths in line widths: mark, gap, …"""

STYLES: dict[str, tuple[int, tuple[float, ...]]] = {
    "linear": (0, DOT),
    "threshold": (0, SOLID),
    "sigmoid": (1, SOLID),
    "tanh": (2, DASH),
    "relu": (3, SOLID),
    "leaky_relu": (4, DASH_DOT),
    "elu": (5, LONG_DASH),
    "softplus": (1, DOT),
    "silu": (3, DOT),
    "gelu": (4, DASH),
    "softmax": (2, DASH_DOT),
}
"""The place among the theme's curves, and the dashes. No two are alike in both."""


class LineStyle(NamedTuple):
    """Colour and dashes, in line widths."""

    color: QColor
    dashes: tuple[float, ...]


def line_style(theme: Theme, name: str) -> LineStyle:
    """The style of an activation."""
    hue, dashes = STYLES.get(name, (0, SOLID))
    return LineStyle(QColor(theme.curves[hue]), dashes)


def styled_pen(style: LineStyle, width: float) -> QPen:
    """A pen in that style."""
    pen = QPen(style.color, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if style.dashes:
        pen.setDashPattern(list(style.dashes))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def swatch(theme: Theme, name: str, scale: float = 1.0) -> QPixmap:
    """A stretch of the activation's line, for a row or a title; scale: pixels of the screen a pixel."""
    size = QSize(round(2.2 * theme.text_pixels), theme.text_pixels)
    picture = QPixmap(size * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(styled_pen(line_style(theme, name), theme.text_pixels / 5.0))
    middle = size.height() / 2.0
    painter.drawLine(QPointF(1.0, middle), QPointF(size.width() - 1.0, middle))
    painter.end()
    return picture


class StyledCurve(Curve):
    """A smooth line in an activation's style."""

    def __init__(self, width: float = 2.4, depth: float = 3.0) -> None:
        super().__init__(QColor("black"), width, depth=depth)
        self.style = LineStyle(QColor("black"), SOLID)

    def restyle(self, style: LineStyle) -> None:
        """Another style."""
        self.style = style
        self.recolor(style.color)

    def _pen(self, opacity: float) -> QPen:
        del opacity  # it has no future
        return styled_pen(self.style, self.width)

    def _stroke(self, painter: QPainter, x: Floats, y: Floats) -> None:
        # As a path at any density: columns, as for noisy lines, would make steep slopes of it.
        y = y.clip(-2.0 * self.mapping.height - 100.0, 3.0 * self.mapping.height + 100.0)
        if clips_nothing(painter):
            x, y = inside(x, y, self.mapping.width, self.mapping.height)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(pyqtgraph.functions.arrayToQPath(x, y, connect="finite"))
