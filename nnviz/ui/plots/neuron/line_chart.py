"""Points, a line through them, and the squares of its residuals."""

import numpy
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen

from nnviz.experiment.neuron.line_fit import LineData, frame_of, heights
from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.drag_chart import DragChart, pixel
from nnviz.ui.plots.charts.ink import Floats, Ink, Mapping
from nnviz.ui.plots.charts.points import Points
from nnviz.ui.plots.neuron.squares import Squares
from nnviz.ui.theme import LIGHT, Theme


class LineChart(DragChart):
    """One line in full, and perhaps others faint."""

    def __init__(self, name: str) -> None:
        super().__init__(NumberAxis("left", "y"), NumberAxis("bottom", "x"), grid="rows")
        self.setAccessibleName(name)
        self.squares, self.zero, self.points = Squares(), Zero(), Points(diameter=9.0)
        self.line = Curve(LIGHT.color("text"), 2.6, depth=3.0)
        self.others = [Curve(LIGHT.color("muted"), 1.6, dashed=True, depth=2.0) for _ in range(2)]
        for ink in (self.squares, self.zero, self.points, self.line, *self.others):
            self.add(ink)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "line"):
            self.points.recolor([theme.color("text", 0.85)], theme.color("surface"))

    def show_line(self, data: LineData, w: float, b: float, token: str, *, filled: bool) -> None:
        """The data and the line in the colour of a token."""
        color = self.theme.color(token)
        ends = numpy.array(frame_of(data)[:2])
        self.points.show_data(
            data.x, data.y, numpy.zeros(len(data.x), dtype=bool), numpy.zeros(len(data.x), dtype=numpy.intp)
        )
        self.squares.show_residuals(data.x, data.y, heights(data, w, b), self.theme.color("bad"), filled=filled)
        self.line.recolor(color)
        self.line.show_data(ends, _along(ends, w, b))
        self.zero.show_height(b)
        self.bottom.rename(data.x_name)
        self.left.rename(data.y_name)
        if not self.held:
            # A frame that grew under the mouse would run away from it.
            self.frame(*frame_of(data))

    def show_others(self, data: LineData, lines: list[tuple[float, float, str]]) -> None:
        """Faint lines: (w, b, token of the colour)."""
        ends = numpy.array(frame_of(data)[:2])
        for curve, (w, b, token) in zip(self.others, lines, strict=True):
            curve.recolor(self.theme.color(token, 0.8))
            curve.show_data(ends, _along(ends, w, b))


class Zero(Ink):
    """The axis x = 0 with the height of the line there: the bias."""

    def __init__(self) -> None:
        super().__init__(depth=5.0)
        self.height = 0.0

    def show_height(self, height: float) -> None:
        """Another bias."""
        self.height = height
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Both axes through the origin, the bias as a thick stretch of the upright one."""
        theme = self.theme
        zero, place = QPointF(*mapping.at(0.0, 0.0)), pixel(mapping, (0.0, self.height))
        painter.setPen(QPen(theme.color("text", 0.35), 1.0))
        painter.drawLine(QPointF(zero.x(), 0.0), QPointF(zero.x(), mapping.height))
        painter.drawLine(QPointF(0.0, zero.y()), QPointF(mapping.width, zero.y()))
        painter.setPen(QPen(theme.color("warning"), 4.0))
        painter.drawLine(zero, place)


def _along(x: Floats, w: float, b: float) -> Floats:
    line: Floats = w * x + b
    return line
