"""What is around a lesson's page: it scrolls, and buttons below lead on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from nnviz.ui.lessons.lesson_page import LessonPage
from nnviz.ui.theme import GRID, LIGHT, Theme


class PageFrame(QWidget):
    """`moved`: by how many pages, -1 or 1."""

    moved = Signal(int)
    list_asked = Signal()
    sheet_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.all = self._button("Lessons", "The list of all lessons")
        self.sheet = self._button(
            "Answer sheet…", "Your predictions, what was measured, and figures, as a file to hand in or to keep"
        )
        self.back = self._button("Back", "The page before (Alt+Page up)")
        self.forth = self._button("Next", "The next page (Alt+Page down)")
        self.place = QLabel()
        self.place.setAccessibleName("Page")
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.all.clicked.connect(self.list_asked)
        self.sheet.clicked.connect(self.sheet_asked)
        self.back.clicked.connect(lambda: self.moved.emit(-1))
        self.forth.clicked.connect(lambda: self.moved.emit(1))
        above, below = QHBoxLayout(), QHBoxLayout()
        above.setContentsMargins(2 * GRID, GRID, 2 * GRID, 0)
        below.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        for row in (above, below):
            row.setSpacing(GRID)
        above.addWidget(self.all)
        above.addStretch(1)
        above.addWidget(self.sheet)
        below.addWidget(self.back)
        below.addStretch(1)
        below.addWidget(self.place)
        below.addStretch(1)
        below.addWidget(self.forth)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.area, 1)
        column.addLayout(below)
        self.set_theme(LIGHT)

    def show_page(self, page: LessonPage, number: int, last: int) -> None:
        """Another page, from its top. number: from 0 to last."""
        self.area.setWidget(page)  # which deletes the page before
        self.area.verticalScrollBar().setValue(0)
        self.place.setText(f"{number + 1} / {last + 1}")
        self.back.setEnabled(number > 0)
        self.forth.setText("Next" if number < last else "All lessons")

    def set_theme(self, theme: Theme) -> None:
        """Colours."""
        self.place.setStyleSheet(f"color: {theme.muted};")

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        # The space bar plays and pauses after a click here, too.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button
