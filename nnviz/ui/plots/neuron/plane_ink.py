"""What is drawn on the plane of two inputs: dots of both classes, decision lines, the weight vector, the offset."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from nnviz.experiment.neuron.decision_line import DecisionLine
from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.charts.wording import short
from nnviz.ui.theme import Theme

Place = tuple[float, float]
HEAD = 10.0
"""Pixels of an arrow's head."""


@dataclass(frozen=True)
class Dot:
    """A point of class 0 or 1. right: whether the unit answers it right. text: inside. strong: the one being shown."""

    place: Place
    target: int
    right: bool = True
    text: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Stroke:
    """A decision line with its colour. name: at its end. faint: where it was before."""

    line: DecisionLine
    color: QColor
    name: str = ""
    faint: bool = False


class Dots(Ink):
    """Filled by class; a wrong one has a cross beside it."""

    def __init__(self) -> None:
        super().__init__(depth=6.0)
        self.dots: Sequence[Dot] = ()

    def show_dots(self, dots: Sequence[Dot]) -> None:
        """Other dots."""
        self.dots = dots
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """One by one: they are few."""
        for dot in self.dots:
            self._draw(painter, dot, QPointF(*mapping.at(*dot.place)))

    def _draw(self, painter: QPainter, dot: Dot, center: QPointF) -> None:
        theme = self.theme
        radius = 0.85 * theme.text_pixels if dot.text else 6.0
        if dot.strong:
            painter.setPen(QPen(theme.color("text"), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(center, radius + 4.0, radius + 4.0)
        painter.setPen(QPen(theme.color("surface"), 1.6))
        painter.setBrush(theme.class_color(dot.target))
        painter.drawEllipse(center, radius, radius)
        if dot.text:
            painter.setPen(QColor("white") if theme.name == "light" else theme.color("on_accent"))
            painter.setFont(theme.font(bold=True))
            box = QRectF(center.x() - radius, center.y() - radius, 2.0 * radius, 2.0 * radius)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, dot.text)
        if not dot.right:
            arm, middle = 4.2, center + QPointF(radius + 3.0, -radius - 3.0)
            for pen in (QPen(theme.color("surface"), 5.0), QPen(theme.color("bad"), 2.4)):
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm))
                painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm))


