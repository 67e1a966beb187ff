"""A picture inside a chart: a decision map, or a heat map."""

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from nnviz.ui.plots.charts.ink import Ink, Mapping


def rgb(color: QColor) -> NDArray[numpy.float64]:
    """Red, green and blue, (3,), from 0 to 255."""
    return numpy.array([color.red(), color.green(), color.blue()], dtype=numpy.float64)


class Raster(Ink):
    """Colours (rows, columns, 3), first row at the bottom, stretched over a rectangle of the chart.

    smooth: colours run into each other (samples of a smooth function) or stay apart (cells).
    """

    def __init__(self, *, smooth: bool, depth: float = 0.0) -> None:
        super().__init__(depth)
        self.smooth = smooth
        self.extent = (0.0, 1.0, 0.0, 1.0)
        self.colors: NDArray[numpy.uint8] = numpy.zeros((0, 0, 3), dtype=numpy.uint8)
        self._image = QImage()

    def show_data(self, colors: NDArray[numpy.uint8], extent: tuple[float, float, float, float]) -> None:
        """Other colours. extent: left, right, bottom, top of the outermost cells' edges."""
        self.extent = extent
        self.colors = numpy.ascontiguousarray(colors)
        height, width, _ = colors.shape
        upright = numpy.ascontiguousarray(colors[::-1])
        # copy(): a QImage does not keep the array alive that it was made from.
        self._image = QImage(upright.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Scales the picture to its rectangle."""
        if self._image.isNull():
            return
        left, right, bottom, top = self.extent
        (x0, y0), (x1, y1) = mapping.at(left, top), mapping.at(right, bottom)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.smooth)
        painter.drawImage(QRectF(x0, y0, x1 - x0, y1 - y0), self._image)
