"""Paints the states of a film as frames: the figure in its own widget, which nobody sees, with title and caption."""

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from nnviz.ui.export.looks import Looks, Words
from nnviz.ui.export.picture import HINTS
from nnviz.ui.export.plate import Plate
from nnviz.ui.plots.film import Film

MAX_SIDE = 4096


class FramePainter:
    """size: (width, height) of the frames, pixels. looks: ground, title and caption count. Use it as a context: the
    widget is gone after it. ValueError for a size that no animation has.
    """

    def __init__(self, film: Film, size: tuple[int, int], looks: Looks) -> None:
        if not all(16 <= side <= MAX_SIDE for side in size):
            raise ValueError(f"an animation of {size[0]} × {size[1]} pixels; allowed are 16 to {MAX_SIDE} on each side")
        self.film, self.size, self.looks = film, size, looks
        self.figure = film.make_figure()
        theme = looks.theme(self.figure.theme.text_pixels)
        self.figure.set_theme(theme)
        self.figure.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.figure.resize(QSize(*size))
        self.figure.show()

    def paint(self, state: object) -> NDArray[numpy.uint8]:
        """The frame (height, width, 3) of a state."""
        self.film.show(self.figure, state)
        QApplication.sendPostedEvents(self.figure, QEvent.Type.LayoutRequest)
        words = Words(
            self.figure.title if self.looks.title else "", self.film.caption(state) if self.looks.caption else ""
        )
        plate = Plate.within(self.figure, QSize(*self.size), words)
        picture = QImage(QSize(*self.size), QImage.Format.Format_RGB888)
        picture.fill(self.figure.theme.color("surface"))
        painter = QPainter(picture)
        painter.setRenderHints(HINTS)
        plate.paint(painter)
        painter.end()
        rows = numpy.frombuffer(picture.constBits(), numpy.uint8).reshape(self.size[1], picture.bytesPerLine())
        return rows[:, : 3 * self.size[0]].reshape(self.size[1], self.size[0], 3).copy()

    def close(self) -> None:
        """The widget goes."""
        self.figure.hide()
        self.figure.deleteLater()
