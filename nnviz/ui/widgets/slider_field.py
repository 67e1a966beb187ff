"""A slider coupled with a number: the number is the value, to its last digit, and the slider is a view of it."""

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QStyle, QStyleOptionSlider, QWidget

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
        self._zones: tuple[tuple[float, QColor], ...] = ()

    def show_zones(self, zones: tuple[tuple[float, QColor], ...]) -> None:
        """Colours below the groove: each from where the last one ended (the left end) to its share of the length."""
        if zones != self._zones:
            self._zones = zones
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The slider, and its zones below."""
        super().paintEvent(event)
        if not self._zones:
            return
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, option, self)
        # Positions are where the middle of the handle is.
        start, length = handle / 2.0, self.width() - handle
        with QPainter(self) as painter:
            left = start
            for share, color in self._zones:
                right = start + length * share
                painter.fillRect(QRectF(left, self.height() - 3.0, right - left, 3.0), color)
                left = right

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
