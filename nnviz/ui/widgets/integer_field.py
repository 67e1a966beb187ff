"""A field for a whole number, which also takes 1e3, and counts once it is confirmed."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from nnviz.ui.widgets.number_text import parse_number, validity
from nnviz.ui.widgets.wheel import FocusedWheel


class IntegerField(FocusedWheel, QSpinBox):
    """A whole number from low to high. `edited` is emitted once for each change that the user makes."""

    edited = Signal(int)

    def __init__(self, low: int, high: int, *, step: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(self.edited)

    def show_value(self, value: int) -> None:
        """Shows a value without emitting, widening the range to hold it. An equal value leaves all as it is."""
        if value == self.value():
            return
        with QSignalBlocker(self):
            self.setRange(min(self.minimum(), value), max(self.maximum(), value))
            self.setValue(value)

    def textFromValue(self, value: int) -> str:
        return str(value)

    def valueFromText(self, text: str) -> int:
        value = self._whole(text)
        return self.value() if value is None else value

    def validate(self, text: str, position: int) -> object:
        return validity(self._whole(text), text, self.minimum(), self.maximum()), text, position

    def fixup(self, text: str) -> str:
        """A number that is not allowed becomes the nearest one that is."""
        value = parse_number(text)
        if value is None:
            return str(self.value())
        return str(round(min(max(value, self.minimum()), self.maximum())))

    @staticmethod
    def _whole(text: str) -> int | None:
        value = parse_number(text)
        return int(value) if value is not None and value.is_integer() else None
