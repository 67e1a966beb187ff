"""Which functions stand side by side."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from nnviz.engine import ACTIVATIONS
from nnviz.ui.panels.explanations import ACTIVATION_TIPS
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.chip import Chip
from nnviz.ui.widgets.explained import explain

COLUMNS = 2


class ActivationChips(QWidget):
    """Buttons that stay pressed. `edited` is emitted with the names chosen, of which there is always one."""

    edited = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, Chip] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        for place, (name, record) in enumerate(ACTIVATIONS.items()):
            button = self.buttons[name] = Chip(record.label, self)
            explain(button, record.label, ACTIVATION_TIPS.get(name, ""))
            button.toggled.connect(self._toggled)
            layout.addWidget(button, place // COLUMNS, place % COLUMNS)
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
        # Nothing would be left to see: the last one cannot be switched off.
        for name, button in self.buttons.items():
            button.setEnabled(names != (name,))
