"""What the three pages of the workspace are: a panel at the left and figures, wired to one part of the document."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from nnviz.experiment.neuron.specification import Neuron
from nnviz.ui.export.view_menu import install_menu
from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import GRID, TEXT_PIXELS, Theme
from nnviz.ui.widgets.column_scroll import ColumnScroll
from nnviz.ui.widgets.pane import Pane

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
        self.whole = QSplitter(Qt.Orientation.Horizontal)
        self.whole.addWidget(self.side)
        self.whole.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.whole)
        self.large: Pane | None = None
        self._put_away: list[QWidget] = []
        for figure, pane in self.panes.items():
            install_menu(figure)
            pane.enlarge_asked.connect(partial(self._swap_size, pane))

    def lay_out(self, right: QWidget) -> None:
        """The figures' place, beside the panel."""
        self.whole.addWidget(right)
        self.whole.setStretchFactor(0, 0)
        self.whole.setStretchFactor(1, 1)
        self._give_panel_room(TEXT_PIXELS)

    def show_document(self, document: Neuron) -> None:
        """Shows the page's part of it."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        """The figures and their titles."""
        if theme.text_pixels != self._text_pixels:
            self._give_panel_room(theme.text_pixels)
        for figure, pane in self.panes.items():
            figure.set_theme(theme)
            pane.set_theme(theme)

    def enlarge(self, pane: Pane | None) -> None:
        """Gives one figure all the room, or puts all back."""
        for part in self._put_away:
            part.show()
        self._put_away = []
        self.large = pane
        inner: QWidget | None = pane
        while inner is not None and (outer := inner.parentWidget()) is not self.whole:
            if isinstance(outer, QSplitter):
                parts = [outer.widget(place) for place in range(outer.count())]
                self._put_away += [part for part in parts if part and part is not inner and not part.isHidden()]
            inner = outer
        for part in self._put_away:
            part.hide()
        for each in self.panes.values():
            each.button.show_large(each is pane)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts all back."""
        if event.key() == Qt.Key.Key_Escape and self.large is not None:
            self.enlarge(None)
        else:
            super().keyPressEvent(event)

    def _swap_size(self, pane: Pane) -> None:
        self.enlarge(None if self.large is pane else pane)

    def _give_panel_room(self, text_pixels: int) -> None:
        """As wide as labels and fields need side by side, in the size that text has."""
        self._text_pixels = text_pixels
        self.whole.setSizes([8 * text_pixels + PANEL_FIELDS, 80 * text_pixels])
