"""The two inputs that a slice through many spans."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget


class AxesChoice(QWidget):
    """Two lists of inputs, across and up; they are never the same one. Silent when set by the program."""

    chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.across, self.up = QComboBox(), QComboBox()
        self._names: tuple[str, ...] = ()
        self._axes = (0, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for word, box, name in (("↔", self.across, "Input across"), ("↕", self.up, "Input upwards")):
            box.setAccessibleName(name)
            box.setToolTip(f"{name} in the slice; inputs that are not shown stay at their mean")
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(7)
            box.activated.connect(self._tell)
            label = QLabel(word)
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box)

    def offer(self, names: Sequence[str]) -> None:
        """Other inputs."""
        if tuple(names) == self._names:
            return
        self._names = tuple(names)
        for box in (self.across, self.up):
            box.clear()
            box.addItems(self._names)
        self._axes = (0, 1)
        self.show_axes(self._axes)

    def show_axes(self, axes: tuple[int, int]) -> None:
        """What the picture spans now."""
        self._axes = axes
        self.across.setCurrentIndex(axes[0])
        self.up.setCurrentIndex(axes[1])

    def _tell(self) -> None:
        across, up = self.across.currentIndex(), self.up.currentIndex()
        if across == up:  # choosing the other list's input swaps the two
            across, up = self._axes[::-1]
        self.show_axes((across, up))
        self.chosen.emit(across, up)
