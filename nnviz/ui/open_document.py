"""A document that a workspace has open: where it is kept, whether a file has all of it, how its edits are undone."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from nnviz.experiment.documents import Document
from nnviz.experiment.files import save_document
from nnviz.experiment.lesson.locks import held, refusal


class OpenDocument(QObject):
    """path: the file that it was opened from or saved to last; None: none yet. disposable: it came with a lesson, so
    that what was tried with it may go without a question.

    fixed: what the page of a lesson locks (nnviz.experiment.lesson.record.PARTS). Every edit, whichever gesture it
    comes from, and every step back or forth in the history asks here whether it may be.
    """

    said = Signal(str)
    """A sentence for the status line: what an edit did, or why something cannot be."""
    held_fixed = Signal(str)
    """A sentence that stays: an edit was refused, since a lesson's page holds fixed what it would change."""
    file_changed = Signal()
    """Path or dirty mark are different now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.disposable = False
        self.fixed: frozenset[str] = frozenset()
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(self.file_changed)
        self.undo_stack.indexChanged.connect(self._keep_place)
        self._place = 0
        self._refused = self._returning = False

    def adopt(self, document: Document, path: Path | None, *, play: bool) -> None:
        """Another document altogether; the undo history begins anew. play: whether what it describes is set going."""
        raise NotImplementedError

    def to_save(self) -> Document:
        """The document as a file is to have it."""
        raise NotImplementedError

    def show_again(self) -> None:
        """Tells the panels what is: one of them may show already what was refused."""

    def permits(self, before: Document, after: Document, *, weights: bool = False) -> bool:
        """Whether an edit may be made. Where a lesson's page is against it, that is said.

        weights: whether parameters are set, too.
        """
        parts = held(before, after, self.fixed, weights=weights)
        if parts:
            self.show_again()
            self.held_fixed.emit(refusal(parts))
        return not parts

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

    def _refuses(self, before: Document, after: Document, *, weights: bool = False) -> bool:
        """For the steps of the history: whether this one must change nothing. The history then stays where it was."""
        if not self._returning and not self.permits(before, after, weights=weights):
            self._refused = True
        return self._returning or self._refused

    def _keep_place(self, place: int) -> None:
        if not self._refused:
            self._place = place
            return
        # Qt has moved on already; the way back goes through the same commands, which change nothing meanwhile.
        self._refused, self._returning = False, True
        self.undo_stack.setIndex(self._place)
        self._returning = False
