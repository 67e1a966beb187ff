"""The box that a surface stands in: floor, the two walls behind, lines at round numbers, numbers and names."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.surface.camera import HALF, Floats, Projection
from nnviz.ui.plots.surface.mesh import Frame
from nnviz.ui.theme import Theme

SHORT = 2.6
"""An edge of fewer text heights than this carries no numbers: it points at the eye."""

AIR = 7.0
"""Pixels between two numbers side by side, at least: closer they read as one."""

Corner = tuple[float, float, float]
"""A place in the box, each coordinate from -1 to 1."""
Ticks = list[tuple[float, str]]
"""(place in the box from -1 to 1, text)."""


@dataclass(frozen=True, eq=False)
class AxesBox:
    """Drawn before everything else; the labels after it, so that they stay legible."""

    frame: Frame
    projection: Projection
    theme: Theme

    def draw_walls(self, painter: QPainter) -> None:
        """Faces and lines."""
        u, v = self.back()
        faces = [
            [(-1, -1, -1), (1, -1, -1), (1, 1, -1), (-1, 1, -1)],
            [(u, -1, -1), (u, 1, -1), (u, 1, 1), (u, -1, 1)],
            [(-1, v, -1), (1, v, -1), (1, v, 1), (-1, v, 1)],
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        for corners, alpha in zip(faces, (1.0, 0.75, 0.75), strict=True):
            painter.setBrush(self.theme.color("window", alpha))
            painter.drawPolygon(self.polygon(corners))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.color("line", 0.8), 1.0))
        for x, _ in self._ticks_x():
            self._line(painter, (x, -1, -1), (x, 1, -1))
            self._line(painter, (x, v, -1), (x, v, 1))
        for y, _ in self._ticks_y():
            self._line(painter, (-1, y, -1), (1, y, -1))
            self._line(painter, (u, y, -1), (u, y, 1))
        for z, _ in self._ticks_z():
            self._line(painter, (u, -1, z), (u, 1, z))
            self._line(painter, (-1, v, z), (1, v, z))
        painter.setPen(QPen(self.theme.color("muted", 0.7), 1.0))
        for corners in faces:
            painter.drawPolygon(self.polygon(corners))

    def draw_labels(self, painter: QPainter) -> None:
        """Numbers and names, outside the box."""
        u, v = self.back()
        grid, side = self.frame.grid, self._side()
        edges: list[tuple[list[tuple[Corner, str]], tuple[Corner, Corner], str]] = [
            ([((x, -v, -1), text) for x, text in self._ticks_x()], ((-1, -v, -1), (1, -v, -1)), grid.x_name),
            ([((-u, y, -1), text) for y, text in self._ticks_y()], ((-u, -1, -1), (-u, 1, -1)), grid.y_name),
            (
                [((*side, z), text) for z, text in self._ticks_z()],
                ((*side, -1), (*side, 1)),
                self.frame.scale.title(grid.z_name),
            ),
        ]
        taken: list[QRectF] = []
        for ticks, edge, name in edges:
            self._label(painter, ticks, edge, name, taken)

    def back(self) -> tuple[int, int]:
        """The u and the v, 1 or -1, of the walls behind the surface."""
        near = self.projection.rotation[2]
        return (-1 if near[0] > 0.0 else 1), (-1 if near[1] > 0.0 else 1)

    def polygon(self, corners: Sequence[Corner]) -> QPolygonF:
        """Corners of the box, each coordinate from -1 to 1, on the picture."""
        return QPolygonF([self._pixel(corner) for corner in corners])

    def _side(self) -> tuple[int, int]:
        """The upright edge farthest to the left, where the heights are written."""
        u, v = self.back()
        edges = [(u, -v), (-u, v)]
        return min(edges, key=lambda edge: self._pixel((*edge, 0.0)).x())

    def _ticks_x(self) -> Ticks:
        left, right, _, _ = self.frame.grid.extent
        _, v = self.back()
        return self._numbers(left, right, self._length((-1, -v, -1), (1, -v, -1)))

    def _ticks_y(self) -> Ticks:
        _, _, bottom, top = self.frame.grid.extent
        u, _ = self.back()
        return self._numbers(bottom, top, self._length((-u, -1, -1), (-u, 1, -1)))

    def _ticks_z(self) -> Ticks:
        scale, side = self.frame.scale, self._side()
        pixels = self._length((*side, -1), (*side, 1))
        if pixels < SHORT * self.theme.text_pixels or scale.empty:
            return []
        places = scale.ticks(pixels, self.theme.text_pixels)
        # Halves: the span of the largest numbers would overflow.
        span = scale.high / 2.0 - scale.low / 2.0
        return [(2.0 * (place / 2.0 - scale.low / 2.0) / span - 1.0, text) for place, text in places]

    def _numbers(self, low: float, high: float, pixels: float) -> Ticks:
        if pixels < SHORT * self.theme.text_pixels:
            return []
        axis = NumberAxis("bottom", "")
        axis.text_pixels = self.theme.text_pixels
        # Along a slanting edge labels have more room than on a level one.
        spacing, places = axis.tickValues(low, high, 1.5 * pixels)[0]
        texts = axis.tickStrings(places, 1.0, spacing)
        return [(2.0 * (place - low) / (high - low) - 1.0, text) for place, text in zip(places, texts, strict=True)]

    def _label(
        self,
        painter: QPainter,
        ticks: list[tuple[Corner, str]],
        edge: tuple[Corner, Corner],
        name: str,
        taken: list[QRectF],
    ) -> None:
        """Texts beside an edge, on the side away from the middle of the box; none that would touch one of ``taken``."""
        begin, end = (self._array(place) for place in edge)
        length = float(numpy.hypot(*(end - begin)))
        if length < SHORT * self.theme.text_pixels:
            return
        outward = numpy.array([begin[1] - end[1], end[0] - begin[0]]) / length
        upright = edge[0][2] != edge[1][2]
        center = self._array((0.0, 0.0, 0.0 if upright else -1.0))
        if outward @ ((begin + end) / 2.0 - center) < 0.0:
            outward = -outward
        font = self.theme.font(0.92)
        painter.setFont(font)
        painter.setPen(self.theme.color("text"))
        metrics, widest = QFontMetricsF(font), 0.0
        for place, text in ticks:
            wide = metrics.horizontalAdvance(text)
            reach = _reach(outward, wide, metrics.height())
            widest = max(widest, 2.0 * reach)
            box = _around(self._array(place) + outward * (5.0 + reach), wide, metrics.height())
            if not any(box.adjusted(-AIR, 0.0, AIR, 0.0).intersects(other) for other in taken):
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
                taken.append(box)
        font = self.theme.font(bold=True)
        painter.setFont(font)
        painter.setPen(self.theme.color("muted"))
        metrics = QFontMetricsF(font)
        wide, high = metrics.horizontalAdvance(name), metrics.height()
        if upright:
            # The heights' name stands on top of their edge: beside it a long one would take the surface's room.
            middle = end + numpy.array([0.0, -0.9 * high])
        else:
            middle = (begin + end) / 2.0 + outward * (9.0 + widest + _reach(outward, wide, high))
        painter.drawText(_around(middle, wide, high), Qt.AlignmentFlag.AlignCenter, name)

    def _line(self, painter: QPainter, begin: Corner, end: Corner) -> None:
        painter.drawLine(self._pixel(begin), self._pixel(end))

    def _length(self, begin: Corner, end: Corner) -> float:
        return float(numpy.hypot(*(self._array(end) - self._array(begin))))

    def _array(self, corner: Corner) -> Floats:
        pixels, _ = self.projection.pixels(numpy.array(corner, dtype=numpy.float64) * (1.0, 1.0, HALF))
        return pixels

    def _pixel(self, corner: Corner) -> QPointF:
        return QPointF(*self._array(corner).tolist())


def _reach(direction: Floats, wide: float, high: float) -> float:
    """Half the extent of a text along a direction."""
    return float(abs(direction[0]) * wide + abs(direction[1]) * high) / 2.0


def _around(middle: Floats, wide: float, high: float) -> QRectF:
    return QRectF(float(middle[0]) - wide / 2.0 - 2.0, float(middle[1]) - high / 2.0, wide + 4.0, high)
