"""Plots that share a place: tabs as flat words, and the button that gives the one in front all the room."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.enlarge_button import EnlargeButton


class FlatTabs(QTabWidget):
    """enlarge_asked: by its button, or a double click on a tab. ASIDE: pixels at both sides of a tab's word."""

    enlarge_asked = Signal()
    ASIDE = GRID

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.button = EnlargeButton(self)
        self.button.asked.connect(self.enlarge_asked)
        self.setCornerWidget(self.button)
        self.tabBar().setDrawBase(False)
        self.tabBar().setExpanding(False)
        self.tabBarDoubleClicked.connect(lambda _place: self.enlarge_asked.emit())

    def set_theme(self, theme: Theme) -> None:
        """Tabs as flat words of which the one in front is underlined, so that many fit."""
        # On the bar alone: a style sheet above them would repaint the plots.
        self.tabBar().setStyleSheet(
            f"QTabBar::tab {{ padding: {GRID // 2}px {self.ASIDE}px; border: 0; border-bottom: 2px solid transparent;"
            f" color: {theme.muted}; font-size: {theme.text_pixels}px; }}"
            f"QTabBar::tab:selected {{ color: {theme.text}; border-bottom: 2px solid {theme.accent}; }}"
            f"QTabBar::tab:hover {{ color: {theme.text}; }}"
        )
        self.button.set_theme(theme)
