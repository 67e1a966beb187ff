"""A titled place for a view in a workspace."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from nnviz.ui.theme import GRID


class Pane(QWidget):
    """The title in small bold letters above the content."""

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self._title = QLabel(title, self)
        self._title.setContentsMargins(GRID, GRID // 2, GRID, 0)
        self._title.setBuddy(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(content, 1)
        self.set_font(self.font())

    def set_font(self, font: QFont) -> None:
        """The workspace's font; the title is the same, bold."""
        bold = QFont(font)
        bold.setBold(True)
        self._title.setFont(bold)
