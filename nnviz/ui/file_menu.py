"""The File menu: gallery, open, save, recent files, weights. Files are read beside the window, never in its thread."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy
from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QMessageBox

from nnviz.experiment.files import SUFFIX
from nnviz.experiment.specification import Experiment
from nnviz.experiment.weights import load_weights, save_weights
from nnviz.ui.panels.gallery import GalleryDialog
from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session, load_checked
from nnviz.ui.widgets.background import Background

EXPERIMENTS = f"Experiments (*{SUFFIX})"
WEIGHTS = "Weights (*.npz)"
TABLES = "Tables (*.csv *.tsv *.txt);;All files (*)"


class FileMenu(QMenu):
    """Opens and saves the session's experiment. `said`: a sentence for the status line."""

    said = Signal(str)
    failed = Signal(str)
    """A sentence: what could not be done."""
    csv_chosen = Signal(object)
    """The Path of a table to be used as data."""

    def __init__(self, window: QMainWindow, session: Session, preferences: Preferences) -> None:
        super().__init__("&File", window)
        self._window, self._session, self._preferences = window, session, preferences
        self._reader = Background(self)
        self._reader.done.connect(self._read)
        self._reader.failed.connect(self.failed)
        self._opening: Callable[[object], None] | None = None
        self._add("&Gallery…", "Ctrl+G", self.show_gallery)
        self._add("&Open…", QKeySequence.StandardKey.Open, self.choose)
        self._add("Open &CSV…", "Ctrl+Shift+O", self.choose_table)
        self.recent = self.addMenu("&Recent")
        self.recent.aboutToShow.connect(self._fill_recent)
        self.addSeparator()
        self._add("&Save", QKeySequence.StandardKey.Save, self.save)
        self._add("Save &as…", "Ctrl+Shift+S", self.save_as)
        self.addSeparator()
        self._add("&Import weights…", None, self.import_weights)
        self._add("&Export weights…", None, self.export_weights)
        self.addSeparator()
        self._add("&Quit", QKeySequence.StandardKey.Quit, window.close)

    def open(self, path: Path) -> None:
        """Opens an experiment once it was read and found good; until then, and if not, all stays as it is."""

        def opened(spec: object) -> None:
            assert isinstance(spec, Experiment)
            self._session.adopt(spec, path, play=True)
            self._preferences.add_recent(path)
            self.said.emit(f"Opened {path.name}.")

        self._start(partial(load_checked, path), opened)

    def open_preset(self, path: Path) -> None:
        """Opens a shipped experiment as a new one, without a file of its own."""

        def opened(spec: object) -> None:
            assert isinstance(spec, Experiment)
            self._session.adopt(spec, None, play=True)
            self.said.emit(spec.description or spec.name)

        self._start(partial(load_checked, path), opened)

    def show_gallery(self) -> None:
        """The shipped experiments with their pictures."""
        if not self.may_discard():
            return
        dialog = GalleryDialog(self._window)
        dialog.chosen.connect(lambda path: self.open_preset(Path(path)))
        dialog.open()

    def choose(self) -> None:
        """Asks for a file and opens it."""
        if not self.may_discard():
            return
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
        return self._save_to(self._session.path) if self._session.path else self.save_as()

    def save_as(self) -> bool:
        """Asks where to, and saves there."""
        name, _ = QFileDialog.getSaveFileName(self._window, "Save experiment", self._suggestion(), EXPERIMENTS)
        if not name:
            return False
        path = Path(name)
        return self._save_to(path if path.suffix else path.with_suffix(SUFFIX))

    def may_discard(self) -> bool:
        """True when nothing unsaved would be lost, or the user says so."""
        if not self._session.dirty:
            return True
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            "Unsaved changes",
            "The experiment has changes that are in no file. Save them first?",
            buttons.Save | buttons.Discard | buttons.Cancel,
            buttons.Save,
        )
        return self.save() if answer == buttons.Save else bool(answer == buttons.Discard)

    def import_weights(self) -> None:
        """Asks for weights and sets them at the step that is shown."""
        snapshot = self._session.snapshot
        if snapshot is None:
            return
        name, _ = QFileDialog.getOpenFileName(self._window, "Import weights", self._folder(), WEIGHTS)
        if name:
            self._start(partial(load_weights, snapshot.problem.network, Path(name)), self._use_weights)

    def export_weights(self) -> None:
        """Asks where to, and writes the weights of the step that is shown."""
        snapshot = self._session.snapshot
        if snapshot is None:
            return
        name, _ = QFileDialog.getSaveFileName(self._window, "Export weights", "weights.npz", WEIGHTS)
        if name:
            try:
                save_weights(snapshot.problem.network, snapshot.theta, Path(name))
            except OSError as error:
                self.failed.emit(str(error))
            else:
                self.said.emit(f"Weights of step {snapshot.step:,} written to {Path(name).name}.")

    def _use_weights(self, theta: object) -> None:
        assert isinstance(theta, numpy.ndarray)
        self._session.set_weights(theta)

    def _start(self, read: Callable[[], object], opened: Callable[[object], None]) -> None:
        self._opening = opened
        self._reader.start(read)

    def _read(self, value: object) -> None:
        if self._opening is not None:
            self._opening(value)

    def _save_to(self, path: Path) -> bool:
        try:
            self._session.save(path)
        except OSError as error:
            self.failed.emit(str(error))
            return False
        self._preferences.add_recent(path)
        self.said.emit(f"Saved {path.name}.")
        return True

    def _folder(self) -> str:
        return str(self._session.path.parent) if self._session.path else ""

    def _suggestion(self) -> str:
        if self._session.path:
            return str(self._session.path)
        name = "".join(letter if letter.isalnum() else "-" for letter in self._session.spec.name.lower()).strip("-")
        return f"{name or 'experiment'}{SUFFIX}"

    def _fill_recent(self) -> None:
        self.recent.clear()
        paths = self._preferences.recent
        for path in paths:
            action = self.recent.addAction(path.name)
            action.setToolTip(str(path))
            action.triggered.connect(partial(self._open_recent, path))
        if not paths:
            self.recent.addAction("Nothing opened yet").setEnabled(False)

    def _open_recent(self, path: Path, *_: object) -> None:
        if not path.exists():
            self._preferences.forget_recent(path)
            self.said.emit(f"{path.name} is no longer there; taken off the list.")
        elif self.may_discard():
            self.open(path)

    def _add(self, text: str, key: QKeySequence.StandardKey | str | None, work: Callable[[], object]) -> QAction:
        action = self.addAction(text)
        if key is not None:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked=False: work())
        return action
