"""What the derivatives of n layers multiply a gradient by: the most that can be left, and what is left on average."""

import math
from functools import partial

import numpy
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel

from nnviz.experiment.activations.depth import DepthLine, depth_lines
from nnviz.experiment.activations.specification import Activations
from nnviz.ui.plots.activations.end_labels import End, EndLabels
from nnviz.ui.plots.activations.line_style import StyledCurve, line_style
from nnviz.ui.plots.activations.linked_chart import LinkedChart
from nnviz.ui.plots.charts.axes import DecadeAxis, NumberAxis, Ticks
from nnviz.ui.plots.charts.chart_figure import ChartFigure
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.decades import Decades
from nnviz.ui.plots.charts.wording import plain, short
from nnviz.ui.theme import GRID

DEEPEST = -50
MOST_FOR_NAMES = 0.6
"""Share of a chart's width that names may take."""


class LayerAxis(NumberAxis):
    """Whole numbers of layers up to the last; the names of the lines stand beyond."""

    last = 1

    def tickValues(self, low: float, high: float, pixels: float) -> Ticks:
        """Only those with a meaning."""
        spacing, places = super().tickValues(low, high, pixels)[0]
        return [(spacing, [place for place in places if place <= self.last and place == round(place)])]


class DepthFigure(ChartFigure):
    """Two charts over n with one scale of decades."""

    key = "activation-depth"
    room = QSize(520, 280)
    title = "The product of derivatives through depth"

    def __init__(self) -> None:
        super().__init__()
        self.spec = Activations()
        self.lines: tuple[DepthLine, ...] = ()
        self.charts: list[LinkedChart] = []
        self.titles: list[QLabel] = []
        self._curves: list[list[StyledCurve]] = [[], []]
        self.labels = [EndLabels(), EndLabels()]
        self._heights = 0.0, 1.0
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(0)
        for place, name in enumerate(("The most that can be left of the gradient", "What is left over the inputs")):
            chart = LinkedChart(DecadeAxis("left", "product"), LayerAxis("bottom", "layers n"))
            chart.setAccessibleName(name)
            chart.pointed.connect(self._point)
            chart.probe = partial(self._probe, place)
            title = QLabel()
            title.setWordWrap(True)
            title.setContentsMargins(GRID, GRID // 2, GRID, 0)
            title.setAlignment(Qt.AlignmentFlag.AlignTop)
            chart.add(self.labels[place])
            grid.addWidget(title, 0, place)
            grid.addWidget(chart, 1, place)
            grid.setColumnStretch(place, 1)
            self.charts.append(chart)
            chart.box.sigResized.connect(partial(self._frame, place))
            self.titles.append(title)
        grid.setRowStretch(1, 1)
        self.column.addLayout(grid, 1)
        self.set_theme(self.theme)

    def show_spec(self, spec: Activations) -> None:
        """Another document."""
        self.spec, self.lines = spec, depth_lines(spec)
        self.redraw()

    def redraw(self) -> None:
        """Lines, one scale for both charts, sentences above."""
        layers = numpy.arange(self.spec.depth + 1.0)
        values = [[line.bound for line in self.lines], [line.typical for line in self.lines]]
        every = numpy.concatenate([*values[0], *values[1], [1.0, 0.5]])
        scale = Decades.of(every, deepest=DEEPEST)
        for chart, curves, labels, own in zip(self.charts, self._curves, self.labels, values, strict=True):
            chart.keep(curves, len(own), lambda: StyledCurve(2.6))
            for curve, line, product in zip(curves, self.lines, own, strict=True):
                curve.restyle(line_style(self.theme, line.activation.name))
                curve.show_data(layers, scale.place(product))
            assert isinstance(chart.left, DecadeAxis)
            assert isinstance(chart.bottom, LayerAxis)
            chart.left.zero_at, chart.bottom.last = scale.zero_at, self.spec.depth
            end = float(self.spec.depth)
            labels.show_ends([
                End(end, float(curve.ys[-1]), line.activation.label, curve.style.color)
                for curve, line in zip(curves, self.lines, strict=True)
            ])  # fmt: skip
        self._heights = scale.bottom, scale.high
        for place in range(len(self.charts)):
            self._frame(place)
        self._say()

    def point(self, n: float) -> None:
        """The cross-hair at n in both charts; nan hides it."""
        for place, chart in enumerate(self.charts):
            chart.mark(None if math.isnan(n) else self._readout(n, place))

    def forget_cursor(self) -> None:
        """Hides the cross-hair in both."""
        super().forget_cursor()
        self.point(math.nan)

    def numbers(self) -> list[tuple[str, ...]]:
        """n, then bound and average of each."""
        average = "root mean square" if self.spec.product == "rms" else "mean size"
        kinds = ("largest product of f'", f"average product of f' ({average})")
        head = ["layers", *(f"{line.activation.label}: {kind}" for line in self.lines for kind in kinds)]
        columns = [numpy.arange(self.spec.depth + 1.0)]
        columns += [values for line in self.lines for values in (line.bound, line.typical)]
        return [tuple(head), *(tuple(plain(value) for value in row) for row in numpy.column_stack(columns).tolist())]

    def _frame(self, place: int, *_: object) -> None:
        """The lines end where the names beyond them still fit: in another width elsewhere."""
        chart = self.charts[place]
        share = min(MOST_FOR_NAMES, self.labels[place].room() / max(1.0, chart.box.width()))
        chart.frame(0.0, self.spec.depth / (1.0 - share), *self._heights)

    def _say(self) -> None:
        inputs = self.spec.inputs
        what = "normal" if inputs.kind == "normal" else "uniform"
        kind = (
            "root mean square <nobr>(E f′²)ⁿᐟ²</nobr>"
            if self.spec.product == "rms"
            else "mean size <nobr>(E|f′|)ⁿ</nobr>"
        )
        self.titles[0].setText("<b>The most that can be left:</b> <nobr>max|f′|ⁿ</nobr>, whatever the inputs are")
        self.titles[1].setText(
            f"<b>Over the inputs:</b> {kind} of f′(z₁)·…·f′(zₙ), each z drawn anew "
            f"({what}, mean {short(inputs.mean)}, std {short(inputs.width)})"
        )
        for title in self.titles:
            title.setFont(self.theme.font())
        worst = min(self.lines, key=lambda line: line.bound[-1], default=None)
        self.setAccessibleDescription(
            f"{worst.activation.label}: after {self.spec.depth} layers at most {short(float(worst.bound[-1]))} is left"
            if worst
            else "No function of one number is chosen"
        )

    def _probe(self, place: int, x: float, _y: float) -> Readout | None:
        return self._readout(x, place)

    def _readout(self, x: float, place: int) -> Readout | None:
        n = round(x)
        if not (self.lines and 0 <= n <= self.spec.depth):
            return None
        products = [line.typical if place else line.bound for line in self.lines]
        texts = [f"{own.activation.label}: {short(float(p[n]))}" for own, p in zip(self.lines, products, strict=True)]
        dots = []
        for line, curve in zip(self.lines, self._curves[place], strict=True):
            dots.append((float(n), float(curve.ys[n]), line_style(self.theme, line.activation.name).color))
        return Readout("\n".join([f"{n} layers", *texts]), float(n), dots)

    def _point(self, n: float) -> None:
        self.point(n)
