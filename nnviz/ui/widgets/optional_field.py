"""A number that may be absent: a check box that says what it is for, and the field, usable while it is checked."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from nnviz.ui.theme import GRID
from nnviz.ui.widgets.explained import explain
from nnviz.ui.widgets.float_field import FloatField
from nnviz.ui.widgets.integer_field import IntegerField


class OptionalField(QWidget):
    """`edited` is emitted with the number, or None when it was switched off."""

    edited = Signal(object)

    def __init__(self, label: str, field: FloatField | IntegerField, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check, self.field = QCheckBox(label, self), field
        explain(self.check, label, tip)
        explain(field, label, tip)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.check, 1)
        layout.addWidget(field)
        field.setEnabled(False)
        self.setFocusProxy(self.check)
        self.check.toggled.connect(self._toggled)
        field.edited.connect(self.edited.emit)

    def show_value(self, value: float | None) -> None:
        """Shows a number, or that there is none; then the field keeps what it showed, for when it is switched on."""
        with QSignalBlocker(self.check):
            self.check.setChecked(value is not None)
        self.field.setEnabled(value is not None)
        if isinstance(self.field, IntegerField):
            if value is not None:
                self.field.show_value(int(value))
        elif value is not None:
            self.field.show_value(value)

    def _toggled(self, on: bool) -> None:  # noqa: FBT001 (a slot)
        self.field.setEnabled(on)
        self.edited.emit(self.field.value() if on else None)
