"""A figure of the Neuron workspace that consists of charts: legend above, all of it in the exported picture."""

from PySide6.QtWidgets import QWidget

from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.dress import dress_all
from nnviz.ui.plots.charts.legend import Legend
from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import GRID, Theme
from nnviz.ui.widgets.column import below_controls, in_column
from nnviz.ui.widgets.folding_bar import FoldingBar


class ChartFigure(Figure):
    """Subclasses fill ``controls`` (above, no part of the picture) and ``column`` and say how to `redraw`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.legend = Legend()
        self.controls = FoldingBar()
        self.controls.setContentsMargins(GRID, GRID // 2, GRID // 2, 0)
        self.controls.setSpacing(GRID)
        self.picture = QWidget()
        self.picture.setAutoFillBackground(True)
        self.column = in_column(self.picture, self.legend)
        below_controls(self, self.controls, self.picture)

    def redraw(self) -> None:
        """Draws what is there once more, in the theme's colours."""
        raise NotImplementedError

    def picture_part(self) -> QWidget:
        """Legend and charts."""
        return self.picture

    def forget_cursor(self) -> None:
        """Hides cross-hairs and readouts."""
        for chart in self.findChildren(Chart):
            chart.forget_cursor()

    def reset_range(self) -> None:
        """Back from wherever the user zoomed to, in every chart."""
        for chart in self.findChildren(Chart):
            chart.reset_range()

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        dress_all(self, theme)
        self.redraw()
