"""Plots that share a place: tabs as flat words, and the button that gives the one in front all the room."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabBar, QTabWidget, QWidget

from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.enlarge_button import EnlargeButton


def flatten(bar: QTabBar, theme: Theme, aside: int) -> None:
    """Tabs as flat words of which the one in front is underlined, so that many fit. aside: pixels beside a word."""
    bar.setDrawBase(False)
    bar.setExpanding(False)
    bar.setElideMode(Qt.TextElideMode.ElideNone)
    # On the bar alone: a style sheet above it would repaint the plots.
    bar.setStyleSheet(
        f"QTabBar::tab {{ padding: {GRID // 2}px {aside}px; border: 0; border-bottom: 2px solid transparent;"
        f" color: {theme.muted}; font-size: {theme.text_pixels}px; }}"
        f"QTabBar::tab:selected {{ color: {theme.text}; border-bottom: 2px solid {theme.accent}; }}"
        f"QTabBar::tab:hover {{ color: {theme.text}; }}"
    )


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
        self.tabBarDoubleClicked.connect(lambda _place: self.enlarge_asked.emit())

    def show_head(self, shown: bool) -> None:  # noqa: FBT001 (a setter)
        """Whether it can be enlarged; the tabs stay."""
        self.button.setVisible(shown)

    def set_theme(self, theme: Theme) -> None:
        """The tabs' looks and the button's colour."""
        flatten(self.tabBar(), theme, self.ASIDE)
        self.button.set_theme(theme)
