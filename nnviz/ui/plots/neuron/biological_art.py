"""The nerve cell that the mathematical neuron is named after: one dendrite for each input, a cell body, an axon.

A synapse is as large as its weight is strong and has the colour of its sign; spikes run along the axon as often as the
unit's output says.
"""

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QRadialGradient

from nnviz.ui.plots.neuron.strands import bend, disc, taper
from nnviz.ui.theme import Theme

BODY = {"light": ("#e9e2f2", "#b9a7d3", "#6d5a94"), "dark": ("#544a68", "#3c344d", "#b9a7d3")}
"""Middle, rim and outline of the cell, apart from every colour that means something."""
SHEATH = {"light": "#f3ecd9", "dark": "#6a6350"}
PARTS = ((0.17, "dendrites", "take the inputs x"), (0.47, "cell body", "sums, adds b"), (0.8, "axon", "carries a on"))
"""Where along the drawing each part is named, its name, and what the unit has in its place."""
MOST_SPIKES = 9


def paint_cell(painter: QPainter, box: QRectF, weights: Sequence[float], firing: float, theme: Theme) -> None:
    """Paints it into a rectangle. firing: how often it fires, from 0 (silent) to 1."""
    middle_color, rim, outline = (QColor(name) for name in BODY[theme.name])
    painter.save()
    painter.translate(box.topLeft())
    shape = _shape(box.width(), box.height(), len(weights))
    unit, soma, radius = shape.unit, shape.soma, shape.radius
    glow = QRadialGradient(soma, 2.4 * radius)
    glow.setColorAt(0.0, middle_color)
    glow.setColorAt(1.0, rim)
    painter.setBrush(glow)
    painter.setPen(QPen(outline, max(1.0, 0.085 * unit), j=Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(shape.cell)
    _paint_sheath(painter, shape.axon, unit, outline, QColor(SHEATH[theme.name]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(outline)
    painter.drawEllipse(soma + QPointF(-0.08 * radius, -0.05 * radius), 0.36 * radius, 0.34 * radius)
    painter.setBrush(middle_color)
    painter.drawEllipse(soma + QPointF(-0.16 * radius, -0.13 * radius), 0.10 * radius, 0.10 * radius)
    _paint_synapses(painter, shape.tips, weights, unit, theme)
    start, end = shape.axon[0], shape.axon[-1]
    trace = QRectF(start.x() + unit, soma.y() - 3.1 * unit, end.x() - start.x() - unit, 1.5 * unit)
    _paint_spikes(painter, trace, firing, theme)
    painter.restore()


@dataclass(frozen=True, eq=False)
class _Shape:
    """A cell in a box whose upper left corner is (0, 0). unit: a tenth of its height or so."""

    unit: float
    soma: QPointF
    radius: float
    tips: list[QPointF]
    axon: list[QPointF]
    cell: QPainterPath


@functools.lru_cache(maxsize=16)
def _shape(width: float, height: float, count: int) -> _Shape:
    """Joining the strands takes several milliseconds, and weights change nothing of it."""
    unit = min(height, 0.62 * width) / 10.0
    soma = QPointF(0.47 * width, 0.52 * height)
    radius = 1.75 * unit
    tips = _tips(width, soma.y(), count, unit)
    cell = disc(soma, radius)
    for tip in tips:
        cell = cell.united(_dendrite(tip, soma, radius, unit))
    end = QPointF(0.87 * width, soma.y() + 0.1 * unit)
    axon = bend(soma + QPointF(0.82 * radius, 0.0), end, leave=0.10, arrive=-0.08)
    cell = cell.united(taper(axon, 1.5 * unit, 0.42 * unit))
    for shift in (-1.9, -0.1, 1.8):
        knob = end + QPointF(0.095 * width, shift * unit)
        cell = cell.united(taper(bend(end, knob, leave=0.0, arrive=0.0), 0.42 * unit, 0.26 * unit))
        cell = cell.united(disc(knob, 0.34 * unit))
    return _Shape(unit, soma, radius, tips, axon, cell)


def _tips(width: float, middle: float, count: int, unit: float) -> list[QPointF]:
    spread = min(8.4 * unit, 2.9 * unit * (count - 1))
    tips = []
    for index in range(count):
        share = index / (count - 1) - 0.5 if count > 1 else 0.0
        # The outer ones begin further right, around the cell.
        x = 0.07 * width + 2.6 * unit * (2.0 * share) ** 2 * (0.5 if count < 4 else 1.0)
        tips.append(QPointF(x, middle + spread * share))
    return tips


def _dendrite(tip: QPointF, soma: QPointF, radius: float, unit: float) -> QPainterPath:
    toward = math.atan2(soma.y() - tip.y(), soma.x() - tip.x())
    root = soma - QPointF(math.cos(toward), math.sin(toward)) * (0.62 * radius)
    stem = bend(tip, root, leave=0.25 * toward, arrive=1.1 * toward)
    path = taper(stem, 0.26 * unit, 1.5 * unit)
    # Twigs: more of them would be truer, and would be read as more inputs.
    for place, turn, length in ((9, -0.75, 1.15), (14, 0.8, 0.95)):
        at, beyond = stem[place], stem[place + 1]
        angle = math.atan2(at.y() - beyond.y(), at.x() - beyond.x()) + turn
        twig = at + QPointF(math.cos(angle), math.sin(angle)) * (length * unit)
        back = angle + math.pi
        branch = bend(twig, stem[place + 3], leave=back, arrive=back - 0.5 * turn)
        path = path.united(taper(branch, 0.13 * unit, 0.3 * unit))
    return path


def _paint_sheath(painter: QPainter, axon: list[QPointF], unit: float, outline: QColor, fill: QColor) -> None:
    """The insulation around the axon, in pieces."""
    painter.setPen(QPen(outline, max(0.8, 0.1 * unit)))
    painter.setBrush(fill)
    first, pieces = 8, 3
    length = (len(axon) - 2 - first) / pieces
    for piece in range(pieces):
        start, end = axon[round(first + piece * length)], axon[round(first + (piece + 0.82) * length)]
        painter.save()
        painter.translate(start)
        painter.rotate(math.degrees(math.atan2(end.y() - start.y(), end.x() - start.x())))
        size = math.hypot(end.x() - start.x(), end.y() - start.y())
        painter.drawRoundedRect(QRectF(0.0, -0.52 * unit, size, 1.04 * unit), 0.42 * unit, 0.42 * unit)
        painter.restore()


def _paint_synapses(
    painter: QPainter, tips: list[QPointF], weights: Sequence[float], unit: float, theme: Theme
) -> None:
    largest = max(abs(weight) for weight in weights) or 1.0
    for tip, weight in zip(tips, weights, strict=True):
        color = theme.color("positive" if weight > 0.0 else "negative" if weight < 0.0 else "dead")
        size = unit * (0.24 + 0.38 * abs(weight) / largest)
        painter.setPen(QPen(theme.color("muted"), 1.4))
        painter.drawLine(QPointF(0.0, tip.y()), tip)
        painter.setPen(QPen(theme.color("surface"), 1.2))
        painter.setBrush(color)
        painter.drawEllipse(tip, size, size)


def _paint_spikes(painter: QPainter, box: QRectF, firing: float, theme: Theme) -> None:
    """The signal on the axon over time: a flat line with as many spikes as it fires."""
    count = round(MOST_SPIKES * min(max(firing, 0.0), 1.0))
    base = box.bottom()
    line = [QPointF(box.left(), base)]
    for spike in range(count):
        x, half = box.left() + (spike + 0.5) * box.width() / count, min(4.0, 0.2 * box.width() / MOST_SPIKES)
        line += [QPointF(x - half, base), QPointF(x, box.top()), QPointF(x + half, base)]
    line.append(QPointF(box.right(), base))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("accent"), 1.6, j=Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline(QPolygonF(line))
