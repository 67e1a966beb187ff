"""A page of the workspace: its figures, one above the other, and a sentence where there is something to say."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from nnviz.ui.export.view_menu import install_menu
from nnviz.ui.plots.activations.table_figure import TableFigure
from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.note import Note
from nnviz.ui.widgets.pane import Pane

MOST = 0.4
"""Of the page's height that a table takes by itself."""


class ActivationsPage(QWidget):
    """figures from above, with their shares of the height."""

    def __init__(self, figures: list[Figure], shares: list[int]) -> None:
        super().__init__()
        self.figures = figures
        self.panes = [Pane(figure.title, figure) for figure in figures]
        self.note = Note(level="muted")
        self.note.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        for place, (pane, share) in enumerate(zip(self.panes, shares, strict=True)):
            self.splitter.addWidget(pane)
            self.splitter.setStretchFactor(place, share)
        self.splitter.setSizes([100 * share for share in shares])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.note)
        column.addWidget(self.splitter, 1)
        self._moved = False
        self.splitter.splitterMoved.connect(self._note_move)
        self.large: Pane | None = None
        for figure, pane in zip(figures, self.panes, strict=True):
            install_menu(figure)
            pane.enlarge_asked.connect(partial(self._swap_size, pane))

    def fit(self) -> None:
        """Gives a table below the figure the height of its rows, unless the user has moved the handle."""
        table = self.figures[-1]
        if isinstance(table, TableFigure) and not self._moved:
            title = self.panes[-1].sizeHint().height() - table.sizeHint().height()
            wanted = min(table.wanted_height() + title, round(MOST * self.splitter.height()))
            self.splitter.setSizes([self.splitter.height() - wanted, wanted])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height."""
        super().resizeEvent(event)
        self.fit()

    def enlarge(self, pane: Pane | None) -> None:
        """Gives one figure all the room, or puts all back."""
        self.large = pane
        for each in self.panes:
            each.setVisible(pane in (None, each))
            each.button.show_large(each is pane)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts all back."""
        if event.key() == Qt.Key.Key_Escape and self.large is not None:
            self.enlarge(None)
        else:
            super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """The figures and their titles."""
        for pane, figure in zip(self.panes, self.figures, strict=True):
            figure.set_theme(theme)
            pane.set_theme(theme)

    def _note_move(self, *_: object) -> None:
        self._moved = True

    def _swap_size(self, pane: Pane) -> None:
        self.enlarge(None if self.large is pane else pane)
