"""What the plots made of charts share: small controls above a figure, a theme for all, the numbers as a table."""

from PySide6.QtWidgets import QWidget

from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.dress import dress_all
from nnviz.ui.plots.view import View
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.column import below_controls
from nnviz.ui.widgets.folding_bar import FoldingBar

Table = list[tuple[str, ...]]
"""A row of headings, then rows of numbers in full precision."""


class PlotView(View):
    """A view of one or more charts. The controls are no part of an exported picture, the figure is.

    snapshot: what is shown, None before the first. Subclasses fill ``controls`` and ``figure`` and say how to
    `show_snapshot`; a choice among the controls redraws what is there.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.snapshot: Snapshot | None = None
        self.controls = FoldingBar()
        self.controls.setContentsMargins(4, 2, 4, 0)
        self.controls.setSpacing(12)
        self.figure = QWidget()
        self.figure.setAutoFillBackground(True)
        self.setAutoFillBackground(True)
        self.column = below_controls(self, self.controls, self.figure)

    def forget_cursor(self) -> None:
        """Hides cross-hairs and readouts."""
        for chart in self.findChildren(Chart):
            chart.forget_cursor()

    def picture_part(self) -> QWidget:
        """The figure."""
        return self.figure

    def draw(self, snapshot: Snapshot) -> None:
        """Shows the snapshot."""
        self.snapshot = snapshot
        self.show_snapshot(snapshot)
        for chart in self.findChildren(Chart):
            if chart.isVisible():
                chart.refresh_readout()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draws it; called again when a control or the theme has changed."""
        raise NotImplementedError

    def redraw(self, *_: object) -> None:
        """Draws what is there once more."""
        if self.snapshot is not None:
            self.draw(self.snapshot)

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        dress_all(self, theme)
        self.redraw()

    def numbers(self) -> Table:
        """What is drawn, as a table; empty before the first snapshot."""
        raise NotImplementedError

    def reset_range(self) -> None:
        """Back from wherever the user zoomed to, in every chart."""
        for chart in self.findChildren(Chart):
            chart.reset_range()
