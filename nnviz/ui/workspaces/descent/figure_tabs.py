"""Figures that share a place behind tabs; some may be of no use for the present surface and are then not offered."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.enlarge_button import EnlargeButton


class FigureTabs(QTabWidget):
    """enlarge_asked: by its button, or a double click on a tab."""

    enlarge_asked = Signal()

    def __init__(self, figures: Sequence[Figure], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.kinds = tuple(figures)
        for figure in figures:
            self.setTabToolTip(self.addTab(figure, figure.tab or figure.title), figure.title)
        self.button = EnlargeButton(self)
        self.button.asked.connect(self.enlarge_asked)
        self.setCornerWidget(self.button)
        self.tabBar().setDrawBase(False)
        self.tabBar().setExpanding(False)
        self.tabBarDoubleClicked.connect(lambda _place: self.enlarge_asked.emit())

    def offer(self, figure: Figure, offered: bool) -> None:  # noqa: FBT001 (a setter)
        """Whether a figure has a tab."""
        self.setTabVisible(self.indexOf(figure), offered)

    def bring(self, key: str) -> bool:
        """Brings the figure with that key to the front; False when it is not here."""
        for place, figure in enumerate(self.kinds):
            if figure.key == key:
                self.setCurrentIndex(place)
                return True
        return False

    def set_theme(self, theme: Theme) -> None:
        """Tabs as flat words of which the one in front is underlined."""
        self.tabBar().setStyleSheet(
            f"QTabBar::tab {{ padding: {GRID // 2}px {GRID}px; border: 0; border-bottom: 2px solid transparent;"
            f" color: {theme.muted}; font-size: {theme.text_pixels}px; }}"
            f"QTabBar::tab:selected {{ color: {theme.text}; border-bottom: 2px solid {theme.accent}; }}"
            f"QTabBar::tab:hover {{ color: {theme.text}; }}"
        )
        self.button.set_theme(theme)
