"""A page of the workspace: its figures, one above the other, and a sentence where there is something to say."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.ui.export.view_menu import install_menu
from nnviz.ui.plots.activations.table_figure import TableFigure
from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.note import Note
from nnviz.ui.widgets.pane import Pane
from nnviz.ui.widgets.pane_grid import PaneGrid

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
        self.grid = PaneGrid(
            [[(figure.tab or figure.title, pane)] for figure, pane in zip(figures, self.panes, strict=True)],
            heights=tuple(shares),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.note)
        column.addWidget(self.grid, 1)
        self._moved = False
        self.grid.whole.splitterMoved.connect(self._note_move)
        for figure, pane in zip(figures, self.panes, strict=True):
            install_menu(figure)
            pane.enlarge_asked.connect(partial(self.grid.toggle, pane))
            self.grid.enlarged.connect(lambda large, pane=pane: pane.button.show_large(large is pane))

    def fit(self) -> None:
        """Gives a table below the figure the height of its rows, unless the user has moved the handle."""
        table = self.figures[-1]
        if isinstance(table, TableFigure) and not self._moved:
            title = self.panes[-1].sizeHint().height() - table.sizeHint().height()
            splitter = self.grid.whole
            wanted = min(table.wanted_height() + title, round(MOST * splitter.height()))
            splitter.setSizes([splitter.height() - wanted, wanted])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height."""
        super().resizeEvent(event)
        self.fit()

    def bring(self, key: str) -> None:
        """Makes the figure of that key seen, where another one has its room."""
        for figure, pane in zip(self.figures, self.panes, strict=True):
            if figure.key == key:
                self.grid.bring(pane)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts all back."""
        if event.key() == Qt.Key.Key_Escape and self.grid.large is not None:
            self.grid.enlarge(None)
        else:
            super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """The figures and their titles."""
        self.grid.set_theme(theme)
        for pane, figure in zip(self.panes, self.figures, strict=True):
            figure.set_theme(theme)
            pane.set_theme(theme)

    def _note_move(self, *_: object) -> None:
        self._moved = True
