"""Windows beside the main one open no larger than the screen has room for."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.ui.theme import GRID
from nnviz.ui.widgets.column_scroll import ColumnScroll

FRAME = QSize(2 * GRID, 5 * GRID)
"""What a window manager draws around a window, at most."""


def resize_on_screen(window: QWidget, size: QSize) -> None:
    """Gives a window that size, or as much of it as the screen has room for."""
    room = window.screen().availableGeometry().size() - FRAME
    window.resize(size.boundedTo(room))


class ShrinkingForm(ColumnScroll):
    """A form as high as it wants to be, which scrolls where there is less room."""

    def __init__(self, form: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(form, parent)
        self._form = form
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def height_in(self, width: int) -> int:
        """How high the whole form is when it is so wide."""
        high = self._form.heightForWidth(width)
        return high if high >= 0 else self._form.sizeHint().height()

    def sizeHint(self) -> QSize:
        """The form's, as wide as it is now."""
        return QSize(self._form.sizeHint().width(), self.height_in(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words may take more lines, or fewer."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The form has other rows."""
        handled = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return handled
