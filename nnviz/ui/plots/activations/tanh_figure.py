"""tanh is a shifted, stretched sigmoid: the sigmoid is laid over tanh in three steps."""

from functools import partial

import numpy
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel

from nnviz.engine import ACTIVATIONS
from nnviz.experiment.activations.specification import LAST_STAGE, Activations
from nnviz.experiment.activations.tanh_stages import CHANGES, STAGES, identity, stage_slope, stage_value
from nnviz.ui.plots.activations.line_style import DOT, LineStyle, StyledCurve, line_style
from nnviz.ui.plots.activations.linked_chart import LinkedChart
from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart_figure import ChartFigure
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.wording import full, plain, short
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.explained import tooltip

SAMPLES = 401
MOST = 0.35
"""Of the height that the sentence below the curves may take; else it is a brief one."""
NAMES = (("value", "f(z)", -1.15, 2.15), ("slope", "f′(z)", -0.06, 1.12))


class TanhFigure(ChartFigure):
    """Values at the left, derivatives at the right."""

    key = "activation-tanh"
    room = QSize(520, 360)
    title = "tanh is a shifted sigmoid: tanh z = 2σ(2z) − 1"

    def __init__(self) -> None:
        super().__init__()
        self.spec = Activations()
        self.charts: list[LinkedChart] = []
        self.curves: list[tuple[StyledCurve, StyledCurve]] = []
        self.beginnings = [StyledCurve(1.4, 2.5), StyledCurve(1.4, 2.5)]
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for _, axis, low, high in NAMES:
            chart = LinkedChart(NumberAxis("left", axis), NumberAxis("bottom", "z"))
            chart.setAccessibleName(f"{axis} of tanh and of the sigmoid on its way there")
            chart.frame(-6.0, 6.0, low, high)
            chart.pointed.connect(self.point)
            tanh, sigmoid = StyledCurve(7.0, 2.0), StyledCurve(2.4, 3.0)
            chart.add(tanh)
            chart.add(sigmoid)
            self.charts.append(chart)
            self.curves.append((tanh, sigmoid))
            row.addWidget(chart, 1)
        for place, chart in enumerate(self.charts):
            chart.add(self.beginnings[place])
            chart.probe = partial(self._probe, place)
        self.column.addLayout(row, 1)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(self.sentence)
        self._identity = identity()
        self.set_theme(self.theme)

    def show_spec(self, spec: Activations) -> None:
        """Another document."""
        self.spec = spec
        self.redraw()

    def redraw(self) -> None:
        """tanh broad and pale, the sigmoid over it."""
        theme, stage = self.theme, self.spec.stage
        z = numpy.linspace(-6.0, 6.0, SAMPLES)
        pale, own = line_style(theme, "tanh"), line_style(theme, "sigmoid")
        pale = pale._replace(dashes=())
        pale.color.setAlphaF(0.42)
        for place, (tanh, sigmoid) in enumerate(self.curves):
            tanh.restyle(pale)
            sigmoid.restyle(own)
            wanted, reached = self._values(z, place)
            self.beginnings[place].restyle(LineStyle(own.color, DOT))
            self.beginnings[place].show_data(z, stage_slope(0, z) if place else stage_value(0, z))
            tanh.show_data(z, wanted)
            sigmoid.show_data(z, reached)
        self.legend.show_entries([
            Entry("tanh z", pale.color, "block"),
            Entry(STAGES[stage], own.color, "line"),
            *([Entry("σ(z), where it began", own.color, "dashed")] if stage else []),
            Entry("slope at 0: tanh", None, "", short(float(ACTIVATIONS["tanh"].derivative(0.0)))),
            Entry(STAGES[stage], None, "", short(float(stage_slope(stage, numpy.zeros(1))[0]))),
        ])  # fmt: skip
        self.sentence.setFont(theme.font())
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence leaves room for the curves."""
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        self.sentence.setText(self.text())
        crowded = self.sentence.heightForWidth(self.width()) > MOST * self.height()
        self.sentence.setToolTip(tooltip(self.text()) if crowded else "")
        if crowded:
            self.sentence.setText(self.text(brief=True))

    def text(self, *, brief: bool = False) -> str:
        """The step in words; at the last one how exactly the identity holds."""
        stage = self.spec.stage
        said = f"Step {stage} of {LAST_STAGE}, {STAGES[stage]}: {CHANGES[stage]}."
        if stage < LAST_STAGE or brief:
            return said
        found = self._identity
        return (
            f"{said} Over 40,001 values of z from −20 to 20 the two differ by {short(found.value, 2)} at most, and "
            f"tanh′(z) and 4σ′(2z) by {short(found.slope, 2)}: rounding. So tanh saturates just as the sigmoid does, "
            "but its outputs are centred at 0 and its slope is four times as large: 1 at most."
        )

    def point(self, z: float) -> None:
        """The cross-hair at z in both charts; nan hides it."""
        for place, chart in enumerate(self.charts):
            chart.mark(None if numpy.isnan(z) else self._readout(z, place))

    def forget_cursor(self) -> None:
        """Hides the cross-hair in both."""
        super().forget_cursor()
        self.point(float("nan"))

    def numbers(self) -> list[tuple[str, ...]]:
        """Both, with their derivatives and the difference, and the sigmoid that it began with."""
        z = numpy.linspace(-6.0, 6.0, SAMPLES)
        (tanh, own), (tanh_slope, own_slope) = self._values(z, 0), self._values(z, 1)
        name = STAGES[self.spec.stage]
        began = [stage_value(0, z), stage_slope(0, z)]
        table = numpy.column_stack([z, tanh, own, own - tanh, tanh_slope, own_slope, *began]).tolist()
        head = ("z", "tanh(z)", f"now {name}", "now - tanh(z)", "slope of tanh", "slope now", STAGES[0], "its slope")
        return [head, *(tuple(plain(value) for value in row) for row in table)]

    def _values(self, z: numpy.ndarray, place: int) -> tuple[numpy.ndarray, numpy.ndarray]:
        tanh, stage = ACTIVATIONS["tanh"], self.spec.stage
        return (tanh.derivative(z), stage_slope(stage, z)) if place else (tanh.f(z), stage_value(stage, z))

    def _probe(self, place: int, z: float, _y: float) -> Readout | None:
        return self._readout(z, place)

    def _readout(self, z: float, place: int) -> Readout | None:
        wanted, reached = (float(values[0]) for values in self._values(numpy.array([z]), place))
        mark = "′" if place else ""
        text = f"z {full(z)}\ntanh{mark} {full(wanted)}\n{STAGES[self.spec.stage]}{mark} {full(reached)}"
        colors = [curve.style.color for curve in self.curves[place]]
        return Readout(text, z, [(z, wanted, colors[0]), (z, reached, colors[1])])
