"""The picture in an export dialog: what the file will show, on a chequered ground where it is transparent."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.ui.theme import GRID
from nnviz.ui.widgets.current_theme import current_theme

SQUARE = 8
LIGHT_SQUARE, DARK_SQUARE = QColor("#ffffff"), QColor("#dcdfe3")


class Preview(QWidget):
    """An image as large as fits, or a sentence in its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QImage()
        self.sentence = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Preview")

    def sizeHint(self) -> QSize:
        """Enough to read the labels."""
        return QSize(66 * GRID, 46 * GRID)

    def minimumSizeHint(self) -> QSize:
        """Below that nothing can be told."""
        return QSize(30 * GRID, 20 * GRID)

    def show_image(self, image: QImage) -> None:
        """Another picture."""
        self.image, self.sentence = image, ""
        self.update()

    def say(self, sentence: str) -> None:
        """Why there is no picture."""
        self.image, self.sentence = QImage(), sentence
        self.update()

    def wanted_width(self, size: QSize) -> int:
        """Device pixels across that a picture of these proportions has here."""
        room = self._room()
        wide = min(room.width(), room.height() * size.width() / max(1, size.height()))
        return max(40, round(wide * self.devicePixelRatioF()))

    def paintEvent(self, _: QPaintEvent) -> None:
        """The picture in the middle, framed by a line."""
        painter, theme = QPainter(self), current_theme(self)
        try:
            painter.fillRect(self.rect(), theme.color("window"))
            if self.image.isNull():
                painter.setPen(theme.color("muted"))
                flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
                painter.drawText(self._room(), flags, self.sentence)
                return
            room = self._room()
            size = self.image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0.0, 0.0, size.width(), size.height())
            place.moveCenter(room.center())
            if self.image.hasAlphaChannel():
                _chequer(painter, place)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self.image)
            painter.setPen(theme.color("line"))
            painter.drawRect(place.adjusted(-1.0, -1.0, 0.0, 0.0))
        finally:
            painter.end()

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(GRID, GRID, -GRID, -GRID)


def _chequer(painter: QPainter, place: QRectF) -> None:
    painter.save()
    painter.setClipRect(place)
    painter.fillRect(place, LIGHT_SQUARE)
    for row in range(int(place.height() / SQUARE) + 1):
        for column in range(row % 2, int(place.width() / SQUARE) + 1, 2):
            x, y = place.left() + column * SQUARE, place.top() + row * SQUARE
            painter.fillRect(QRectF(x, y, SQUARE, SQUARE), DARK_SQUARE)
    painter.restore()
