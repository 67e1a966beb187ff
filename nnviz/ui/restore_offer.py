"""After an end that was none of the user's: a line that offers what was open. The window is usable meanwhile."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from nnviz.experiment.opening import load_checked
from nnviz.experiment.printable import listed
from nnviz.ui.last_documents import Kept, forget, give_back, recall, waiting
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.explained import tooltip
from nnviz.ui.widgets.note import Note


class RestoreOffer(QWidget):
    """One crash at a time, the first one first. What is offered stays where it is until it was opened or discarded:
    without an answer it is offered again at the next start.
    """

    wanted = Signal(object)
    """A list of Kept, as many as there are: to be opened. Whoever opens them answers with `opened`."""
    failed = Signal(str)
    """A sentence: what cannot be offered, or opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._crashes: list[list[Path]] = []
        self._places: list[Path] = []
        self._reader = Background(self)
        self._reader.done.connect(self.wanted)
        self._reader.failed.connect(self._refused)
        self.note = Note(self, level="muted")
        self.open_button = _button("Open again", "Opens what was kept, each in its workspace.", self)
        self.discard_button = _button("Discard", "What was kept is deleted for good.", self)
        self.later_button = _button("Later", "Nothing is lost: the next start offers it again.", self)
        self.open_button.clicked.connect(lambda _checked=False: self._read())
        self.discard_button.clicked.connect(lambda _checked=False: self._discard())
        self.later_button.clicked.connect(lambda _checked=False: self.hide())
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID // 2, 2 * GRID, 0)
        row.setSpacing(GRID)
        row.addWidget(self.note, 1)
        for button in (self.open_button, self.discard_button, self.later_button):
            row.addWidget(button)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self.note.text()

    def look(self, folder: Path) -> None:
        """Offers what crashes have left in the folder."""
        self._crashes = waiting(folder)
        self._next()

    def opened(self, number: int) -> None:
        """The kept document of that number, in the list that was wanted, is open in its workspace."""
        try:
            give_back(self._places[number])
        except OSError as error:
            self.failed.emit(f"{self._places[number]} cannot be moved: {(error.strerror or str(error)).lower()}")

    def done(self) -> None:
        """All that was to be opened is, or the user kept what is there instead: what is left is still offered."""
        self._places = [place for place in self._places if place.exists()]
        self._crashes.insert(0, self._places)
        self._next()

    def _next(self) -> None:
        self._places, names = [], []
        while self._crashes and not self._places:
            for place in self._crashes.pop(0):
                try:
                    # Not tried out yet, as opening does: it may be what the program came to grief over.
                    names.append(_name(recall(place)))
                    self._places.append(place)
                except (ValueError, OSError) as error:
                    self.failed.emit(f"What was open could not be read and stays in {place.parent}: {error}")
        self.note.say(f"nnviz ended unexpectedly. Kept from then: {listed(names)}." if names else "")
        self._enable(on=True)
        self.setVisible(bool(names))

    def _read(self) -> None:
        places = list(self._places)
        self._enable(on=False)
        self._reader.start(lambda: [recall(place, load_checked) for place in places])

    def _refused(self, sentence: str) -> None:
        self._enable(on=True)
        self.failed.emit(f"What was open cannot be opened: {sentence}")

    def _discard(self) -> None:
        try:
            for place in self._places:
                forget(place)
        except OSError as error:
            self.failed.emit(f"cannot delete {error.filename}: {(error.strerror or str(error)).lower()}")
            return
        self._next()

    def _enable(self, *, on: bool) -> None:
        self.open_button.setEnabled(on)
        self.discard_button.setEnabled(on)


def _name(kept: Kept) -> str:
    name = kept.path.name if kept.path else kept.document.name
    return f"“{name or 'your experiment'}”"


def _button(text: str, meaning: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setToolTip(tooltip(meaning))
    button.setAccessibleDescription(meaning)
    return button
