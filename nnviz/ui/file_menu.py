"""The File menu: gallery, open, save, recent files, one line of text, weights. Files are read beside the window, never
in its thread."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy
from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QMessageBox

from nnviz.experiment.documents import Document, workspace_of
from nnviz.experiment.files import SUFFIX
from nnviz.experiment.line_text import to_line
from nnviz.experiment.opening import load_checked
from nnviz.experiment.weights import load_weights
from nnviz.ui.dropping import dropped, line_in
from nnviz.ui.export.clipboard import copy_text
from nnviz.ui.export.saving import ask_path
from nnviz.ui.open_document import OpenDocument
from nnviz.ui.preferences import Preferences
from nnviz.ui.recent_menu import RecentMenu
from nnviz.ui.session import Session
from nnviz.ui.widgets.background import Background

EXPERIMENTS = f"Experiments (*{SUFFIX})"
WEIGHTS = "Weights (*.npz)"
TABLES = "Tables (*.csv *.tsv *.txt);;All files (*)"


class Show(Protocol):
    """Shows another document with its path; False when that was not wanted."""

    def __call__(self, document: Document, path: Path | None, *, play: bool = True) -> bool: ...


class FileMenu(QMenu):
    """Opens documents and saves the one in front. `said`: a sentence for the status line."""

    said = Signal(str)
    failed = Signal(str)
    """A sentence: what could not be done."""
    csv_chosen = Signal(object)
    """The Path of a table to be used as data."""

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        preferences: Preferences,
        *,
        front: Callable[[], OpenDocument],
        show: Show,
        exports: QMenu,
    ) -> None:
        """front: the document in front. exports: the menu of what leaves the program otherwise."""
        super().__init__("&File", window)
        self._window, self._session, self._preferences = window, session, preferences
        self._front, self._show = front, show
        self._reader = Background(self)
        self._reader.done.connect(self._read)
        self._reader.failed.connect(self._refused)
        self._opening: Callable[[object], None] | None = None
        self._names: list[str] = []
        self._add("&Gallery…", "Ctrl+G", self.show_gallery)
        self._add("&Open…", QKeySequence.StandardKey.Open, self.choose)
        self._add("Open &CSV…", "Ctrl+Shift+O", self.choose_table)
        self.recent = RecentMenu(preferences, self)
        self.recent.chosen.connect(self.open)
        self.recent.said.connect(self.said)
        self.addMenu(self.recent)
        self.addSeparator()
        self._add("&Save", QKeySequence.StandardKey.Save, self.save)
        self._add("Save &as…", "Ctrl+Shift+S", self.save_as)
        self._add("&Copy as one line", "Ctrl+Shift+C", self.copy_line)
        self._add("Open from one &line…", "Ctrl+Shift+V", self.choose_line)
        self.addSeparator()
        self.addMenu(exports)
        self._add("&Import weights…", None, self.import_weights)
        self.addSeparator()
        self._add("&Quit", QKeySequence.StandardKey.Quit, window.close)

    def open(self, path: Path, *, left_aside: int = 0) -> None:
        """Opens a document once it was read and found good; until then, and if not, all stays as it is.

        left_aside: how many others came with it.
        """

        def opened(document: object) -> None:
            assert isinstance(document, Document)
            if self._show(document, path):
                self._preferences.add_recent(path)
                self.said.emit(f"Opened {path.name}.{_others(left_aside)}")

        self._start(partial(load_checked, path), opened, path.name)

    def open_preset(self, path: Path) -> None:
        """Opens a shipped document as a new one, without a file of its own."""

        def opened(document: object) -> None:
            assert isinstance(document, Document)
            if self._show(document, None):
                self.said.emit(document.description or document.name)

        self._start(partial(load_checked, path), opened)

    def open_for_lesson(self, path: Path, *, play: bool, loaded: Callable[[], None]) -> None:
        """Opens a shipped document with which a lesson works; what is tried with it need not be kept."""

        def opened(document: object) -> None:
            assert isinstance(document, Document)
            if self._show(document, None, play=play):
                self._front().disposable = True
                loaded()

        self._start(partial(load_checked, path), opened)

    def show_gallery(self) -> None:
        """The shipped experiments with their pictures."""
        from nnviz.ui.panels.gallery import GalleryDialog  # noqa: PLC0415 - the program starts without it

        dialog = GalleryDialog(self._window, group=workspace_of(self._front().to_save()))
        dialog.chosen.connect(lambda path: self.open_preset(Path(path)))
        dialog.open()

    def choose(self) -> None:
        """Asks for a file and opens it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open experiment", self._folder(), EXPERIMENTS)
        if name:
            self.open(Path(name))

    def choose_table(self) -> None:
        """Asks for a CSV file to learn from."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open table", self._folder(), TABLES)
        if name:
            self.csv_chosen.emit(Path(name))

    def save(self) -> bool:
        """Saves where it came from, or asks. True when it is on disk."""
        return self._save(self._front())

    def save_as(self) -> bool:
        """Asks where to, and saves there."""
        return self._save_as(self._front())

    def may_discard(self, document: OpenDocument) -> bool:
        """True when nothing unsaved would be lost, or the user says so."""
        if not document.dirty or document.disposable:
            return True
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            "Unsaved changes",
            "The experiment has changes that are in no file. Save them first?",
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        return self._save(document) if answer == buttons.Save else bool(answer == buttons.Discard)

    def import_weights(self) -> None:
        """Asks for weights and sets them at the step that is shown."""
        snapshot = self._session.snapshot
        if snapshot is None:
            return
        name, _ = QFileDialog.getOpenFileName(self._window, "Import weights", self._folder(), WEIGHTS)
        if name:
            path = Path(name)
            self._start(partial(load_weights, snapshot.problem.network, path), self._use_weights, path.name)

    def copy_line(self) -> None:
        """Puts the document on the clipboard as one line of text."""
        try:
            line = to_line(self._front().to_save())
            copy_text(line)
        except (ValueError, OSError) as error:
            self.failed.emit(str(error))
        else:
            self.said.emit(f"The experiment is on the clipboard: one line of {len(line):,} letters to paste anywhere.")

    def choose_line(self) -> None:
        """Asks for such a line and opens what is in it."""
        from nnviz.ui.line_dialog import LineDialog  # noqa: PLC0415

        dialog = LineDialog(self._window)
        dialog.chosen.connect(self._open_read)
        dialog.open()

    def open_line(self, text: str) -> None:
        """Opens what is in such a line as a new document, once it was read and found good."""
        from nnviz.ui.line_dialog import checked  # noqa: PLC0415

        self._start(partial(checked, text), self._open_read)

    def open_dropped(self, data: QMimeData) -> None:
        """Opens what was dropped onto the window."""
        try:
            thing = dropped(data)
        except ValueError as error:
            self._names = [Path(url.toLocalFile()).name for url in data.urls()]
            self._refused(str(error))
            return
        if thing.document is not None:
            self.open(thing.document, left_aside=thing.left_aside)
        elif thing.table is not None:
            self._start(partial(line_in, thing.table), partial(self._open_text, thing.table, thing.left_aside))
        else:
            self.open_line(thing.line)

    def _open_text(self, path: Path, left_aside: int, line: object) -> None:
        """A text file: a document's line, if it holds one, or a table."""
        if isinstance(line, str) and line:
            self.open_line(line)
        else:
            self.csv_chosen.emit(path)
            self.said.emit(f"Reading {path.name}.{_others(left_aside)}")

    def _open_read(self, document: object) -> None:
        assert isinstance(document, Document)
        front = self._front()
        # Pasted over what is open, it is an edit of it to whoever holds a part of it fixed.
        if front.permits(front.to_save(), document) and self._show(document, None):
            self.said.emit(f"Opened {document.name or 'the experiment'} from one line.")

    def _use_weights(self, theta: object) -> None:
        assert isinstance(theta, numpy.ndarray)
        self._session.set_weights(theta)

    def _start(self, read: Callable[[], object], opened: Callable[[object], None], *names: str) -> None:
        """names: of the files that are read, with which a sentence about them may begin."""
        self._opening, self._names = opened, list(names)
        self._reader.start(read)

    def _refused(self, sentence: str) -> None:
        for name in self._names:
            if name and sentence.startswith(name) and "." not in name.partition(" ")[0]:
                # As it begins nobody sees that it is a name: it would be given a capital letter.
                sentence = f"“{name}”{sentence.removeprefix(name)}"
        self.failed.emit(sentence)

    def _read(self, value: object) -> None:
        if self._opening is not None:
            self._opening(value)

    def _save(self, document: OpenDocument) -> bool:
        return self._save_to(document, document.path) if document.path else self._save_as(document)

    def _save_as(self, document: OpenDocument) -> bool:
        kinds = {SUFFIX.removeprefix("."): EXPERIMENTS}
        path = ask_path(self._window, "Save experiment", _suggestion(document), kinds)
        return path is not None and self._save_to(document, path)

    def _save_to(self, document: OpenDocument, path: Path) -> bool:
        try:
            document.save(path)
        except (ValueError, OSError) as error:
            self.failed.emit(str(error))
            return False
        self._preferences.add_recent(path)
        self.said.emit(f"Saved {path.name}.")
        return True

    def _folder(self) -> str:
        path = self._front().path
        return str(path.parent) if path else ""

    def _add(self, text: str, key: QKeySequence.StandardKey | str | None, work: Callable[[], object]) -> QAction:
        action = self.addAction(text)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked=False: work())
        return action


def _others(left_aside: int) -> str:
    return f" One is opened at a time: {left_aside} left aside." if left_aside else ""


def _suggestion(document: OpenDocument) -> str:
    """Where it could be saved."""
    if document.path:
        return str(document.path)
    letters = document.to_save().name.lower()
    name = "".join(letter if letter.isalnum() else "-" for letter in letters).strip("-")
    return f"{name or 'experiment'}{SUFFIX}"
