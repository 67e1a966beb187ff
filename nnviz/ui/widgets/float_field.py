"""A field for a number: what is typed is kept to the last digit, also as 1e-3, and counts once it is confirmed."""

import math

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QWidget

from nnviz.ui.widgets.number_text import number_text, parse_number, validity
from nnviz.ui.widgets.wheel import FocusedWheel

EXACT_DECIMALS = 80
"""QDoubleSpinBox rounds to its decimals; with so many it has nothing left to round."""
CHARACTERS = 8


class FloatField(FocusedWheel, QDoubleSpinBox):
    """A number from low to high. `edited` is emitted once for each change that the user makes.

    step: what an arrow key adds; None steps by the second significant digit, so that it suits every magnitude.
    smallest: where stepping up from 0 arrives when step is None.
    """

    edited = Signal(float)

    def __init__(
        self,
        low: float,
        high: float,
        *,
        step: float | None = None,
        smallest: float = 1e-6,
        buttons: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._step, self._smallest = step, smallest
        self.setDecimals(EXACT_DECIMALS)
        self.setRange(low, high)
        # A half-typed number is no wish: the value counts when Enter is pressed or the field is left.
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if not buttons:
            self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.valueChanged.connect(self.edited)

    def show_value(self, value: float) -> None:
        """Shows a value without emitting. An equal value leaves text, cursor and what is being typed alone."""
        if value == self.value():
            return
        with QSignalBlocker(self):
            self.setRange(min(self.minimum(), value), max(self.maximum(), value))
            self.setValue(value)
        # Where the digits do not all fit, the leading ones are those to see.
        self.lineEdit().setCursorPosition(0)

    def textFromValue(self, value: float) -> str:
        return number_text(value)

    def valueFromText(self, text: str) -> float:
        value = parse_number(text)
        return self.value() if value is None else value

    def validate(self, text: str, position: int) -> object:
        return validity(parse_number(text), text, self.minimum(), self.maximum()), text, position

    def fixup(self, text: str) -> str:
        """A number out of range becomes the nearest one allowed; what is no number gives way to the last value."""
        value = parse_number(text)
        if value is None:
            return number_text(self.value())
        return number_text(min(max(value, self.minimum()), self.maximum()))

    def stepBy(self, steps: int) -> None:
        value = self.value()
        for _ in range(abs(steps)):
            value = self._next(value, 1.0 if steps > 0 else -1.0)
        self.setValue(min(max(value, self.minimum()), self.maximum()))
        self.selectAll()

    def _next(self, value: float, sign: float) -> float:
        if self._step is not None:
            return round(value + sign * self._step, 12)
        if value == 0.0:
            return sign * self._smallest
        magnitude = abs(value)
        exponent = math.floor(math.log10(magnitude) + 1e-9)
        if sign * value < 0.0 and magnitude <= 10.0**exponent * (1.0 + 1e-9):
            exponent -= 1  # below a power of ten the steps are those of the smaller decade
        stepped = float(f"{value + sign * 10.0 ** (exponent - 1):.12g}")
        return 0.0 if abs(stepped) < self._smallest and self.minimum() <= 0.0 else stepped

    def sizeHint(self) -> QSize:
        # By the font rather than by the range, whose ends may be 1e12 and would make the field as wide as its panel.
        base = super().sizeHint()
        room = 24 if self.buttonSymbols() == QAbstractSpinBox.ButtonSymbols.NoButtons else 40
        return QSize(self.fontMetrics().horizontalAdvance("0" * CHARACTERS) + room, base.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
