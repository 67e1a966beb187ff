"""Four places for plots, two above two. Each can be enlarged to fill them all, and the borders can be dragged."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from nnviz.ui.theme import GRID
from nnviz.ui.widgets.splitter_places import places_of, restore_places


class PaneGrid(QWidget):
    """places: upper left, upper right, lower left, lower right. `enlarged`: the place that fills all, or None."""

    enlarged = Signal(object)

    def __init__(self, places: Sequence[QWidget], shares: tuple[int, int], parent: QWidget | None = None) -> None:
        """shares: of the left and right places in the width, and of the upper and lower ones in the height."""
        super().__init__(parent)
        self.places = list(places)
        self.large: QWidget | None = None
        self._rows = [split(Qt.Orientation.Horizontal, self.places[row : row + 2], shares) for row in (0, 2)]
        self._whole = split(Qt.Orientation.Vertical, self._rows, shares)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._whole)

    def toggle(self, place: QWidget) -> None:
        """Enlarges a place, or puts all four back when it is large already."""
        self.enlarge(None if self.large is place else place)

    def enlarge(self, place: QWidget | None) -> None:
        """Gives one place all the room; None: each its own."""
        if place is self.large:
            return
        self.large = place
        for row, two in zip(self._rows, (self.places[:2], self.places[2:]), strict=True):
            row.setVisible(place is None or place in two)
            for one in two:
                one.setVisible(place is None or one is place)
        self.enlarged.emit(place)

    def state(self) -> QByteArray:
        """The places of the borders."""
        return places_of((self._whole, *self._rows))

    def restore(self, state: QByteArray) -> None:
        """Borders as they were; a state of another arrangement is ignored by Qt."""
        restore_places(state, (self._whole, *self._rows))


def split(orientation: Qt.Orientation, parts: Sequence[QWidget], shares: Sequence[int]) -> QSplitter:
    """Parts side by side, or one above the other, with borders that can be dragged."""
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(GRID // 2)
    splitter.setChildrenCollapsible(False)
    for place, (part, share) in enumerate(zip(parts, shares, strict=True)):
        splitter.addWidget(part)
        splitter.setStretchFactor(place, share)
    splitter.setSizes([max(1, 100 * share) for share in shares])
    return splitter
