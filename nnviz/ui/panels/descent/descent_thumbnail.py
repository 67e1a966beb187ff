"""A small picture of a race: the curve, or the surface from above in bands of equal height, and the runners' paths."""

import numpy
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from nnviz.experiment.descent.sketch import Floats, Sketch
from nnviz.ui.theme import Theme

BANDS = 12
FAR = 4.0
"""Paths are drawn so many pictures' sizes beyond the picture, and cut there."""


def paint_sketch(painter: QPainter, sketch: Sketch, frame: QRectF, theme: Theme) -> None:
    """Into the frame."""
    painter.save()
    painter.setClipRect(frame)
    if sketch.heights.ndim == 1:
        room = 0.1 * frame.height()
        frame = frame.adjusted(0.0, room, 0.0, -room)
        across = numpy.linspace(0.0, 1.0, len(sketch.heights))
        points = numpy.stack([across, sketch.heights], axis=-1)
        _stroke(painter, points[numpy.isfinite(sketch.heights)], frame, theme.color("text"), 1.4)
    else:
        _paint_bands(painter, sketch, frame, theme)
    hues = (*theme.curves[1:], theme.curves[0])
    for whole, colour in zip(sketch.paths, sketch.colours, strict=True):
        path = numpy.clip(whole, -FAR, 1.0 + FAR)
        if sketch.heights.ndim == 2:
            _stroke(painter, path, frame, theme.color("surface", 0.75), 3.4)
        _stroke(painter, path, frame, QColor(hues[colour % len(hues)]), 1.8)
    painter.restore()


def _paint_bands(painter: QPainter, sketch: Sketch, frame: QRectF, theme: Theme) -> None:
    heights = sketch.heights[::-1]
    known = numpy.isfinite(heights)
    level = numpy.floor(numpy.where(known, heights, 0.0) * BANDS).clip(0, BANDS - 1)
    colors = theme.sequential()[(level * 255.0 / BANDS).astype(numpy.intp)]
    hole = theme.color("line")
    colors[~known] = hole.red(), hole.green(), hole.blue()
    rows, columns = heights.shape
    content = numpy.ascontiguousarray(colors, dtype=numpy.uint8)
    image = QImage(content.tobytes(), columns, rows, 3 * columns, QImage.Format.Format_RGB888)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(frame, image)


def _stroke(painter: QPainter, points: Floats, frame: QRectF, color: QColor, width: float) -> None:
    painter.setPen(QPen(color, width, j=Qt.PenJoinStyle.RoundJoin))
    places = [QPointF(frame.left() + x * frame.width(), frame.bottom() - y * frame.height()) for x, y in points]
    painter.drawPolyline(QPolygonF(places))
