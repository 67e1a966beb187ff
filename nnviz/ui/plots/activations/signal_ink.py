"""How inputs lie along z and outputs along a: two hills at the edges of a chart, and how wide they are."""

import numpy
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from nnviz.experiment.activations.passage import OutputDensity
from nnviz.experiment.activations.specification import InputSpec
from nnviz.ui.plots.charts.ink import Floats, Ink, Mapping

SHARE = 0.30
"""Of the chart's height or width that the highest point of a hill takes."""
STEEPEST = 4.0
"""A hill higher than so many times the even distribution is cut off there: the rest would be too flat to be seen."""
ATOM = 7.0
"""Pixels of the bar of a single value."""


class InputHill(Ink):
    """The density of z, standing on the lower edge, with mean and one standard deviation to both sides."""

    def __init__(self) -> None:
        super().__init__(depth=-1.0)
        self.z: Floats = numpy.zeros(0)
        self.values: Floats = numpy.zeros(0)
        self.inputs = InputSpec()

    def show_inputs(self, inputs: InputSpec, z: Floats, values: Floats) -> None:
        """Another distribution: its density, (n,), at z, (n,)."""
        self.inputs, self.z, self.values = inputs, z, values
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """The hill and its mark."""
        highest = float(numpy.max(self.values, initial=0.0)) or 1.0
        y = mapping.height * (1.0 - SHARE * self.values / highest)
        places = [QPointF(*place) for place in zip(mapping.x(self.z), y, strict=True)]
        if not places:
            return
        foot = [QPointF(places[-1].x(), mapping.height), QPointF(places[0].x(), mapping.height)]
        painter.setPen(QPen(self.theme.color("muted"), 1.2))
        painter.setBrush(self.theme.color("muted", 0.28))
        painter.drawPolygon(QPolygonF(places + foot))
        middle, spread = self.inputs.mean, self.inputs.width
        ends = [mapping.at(place, 0.0)[0] for place in (middle - spread, middle, middle + spread)]
        draw_whisker(painter, self.theme.color("text"), [QPointF(x, mapping.height - 4.0) for x in ends])


class OutputHill(Ink):
    """The density of a, standing on the left edge; single values as bars, as long as their share of all outputs."""

    def __init__(self) -> None:
        super().__init__(depth=1.0)
        self.color = QColor("black")
        self.outputs: OutputDensity | None = None
        self.spread = (0.0, 0.0)

    def show_outputs(self, outputs: OutputDensity, mean: float, std: float, color: QColor) -> None:
        """Other outputs, in that colour."""
        self.outputs, self.spread, self.color = outputs, (mean, std), color
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Hill, bars with their share, and the mark."""
        if self.outputs is None:
            return
        edges, values = self.outputs.edges, self.outputs.density
        even = 1.0 / float(edges[-1] - edges[0])
        highest, length = min(float(numpy.max(values)), STEEPEST * even), SHARE * mapping.width
        fill = QColor(self.color)
        fill.setAlphaF(0.45)
        if highest > 0.0:
            x = values.clip(0.0, highest) * (length / highest)
            y, outer = mapping.y((edges[:-1] + edges[1:]) / 2.0), mapping.y(edges[[0, -1]])
            hill = [QPointF(*place) for place in zip(x, y, strict=True)]
            places = [QPointF(0.0, outer[0]), *hill, QPointF(0.0, outer[1])]
            painter.setPen(QPen(self.color, 1.2))
            painter.setBrush(fill)
            painter.drawPolygon(QPolygonF(places))
        painter.setFont(self.theme.font(0.92))
        metrics = QFontMetricsF(painter.font())
        for a, share in self.outputs.atoms:
            y_atom = mapping.at(0.0, a)[1]
            painter.fillRect(QRectF(0.0, y_atom - ATOM / 2.0, share * length, ATOM), self.color)
            text = f"{100.0 * share:.3g} % are {a:g}"
            left, top = length + 8.0, y_atom - ATOM / 2.0 - metrics.height() - 1.0
            if top < 0.0:
                top = y_atom + ATOM / 2.0 + 1.0
            painter.setPen(self.theme.color("text"))
            painter.drawText(QRectF(left, top, 200.0, metrics.height()), Qt.AlignmentFlag.AlignVCenter, text)
        mean, std = self.spread
        ends = [mapping.at(0.0, place)[1] for place in (mean - std, mean, mean + std)]
        draw_whisker(painter, self.theme.color("text"), [QPointF(4.0, y) for y in ends])


def draw_whisker(painter: QPainter, color: QColor, places: list[QPointF]) -> None:
    """From one standard deviation below the mean to one above, with a dot on the mean."""
    painter.setPen(QPen(color, 2.0))
    painter.drawLine(places[0], places[2])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(places[1], 3.6, 3.6)
