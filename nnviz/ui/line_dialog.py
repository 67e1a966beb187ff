"""Opens a document from its one line of text, pasted from a chat, a slide or a mail."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from nnviz.experiment.documents import Document
from nnviz.experiment.line_text import MAX_LINE, VERSION, from_line, holds_line
from nnviz.experiment.opening import check
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.background import Background

START = f"nnviz{VERSION}:"


class LineDialog(QDialog):
    """chosen: the Document, once it was read and found good."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Open from one line")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text, self.trouble = QPlainTextEdit(), QLabel()
        self.text.setPlaceholderText(f"Paste the line here; it begins with {START} and ends with a colon.")
        self.text.setAccessibleName("The line")
        self.text.setTabChangesFocus(True)
        self.trouble.setWordWrap(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel, Qt.Orientation.Horizontal
        )
        self.open_button = buttons.button(QDialogButtonBox.StandardButton.Open)
        buttons.accepted.connect(self.read)
        buttons.rejected.connect(self.reject)
        self._reader = Background(self)
        self._reader.done.connect(self._found)
        self._reader.failed.connect(self._say)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for part in (QLabel("An experiment as one line of text (File → Copy as one line):"), self.text, self.trouble):
            column.addWidget(part)
        column.addWidget(buttons)
        copied = QApplication.clipboard().text()
        if len(copied) <= 2 * MAX_LINE and holds_line(copied):
            self.text.setPlainText(copied)
        self.text.textChanged.connect(self._ready)
        self._ready()
        self.resize(70 * GRID, 30 * GRID)

    def read(self) -> None:
        """Reads what was pasted, beside the window."""
        text = self.text.toPlainText()
        self.open_button.setEnabled(False)
        self._reader.start(lambda: checked(text))

    def _ready(self) -> None:
        self.open_button.setEnabled(bool(self.text.toPlainText().strip()))
        self.trouble.hide()

    def _found(self, document: object) -> None:
        self.accept()
        self.chosen.emit(document)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence[:1].upper() + sentence[1:] + ".")
        self.trouble.show()
        self.open_button.setEnabled(True)


def checked(text: str) -> Document:
    """The document in the line, once it was tried. ValueError in one sentence."""
    document = from_line(text)
    check(document)
    return document
