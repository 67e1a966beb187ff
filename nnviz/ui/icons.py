"""The drawings on buttons: one-coloured outlines of resources/icons, in the theme's colours, sharp at every scale."""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from nnviz.resources import resource


def named_icon(name: str, color: QColor, disabled: QColor | None = None) -> QIcon:
    """The drawing of that name (``play``) in a colour, and in another where it cannot be pressed.

    FileNotFoundError for a name that there is no drawing of.
    """
    return QIcon(_Drawing(name, color, disabled or color))


class _Drawing(QIconEngine):
    """Painted anew for each size, so that no picture of it is ever stretched."""

    def __init__(self, name: str, color: QColor, disabled: QColor) -> None:
        super().__init__()
        self._enabled, self._disabled = _outline(name, color.name()), _outline(name, disabled.name())
        self._opacity = color.alphaF(), disabled.alphaF()

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """As the icon's owner asks for it."""
        off = mode == QIcon.Mode.Disabled
        painter.save()
        painter.setOpacity(painter.opacity() * self._opacity[off])
        (self._disabled if off else self._enabled).render(painter, QRectF(rect))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """On a clear ground."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture


@cache
def _outline(name: str, color: str) -> QSvgRenderer:
    # What has no colour of its own is drawn in its parent's.
    text = resource("icons", "material", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace("<svg ", f'<svg fill="{color}" ', 1).encode()))