class Lines(Ink):
    """Decision lines; of the first one, if asked for, the weight vector and the distance from the origin too."""

    def __init__(self) -> None:
        super().__init__(depth=3.0)
        self.strokes: Sequence[Stroke] = ()
        self.arrows = True

    def show_lines(self, strokes: Sequence[Stroke], *, arrows: bool) -> None:
        """Other lines. arrows: with weight vector and offset."""
        self.strokes, self.arrows = strokes, arrows
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Axes through the origin, then the lines."""
        theme = self.theme
        painter.setPen(QPen(theme.color("text", 0.22), 1.0))
        zero = QPointF(*mapping.at(0.0, 0.0))
        painter.drawLine(QPointF(0.0, zero.y()), QPointF(mapping.width, zero.y()))
        painter.drawLine(QPointF(zero.x(), 0.0), QPointF(zero.x(), mapping.height))
        extent = (mapping.left, mapping.right, mapping.bottom, mapping.top)
        for stroke in self.strokes:
            ends = stroke.line.ends(extent)
            if ends is None:
                continue
            first, last = (QPointF(*mapping.at(*end)) for end in ends)
            pen = QPen(stroke.color, 1.6 if stroke.faint else 2.6)
            if stroke.faint:
                pen.setDashPattern([4.0, 3.0])
            painter.setPen(pen)
            painter.drawLine(first, last)
            if stroke.name:
                self._name_end(painter, stroke, first, last)
        if self.arrows and self.strokes and self.strokes[0].line.exists:
            self._draw_vectors(painter, mapping, self.strokes[0].line, zero)

    def _name_end(self, painter: QPainter, stroke: Stroke, first: QPointF, last: QPointF) -> None:
        """The line's name beside it, a little inside its right or lower end."""
        painter.setFont(self.theme.font(bold=True))
        along = last - first
        size = max(1.0, math.hypot(along.x(), along.y()))
        metrics = QFontMetricsF(painter.font())
        width, height = metrics.horizontalAdvance(stroke.name), metrics.height()
        place = last - along * (1.9 * height / size) + QPointF(-along.y(), along.x()) * (-0.9 * height / size)
        box = QRectF(place.x() - width / 2.0, place.y() - height / 2.0, width, height)
        area = self.boundingRect().adjusted(4.0, 2.0, -4.0, -2.0)
        box.moveLeft(min(max(box.left(), area.left()), area.right() - width))
        box.moveTop(min(max(box.top(), area.top()), area.bottom() - height))
        halo_text(painter, box, stroke.name, stroke.color, self.theme)

    def _draw_vectors(self, painter: QPainter, mapping: Mapping, line: DecisionLine, zero: QPointF) -> None:
        theme = self.theme
        foot = QPointF(*mapping.at(*line.foot))
        inside = self.boundingRect().contains(foot)
        if inside and line.b != 0.0:
            pen = QPen(theme.color("warning"), 2.0)
            pen.setDashPattern([3.0, 2.0])
            painter.setPen(pen)
            painter.drawLine(zero, foot)
            painter.setBrush(theme.color("warning"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(zero, 3.0, 3.0)
            aside = QPointF(-12.0, 0.0) if foot.x() < zero.x() else QPointF(4.0, 0.0)
            self._label(
                painter,
                foot + aside,
                f"offset {short(abs(line.distance), 3)}",
                theme.color("warning"),
                left=foot.x() < zero.x(),
                below=True,
            )
        # Beside the foot, where the offset does not cover it.
        turn = (-line.w[1] / line.length, line.w[0] / line.length)
        if turn[1] < 0.0:
            # Above it, for the offset's label is below.
            turn = (-turn[0], -turn[1])
        shift = 0.11 * (mapping.right - mapping.left)
        start = (line.foot[0] + shift * turn[0], line.foot[1] + shift * turn[1])
        reach = min(1.0, 0.4 * (mapping.right - mapping.left) / line.length)
        end = (start[0] + reach * line.w[0], start[1] + reach * line.w[1])
        tail, tip = QPointF(*mapping.at(*start)), QPointF(*mapping.at(*end))
        if self.boundingRect().contains(tail):
            arrow(painter, tail, tip, theme.color("text"), 2.2)
            self._label(painter, tip, "w", theme.color("text"))

    def _label(
        self, painter: QPainter, at: QPointF, text: str, color: QColor, *, left: bool = False, below: bool = False
    ) -> None:
        painter.setFont(self.theme.font(0.92, bold=True))
        metrics = QFontMetricsF(painter.font())
        box = QRectF(at.x() + 8.0, at.y() - metrics.height() - 2.0, metrics.horizontalAdvance(text), metrics.height())
        if below:
            box.moveTop(at.y() + 6.0)
        if left or box.right() > self.boundingRect().right() - 4.0:
            box.moveRight(at.x() - 8.0)
        box.moveLeft(max(6.0, box.left()))
        box.moveTop(min(max(2.0, box.top()), self.boundingRect().bottom() - box.height() - 2.0))
        halo_text(painter, box, text, color, self.theme)


def arrow(painter: QPainter, tail: QPointF, tip: QPointF, color: QColor, width: float, head: float = HEAD) -> None:
    """A shaft and a filled head; one too short for its head is not drawn."""
    along = tip - tail
    size = math.hypot(along.x(), along.y())
    if size < 2.0:
        return
    head = min(head, 0.6 * size)
    unit = QPointF(along.x() / size, along.y() / size)
    aside = QPointF(-unit.y(), unit.x()) * (0.42 * head)
    base = tip - unit * head
    painter.setPen(QPen(color, width))
    painter.drawLine(tail, base)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([tip, base + aside, base - aside]))


def halo_text(painter: QPainter, box: QRectF, text: str, color: QColor, theme: Theme) -> None:
    """Text on a pale ground, so that it can be read on any colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("surface", 0.82))
    painter.drawRoundedRect(box.adjusted(-4.0, -1.0, 4.0, 1.0), 4.0, 4.0)
    painter.setPen(color)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)
