"""The switch that colours each start by the minimum it reaches, with its progress and a way to stop."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from nnviz.ui.theme import GRID
from nnviz.ui.widgets.chip import Chip
from nnviz.ui.widgets.explained import explain

TIP = (
    "Colours each start by the minimum that the chosen runner reaches from it; "
    "switch it off to stop or to see the heights again"
)


class BasinSwitch(QWidget):
    """asked: True when basins are wanted, False when no more."""

    asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chip = Chip("Basins")
        self.chip.setSizePolicy(self.chip.sizePolicy().Policy.Fixed, self.chip.sizePolicy().Policy.Fixed)
        explain(self.chip, "Basins", TIP)
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setFixedWidth(9 * GRID)
        explain(self.bar, "Progress of the basins", "How many of the starts are through")
        self.cancel = QToolButton()
        self.cancel.setText("Cancel")
        self.cancel.setAutoRaise(True)
        explain(self.cancel, "Cancel", "Stops colouring the starts")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        for part in (self.chip, self.bar, self.cancel):
            row.addWidget(part)
        self.chip.toggled.connect(self.asked)
        self.cancel.clicked.connect(lambda: self.chip.setChecked(False))
        self.show_share(None)

    def show_share(self, share: float | None) -> None:
        """Of the starts that are through; None while nobody computes."""
        for part in (self.bar, self.cancel):
            part.setVisible(share is not None)
        if share is not None:
            self.bar.setValue(round(100.0 * share))

    def show_on(self, on: bool) -> None:  # noqa: FBT001 (a setter)
        """Shows whether they are wanted, without telling."""
        with QSignalBlocker(self.chip):
            self.chip.setChecked(on)
        self.chip.update()
