"""The mathematical neuron: inputs, weighted edges, the sum with its bias, the activation and the output."""

import math

import numpy
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from nnviz.experiment.neuron.firing import ActivationCurve, Firing, activation_of
from nnviz.experiment.neuron.specification import UnitSpec
from nnviz.ui.plots.charts.wording import short
from nnviz.ui.plots.neuron.arithmetic_text import input_name, subscript
from nnviz.ui.plots.neuron.plane_ink import arrow, halo_text
from nnviz.ui.theme import Theme

PARTS = ((0.13, "inputs x"), (0.33, "times weights w"), (0.52, "sum z"), (0.74, "activation f"), (0.96, "output a"))
THINNEST, WIDEST = 1.2, 8.0
"""Pixels of an edge."""


def paint_unit(
    painter: QPainter, box: QRectF, unit: UnitSpec, firing: Firing, curve: ActivationCurve, theme: Theme
) -> None:
    """Paints it into a rectangle."""
    text, count = theme.text_pixels, len(unit.x)
    places = [box.left() + share * box.width() for share, _ in PARTS]
    sum_at = QPointF(places[2], box.top() + 0.56 * box.height())
    gap = min((box.height() - 2.4 * text) / max(1, count), 5.2 * text)
    input_radius = min(1.55 * text, 0.44 * gap)
    sum_radius = 2.1 * text
    starts = [QPointF(places[0], sum_at.y() + (index - (count - 1) / 2.0) * gap) for index in range(count)]
    largest = max(abs(weight) for weight in unit.w) or 1.0
    for start, weight in zip(starts, unit.w, strict=True):
        painter.setPen(QPen(_sign_color(weight, theme), THINNEST + (WIDEST - THINNEST) * abs(weight) / largest))
        painter.drawLine(start, sum_at)
    _paint_bias(painter, QPointF(sum_at.x(), box.top() + 1.2 * text), sum_at - QPointF(0.0, sum_radius), unit, theme)
    # Where many edges come together their labels would meet: further left they are apart.
    share = 0.5 if count < 4 else 0.3
    fit = min(1.0, (1.0 - share if count > 3 else 1.0) * gap / (1.25 * text))
    for index, (start, weight) in enumerate(zip(starts, unit.w, strict=True)):
        half = _paint_node(painter, start, input_radius, short(unit.x[index], 3), fit, theme)
        painter.setFont(theme.font(fit, bold=True))
        label = f"{subscript('w', index + 1)} = {short(weight)}"
        clear = half + QFontMetricsF(painter.font()).horizontalAdvance(label) / 2.0 + 8.0
        at = start + (sum_at - start) * min(0.6, max(share, clear / (sum_at.x() - start.x())))
        _centered(painter, at, label, _sign_color(weight, theme), theme)
        _name_input(painter, start - QPointF(half + 6.0, 0.0), input_name(unit, index), fit, theme)
    activation = QRectF(places[3] - 2.5 * text, sum_at.y() - 2.1 * text, 5.0 * text, 4.2 * text)
    edge = theme.color("text")
    arrow(painter, sum_at + QPointF(sum_radius, 0.0), QPointF(activation.left(), sum_at.y()), edge, 2.0)
    out = QPointF(places[4] - 2.4 * text, sum_at.y())
    arrow(painter, QPointF(activation.right(), sum_at.y()), out, edge, 2.0)
    _paint_sum(painter, sum_at, sum_radius, firing, theme)
    _paint_activation(painter, activation, unit, firing, curve, theme)
    painter.setFont(theme.font(1.25, bold=True))
    painter.setPen(theme.color("text"))
    room = QRectF(out.x() + 4.0, sum_at.y() - 2.0 * text, box.right() + 2.0 * text - out.x(), 4.0 * text)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, short(firing.a))


def _sign_color(value: float, theme: Theme) -> QColor:
    return theme.color("positive" if value > 0.0 else "negative" if value < 0.0 else "dead")


def _name_input(painter: QPainter, end: QPointF, name: str, fit: float, theme: Theme) -> None:
    """The name, ending at a place."""
    painter.setFont(theme.font(fit))
    painter.setPen(theme.color("muted"))
    room = QRectF(end.x() - 8.0 * theme.text_pixels, end.y() - 20.0, 8.0 * theme.text_pixels, 40.0)
    shown = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)


