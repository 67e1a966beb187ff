"""A small popup to set one weight or bias by hand: a field with every digit, and a slider around the value."""

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QSlider, QVBoxLayout, QWidget

from nnviz.ui.theme import Theme
from nnviz.ui.widgets.number_text import parse_number

STEPS = 1000
LIMIT = 1e12
"""Larger numbers are no experiment's (specification.Finite)."""
HINT = "Enter sets it, Esc closes"
REFUSED = "Not accepted: write a number up to 1e12, like −0.25 or 1e-3"


class ParameterEditor(QFrame):
    """`committed` carries the value: at Enter as typed, digit for digit, and while the slider moves."""

    committed = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._low, self._high = -1.0, 1.0
        self._title, self._note = QLabel(self), QLabel(HINT, self)
        self.field = QLineEdit(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self._note.setWordWrap(True)
        self.slider.setRange(0, STEPS)
        self.slider.setPageStep(STEPS // 20)
        self.slider.setAccessibleName("Value, coarse")
        column = QVBoxLayout(self)
        for widget in (self._title, self.field, self.slider, self._note):
            column.addWidget(widget)
        self.field.returnPressed.connect(self._typed)
        self.field.textEdited.connect(self._check)
        self.slider.valueChanged.connect(self._slid)

    def edit(self, title: str, value: float, at: QPoint, theme: Theme) -> None:
        """Opens at a point of the screen for a parameter of that name and value."""
        self._title.setText(title)
        self._title.setFont(theme.font(bold=True))
        for widget in (self.field, self._note):
            widget.setFont(theme.font())
        self.field.setAccessibleName(f"Value of {title}")
        self.field.setText(repr(value))
        self.field.setMinimumWidth(self.field.fontMetrics().horizontalAdvance("−0.12345678901234567e-123"))
        centre = value if abs(value) <= LIMIT else 0.0  # neither too large, nor infinite, nor NaN
        reach = max(1.0, 2.0 * abs(centre))
        self._low, self._high = max(-LIMIT, centre - reach), min(LIMIT, centre + reach)
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._tick(centre))
        self.slider.setToolTip(f"From {self._low:.4g} to {self._high:.4g}")
        self._mark(valid=True)
        self.adjustSize()
        self.move(at)
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def _tick(self, value: float) -> int:
        return round(STEPS * (min(max(value, self._low), self._high) - self._low) / (self._high - self._low))

    def _value(self) -> float | None:
        value = parse_number(self.field.text())
        return value if value is not None and abs(value) <= LIMIT else None

    def _check(self) -> None:
        value = self._value()
        self._mark(valid=value is not None)
        if value is not None:
            with QSignalBlocker(self.slider):
                self.slider.setValue(self._tick(value))

    def _mark(self, *, valid: bool) -> None:
        self._note.setText(HINT if valid else REFUSED)
        self.adjustSize()

    def _typed(self) -> None:
        value = self._value()
        if value is None:
            self._mark(valid=False)
            self.field.selectAll()
            return
        self.close()
        self.committed.emit(value)

    def _slid(self, tick: int) -> None:
        value = self._low + (self._high - self._low) * tick / STEPS
        value = float(f"{value:.6g}")
        self.field.setText(repr(value))
        self._mark(valid=True)
        self.committed.emit(value)
