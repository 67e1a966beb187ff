"""Views that share a place, behind tabs. Each is made when first needed, or one by one while the window is idle."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.ui.plots.view import View
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.flat_tabs import FlatTabs

BETWEEN_MS = 60
"""Between making two views: the window draws and listens meanwhile."""

V = TypeVar("V", bound=View)


class InsideTabs(FlatTabs):
    """A tab for each kind of view. `made`: a view that exists from now on."""

    made = Signal(object)
    ASIDE = GRID - 1

    def __init__(self, kinds: Sequence[type[View]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds = tuple(kinds)
        self._views: dict[type[View], View] = {}
        self._pages: dict[type[View], QVBoxLayout] = {}
        for kind in kinds:
            page = QWidget(self)
            layout = self._pages[kind] = QVBoxLayout(page)
            layout.setContentsMargins(0, 0, 0, 0)
            self.setTabToolTip(self.addTab(page, kind.tab or kind.title), kind.title)
        self.tabBar().setAccessibleName("Views")
        self._idle = QTimer(self)
        self._idle.setInterval(BETWEEN_MS)
        self._idle.timeout.connect(self._make_next)
        self.currentChanged.connect(self._show_page)

    def begin(self) -> None:
        """Makes the view in front, and the others later. To be called once `made` is connected."""
        self._show_page(self.currentIndex())
        self._idle.start()

    def views(self) -> list[View]:
        """Those made so far, in the order of the tabs."""
        return [self._views[kind] for kind in self.kinds if kind in self._views]

    def view(self, kind: type[V]) -> V:
        """The view of a kind, made if need be."""
        view = self._views.get(kind)
        if view is None:
            view = self._views[kind] = kind()
            self._pages[kind].addWidget(view)
            self.made.emit(view)
        assert isinstance(view, kind)
        return view

    def bring(self, key: str) -> bool:
        """Brings the view with that key to the front; False when there is none."""
        for place, kind in enumerate(self.kinds):
            if kind.key == key:
                self.setCurrentIndex(place)
                return True
        return False

    def _show_page(self, place: int) -> None:
        self.view(self.kinds[place])

    def _make_next(self) -> None:
        left = [kind for kind in self.kinds if kind not in self._views]
        if left:
            self.view(left[0])
        else:
            self._idle.stop()