def _paint_node(painter: QPainter, at: QPointF, radius: float, text: str, fit: float, theme: Theme) -> float:
    """An input with its value; half of its width."""
    font = theme.font(0.95 * fit)
    half = max(radius, QFontMetricsF(font).horizontalAdvance(text) / 2.0 + 5.0)
    box = QRectF(at.x() - half, at.y() - radius, 2.0 * half, 2.0 * radius)
    painter.setPen(QPen(theme.color("muted"), 1.6))
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(box, radius, radius)
    painter.setPen(theme.color("text"))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return half


def _paint_bias(painter: QPainter, at: QPointF, end: QPointF, unit: UnitSpec, theme: Theme) -> None:
    color = _sign_color(unit.b, theme)
    arrow(painter, at, end, color, 2.4)
    painter.setFont(theme.font(bold=True))
    _centered(painter, at, f"bias b = {short(unit.b)}", color, theme)


def _paint_sum(painter: QPainter, at: QPointF, radius: float, firing: Firing, theme: Theme) -> None:
    painter.setPen(QPen(theme.color("text"), 2.0))
    painter.setBrush(theme.color("surface"))
    painter.drawEllipse(at, radius, radius)
    painter.setFont(theme.font(1.35))
    painter.setPen(theme.color("muted"))
    painter.drawText(
        QRectF(at.x() - radius, at.y() - 0.92 * radius, 2.0 * radius, radius), Qt.AlignmentFlag.AlignCenter, "Σ"
    )
    wide = QFontMetricsF(theme.font(bold=True)).horizontalAdvance(short(firing.z))
    painter.setFont(theme.font(min(1.0, 1.7 * radius / max(1.0, wide)), bold=True))
    painter.setPen(theme.color("text"))
    painter.drawText(
        QRectF(at.x() - 2.0 * radius, at.y() - 0.12 * radius, 4.0 * radius, 0.8 * radius),
        Qt.AlignmentFlag.AlignCenter, short(firing.z),
    )  # fmt: skip


def _paint_activation(
    painter: QPainter, box: QRectF, unit: UnitSpec, firing: Firing, curve: ActivationCurve, theme: Theme
) -> None:
    painter.setPen(QPen(theme.color("text"), 2.0))
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(box, 8.0, 8.0)
    inner = box.adjusted(8.0, 8.0, -8.0, -8.0 - 0.9 * theme.text_pixels)
    low, high = float(numpy.nanmin(curve.f)), float(numpy.nanmax(curve.f))
    span = (high - low) or 1.0

    def at(z: float, f: float) -> QPointF:
        across = (z - curve.z[0]) / (curve.z[-1] - curve.z[0])
        return QPointF(inner.left() + across * inner.width(), inner.bottom() - (f - low) / span * inner.height())

    path, pen_down = QPainterPath(), False
    for z, f in zip(curve.z.tolist(), curve.f.tolist(), strict=True):
        if math.isnan(f):
            pen_down = False
        elif pen_down:
            path.lineTo(at(z, f))
        else:
            path.moveTo(at(z, f))
            pen_down = True
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("accent"), 2.2))
    painter.drawPath(path)
    painter.setPen(QPen(theme.color("surface"), 1.2))
    painter.setBrush(theme.color("text"))
    painter.drawEllipse(at(firing.z, firing.a), 4.2, 4.2)
    painter.setFont(theme.font(0.85))
    painter.setPen(theme.color("muted"))
    foot = QRectF(box.left(), inner.bottom() + 3.0, box.width(), box.bottom() - inner.bottom() - 4.0)
    painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, activation_of(unit).label)


def _centered(painter: QPainter, at: QPointF, text: str, color: QColor, theme: Theme) -> None:
    metrics = QFontMetricsF(painter.font())
    width, height = metrics.horizontalAdvance(text), metrics.height()
    halo_text(painter, QRectF(at.x() - width / 2.0, at.y() - height / 2.0, width, height), text, color, theme)
