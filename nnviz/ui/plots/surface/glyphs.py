"""The signs that lie on a surface, drawn the same on the map, in space and on a curve: marks, heads, arrows, tags."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from nnviz.ui.plots.surface.overlays import MarkKind
from nnviz.ui.theme import Theme

HEAD_RADIUS = 4.6
MARK_RADIUS = 6.0
TIP, THIN_TIP = 11.0, 7.0
"""Pixels of a vector's tip, and of one among many."""
RIM = 0.96
"""Opacity of what sets a sign off: not that of the ground, which may be clear in a picture."""


def rim_of(theme: Theme) -> QColor:
    """Around signs, in the ground's colour."""
    return theme.color("surface", RIM)


def draw_head(painter: QPainter, at: QPointF, color: QColor, rim: QColor) -> None:
    """The head of a path: a disc with a rim that sets it off from whatever is below."""
    painter.setPen(QPen(rim, 1.6))
    painter.setBrush(color)
    painter.drawEllipse(at, HEAD_RADIUS, HEAD_RADIUS)


def draw_mark(painter: QPainter, kind: MarkKind, at: QPointF, color: QColor, rim: QColor) -> None:
    """start: a ring. current: a disc. minimum: a star. maximum: a triangle. saddle: a cross. All with a rim."""
    if kind == "current":
        draw_head(painter, at, color, rim)
    elif kind == "start":
        for ink, width in ((rim, 4.6), (color, 2.2)):
            painter.setPen(QPen(ink, width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, MARK_RADIUS - 1.0, MARK_RADIUS - 1.0)
    elif kind == "saddle":
        arm = 0.75 * MARK_RADIUS
        for ink, width in ((rim, 5.2), (color, 2.4)):
            painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(at + QPointF(-arm, -arm), at + QPointF(arm, arm))
            painter.drawLine(at + QPointF(-arm, arm), at + QPointF(arm, -arm))
    else:
        painter.setPen(QPen(rim, 1.4))
        painter.setBrush(color)
        points, inner = (5, 0.45) if kind == "minimum" else (3, 0.5)
        painter.drawPolygon(_star(at, points, 1.35 * MARK_RADIUS, inner))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def draw_arrow(
    painter: QPainter, start: QPointF, end: QPointF, color: QColor, rim: QColor, *, thin: bool = False
) -> None:
    """A shaft and a tip that ends exactly at ``end``; a vector of less than a pixel is a dot."""
    along = end - start
    length = math.hypot(along.x(), along.y())
    if length < 1.0:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(start, 2.0, 2.0)
        return
    ahead = along * (1.0 / length)
    aside = QPointF(-ahead.y(), ahead.x())
    tip = min(THIN_TIP if thin else TIP, 0.6 * length)
    foot = end - ahead * tip
    head = QPolygonF([end, foot + aside * (0.42 * tip), foot - aside * (0.42 * tip)])
    for ink, width in ((rim, 2.6), (color, 1.2)) if thin else ((rim, 5.0), (color, 2.6)):
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(start, foot)
        painter.setPen(QPen(ink, (1.2 if thin else 2.4) if ink is rim else 0.0001))
        painter.setBrush(ink)
        painter.drawPolygon(head)
    painter.setBrush(Qt.BrushStyle.NoBrush)


class Tags:
    """Short texts beside points, none over another. within: where they may stand."""

    def __init__(self, painter: QPainter, theme: Theme, within: QRectF) -> None:
        self._painter, self._theme, self._within = painter, theme, within
        self._taken: list[QRectF] = []

    def draw(self, at: QPointF, text: str, color: QColor | None = None, away: QPointF | None = None) -> None:
        """away: the direction, of length 1, in which the text should rather stand; to the right unless told."""
        if not text:
            return
        painter, theme = self._painter, self._theme
        font = theme.font(0.92, bold=True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        wide, high = metrics.horizontalAdvance(text) + 8.0, metrics.height() + 1.0
        first = away if away is not None else QPointF(1.0, 0.0)
        others = [QPointF(1, 0), QPointF(-1, 0), QPointF(0, -1), QPointF(0, 1), QPointF(0.8, 0.8), QPointF(-0.8, 0.8)]
        places = [self._beside(at, direction, wide, high) for direction in (first, *others)]
        free = [box for box in places if self._within.contains(box) and not any(box.intersects(t) for t in self._taken)]
        box = free[0] if free else places[0]
        self._taken.append(box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface", 0.78))
        painter.drawRoundedRect(box, 3.0, 3.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(theme.color("text") if color is None else legible(color, theme))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _beside(self, at: QPointF, direction: QPointF, wide: float, high: float) -> QRectF:
        # As close as a box in that direction can be without touching the sign.
        apart = 9.0 + min(wide / 2.0 / max(abs(direction.x()), 1e-9), high / 2.0 / max(abs(direction.y()), 1e-9))
        middle = at + direction * apart
        return QRectF(middle.x() - wide / 2.0, middle.y() - high / 2.0, wide, high)


def legible(color: QColor, theme: Theme) -> QColor:
    """The colour as that of a text on the theme's ground: darker in the light, lighter in the dark."""
    made = QColor(color)
    ground = theme.color("surface")
    for _ in range(6):
        if abs(_luma(made) - _luma(ground)) > 0.42:
            break
        made = made.darker(118) if _luma(ground) > 0.5 else made.lighter(118)
    return made


def _luma(color: QColor) -> float:
    return 0.299 * color.redF() + 0.587 * color.greenF() + 0.114 * color.blueF()


def _star(at: QPointF, points: int, radius: float, inner: float) -> QPolygonF:
    corners = []
    for number in range(2 * points):
        angle = math.pi * (number / points - 0.5)
        size = radius if number % 2 == 0 else radius * inner
        corners.append(at + QPointF(size * math.cos(angle), size * math.sin(angle)))
    return QPolygonF(corners)
