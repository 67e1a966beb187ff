"""The small picture of a preset, whatever workspace it is for."""

import numpy
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from nnviz.engine.datasets.record import DataSet
from nnviz.experiment.activations.specification import Activations
from nnviz.experiment.activations.thumbnail_curves import Floats, thumbnail_curves
from nnviz.experiment.descent.sketch import Sketch, sketch_of
from nnviz.experiment.descent.specification import Descent
from nnviz.experiment.documents import Document
from nnviz.experiment.neuron.specification import Neuron
from nnviz.experiment.problem import dataset
from nnviz.experiment.specification import Experiment
from nnviz.ui.panels.descent.descent_thumbnail import paint_sketch
from nnviz.ui.panels.neuron_thumbnail import paint_neuron
from nnviz.ui.panels.thumbnail import thumbnail
from nnviz.ui.theme import GRID, Theme

Material = DataSet | Sketch | Neuron | tuple[Floats, ...]


def material_of(document: Document) -> Material:
    """What is to be painted. For a background thread: it may take a while."""
    if isinstance(document, Experiment):
        return dataset(document.data, document.seed)
    if isinstance(document, Descent):
        return sketch_of(document)
    if isinstance(document, Activations):
        return thumbnail_curves(document)
    assert isinstance(document, Neuron)
    return document


def preset_picture(material: Material, size: QSize, theme: Theme, ratio: float = 1.0) -> QImage:
    """size in pixels of the screen's layout, ratio of real pixels to those."""
    if isinstance(material, DataSet):
        return thumbnail(material, size, theme, ratio)
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QRectF(GRID, GRID, size.width() - 2 * GRID, size.height() - 2 * GRID)
    if isinstance(material, Sketch):
        paint_sketch(painter, material, frame, theme)
    elif isinstance(material, Neuron):
        paint_neuron(painter, material, frame, theme)
    else:
        _paint_curves(painter, material, frame, theme)
    painter.end()
    return image


def _paint_curves(painter: QPainter, curves: tuple[Floats, ...], frame: QRectF, theme: Theme) -> None:
    """Axes and the functions, cut at the frame."""
    painter.setClipRect(frame)
    painter.setPen(QPen(theme.color("line"), 1.0))
    painter.drawLine(QPointF(frame.center().x(), frame.top()), QPointF(frame.center().x(), frame.bottom()))
    foot = frame.bottom() - frame.height() / 3.0
    painter.drawLine(QPointF(frame.left(), foot), QPointF(frame.right(), foot))
    for number, curve in enumerate(curves):
        hue = theme.curves[1 + number % (len(theme.curves) - 1)]
        painter.setPen(QPen(QColor(hue), 2.0, j=Qt.PenJoinStyle.RoundJoin))
        places = numpy.clip(curve, -4.0, 5.0).tolist()
        line = [QPointF(frame.left() + x * frame.width(), frame.bottom() - y * frame.height()) for x, y in places]
        painter.drawPolyline(QPolygonF(line))
