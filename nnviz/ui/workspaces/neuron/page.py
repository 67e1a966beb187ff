"""What the three pages of the workspace are: a panel at the left and figures, wired to one part of the document."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nnviz.experiment.neuron.specification import Neuron
from nnviz.ui.export.view_menu import install_menu
from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import GRID, TEXT_PIXELS, Theme
from nnviz.ui.widgets.column_scroll import ColumnScroll
from nnviz.ui.widgets.pane import Pane
from nnviz.ui.widgets.pane_grid import PaneGrid
from nnviz.ui.widgets.side_room import SideRoom

PANEL_FIELDS = 220
"""Pixels that sliders and fields have beside their labels."""


class NeuronPage(QWidget):
    """Subclasses say which part of the document they show."""

    edited = Signal(object, str)
    """(the page's new part, what was done in words for the undo menu)."""

    def __init__(self, panel: QWidget, figures: list[Figure]) -> None:
        super().__init__()
        self.panel, self.figures = panel, figures
        self.panes = {figure: Pane(figure.title, figure) for figure in figures}
        column = QWidget()
        stack = QVBoxLayout(column)
        stack.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        stack.addWidget(panel)
        stack.addStretch(1)
        self.side = ColumnScroll(column)

    def lay_out(self, grid: PaneGrid, above: QWidget | None = None) -> None:
        """The figures beside the panel; what else stands above them."""
        self.grid = grid
        right = QWidget()
        stack = QVBoxLayout(right)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        if above is not None:
            stack.addWidget(above)
        stack.addWidget(grid, 1)
        self.whole = SideRoom(self.side, right)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.whole)
        for figure, pane in self.panes.items():
            install_menu(figure)
            place = self.place_of(pane)
            pane.enlarge_asked.connect(partial(grid.toggle, place))
            grid.enlarged.connect(lambda large, pane=pane, place=place: pane.button.show_large(large is place))
        self._give_panel_room(TEXT_PIXELS)

    def place_of(self, pane: Pane) -> QWidget:
        """The place of the grid that a figure is in."""
        return next(place for place in self.grid.places if place is pane or place.isAncestorOf(pane))

    def figures_now(self) -> list[Figure]:
        """Those that the page's part of the document is about."""
        return self.figures

    def bring(self, key: str) -> None:
        """Makes the figure of that key seen, where another one has its room."""
        for figure, pane in self.panes.items():
            if figure.key == key:
                self.grid.bring(self.place_of(pane))

    def show_document(self, document: Neuron) -> None:
        """Shows the page's part of it."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        """The figures and their titles."""
        if theme.text_pixels != self._text_pixels:
            self._give_panel_room(theme.text_pixels)
        self.grid.set_theme(theme)
        for figure, pane in self.panes.items():
            figure.set_theme(theme)
            pane.set_theme(theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts all back."""
        if event.key() == Qt.Key.Key_Escape and self.grid.large is not None:
            self.grid.enlarge(None)
        else:
            super().keyPressEvent(event)

    def _give_panel_room(self, text_pixels: int) -> None:
        """As wide as labels and fields need side by side, in the size that text has."""
        self._text_pixels = text_pixels
        self.whole.setSizes([8 * text_pixels + PANEL_FIELDS, 80 * text_pixels])
