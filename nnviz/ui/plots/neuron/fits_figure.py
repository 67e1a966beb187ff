"""The best line whose bias is locked at zero beside the best one that is free."""

import numpy
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnviz.experiment.neuron.line_fit import best_line, data_of, heights
from nnviz.experiment.neuron.specification import LineSpec
from nnviz.ui.plots.charts.chart_figure import ChartFigure
from nnviz.ui.plots.charts.legend import Entry, Legend
from nnviz.ui.plots.charts.wording import plain, short
from nnviz.ui.plots.neuron.line_chart import LineChart
from nnviz.ui.widgets.column import in_column


class FitsFigure(ChartFigure):
    """Two charts of the same points."""

    key = "line-fits"
    room = QSize(500, 260)
    title = "The best line without a bias, and with one"

    def __init__(self) -> None:
        super().__init__()
        self.spec = LineSpec()
        self.legend.hide()
        self.charts = [LineChart("Best line through the origin"), LineChart("Best line with a bias")]
        self.legends = [Legend(), Legend()]
        row = QHBoxLayout()
        row.setSpacing(0)
        for chart, legend in zip(self.charts, self.legends, strict=True):
            chart.movable = False
            half = QWidget()
            in_column(half, legend, chart)
            row.addWidget(half, 1)
        self.column.addLayout(row, 1)
        self.set_theme(self.theme)

    def show_spec(self, spec: LineSpec) -> None:
        """Other points."""
        self.spec = spec
        self.redraw()

    def redraw(self) -> None:
        """Both lines with their squares and costs."""
        theme, data = self.theme, data_of(self.spec)
        for chart, legend, bias in zip(self.charts, self.legends, (False, True), strict=True):
            best = best_line(data, bias=bias)
            token = "good" if bias else "warning"
            chart.show_line(data, best.w, best.b, token, filled=self.spec.squares)
            sign = "−" if best.b < 0.0 else "+"
            equation = f"ŷ = {short(best.w, 3)}·x" + (f" {sign} {short(abs(best.b), 3)}" if bias else "")
            legend.show_entries([
                Entry(equation, theme.color(token), "line"),
                Entry("J", theme.color("bad"), "block", short(best.cost)),
                Entry("at x = 0:", None, "", short(best.b)),
            ])  # fmt: skip

    def numbers(self) -> list[tuple[str, ...]]:
        """Both lines."""
        data = data_of(self.spec)
        table: list[tuple[str, ...]] = [("line", "weight w", "bias b", "loss J")]
        for name, bias in (("without bias", False), ("with bias", True)):
            best = best_line(data, bias=bias)
            table.append((name, plain(best.w), plain(best.b), plain(best.cost)))
        return table

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        """The points, and what each line says of them."""
        data = data_of(self.spec)
        fits = [best_line(data, bias=bias) for bias in (False, True)]
        columns = [data.x, data.y, *(heights(data, fit.w, fit.b) for fit in fits)]
        head = ("x", "y", "predicted y without bias", "predicted y with bias")
        return {"points": [head, *(tuple(map(plain, row)) for row in numpy.column_stack(columns).tolist())]}
