"""One line of a chart: a run's train cost, a layer's gradient, a fitted function, the ghost of another run."""

import numpy
import pyqtgraph
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.ui.plots.charts.clipping import clips_nothing, inside
from nnviz.ui.plots.charts.ink import Ink, Mapping, device_scale, is_vector

Floats = NDArray[numpy.float64]

PALE = 0.28
"""Opacity of what lies after the present step."""
DASHES = [5.0, 3.0]
DENSE = 0.9
"""From so many points a pixel on a line is drawn column by column."""


class Curve(Ink):
    """Points joined by lines. From index ``present`` on it is the recorded future, drawn paler. nan leaves a gap."""

    def __init__(self, color: QColor, width: float = 1.6, *, dashed: bool = False, depth: float = 2.0) -> None:
        super().__init__(depth)
        self.dashed = dashed
        self.width = width
        self.color = color
        self.xs: Floats = numpy.zeros(0)
        self.ys: Floats = numpy.zeros(0)
        self.present = 0
        self._bars = PrimitiveArray(QRectF, 4)

    def show_data(self, x: Floats, y: Floats, present: int | None = None) -> None:
        """Other points; present: how many of them are past, all unless told."""
        self.xs, self.ys = x, y
        self.present = len(x) if present is None else present
        self.update()

    def recolor(self, color: QColor) -> None:
        """Another colour."""
        self.color = color
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """The past in full colour, the future pale, joined to it."""
        if len(self.xs) == 0:
            return
        pixels_x, pixels_y = mapping.x(self.xs), mapping.y(self.ys)
        painter.setPen(self._pen(1.0))
        self._stroke(painter, pixels_x[: self.present], pixels_y[: self.present])
        if self.present < len(self.xs):
            start = max(0, self.present - 1)
            painter.setPen(self._pen(PALE))
            self._stroke(painter, pixels_x[start:], pixels_y[start:])

    def _pen(self, opacity: float) -> QPen:
        color = QColor(self.color)
        color.setAlphaF(color.alphaF() * opacity)
        pen = QPen(color, self.width)
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        if self.dashed:
            pen.setDashPattern(DASHES)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def _stroke(self, painter: QPainter, x: Floats, y: Floats) -> None:
        # Far outside the plot Qt's clipping of long dashes becomes slow, and nothing of it is seen.
        y = numpy.clip(y, -4.0 * self.mapping.height - 100.0, 5.0 * self.mapping.height + 100.0)
        if clips_nothing(painter):
            x, y = inside(x, y, self.mapping.width, self.mapping.height)
        if numpy.count_nonzero(numpy.isfinite(y)) == 1:
            only = int(numpy.flatnonzero(numpy.isfinite(y))[0])
            painter.drawEllipse(QPointF(x[only], y[only]), 1.5, 1.5)
        elif len(x) > DENSE * self.mapping.width and not is_vector(painter):
            self._fill_columns(painter, x, y)
        else:
            painter.drawPath(pyqtgraph.functions.arrayToQPath(x, y, connect="finite"))

    def _fill_columns(self, painter: QPainter, x: Floats, y: Floats) -> None:
        """A bar in each column of the device's pixels, from the lowest to the highest point that the line has there.

        It looks as the line would. Qt strokes a long noisy line fifty times slower.
        """
        scale = device_scale(painter)
        column, low, high = envelope(x * scale, y)
        seen = numpy.isfinite(low) & (column >= 0) & (column <= self.mapping.width * scale)
        if self.dashed:
            dash, gap = (part * self.width * scale for part in DASHES)
            seen &= column % (dash + gap) < dash
        half = self.width / 2.0
        self._bars.resize(int(numpy.sum(seen)))
        bars = self._bars.ndarray()
        bars[:, 0], bars[:, 1] = column[seen] / scale, low[seen] - half
        bars[:, 2], bars[:, 3] = 1.0 / scale, high[seen] - low[seen] + 2.0 * half
        painter.setBrush(painter.pen().color())
        painter.setPen(Qt.PenStyle.NoPen)
        if len(bars):
            painter.drawRects(*self._bars.drawargs())
        painter.setBrush(Qt.BrushStyle.NoBrush)


def envelope(x: Floats, y: Floats) -> tuple[Floats, Floats, Floats]:
    """For each whole number that x, in order, runs through: (column, lowest y, highest y) of the line there.

    A column reaches back to the last point of the one before, so that the bars touch; columns that the line crosses
    without a point are interpolated. nan where there is no number.
    """
    between = numpy.arange(numpy.floor(x[0]), numpy.floor(x[-1]) + 1.0)
    missing = between[~numpy.isin(between, numpy.floor(x))]
    if len(missing):
        place = numpy.searchsorted(x, missing)
        x, y = numpy.insert(x, place, missing), numpy.insert(y, place, numpy.interp(missing, x, y))
    column = numpy.floor(x)
    starts = numpy.flatnonzero(numpy.r_[True, column[1:] != column[:-1]])
    low, high = numpy.fmin.reduceat(y, starts), numpy.fmax.reduceat(y, starts)
    before = numpy.r_[y[0], y[starts[1:] - 1]]
    alone = numpy.isnan(before) | numpy.isnan(low)
    before = numpy.where(alone, low, before)
    return column[starts], numpy.minimum(low, before), numpy.maximum(high, before)
