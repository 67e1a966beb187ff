"""A document of a workspace that needs no worker: what is edited is all there is."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nnviz.experiment.documents import Document
from nnviz.ui.edits import SpecEdit
from nnviz.ui.open_document import OpenDocument


class Sheet(OpenDocument):
    """spec: the document as it is now. Gestures go in by `edit`, and come out as `spec_changed`."""

    spec_changed = Signal(object)
    """The new document: show it."""
    adopted = Signal(object, bool)
    """(Another document altogether, whether it is to be set going); spec_changed came before."""

    def __init__(self, spec: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spec = spec

    def edit(self, spec: Document, text: str) -> None:
        """Makes a new document the present one; ``text`` names the edit in the undo menu."""
        if spec != self.spec and self.permits(self.spec, spec):
            self.undo_stack.push(SpecEdit(self.spec, spec, text, self._apply))

    def adopt(self, document: Document, path: Path | None, *, play: bool) -> None:
        """Another document altogether; the undo history begins anew."""
        self.path = path
        self.undo_stack.clear()
        self._show(document)
        self.adopted.emit(document, play)

    def to_save(self) -> Document:
        """The document."""
        return self.spec

    def show_again(self) -> None:
        """The document as it is."""
        self.spec_changed.emit(self.spec)

    def _apply(self, spec: Document) -> None:
        if not self._refuses(self.spec, spec):
            self._show(spec)

    def _show(self, spec: Document) -> None:
        self.spec = spec
        self.spec_changed.emit(spec)
        self.file_changed.emit()
