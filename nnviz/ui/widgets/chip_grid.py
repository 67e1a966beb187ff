"""Chips in rows of which at least one is always on: which of several named things are taken."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from nnviz.ui.theme import GRID
from nnviz.ui.widgets.chip import Chip
from nnviz.ui.widgets.choice import Entry
from nnviz.ui.widgets.explained import explain


class ChipGrid(QWidget):
    """Buttons that stay pressed. `edited` is emitted with the keys chosen, of which there is always one.

    Entries have a key, a label, and a tip; named puts words before the label where it is read out.
    """

    edited = Signal(tuple)

    def __init__(
        self, entries: Iterable[Entry], columns: int, *, named: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.buttons: dict[str, Chip] = {}
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(GRID // 2)
        for place, entry in enumerate(entries):
            button = self.buttons[entry.key] = Chip(entry.label, self)
            explain(button, f"{named}{entry.label}", entry.tip)
            button.toggled.connect(self._toggled)
            self.grid.addWidget(button, place // columns, place % columns)
        self.setFocusProxy(next(iter(self.buttons.values())))

    def show_value(self, names: tuple[str, ...]) -> None:
        """Shows which are chosen without emitting."""
        for name, button in self.buttons.items():
            with QSignalBlocker(button):
                button.setChecked(name in names)
        self._keep_one(names)

    def _toggled(self) -> None:
        names = tuple(name for name, button in self.buttons.items() if button.isChecked())
        self._keep_one(names)
        self.edited.emit(names)

    def _keep_one(self, names: tuple[str, ...]) -> None:
        # With none of them there would be nothing: the last one cannot be switched off.
        for name, button in self.buttons.items():
            button.setEnabled(names != (name,))
