"""What killed a unit: the step, its batch and its numbers, and what could be tried from there."""

import numpy
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nnviz.experiment.autopsy import Autopsy
from nnviz.experiment.remedies import LEAKY, LOWER_RATE, RELU_AND_HE, Remedy
from nnviz.ui.plots.wording import count, full, short
from nnviz.ui.theme import GRID

FORKS = (
    (LOWER_RATE, "From this step on, with the rate divided by ten"),
    (LEAKY, "From the beginning with the same seed, with leaky ReLU in place of ReLU"),
    (RELU_AND_HE, "From the beginning with the same seed, with He's initial weights"),
)


class AutopsyDialog(QDialog):
    """Stays open beside the window, which stands at the step before the death. `forked`: (step, Remedy) to be tried."""

    forked = Signal(int, object)

    def __init__(self, found: Autopsy, input_names: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = found
        self.setWindowTitle(f"Autopsy: unit {found.unit + 1} of layer {found.layer}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QLabel(told(found), self)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table = self._table(input_names)
        self.buttons: list[QPushButton] = []
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(QLabel("Fork here with", self))
        for remedy, meaning in FORKS:
            button = QPushButton(remedy.label, self)
            button.setToolTip(f"{meaning}; the present run stays as a ghost in the curves")
            button.clicked.connect(lambda _checked=False, chosen=remedy: self._fork(chosen))
            buttons.addWidget(button)
            self.buttons.append(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.text)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self.resize(70 * GRID, 50 * GRID)

    def _fork(self, remedy: Remedy) -> None:
        self.forked.emit(max(0, self.found.step - 1), remedy)
        self.close()

    def _table(self, input_names: list[str]) -> QTableWidget:
        found = self.found
        columns = {
            "weight before": found.weights_before,
            "update": found.update,
            "weight after": found.weights_after,
            "gradient before": found.gradient_before,
            "gradient after": found.gradient_after,
        }
        names = [
            *(input_names if found.layer == 1 else [f"unit {i + 1}" for i in range(len(found.update) - 1)]),
            "bias",
        ]
        table = QTableWidget(len(names), len(columns), self)
        table.setHorizontalHeaderLabels(list(columns))
        table.setVerticalHeaderLabels(names)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        for place, values in enumerate(columns.values()):
            for row, value in enumerate(values):
                item = QTableWidgetItem(short(float(value)))
                item.setToolTip(full(float(value)))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, place, item)
        table.resizeColumnsToContents()
        return table


def told(found: Autopsy) -> str:
    """The autopsy in sentences."""
    who = f"Unit {found.unit + 1} of layer {found.layer}"
    if found.step == 0:
        return f"{who} was born dead: with its initial weights it is negative on every training example."
    after = f"on these {len(found.rows)} examples z went from {_span(found.z_before)} to {_span(found.z_after)}"
    hand = " Weights were set by hand at that step." if found.by_hand else ""
    return (
        f"{who} died in step {count(found.step)}, at learning rate {short(found.learning_rate)}: {after}. "
        f"After it the unit gives 0 on every training example, so its gradient is exactly 0 and nothing brings it back "
        f"but a change in the layers before it.{hand} The window stands at the step before."
    )


def _span(z: numpy.ndarray) -> str:
    if len(z) == 0:
        return "nothing"
    return f"{short(float(numpy.min(z)))} … {short(float(numpy.max(z)))}"
