"""What the panels of the Neuron workspace are: each edits one part of its document."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nnviz.ui.widgets.scale import LinearScale
from nnviz.ui.widgets.slider_field import SliderField

LIMIT = 1e6
"""Numbers beyond it cannot be typed."""
REACHES = (2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 1e4, 1e5, LIMIT)
"""What a slider may span to both sides of 0."""


class PartPanel(QWidget):
    """Program to widget is silent; user to program is one signal a gesture."""

    edited = Signal(object, str)
    """(the new part, what was done in words for the undo menu)."""


class ValueField(SliderField):
    """A number of either sign; the slider spans as much as the number needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._reach = REACHES[0]
        super().__init__(LinearScale(-self._reach, self._reach), -LIMIT, LIMIT, step=0.1, parent=parent)

    def show_value(self, value: float) -> None:
        """Shows a value without emitting."""
        if not self.slider.isSliderDown():
            reach = next((reach for reach in REACHES if reach >= 1.25 * abs(value)), LIMIT)
            # It grows with the number and shrinks only where the number is small on it: sliders should not jump.
            if abs(value) > self._reach or 20.0 * reach < self._reach:
                self._reach = reach
                self.scale = LinearScale(-reach, reach)
        super().show_value(value)
