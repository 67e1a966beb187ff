"""A titled place for a view in a workspace."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.elided import Elided
from nnviz.ui.widgets.enlarge_button import EnlargeButton


class Pane(QWidget):
    """The title in small bold letters above the content. `enlarge_asked`: by its button, or a double click."""

    enlarge_asked = Signal()

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.content = title, content
        self._title = Elided(self)
        self._title.show_text(title)
        self._title.setContentsMargins(GRID, GRID // 2, GRID, 0)
        self._title.setBuddy(content)
        self.button = EnlargeButton(self)
        self.button.asked.connect(self.enlarge_asked)
        self._head = QWidget(self)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(content, 1)

    def show_head(self, shown: bool) -> None:  # noqa: FBT001 (a setter)
        """Whether the title and the button are there: where the pane is a tab of its own, the tab says it."""
        self._head.setVisible(shown)

    def set_theme(self, theme: Theme) -> None:
        """The title's font and the button's colour."""
        self._title.setFont(theme.font(bold=True))
        self.button.set_theme(theme)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On the title."""
        if not self._head.isHidden() and event.position().y() <= self._head.geometry().bottom():
            self.enlarge_asked.emit()
