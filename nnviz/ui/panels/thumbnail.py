"""A small picture of a data set: its points by class, its curve, or some of its images."""

import math

import numpy
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from nnviz.engine.datasets.record import DataSet, Floats
from nnviz.ui.theme import GRID, Theme

MOST_POINTS = 400
SMALLEST_IMAGE = 16
"""Pixels from which on a square number of inputs, all on one scale, is taken for an image."""
RADIUS = 2.0


def thumbnail(data: DataSet, size: QSize, theme: Theme, ratio: float = 1.0) -> QImage:
    """The picture, size in pixels of the screen's layout, ratio of real pixels to those."""
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QRectF(GRID, GRID, size.width() - 2 * GRID, size.height() - 2 * GRID)
    if _is_images(data):
        _paint_images(painter, data.x, frame, theme)
    elif len(data.x):
        _paint_points(painter, data, frame, theme)
    painter.end()
    return image


def _is_images(data: DataSet) -> bool:
    count = data.x.shape[1]
    return count >= SMALLEST_IMAGE and math.isqrt(count) ** 2 == count


def _paint_images(painter: QPainter, x: Floats, frame: QRectF, theme: Theme) -> None:
    """Rows of images, dark ink on the surface."""
    pixels = math.isqrt(x.shape[1])
    columns, rows = 6, 3
    side = min(frame.width() / columns, frame.height() / rows) - GRID / 2
    paper, ink = theme.color("surface"), theme.color("text")
    shares = numpy.linspace(0.0, 1.0, 17)[:, None]
    ends = [numpy.array([color.red(), color.green(), color.blue()]) for color in (paper, ink)]
    ramp = [QColor(*rgb).rgb() for rgb in (ends[0] + shares * (ends[1] - ends[0])).astype(int).tolist()]
    level = numpy.clip(x[: rows * columns] / max(float(numpy.max(x)), 1e-300) * 16.0, 0.0, 16.0).astype(numpy.uint8)
    left = frame.center().x() - columns * (side + GRID / 2) / 2
    top = frame.center().y() - rows * (side + GRID / 2) / 2
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for number, row in enumerate(level):
        tile = QImage(row.tobytes(), pixels, pixels, pixels, QImage.Format.Format_Indexed8)
        tile.setColorTable(ramp)
        place = QPointF(left + number % columns * (side + GRID / 2), top + number // columns * (side + GRID / 2))
        painter.drawImage(QRectF(place.x(), place.y(), side, side), tile)


def _paint_points(painter: QPainter, data: DataSet, frame: QRectF, theme: Theme) -> None:
    """One input against the target, or the first two inputs; coloured by class, or by value."""
    step = max(1, len(data.x) // MOST_POINTS)
    x, y = data.x[::step], data.y[::step]
    curve = x.shape[1] == 1
    across, up = x[:, 0], y[:, 0] if curve else x[:, 1]
    if not curve and data.x.shape[1] == 2:
        side = min(frame.width(), frame.height())  # the plane is as wide as it is high, and a ring is round
        frame = QRectF(frame.center().x() - side / 2, frame.center().y() - side / 2, side, side)
    colors = [theme.color("accent")] * len(x) if curve else _colors(data, y, theme)
    painter.setPen(Qt.PenStyle.NoPen)
    for left, high, color in zip(_scaled(across), 1.0 - _scaled(up), colors, strict=True):
        painter.setBrush(color)
        painter.drawEllipse(
            QPointF(frame.left() + left * frame.width(), frame.top() + high * frame.height()), RADIUS, RADIUS
        )


def _colors(data: DataSet, y: Floats, theme: Theme) -> list[QColor]:
    if data.task == "regression":
        # Prices are all positive: only what has two signs has a neutral middle.
        table = theme.diverging() if float(numpy.min(y)) < 0.0 else theme.sequential()
        return [QColor(*table[level].tolist()) for level in (255 * _scaled(y[:, 0])).astype(int)]
    if data.task == "multi-label":
        # The first label that is set; a point with none is neutral.
        return [theme.class_color(int(numpy.argmax(row))) if numpy.any(row > 0.5) else theme.color("dead") for row in y]
    numbers = y[:, 0].astype(int) if y.shape[1] == 1 else numpy.argmax(y, axis=-1)
    return [theme.class_color(int(number)) for number in numbers]


def _scaled(values: Floats) -> Floats:
    """To 0..1; all equal values to the middle."""
    low, high = float(numpy.min(values)), float(numpy.max(values))
    scaled: Floats = (values - low) / (high - low) if high > low else numpy.full_like(values, 0.5)
    return scaled
