"""The examples of a data set as dots: filled for training, hollow for test."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from nnviz.ui.plots.charts.ink import Ink, Mapping, device_scale, is_vector

Floats = NDArray[numpy.float64]

SIDE = 12
"""Pixels of a dot's stamp along a side: the dot and its rim."""


class Points(Ink):
    """Dots in the colours of a small palette.

    A thousand circles would take long to draw one by one: each kind is drawn once, and stamped.
    """

    def __init__(self, depth: float = 4.0, diameter: float = 6.4) -> None:
        super().__init__(depth)
        self.diameter = diameter
        self.xs: Floats = numpy.zeros(0)
        self.ys: Floats = numpy.zeros(0)
        self.hollow: NDArray[numpy.bool_] = numpy.zeros(0, dtype=bool)
        self.color_index: NDArray[numpy.intp] = numpy.zeros(0, dtype=numpy.intp)
        self._colors: tuple[QColor, ...] = ()
        self._rim = self._ground = QColor("white")
        self._stamps: tuple[float, QPixmap] | None = None
        # PySide wants a pointer to C structures here; pyqtgraph knows how to make one of an array.
        self._fragments = PrimitiveArray(QPainter.PixmapFragment, 10)

    def show_data(self, x: Floats, y: Floats, hollow: NDArray[numpy.bool_], color_index: NDArray[numpy.intp]) -> None:
        """Other dots, (N,) each."""
        self.xs, self.ys, self.hollow, self.color_index = x, y, hollow, color_index
        self.update()

    def recolor(self, colors: Sequence[QColor], rim: QColor, ground: QColor | None = None) -> None:
        """The palette, the colour of the thin rim that sets dots off from what is below, and what fills hollow ones."""
        ground = rim if ground is None else ground
        if (tuple(colors), rim, ground) != (self._colors, self._rim, self._ground):
            self._colors, self._rim, self._ground, self._stamps = tuple(colors), rim, ground, None
            self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Test below, training above."""
        if len(self.xs) == 0:
            return
        x, y = mapping.x(self.xs), mapping.y(self.ys)
        if is_vector(painter):
            for place, hollow, color in zip(zip(x, y, strict=True), self.hollow, self.color_index, strict=True):
                self._dot(painter, QPointF(*place), self._colors[color], hollow=bool(hollow))
            return
        scale = device_scale(painter)
        if self._stamps is None or self._stamps[0] != scale:
            self._stamps = scale, self._drawn_stamps(scale)
        self._stamp(painter, x, y, *self._stamps)

    def _stamp(self, painter: QPainter, x: Floats, y: Floats, scale: float, stamps: QPixmap) -> None:
        order = numpy.argsort(~self.hollow, kind="stable")
        seen = (numpy.abs(x - self.mapping.width / 2.0) < self.mapping.width / 2.0 + SIDE) & numpy.isfinite(y)
        seen &= numpy.abs(y - self.mapping.height / 2.0) < self.mapping.height / 2.0 + SIDE
        order = order[seen[order]]
        side = stamps.height() // 2
        self._fragments.resize(len(order))
        rows = self._fragments.ndarray()
        # Per dot: its center, its stamp's left, top, width and height, the scale along both axes, rotation, opacity.
        rows[:, 0], rows[:, 1] = x[order], y[order]
        rows[:, 2], rows[:, 3] = self.color_index[order] * side, self.hollow[order] * side
        rows[:, 4:] = side, side, 1.0 / scale, 1.0 / scale, 0.0, 1.0
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        first, count = self._fragments.drawargs()
        painter.drawPixmapFragments(first, count, stamps)

    def _drawn_stamps(self, scale: float) -> QPixmap:
        """Filled dots in the first row, hollow ones in the second, a colour each column."""
        side = int(numpy.ceil(SIDE * scale))
        stamps = QPixmap(side * max(1, len(self._colors)), 2 * side)
        stamps.fill(Qt.GlobalColor.transparent)
        painter = QPainter(stamps)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for column, color in enumerate(self._colors):
            for row in (0, 1):
                painter.save()
                painter.translate((column + 0.5) * side, (row + 0.5) * side)
                painter.scale(scale, scale)
                self._dot(painter, QPointF(0.0, 0.0), color, hollow=row == 1)
                painter.restore()
        painter.end()
        return stamps

    def _dot(self, painter: QPainter, center: QPointF, color: QColor, *, hollow: bool) -> None:
        radius = self.diameter / 2.0
        if not hollow:
            painter.setPen(QPen(self._rim, 1.0))
            painter.setBrush(color)
            painter.drawEllipse(center, radius, radius)
            return
        painter.setPen(QPen(self._rim, 3.4))
        painter.setBrush(self._ground)
        painter.drawEllipse(center, radius - 0.8, radius - 0.8)
        painter.setPen(QPen(color, 1.5))
        painter.drawEllipse(center, radius - 0.8, radius - 0.8)
