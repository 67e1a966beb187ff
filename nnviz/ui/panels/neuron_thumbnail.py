"""A small picture of a document of the Neuron workspace: a neuron, a truth table in its plane, or a line."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnviz.experiment.neuron.line_fit import data_of, frame_of
from nnviz.experiment.neuron.specification import LineSpec, Neuron, PerceptronSpec, UnitSpec
from nnviz.experiment.neuron.truth_tables import rows
from nnviz.ui.theme import Theme

THICK = 1.2
"""Pixels of a synapse's width for a weight of 1, on top of one."""


def paint_neuron(painter: QPainter, document: Neuron, frame: QRectF, theme: Theme) -> None:
    """Into the frame: what the page in front is about."""
    if document.page == "perceptron":
        _paint_table(painter, document.perceptron, frame, theme)
    elif document.page == "bias":
        _paint_line(painter, document.line, frame, theme)
    else:
        _paint_unit(painter, document.unit, frame, theme)


def _paint_unit(painter: QPainter, unit: UnitSpec, frame: QRectF, theme: Theme) -> None:
    """Inputs at the left, synapses in the colours of their weights, the cell, its output."""
    cell = QPointF(frame.left() + 0.62 * frame.width(), frame.center().y())
    gap = frame.height() / len(unit.w)
    for place, weight in enumerate(unit.w):
        at = QPointF(frame.left() + 0.16 * frame.width(), frame.top() + (place + 0.5) * gap)
        color = theme.color("negative" if weight < 0.0 else "positive")
        painter.setPen(QPen(color, 1.0 + THICK * min(abs(weight), 5.0)))
        painter.drawLine(at, cell)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("muted"))
        painter.drawEllipse(at, 6.0, 6.0)
    painter.setPen(QPen(theme.color("text"), 2.0))
    painter.drawLine(cell, QPointF(frame.right() - 0.08 * frame.width(), cell.y()))
    painter.setBrush(theme.color("raised"))
    painter.drawEllipse(cell, 0.2 * frame.height(), 0.2 * frame.height())


def _paint_table(painter: QPainter, spec: PerceptronSpec, frame: QRectF, theme: Theme) -> None:
    """Each row of the truth table is a corner of a square, in the colour of its target."""
    side = 0.6 * min(frame.width(), frame.height())
    for row, target in zip(rows(len(spec.start)), spec.targets, strict=True):
        x, y = float(row[0]), float(row[1]) if len(row) > 1 else 0.5
        at = frame.center() + QPointF((x - 0.5) * side * 1.6, (0.5 - y) * side)
        painter.setPen(QPen(theme.class_color(target), 2.4))
        painter.setBrush(theme.class_color(target) if target else theme.color("surface"))
        painter.drawEllipse(at, 8.0, 8.0)


def _paint_line(painter: QPainter, spec: LineSpec, frame: QRectF, theme: Theme) -> None:
    """The points and the line."""
    data = data_of(spec)
    left, right, bottom, top = frame_of(data)

    def at(x: float, y: float) -> QPointF:
        across, up = (x - left) / (right - left), (y - bottom) / (top - bottom)
        return QPointF(frame.left() + across * frame.width(), frame.bottom() - up * frame.height())

    painter.setClipRect(frame)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("text", 0.7))
    for x, y in zip(data.x.tolist(), data.y.tolist(), strict=True):
        painter.drawEllipse(at(x, y), 2.6, 2.6)
    painter.setPen(QPen(theme.color("accent"), 2.4))
    painter.drawLine(at(left, spec.w * left + spec.intercept), at(right, spec.w * right + spec.intercept))
