"""The timeline: where the run stands, how far it has come, and a way back to any step of it."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QStyle, QWidget

from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.theme import GRID

POSITIONS = 10_000
WIDEST = "step 000 000 000 of 000 000 000"


class JumpingSlider(QSlider):
    """A slider whose handle comes to where one clicks."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Moves the handle under the mouse; from there it can be dragged."""
        if event.button() == Qt.MouseButton.LeftButton:
            handle = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, None, self)
            place = round(event.position().x() - handle / 2.0)
            span = max(1, self.width() - handle)
            self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), place, span))
        super().mousePressEvent(event)


class TimelineBar(QWidget):
    """A slider from step 0 to the furthest step reached. `sought`: the step that the user wants to see."""

    sought = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._horizon = 0
        self._step = 0
        self._roomy = True
        self.slider = JumpingSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, 0)
        self.slider.setAccessibleName("Timeline")
        self.slider.setToolTip(
            "Drag to see the run at an earlier step; everything follows.\n"
            "Play goes on from there, over the same steps as before. Changing a setting there begins a new future."
        )
        self.slider.valueChanged.connect(self._slid)
        self._label = QLabel("step 0", self)
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID // 2)
        row.setSpacing(2 * GRID)
        row.addWidget(self.slider, 1)
        row.addWidget(self._label)

    def draw(self, snapshot: Snapshot) -> None:
        """Follows the run, unless the user is holding the slider."""
        self._horizon, self._step = snapshot.horizon, snapshot.step
        if not self.slider.isSliderDown():
            with QSignalBlocker(self.slider):
                # Steps beyond the slider's pixels share a position; arrow keys move by one of them.
                self.slider.setRange(0, min(self._horizon, POSITIONS))
                self.slider.setSingleStep(1)
                self.slider.setPageStep(max(1, self.slider.maximum() // 20))
                self.slider.setValue(self._position(self._step))
        self._tell()

    def minimumSizeHint(self) -> QSize:
        """Narrower than it is now: then it says less."""
        return QSize(12 * GRID, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow, it says where the run stands and not how far it came."""
        super().resizeEvent(event)
        room = self._label.fontMetrics().horizontalAdvance(WIDEST)
        self._roomy = self.width() > 3 * room
        self._label.setMinimumWidth(room if self._roomy else 0)
        self._tell()

    def _tell(self) -> None:
        of = f" of {self._horizon:,}" if self._roomy else ""
        self._label.setText(f"step {self._step:,}{of}")

    def _position(self, step: int) -> int:
        return round(step * self.slider.maximum() / self._horizon) if self._horizon else 0

    def _slid(self, position: int) -> None:
        if self.slider.maximum():
            self.sought.emit(round(position * self._horizon / self.slider.maximum()))
