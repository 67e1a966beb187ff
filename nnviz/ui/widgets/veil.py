"""An empty sheet over what has nothing to show yet."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.ui.widgets.current_theme import current_theme


class Veil(QWidget):
    """Covers a widget, which owns it, in the ground of the plots. What is behind it is not painted."""

    def __init__(self, covered: QWidget) -> None:
        super().__init__(covered)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        covered.installEventFilter(self)
        self.resize(covered.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as what it covers."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground alone."""
        QPainter(self).fillRect(self.rect(), current_theme(self).color("surface"))
