"""The folds of a layer's units over the examples: one sees a line leave the data, and its unit die."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from nnviz.engine.unit_states import States, UnitState
from nnviz.experiment.problem import Problem
from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.charts.map_colors import MapColors
from nnviz.ui.plots.charts.points import Points
from nnviz.ui.plots.units.fold_lines import Extent, Fold
from nnviz.ui.plots.units.unit_raster import in_words
from nnviz.ui.plots.units.unit_state_style import draw_cross, state_color

Floats = NDArray[numpy.float64]

REACH = 8.0
"""Pixels from a line within which the cursor means it."""
ARROW = 11.0
EDGED = 16


class FoldMap(Chart):
    """Lines of one layer over the examples, each with an arrow to the side where its unit is active."""

    def __init__(self) -> None:
        super().__init__(NumberAxis("left", ""), NumberAxis("bottom", ""), grid="")
        self.points, self.lines = Points(), FoldInk()
        self.layer = 1
        self.units: NDArray[numpy.intp] = numpy.zeros(0, dtype=numpy.intp)
        self._since: NDArray[numpy.int64] = numpy.zeros(0, dtype=numpy.int64)
        self.add(self.points)
        self.add(self.lines)
        self.probe = self._readout

    def show_examples(self, problem: Problem, colors: MapColors, axes: tuple[int, int], extent: Extent) -> Extent:
        """The examples over these two inputs, in the colours of the decision map; returns what the chart spans.

        That is the extent, or more of a plane whose both inputs are lengths: such a plane is never stretched, and a
        line that has left the data is still seen in the room beside it.
        """
        hollow = numpy.zeros(len(problem.data.x), dtype=bool)
        hollow[problem.test] = True
        self.points.recolor(colors.palette, colors.rim, self.theme.color("surface"))
        self.points.show_data(problem.data.x[:, axes[0]], problem.data.x[:, axes[1]], hollow, colors.index)
        self.bottom.rename(problem.data.feature_names[axes[0]])
        self.left.rename(problem.data.feature_names[axes[1]])
        left, right, bottom, top = extent
        if (left, right) == (bottom, top):
            mapping = self.mapping()
            shape = mapping.width / mapping.height
            wider = (max(1.0, shape) - 1.0) * (right - left) / 2.0
            higher = (max(1.0, 1.0 / shape) - 1.0) * (top - bottom) / 2.0
            extent = left - wider, right + wider, bottom - higher, top + higher
        self.frame(*extent)
        return extent

    def show_folds(
        self,
        layer: int,
        units: NDArray[numpy.intp],
        folds: Sequence[Fold],
        states: States,
        since: NDArray[numpy.int64],
    ) -> None:
        """Other lines, of these units of a layer; their states and steps of death, (n,) each."""
        self.layer, self.units, self._since = layer, units, since
        self.lines.show_folds(folds, states)

    def unit_at(self, x: float, y: float) -> tuple[int, int, int] | None:
        """(layer, unit, step of its death or NEVER) of the line nearest to a place, where it is within REACH."""
        line, distance, _ = self.lines.nearest(x, y)
        return (self.layer, int(self.units[line]), int(self._since[line])) if distance <= REACH else None

    def _readout(self, x: float, y: float) -> Readout | None:
        line, distance, foot = self.lines.nearest(x, y)
        if distance > REACH:
            return None
        words = in_words(UnitState(int(self.lines.states[line])), int(self._since[line]))
        text = f"layer {self.layer}, unit {self.units[line] + 1}: {words}\nz = 0 on this line"
        return Readout(text, None, [(*foot, self.lines.color_of(line))])


class FoldInk(Ink):
    """The lines in the layer's colour; those of the dead grey and crossed, of units in other trouble in that colour."""

    def __init__(self) -> None:
        super().__init__(depth=6.0)
        self.color = QColor("black")
        self.folds: Sequence[Fold] = ()
        self.states: States = numpy.zeros(0, dtype=numpy.uint8)
        self._lines = PrimitiveArray(QLineF, 4)

    def show_folds(self, folds: Sequence[Fold], states: States) -> None:
        """Other lines."""
        self.folds, self.states = folds, states
        self.update()

    def color_of(self, line: int) -> QColor:
        """The colour of a line."""
        state = UnitState(int(self.states[line]))
        return self.color if state in (UnitState.ALIVE, UnitState.INACTIVE) else state_color(self.theme, state)

    def nearest(self, x: float, y: float) -> tuple[int, float, tuple[float, float]]:
        """(line, distance in pixels, place on it in the chart's coordinates); infinitely far without lines."""
        best: tuple[int, float, tuple[float, float]] = (-1, numpy.inf, (0.0, 0.0))
        mapping = self.mapping
        here = numpy.array(mapping.at(x, y))
        for line, fold in enumerate(self.folds):
            if len(fold.segments) == 0:
                continue
            pixels = numpy.stack([mapping.x(fold.segments[..., 0]), mapping.y(fold.segments[..., 1])], axis=-1)
            along = pixels[:, 1] - pixels[:, 0]
            squares = numpy.maximum(numpy.sum(along * along, axis=-1), 1e-12)
            share = (numpy.sum((here - pixels[:, 0]) * along, axis=-1) / squares).clip(0.0, 1.0)
            feet = pixels[:, 0] + share[:, None] * along
            distances = numpy.linalg.norm(feet - here, axis=-1)
            place = int(numpy.argmin(distances))
            if distances[place] < best[1]:
                start, end = fold.segments[place]
                foot = start + share[place] * (end - start)
                best = line, float(distances[place]), (float(foot[0]), float(foot[1]))
        return best

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """The dead below, the others above."""
        for line in numpy.argsort(self.states != UnitState.DEAD, kind="stable"):
            fold = self.folds[line]
            if len(fold.segments) == 0:
                continue
            color = self.color_of(int(line))
            x, y = mapping.x(fold.segments[..., 0]), mapping.y(fold.segments[..., 1])
            # A pale edge sets a line off from the examples below it; where lines are many, they hide these anyway.
            edge = [(self.theme.color("surface", 0.75), 4.0)] if len(self.folds) <= EDGED else []
            for pen_color, width in (*edge, (color, 2.0)):
                painter.setPen(QPen(pen_color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                self._lines.resize(len(x))
                self._lines.ndarray()[:] = numpy.stack([x[:, 0], y[:, 0], x[:, 1], y[:, 1]], axis=-1)
                painter.drawLines(*self._lines.drawargs())
            center = QPointF(*mapping.at(float(fold.middle[0]), float(fold.middle[1])))
            if self.states[line] == UnitState.DEAD:
                draw_cross(painter, center, 5.0, QPen(self.theme.color("text"), 2.0))
            else:
                self._arrow(painter, center, fold.rise, color)

    def _arrow(self, painter: QPainter, center: QPointF, rise: Floats, color: QColor) -> None:
        """A small triangle on the line, to the side where z grows."""
        mapping = self.mapping
        # A pixel's step across means this much in the chart's coordinates; upwards y falls in pixels.
        scale = numpy.array(
            [(mapping.right - mapping.left) / mapping.width, (mapping.top - mapping.bottom) / mapping.height]
        )
        direction = rise * scale * numpy.array([1.0, -1.0])
        size = float(numpy.linalg.norm(direction))
        if not 0.0 < size < numpy.inf:
            return
        ahead = direction / size
        aside = numpy.array([-ahead[1], ahead[0]]) * 0.5 * ARROW
        tip = ahead * ARROW
        painter.setPen(QPen(self.theme.color("surface", 0.75), 1.0))
        painter.setBrush(color)
        corners = (aside, tip, -aside)
        painter.drawPolygon(QPolygonF([QPointF(center.x() + float(c[0]), center.y() + float(c[1])) for c in corners]))
