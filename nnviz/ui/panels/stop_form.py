"""When a run ends by itself: four conditions, each of which may be absent."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.experiment.specification import StopSpec, replace
from nnviz.ui.panels.explanations import continues
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.float_field import FloatField
from nnviz.ui.widgets.integer_field import IntegerField
from nnviz.ui.widgets.optional_field import OptionalField

MOST = 1_000_000_000


class StopForm(QWidget):
    """`edited` is emitted with the StopSpec and what was done in words."""

    edited = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stop = StopSpec()
        step, epoch = IntegerField(1, MOST, step=1000), IntegerField(1, MOST, step=10)
        loss, plateau = FloatField(0.0, 1e12), IntegerField(1, MOST, step=10)
        step.show_value(10_000)
        epoch.show_value(100)
        loss.show_value(0.01)
        plateau.show_value(50)
        for number in (step, epoch, loss, plateau):
            number.setMinimumWidth(FloatField(0.0, 1.0).sizeHint().width())
        self.fields = {
            "step": OptionalField(
                "At step", step, continues("Ends the run after so many updates of the weights."), self
            ),
            "epoch": OptionalField(
                "At epoch", epoch, continues("Ends the run after so many passes through the training examples."), self
            ),
            "target_loss": OptionalField(
                "At loss", loss, continues("Ends the run once the training loss is this low."), self
            ),
            "plateau": OptionalField(
                "On a plateau",
                plateau,
                continues("Ends the run when the training loss has not improved by 0.1 % for so many epochs."),
                self,
            ),
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 0, 0, 0)
        layout.setSpacing(GRID)
        for name, field in self.fields.items():
            layout.addWidget(field)
            field.edited.connect(lambda value, name=name: self._set(name, value))

    def show_value(self, stop: StopSpec) -> None:
        """Shows the conditions without emitting."""
        self._stop = stop
        for name, field in self.fields.items():
            field.show_value(getattr(stop, name))

    def summary(self) -> str:
        """The conditions in a line."""
        stop = self._stop
        said = [
            f"step {stop.step:,}" if stop.step is not None else "",
            f"epoch {stop.epoch:,}" if stop.epoch is not None else "",
            f"loss {stop.target_loss:g}" if stop.target_loss is not None else "",
            f"plateau of {stop.plateau:,} epochs" if stop.plateau is not None else "",
        ]
        return ", ".join(part for part in said if part) or "never, unless the run diverges"

    def _set(self, name: str, value: float | None) -> None:
        self.edited.emit(replace(self._stop, **{name: value}), "stop condition")
