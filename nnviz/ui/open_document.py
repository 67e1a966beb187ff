"""A document that a workspace has open: where it is kept, whether a file has all of it, how its edits are undone."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from nnviz.experiment.documents import Document
from nnviz.experiment.files import save_document


class OpenDocument(QObject):
    """path: the file that it was opened from or saved to last; None: none yet. disposable: it came with a lesson, so
    that what was tried with it may go without a question."""

    said = Signal(str)
    """A sentence for the status line: what an edit did, or why something cannot be."""
    file_changed = Signal()
    """Path or dirty mark are different now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.disposable = False
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(self.file_changed)

    def adopt(self, document: Document, path: Path | None, *, play: bool) -> None:
        """Another document altogether; the undo history begins anew. play: whether what it describes is set going."""
        raise NotImplementedError

    def to_save(self) -> Document:
        """The document as a file is to have it."""
        raise NotImplementedError

    def save(self, path: Path) -> None:
        """Writes it. OSError in one sentence."""
        save_document(self.to_save(), path)
        self.path, self.disposable = path, False
        self.undo_stack.setClean()
        self.file_changed.emit()

    @property
    def dirty(self) -> bool:
        """Whether there is something that no file has."""
        return not self.undo_stack.isClean()
