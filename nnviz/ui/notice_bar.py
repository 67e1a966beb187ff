"""What could not be done, and why: a line above the why-line that stays until it is read or mended."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from nnviz.ui.theme import GRID
from nnviz.ui.widgets.note import Note


class NoticeBar(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note = Note(self)
        self.close_button = QPushButton("Close", self)
        self.close_button.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, 0)
        row.setSpacing(GRID)
        row.addWidget(self.note, 1)
        row.addWidget(self.close_button)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self.note.text()

    def say(self, sentence: str) -> None:
        """Shows a sentence until it is closed or cleared."""
        # A sentence that begins with a file's name begins as the file does.
        file = "." in sentence.partition(" ")[0].rstrip(".:,")
        text = sentence if file else sentence[:1].upper() + sentence[1:]
        self.note.say(text if text.endswith(".") else f"{text}.")
        self.show()

    def clear(self) -> None:
        """What was wrong is mended, or read."""
        self.note.say("")
        self.hide()
