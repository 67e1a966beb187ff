"""What is drawn inside a chart. Everything is painted in pixels, so that lines, dots and text grow together when a
picture is exported larger: pyqtgraph's own pens keep their width in device pixels and would become hair-thin."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEngine, QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]

VECTOR_ENGINES = (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf, QPaintEngine.Type.Picture)


@dataclass(frozen=True)
class Mapping:
    """From the chart's coordinates to pixels of its plot area, whose upper left corner is (0, 0)."""

    left: float
    right: float
    bottom: float
    top: float
    width: float
    height: float

    def x(self, value: Floats) -> Floats:
        """Pixels from the left."""
        return (value - self.left) * (self.width / (self.right - self.left))

    def y(self, value: Floats) -> Floats:
        """Pixels from above."""
        return (self.top - value) * (self.height / (self.top - self.bottom))

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The pixel of one point."""
        place = numpy.array([x, y])
        return float(self.x(place[0])), float(self.y(place[1]))


class Ink(QGraphicsItem):
    """Something drawn in the plot area of a chart; `draw` is given the mapping to pixels. theme: the chart's."""

    def __init__(self, depth: float = 0.0) -> None:
        super().__init__()
        self.theme: Theme = LIGHT
        self.mapping = Mapping(0.0, 1.0, 0.0, 1.0, 1.0, 1.0)
        self.setZValue(depth)

    def place(self, mapping: Mapping) -> None:
        """Called by the chart whenever its range or size changes."""
        if (mapping.width, mapping.height) != (self.mapping.width, self.mapping.height):
            self.prepareGeometryChange()
        self.mapping = mapping
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole plot area."""
        return QRectF(0.0, 0.0, self.mapping.width, self.mapping.height)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Qt's entry."""
        del option, widget
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, self.mapping)

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Draws into the plot area, in pixels."""
        raise NotImplementedError


def device_scale(painter: QPainter) -> float:
    """Device pixels a pixel: 1 on an ordinary screen, 2 on a dense one, more in an exported picture."""
    transform: QTransform = painter.deviceTransform()
    return float(numpy.hypot(transform.m11(), transform.m12()))


def is_vector(painter: QPainter) -> bool:
    """Whether shapes stay shapes, so that nothing should be drawn as a picture that can be drawn as a line."""
    engine = painter.paintEngine()
    return engine is not None and engine.type() in VECTOR_ENGINES
