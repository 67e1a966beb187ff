"""The timeline of a race: any step of it can be gone to."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnviz.ui.theme import GRID
from nnviz.ui.timeline_bar import JumpingSlider


class DescentTimeline(QWidget):
    """sought: the step that the user wants to see."""

    sought = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = JumpingSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, 0)
        self.slider.setAccessibleName("Timeline")
        self.slider.setToolTip("Drag to see the race at another step; arrow keys go step by step")
        self.slider.valueChanged.connect(self.sought)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID // 2)
        row.addWidget(self.slider, 1)

    def show_step(self, step: int, steps: int) -> None:
        """Follows the race, unless the user is holding the slider."""
        if self.slider.isSliderDown():
            return
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, steps)
            self.slider.setSingleStep(1)
            self.slider.setPageStep(max(1, steps // 20))
            self.slider.setValue(step)
