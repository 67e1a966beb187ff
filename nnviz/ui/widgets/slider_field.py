"""A slider coupled with a number: the number is the value, to its last digit, and the slider is a view of it."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from nnviz.ui.theme import GRID
from nnviz.ui.widgets.float_field import FloatField
from nnviz.ui.widgets.scale import Scale
from nnviz.ui.widgets.wheel import FocusedWheel

POSITIONS = 1000


class Slider(FocusedWheel, QSlider):
    """A horizontal slider that may become short."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, POSITIONS)
        self.setSingleStep(POSITIONS // 100)
        self.setPageStep(POSITIONS // 10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(7 * GRID, super().minimumSizeHint().height())


class SliderField(QWidget):
    """`edited` is emitted once for each change that the user makes, while dragging too.

    scale: the slider's. low, high: what may be typed, which is more than the slider spans.
    """

    edited = Signal(float)

    def __init__(
        self, scale: Scale, low: float, high: float, *, step: float | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.scale = scale
        self.slider, self.field = Slider(self), FloatField(low, high, step=step, parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.field)
        self.setFocusProxy(self.field)
        self.field.edited.connect(self._typed)
        self.slider.valueChanged.connect(self._slid)

    def value(self) -> float:
        """The number."""
        return self.field.value()

    def show_value(self, value: float) -> None:
        """Shows a value without emitting."""
        self.field.show_value(value)
        self._show_position(value)

    def _typed(self, value: float) -> None:
        self._show_position(value)
        self.edited.emit(value)

    def _slid(self, position: int) -> None:
        value = min(max(self.scale.value(position / POSITIONS), self.field.minimum()), self.field.maximum())
        if value != self.field.value():
            self.field.show_value(value)
            self.edited.emit(value)

    def _show_position(self, value: float) -> None:
        # While it is held, the slider stays under the mouse.
        if not self.slider.isSliderDown():
            with QSignalBlocker(self.slider):
                self.slider.setValue(round(self.scale.position(value) * POSITIONS))
