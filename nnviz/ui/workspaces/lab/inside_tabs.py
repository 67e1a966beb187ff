"""Views that share a place, behind tabs. Each is made when first needed, or one by one while the window is idle."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.ui.plots.figure import LEAST
from nnviz.ui.plots.registry import Kind
from nnviz.ui.plots.view import View
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.first_paint import FirstPaint
from nnviz.ui.widgets.flat_tabs import FlatTabs
from nnviz.ui.widgets.veil import Veil

BETWEEN_MS = 40
"""Between making two views: the window draws and listens meanwhile."""


class InsideTabs(FlatTabs):
    """A tab for each kind of view. `made`: a view that exists from now on."""

    made = Signal(object)
    ASIDE = GRID - 1

    def __init__(self, kinds: Sequence[Kind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds = {kind.key: kind for kind in kinds}
        self._views: dict[str, View] = {}
        self._pages: dict[str, QVBoxLayout] = {}
        self._waiting: list[Callable[[], None]] = []
        self._loaded = ""
        for kind in kinds:
            page = QWidget(self)
            # As if the view were there already: nothing moves when it comes.
            page.setMinimumSize(LEAST)
            Veil(page)
            layout = self._pages[kind.key] = QVBoxLayout(page)
            layout.setContentsMargins(0, 0, 0, 0)
            self.setTabToolTip(self.addTab(page, kind.tab or kind.title), kind.title)
        self.tabBar().setAccessibleName("Views")
        self._idle = QTimer(self)
        self._idle.setInterval(BETWEEN_MS)
        self._idle.timeout.connect(self._make_next)
        self.currentChanged.connect(self._show_front)

    def begin(self) -> None:
        """Makes the view in front once its place is seen, and the others later."""
        FirstPaint(self, self._begin)

    def views(self) -> list[View]:
        """Those made so far, in the order of the tabs."""
        return [self._views[key] for key in self.kinds if key in self._views]

    def view(self, key: str) -> View:
        """The view of that key, made if need be."""
        view = self._views.get(key)
        if view is None:
            view = self._views[key] = self.kinds[key]()
            self._pages[key].addWidget(view)
            self.made.emit(view)
        return view

    def make_all(self, then: Callable[[], None]) -> None:
        """Makes those that are left, one by one while the window draws and listens; then calls ``then``."""
        self._waiting.append(then)
        self._idle.start()

    def bring(self, key: str) -> bool:
        """Brings the view with that key to the front; False when there is none."""
        if key in self.kinds:
            self.setCurrentIndex(list(self.kinds).index(key))
        return key in self.kinds

    @property
    def front(self) -> str:
        """The key of the view in front."""
        return list(self.kinds)[self.currentIndex()]

    def _begin(self) -> None:
        self._show_front()
        self._idle.start()

    def _show_front(self) -> None:
        self.view(self.front)

    def _make_next(self) -> None:
        # Once somebody waits for them they come without a rest, but each in a turn of its own.
        self._idle.setInterval(0 if self._waiting else BETWEEN_MS)
        left = [key for key in self.kinds if key not in self._views]
        if not left:
            self._idle.stop()
            waiting, self._waiting = self._waiting, []
            for then in waiting:
                then()
        elif left[0] != self._loaded:
            # What takes long is imported in one turn and made in another.
            self._loaded = left[0]
            self.kinds[left[0]].load()
        else:
            self.view(left[0])
