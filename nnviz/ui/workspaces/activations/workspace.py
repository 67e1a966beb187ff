"""The Activations workspace: functions side by side, what they do to a signal, and to a gradient through depth."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from nnviz.engine import ACTIVATIONS
from nnviz.experiment.activations.costs import REFERENCE, measure_costs
from nnviz.experiment.activations.specification import PAGES, Activations, Page
from nnviz.experiment.files import load_document
from nnviz.experiment.specification import replace
from nnviz.ui.panels.activations.activations_panel import ActivationsPanel
from nnviz.ui.plots.activations.curves_figure import CurvesFigure
from nnviz.ui.plots.activations.depth_figure import DepthFigure
from nnviz.ui.plots.activations.depth_table import DepthTable
from nnviz.ui.plots.activations.property_table import PropertyTable
from nnviz.ui.plots.activations.signal_figure import SignalFigure
from nnviz.ui.plots.activations.signal_table import SignalTable
from nnviz.ui.plots.activations.softmax_figure import JacobianTable, SoftmaxFigure
from nnviz.ui.plots.activations.tanh_figure import TanhFigure
from nnviz.ui.plots.activations.wording import page_note
from nnviz.ui.plots.figure import Figure
from nnviz.ui.sheet import Sheet
from nnviz.ui.theme import GRID, TEXT_PIXELS, Theme
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.column_scroll import ColumnScroll
from nnviz.ui.widgets.explained import explain
from nnviz.ui.widgets.side_room import SideRoom
from nnviz.ui.widgets.splitter_places import places_of, restore_places
from nnviz.ui.workspaces.activations.activations_bar import ActivationsBar
from nnviz.ui.workspaces.activations.page import ActivationsPage
from nnviz.ui.workspaces.workspace import Workspace

ABOUT_FUNCTIONS: tuple[Page, ...] = ("functions", "signal", "depth")
"""Pages on which the document's functions stand side by side."""
PANEL_FIELDS = 190
"""Pixels of the panel that do not grow with the text: sliders."""


