"""What killed a unit: the step, its batch and its numbers, and what could be tried from there."""

from dataclasses import dataclass

import numpy
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from nnviz.experiment.autopsy import Autopsy
from nnviz.experiment.problem import Problem
from nnviz.experiment.remedies import HE, LEAKY, LOWER_RATE, Remedy, he_in_layer
from nnviz.ui.plots.charts.wording import count, full, short
from nnviz.ui.theme import GRID

WIDTH = 88 * GRID
WHOLE = 12
"""Up to so many rows the table is shown whole; more can be scrolled through."""
KEPT = "The present run stays as a ghost in the curves; Undo brings it back."


@dataclass(frozen=True)
class Fork:
    """A way to go on. meaning: what exactly it does, in a sentence. useful: whether it changes anything."""

    remedy: Remedy
    meaning: str
    useful: bool


class AutopsyDialog(QDialog):
    """Stays open beside the window, which stands at the step before the death. `forked`: (step, Remedy) to be tried."""

    forked = Signal(int, object)

    def __init__(self, found: Autopsy, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = found
        self.setWindowTitle(f"Autopsy: unit {found.unit + 1} of layer {found.layer}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QLabel(told(found), self)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table = self._table(list(problem.input_names))
        self.buttons: list[QPushButton] = []
        choices = QGridLayout()
        choices.setHorizontalSpacing(GRID)
        choices.setVerticalSpacing(GRID)
        choices.setColumnStretch(1, 1)
        heading = QLabel(f"Fork at step {count(_before(found))}. {KEPT}", self)
        choices.addWidget(heading, 0, 0, 1, 2)
        for row, fork in enumerate(forks(found, problem), start=1):
            button = QPushButton(fork.remedy.label, self)
            button.setEnabled(fork.useful)
            button.setToolTip(fork.meaning)
            button.setAccessibleDescription(fork.meaning)
            button.clicked.connect(lambda _checked=False, chosen=fork.remedy: self._fork(chosen))
            meaning = QLabel(fork.meaning, self)
            meaning.setWordWrap(True)
            choices.addWidget(button, row, 0)
            choices.addWidget(meaning, row, 1)
            self.buttons.append(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.text)
        column.addWidget(self.table, 1)
        column.addLayout(choices)
        # As high as the sentences need in that width, with the table whole.
        self.resize(WIDTH, max(64 * GRID, column.totalHeightForWidth(WIDTH)))

    def _fork(self, remedy: Remedy) -> None:
        self.forked.emit(_before(self.found), remedy)
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
                # Not −0, as an update of nothing is.
                item = QTableWidgetItem(short(float(value) + 0.0))
                item.setToolTip(full(float(value) + 0.0))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, place, item)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.ensurePolished()
        rows = sum(table.rowHeight(row) for row in range(min(len(names), WHOLE)))
        frame = 2 * table.frameWidth()
        table.setMinimumHeight(table.horizontalHeader().sizeHint().height() + rows + frame)
        return table


def forks(found: Autopsy, problem: Problem) -> tuple[Fork, ...]:
    """What can be tried from the step before the death. problem: with the network in force there."""
    spec, step = problem.spec, _before(found)
    when = "From the beginning, with the same seed" if step == 0 else f"From step {count(step)} on"
    rate = f"learning rate {short(found.learning_rate / 10.0)} in place of {short(found.learning_rate)}"
    leaky = LEAKY.apply(spec, problem.task) != spec
    leaks = f"{when}: leaky ReLU in place of each ReLU in the hidden layers; the weights stay as they are."
    return (
        Fork(LOWER_RATE, f"{when}: {rate}; the weights stay as they are.", useful=True),
        Fork(LEAKY, leaks if leaky else "There is no ReLU in the hidden layers.", useful=leaky),
        _fork_with_he(step, found.layer, he_already=spec.network.layers[found.layer - 1].weights.name in HE),
    )


def _fork_with_he(step: int, layer: int, *, he_already: bool) -> Fork:
    """The dead unit's layer is drawn anew; at the beginning that changes nothing where it has He's scheme."""
    if step == 0:
        what = "has He's weights already." if he_already else "has He's weights; all else begins as it did."
        meaning = (
            f"Layer {layer} {what}" if he_already else f"From the beginning, with the same seed: layer {layer} {what}"
        )
    else:
        drawn = "He's, as it had at step 0" if he_already else "He's, drawn with the run's seed"
        meaning = (
            f"At step {count(step)} layer {layer} gets new weights and biases: {drawn}. The others stay as they are."
        )
    return Fork(he_in_layer(layer), meaning, useful=step > 0 or not he_already)


def _before(found: Autopsy) -> int:
    """The step that the window stands at: the one before the death, or the beginning."""
    return max(0, found.step - 1)


def told(found: Autopsy) -> str:
    """The autopsy in sentences."""
    who = f"Unit {found.unit + 1} of layer {found.layer}"
    if found.step == 0:
        return f"{who} was born dead: with its initial weights it is negative on every training example."
    after = f"on these {len(found.rows)} examples z went from {_span(found.z_before)} to {_span(found.z_after)}"
    hand = " Weights were set by hand at that step." if found.by_hand else ""
    if not numpy.any(found.update) and not found.by_hand and not found.rewired:
        hand += " Its own weights did not change in it: the layers before did, and send it other inputs."
    hand += " The network was changed at that step." if found.rewired else ""
    return (
        f"{who} died in step {count(found.step)}, at learning rate {short(found.learning_rate)}: {after}. "
        "After it the unit gives 0 on every training example, so the data's gradient is exactly 0 for it. What may "
        "still move it are the layers before it, and momentum or a penalty on the weights."
        f"{hand} The window stands at the step before."
    )


def _span(z: numpy.ndarray) -> str:
    if len(z) == 0:
        return "nothing"
    return f"{short(float(numpy.min(z)))} … {short(float(numpy.max(z)))}"
