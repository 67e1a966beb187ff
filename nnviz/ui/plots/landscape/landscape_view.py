"""The network's own loss surface: a slice of it with the run's path, the line downhill, and whether it is convex."""

import time
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.plot_view import PlotView, Table
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.figure import WIDEST
from nnviz.ui.plots.landscape.convexity_page import ConvexityPage
from nnviz.ui.plots.landscape.line_page import LinePage
from nnviz.ui.plots.landscape.page import Page
from nnviz.ui.plots.landscape.surface_page import SurfacePage
from nnviz.ui.theme import Theme

ASLEEP = 0.0005
"""Seconds between two pieces of work beside a window."""


class LandscapeView(PlotView):
    """Three pages, one of them seen; only that one computes, and only while the view is visible.

    breathe: see `set_breathe`.
    """

    key = "surface"
    title = "Loss surface"
    tab = "Surface"
    readings = frozenset({"trajectory"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.surface, self.line, self.convexity = SurfacePage(), LinePage(), ConvexityPage()
        self.pages: dict[str, Page] = {"surface": self.surface, "line": self.line, "convexity": self.convexity}
        self.mode = Segments(
            "Page",
            [
                ("surface", "Surface", "A slice of the loss over all weights, with the run's path on it"),
                ("line", "Downhill", "The loss along −∇J: how far a step goes, and how far it should"),
                ("convexity", "Convex?", "Chords and swapped units show whether the loss is convex"),
            ],
        )
        self.controls.addWidget(self.mode)
        column = QVBoxLayout(self.figure)
        column.setContentsMargins(0, 0, 0, 0)
        for page in self.pages.values():
            column.addWidget(page)
            for control in page.controls:
                self.controls.addWidget(control)
            page.controls_changed.connect(self._arrange)
        self.mode.chosen.connect(self._turn)
        self.surface.slice_changed.connect(self._pass_slice)
        self._arrange()
        self.set_theme(self.theme)

    @property
    def page(self) -> Page:
        """The one that is seen."""
        return self.pages[self.mode.key]

    @property
    def busy(self) -> bool:
        """Whether something is being computed."""
        return any(page.pace.busy for page in self.pages.values())

    def set_breathe(self, breathe: Callable[[], object]) -> None:
        """Called again and again by the work beside the window; it may wait there for the window to finish drawing."""

        def rest() -> None:
            # As the run's own worker does between its slices: the window and the run come to their turn.
            time.sleep(ASLEEP)
            breathe()

        for page in self.pages.values():
            page.breathe = rest

    def show_page(self, key: str) -> None:
        """Turns to a page: surface, line or convexity."""
        self.mode.choose(key)
        self._turn()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """On the page that is seen."""
        if self.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):
            self.page.draw_now(snapshot)
        elif self.isVisible():
            self.page.draw(snapshot)

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        for page in self.pages.values():
            page.restyle(theme)
        super().set_theme(theme)
        self.controls.setFont(theme.font())

    def forget_cursor(self) -> None:
        """Hides what is shown because the mouse is there."""
        self.page.forget_cursor()

    def reset_range(self) -> None:
        """Back from wherever the user zoomed or turned to."""
        self.page.reset_range()

    def awaits(self) -> str:
        """It is computed while it is seen."""
        return "open its tab"

    def legible(self) -> QSize:
        """Room for a plot with all of the notes beside it."""
        return QSize(WIDEST, max(300, self.page.notes.wanted_height))

    def numbers(self) -> Table:
        """Of the page that is seen."""
        return self.page.numbers()

    def more_numbers(self) -> dict[str, Table]:
        """Of the page that is seen."""
        return self.page.more_numbers()

    def showEvent(self, event: QShowEvent) -> None:
        """Goes on where it was left."""
        super().showEvent(event)
        if not self.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):
            self.redraw()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: the work ends, what is known stays."""
        super().hideEvent(event)
        for page in self.pages.values():
            page.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Notes are beside the plot where there is room."""
        super().resizeEvent(event)
        self._arrange()
        for page in self.pages.values():
            page.fit_notes()

    def _turn(self, *_: object) -> None:
        for key, page in self.pages.items():
            if key != self.mode.key:
                page.leave()
        self._arrange()
        self.redraw()

    def _arrange(self) -> None:
        for page in self.pages.values():
            seen = page is self.page
            page.setVisible(seen)
            for control in page.controls:
                control.setVisible(seen and page.wanted(control))

    def _pass_slice(self) -> None:
        self.convexity.slice_seen = self.surface.slice
