"""Figures that share a place behind tabs; some may be of no use for the present surface and are then not offered."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from nnviz.ui.plots.figure import Figure
from nnviz.ui.widgets.flat_tabs import FlatTabs


class FigureTabs(FlatTabs):
    """kinds: the figures, in the order of the tabs."""

    def __init__(self, figures: Sequence[Figure], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds = tuple(figures)
        for figure in figures:
            self.setTabToolTip(self.addTab(figure, figure.tab or figure.title), figure.title)

    def offer(self, figure: Figure, offered: bool) -> None:  # noqa: FBT001 (a setter)
        """Whether a figure has a tab."""
        self.setTabVisible(self.indexOf(figure), offered)

    def bring(self, key: str) -> bool:
        """Brings the figure with that key to the front; False when it is not here, or of no use now."""
        for place, figure in enumerate(self.kinds):
            if figure.key == key and self.isTabVisible(place):
                self.setCurrentIndex(place)
                return True
        return False
