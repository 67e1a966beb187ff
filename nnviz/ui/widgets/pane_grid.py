"""Places for plots in rows. One can be enlarged to fill them all; where all are too small, some at a time, by tabs."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QByteArray, QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFontInfo, QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabBar, QVBoxLayout, QWidget

from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.flat_tabs import FlatTabs, flatten
from nnviz.ui.widgets.pane import Pane
from nnviz.ui.widgets.splitter_places import places_of, restore_places

LEAST_WIDTH, LEAST_HEIGHT = 20, 17
"""Heights of the text that a place has, at least, beside others or above them."""
SLACK = 2
"""So much more it must be before more of them are shown again: a line of text more or less elsewhere turns nothing."""
Group = list[QWidget]
"""Places that are seen together."""


class PaneGrid(QWidget):
    """places: from above, each row from the left. `enlarged`: the place that fills all, or None.

    A place that is hidden from outside stays hidden (`offer`).
    """

    enlarged = Signal(object)
    turned = Signal()
    """Other places are seen than before."""

    def __init__(
        self,
        rows: Sequence[Sequence[tuple[str, QWidget]]],
        columns: tuple[int, ...] = (11, 9),
        heights: tuple[int, ...] = (11, 9),
        parent: QWidget | None = None,
    ) -> None:
        """rows: of (name, place). columns, heights: shares of the width and of the height."""
        super().__init__(parent)
        self._table = [[place for _, place in row] for row in rows]
        self._names = {place: name for row in rows for name, place in row}
        self.places = [place for row in self._table for place in row]
        self.large: QWidget | None = None
        self._withheld: set[QWidget] = set()
        self._front = self.places[0]
        self._groups: list[Group] = []
        self._shown: Group = []
        self._way = 0
        self._rows = [split(Qt.Orientation.Horizontal, row, columns if len(row) > 1 else (1,)) for row in self._table]
        self.whole = split(Qt.Orientation.Vertical, self._rows, heights if len(rows) > 1 else (1,))
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName("Plots")
        self.tabs.hide()
        self.tabs.currentChanged.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.whole, 1)
        self._regroup()

    @property
    def splitters(self) -> list[QSplitter]:
        """The borders that can be dragged."""
        return [self.whole, *self._rows]

    def toggle(self, place: QWidget) -> None:
        """Enlarges a place, or puts all back when it is large already."""
        self.enlarge(None if self.large is place else place)

    def enlarge(self, place: QWidget | None) -> None:
        """Gives one place all the room; None: each its own."""
        if place is self.large:
            return
        self.large = place
        if place is not None:
            self._front = place
        self._show()
        self.enlarged.emit(place)

    def bring(self, place: QWidget) -> None:
        """Makes a place seen, where another one has its room."""
        self._front = place
        if self.large not in (None, place):
            self.enlarge(place)
        self._show()

    def offer(self, place: QWidget, offered: bool) -> None:  # noqa: FBT001 (a setter)
        """Whether there is anything to be seen in a place."""
        if offered != (place not in self._withheld):
            (self._withheld.discard if offered else self._withheld.add)(place)
            self._regroup()

    def state(self) -> QByteArray:
        """The places of the borders."""
        return places_of(self.splitters)

    def restore(self, state: QByteArray) -> None:
        """Borders as they were; a state of another arrangement is ignored by Qt."""
        restore_places(state, self.splitters)

    def set_theme(self, theme: Theme) -> None:
        """Of the tabs."""
        flatten(self.tabs, theme, GRID)
        self._regroup()

    def minimumSizeHint(self) -> QSize:
        """Of one place: the others step back."""
        text = QFontInfo(self.font()).pixelSize()
        return QSize(LEAST_WIDTH - 3, LEAST_HEIGHT // 2) * text

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size has room for more of them, or for fewer."""
        self._regroup()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """So has another size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._regroup()

    def _regroup(self) -> None:
        text = QFontInfo(self.font()).pixelSize()
        groups: list[Group] = []
        for way, groups in enumerate(self._groupings()):
            slack = SLACK if way < self._way else 0
            wide, high = (LEAST_WIDTH + slack) * text, (LEAST_HEIGHT + slack) * text
            sizes = [self._size(group) for group in groups]
            # One above nothing is never too low: there is nothing lower to be had.
            if all(c * wide <= self.width() and (r == 1 or r * high <= self.height()) for c, r in sizes):
                break
        self._way = way
        groups = [[place for place in group if place not in self._withheld] for group in groups]
        groups = [group for group in groups if group]
        if groups != self._groups:
            self._groups = groups
            with QSignalBlocker(self.tabs):
                while self.tabs.count():
                    self.tabs.removeTab(0)
                for group in groups:
                    self.tabs.addTab(" · ".join(self._names[place] for place in group))
            self.tabs.setVisible(len(groups) > 1)
            self._show()

    def _groupings(self) -> Iterator[list[Group]]:
        """Ways to show them, from all at once to one at a time."""
        yield [self.places]
        yield self._table
        if len({len(row) for row in self._table}) == 1:
            yield [list(column) for column in zip(*self._table, strict=True)]
        yield [[place] for place in self.places]

    def _size(self, group: Group) -> tuple[int, int]:
        """Columns and rows."""
        used = [sum(place in group for place in row) for row in self._table]
        return max(used), sum(count > 0 for count in used)

    def _turn(self, tab: int) -> None:
        self._front = self._groups[tab][0]
        self.enlarge(None)
        self._show()

    def _show(self) -> None:
        group = next((group for group in self._groups if self._front in group), self._groups[0])
        with QSignalBlocker(self.tabs):
            self.tabs.setCurrentIndex(self._groups.index(group))
        shown = [self.large] if self.large is not None else group
        alone = len(group) == 1 and len(self._groups) > 1
        for row, places in zip(self._rows, self._table, strict=True):
            for place in places:
                place.setVisible(place in shown)
            row.setVisible(any(place in shown for place in places))
        heads: list[Pane | FlatTabs] = [*self.findChildren(Pane), *self.findChildren(FlatTabs)]
        for head in heads:
            head.show_head(not alone)
        if shown != self._shown:
            self._shown = shown
            self.turned.emit()


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
