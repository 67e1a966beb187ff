"""A small whole number between a minus and a plus button."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QToolButton, QWidget

from nnviz.ui.theme import GRID
from nnviz.ui.widgets.explained import tooltip
from nnviz.ui.widgets.integer_field import IntegerField


class Stepper(QWidget):
    """`edited` is emitted once for each change that the user makes."""

    edited = Signal(int)

    def __init__(self, low: int, high: int, *, less: str, more: str, parent: QWidget | None = None) -> None:
        """less, more: what the buttons do, such as "remove the last layer"."""
        super().__init__(parent)
        self.field = IntegerField(low, high, parent=self)
        self.field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.less, self.more = self._button("−", less, -1), self._button("+", more, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.less)
        layout.addWidget(self.field)
        layout.addWidget(self.more)
        layout.addStretch(1)
        self.setFocusProxy(self.field)
        self.field.edited.connect(self._edited)

    def show_value(self, value: int) -> None:
        """Shows a value without emitting."""
        self.field.show_value(value)
        self._enable()

    def _button(self, text: str, name: str, step: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setAccessibleName(name)
        button.setToolTip(tooltip(name[:1].upper() + name[1:] + "."))
        button.setAutoRepeat(True)
        button.clicked.connect(lambda: self.field.stepBy(step))
        return button

    def _edited(self, value: int) -> None:
        self._enable()
        self.edited.emit(value)

    def _enable(self) -> None:
        self.less.setEnabled(self.field.value() > self.field.minimum())
        self.more.setEnabled(self.field.value() < self.field.maximum())
