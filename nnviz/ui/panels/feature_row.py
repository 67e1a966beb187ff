"""Which functions of the two coordinates the network is given as inputs."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from nnviz.engine.datasets import FEATURES
from nnviz.ui.panels.explanations import restarts
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.chip import Chip
from nnviz.ui.widgets.explained import explain

COLUMNS = 4
TIP = restarts(
    "An input of the network. With x² and y² a circle is easy even for a single neuron; with x and y alone the hidden "
    "layers have to find such combinations themselves."
)


class FeatureRow(QWidget):
    """Buttons that stay pressed. `edited` is emitted with the names chosen, of which there is always one."""

    edited = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, Chip] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        for place, (name, feature) in enumerate(FEATURES.items()):
            button = Chip(feature.label, self)
            explain(button, f"Input {feature.label}", TIP)
            button.toggled.connect(self._toggled)
            layout.addWidget(button, place // COLUMNS, place % COLUMNS)
            self.buttons[name] = button
        for column in range(COLUMNS):
            layout.setColumnStretch(column, 1)
        first = next(iter(self.buttons.values()))
        self.setFocusProxy(first)

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
        # A network without inputs is none: the last one cannot be switched off.
        for name, button in self.buttons.items():
            button.setEnabled(names != (name,))