class ActivationsWorkspace(Workspace):
    """Five pages, a panel that shows what the page in front has use for, and the bar that chooses among them."""

    key = "activations"

    def __init__(self, parent: QWidget | None = None) -> None:
        self.sheet = Sheet(Activations())
        super().__init__(self.sheet, parent)
        self.sheet.setParent(self)
        self.bar, self.panel = ActivationsBar(), ActivationsPanel()
        self.curves, self.properties = CurvesFigure(), PropertyTable()
        self.signal, self.signal_table = SignalFigure(), SignalTable()
        self.depth_figure, self.depth_table = DepthFigure(), DepthTable()
        self.tanh, self.softmax, self.slopes = TanhFigure(), SoftmaxFigure(), JacobianTable()
        made = (
            ActivationsPage([self.curves, self.properties], [17, 9]),
            ActivationsPage([self.signal, self.signal_table], [17, 8]),
            ActivationsPage([self.depth_figure, self.depth_table], [17, 9]),
            ActivationsPage([self.tanh], [1]),
            ActivationsPage([self.softmax, self.slopes], [17, 7]),
        )
        self.pages = dict(zip(PAGES, made, strict=True))
        self._background = Background(self)
        self._background.done.connect(self.properties.show_costs)
        self._arrange()
        self.panel.edited.connect(self.sheet.edit)
        self.bar.page_chosen.connect(self.show_page)
        self.bar.preset_chosen.connect(self._take_preset)
        self.curves.pointed.connect(self.signal.point)
        self.signal.pointed.connect(self.curves.point)
        self.measure.clicked.connect(self._measure)
        self.sheet.spec_changed.connect(self._show)
        self._show(self.activations)

    @property
    def activations(self) -> Activations:
        """The document as it is now."""
        assert isinstance(self.sheet.spec, Activations)
        return self.sheet.spec

    def plots(self) -> list[Figure]:
        """Of all pages."""
        return [figure for page in self.pages.values() for figure in page.figures]

    def figures(self) -> list[Figure]:
        """The functions that are shown are on three pages; each of the others is a subject of its own."""
        front = self.activations.page
        keys = ABOUT_FUNCTIONS if front in ABOUT_FUNCTIONS else (front,)
        return [figure for key in keys for figure in self.pages[key].figures]

    def show_page(self, key: str) -> None:
        """Brings a page to the front. That is kept in the document, and is nothing to undo."""
        self.sheet.spec = replace(self.activations, page=key)
        self._show(self.activations)

    def show_figure(self, key: str) -> None:
        """Brings the page of a figure to the front."""
        for name, page in self.pages.items():
            if any(figure.key == key for figure in page.figures):
                self.show_page(name)
                page.bring(key)

    def draw_all(self, then: Callable[[], None]) -> None:
        """The pages that are not in front, too."""
        for figure in self.plots():
            figure.show_spec(self.activations)  # type: ignore[attr-defined]
        then()

    def side_rooms(self) -> list[SideRoom]:
        """One for all pages."""
        return [self.whole]

    def restrict(self, locked: frozenset[str], hidden: frozenset[str], may_play: bool) -> None:  # noqa: FBT001
        """The panel, with the presets; nothing runs here."""
        super().restrict(locked, hidden, may_play)
        for part in (self.panel, self.measure, self.bar.presets):
            self.held.hold(part, held="panels" in locked)
        self.panel.setVisible("panels" not in hidden)

    def set_theme(self, theme: Theme) -> None:
        """The figures, their titles and the bar."""
        for page in self.pages.values():
            page.set_theme(theme)
        self.bar.set_theme(theme)
        if theme.text_pixels != self._text_pixels:
            self._give_panel_room(theme.text_pixels)

    def layout_state(self) -> QByteArray:
        """The splitters' places."""
        return places_of(self._splitters())

    def restore_layout(self, state: QByteArray) -> None:
        """The splitters' places; what does not fit is ignored by Qt."""
        restore_places(state, self._splitters())

    def hideEvent(self, event: QHideEvent) -> None:
        """Another workspace is in front: no cross-hair stays behind."""
        super().hideEvent(event)
        for figure in self.plots():
            figure.forget_cursor()

    def _arrange(self) -> None:
        column_widget = QWidget()
        column = QVBoxLayout(column_widget)
        column.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.panel)
        self.measure = QPushButton("Measure the cost")
        explain(
            self.measure,
            "Measure the cost",
            "Times f and f′ of every function on this machine, against ReLU, for the table's last column. It takes "
            "less than a second, beside the window.",
        )
        column.addWidget(self.measure)
        column.addStretch(1)
        self.side = ColumnScroll(column_widget)
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
        self.whole = SideRoom(self.side, self.stack)
        self._give_panel_room(TEXT_PIXELS)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.bar)
        row = QHBoxLayout()
        row.addWidget(self.whole)
        outer.addLayout(row, 1)
        self.wire_panels(self.bar)

    def _give_panel_room(self, text_pixels: int) -> None:
        """As wide as labels and fields need side by side, in the size that text has."""
        self._text_pixels = text_pixels
        self.whole.setSizes([10 * text_pixels + PANEL_FIELDS, 80 * text_pixels])

    def _splitters(self) -> list[QSplitter]:
        return [self.whole, *(splitter for page in self.pages.values() for splitter in page.grid.splitters)]

    def _show(self, spec: Activations) -> None:
        """The panel and the page in front; the others when they come to the front."""
        self.panel.show_spec(spec)
        self.bar.pages.choose(spec.page)
        self.measure.setVisible(spec.page == "functions")
        page = self.pages[spec.page]
        page.note.say(page_note(spec))
        for figure in page.figures:
            figure.show_spec(spec)  # type: ignore[attr-defined]
        self.stack.setCurrentWidget(page)
        page.fit()

    def _take_preset(self, path: Path) -> None:
        preset = load_document(path)
        self.sheet.edit(preset, f"preset “{preset.name}”")

    def _measure(self) -> None:
        self.said.emit("Measuring the cost of every activation…")
        everything, reference = tuple(ACTIVATIONS.values()), ACTIVATIONS[REFERENCE]
        self._background.start(lambda: measure_costs(everything, reference))
