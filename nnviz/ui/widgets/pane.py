"""A titled place for a view in a workspace."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.enlarge_button import EnlargeButton


class Pane(QWidget):
    """The title in small bold letters above the content. `enlarge_asked`: by its button, or a double click."""

    enlarge_asked = Signal()

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self._title = QLabel(title, self)
        self._title.setContentsMargins(GRID, GRID // 2, GRID, 0)
        self._title.setBuddy(content)
        self.button = EnlargeButton(self)
        self.button.asked.connect(self.enlarge_asked)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(content, 1)

    def set_theme(self, theme: Theme) -> None:
        """The title's font and the button's colour."""
        self._title.setFont(theme.font(bold=True))
        self.button.set_theme(theme)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On the title."""
        if event.position().y() <= self._title.geometry().bottom():
            self.enlarge_asked.emit()
