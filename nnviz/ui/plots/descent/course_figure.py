"""J and the length of its gradient over the steps, a line for each runner."""

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout

from nnviz.experiment.descent.race import RaceRecord
from nnviz.experiment.descent.specification import Descent
from nnviz.ui.plots.charts.axes import DecadeAxis, NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.chart_figure import ChartFigure
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.decades import Decades
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.charts.wording import count, full, plain, short
from nnviz.ui.plots.descent.race_numbers import GRADIENT, HEIGHT
from nnviz.ui.plots.descent.runner_colors import runner_color

Floats = NDArray[numpy.float64]

DEEPEST = -30
"""What is smaller than this power of ten is rounding."""
QUANTITIES = (("J", "J", "The height of the surface"), ("norm", "‖∇J‖", "The length of the gradient: how steep it is"))


class CourseFigure(ChartFigure):
    """sought: a step that was clicked."""

    key = "descent-course"
    room = QSize(460, 240)
    title = "J and gradient by step"
    tab = "J, ‖∇J‖"

    sought = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.spec, self.step = Descent(), 0
        self.record: RaceRecord | None = None
        self.quantity = Segments("Quantity", [*QUANTITIES, ("both", "Both", "One beside the other")])
        self.scale = Segments(
            "Scale",
            [("log", "log", "Equal factors are equal distances"), ("linear", "linear", "Equal differences are equal")],
        )
        self.quantity.choose("both")
        for segments in (self.quantity, self.scale):
            segments.chosen.connect(self._look)
            self.controls.addWidget(segments)
        self.controls.addStretch(1)
        self.charts = {key: RunnersChart(name) for key, name, _ in QUANTITIES}
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for chart in self.charts.values():
            row.addWidget(chart, 1)
            chart.clicked.connect(lambda x, _y, _remove: self.sought.emit(max(0, round(x))))
        self.column.addLayout(row, 1)
        self.set_theme(self.theme)

    def show_race(self, spec: Descent, record: RaceRecord, step: int) -> None:
        """How far the runners are."""
        self.spec, self.record, self.step = spec, record, step
        self.redraw()

    def redraw(self) -> None:
        """The charts that are chosen, and the legend with the numbers of the present."""
        record, spec, theme = self.record, self.spec, self.theme
        colors = [runner_color(theme, runner.colour) for runner in spec.runners]
        if record is None:
            return
        for key, chart in self.charts.items():
            chart.setVisible(self.quantity.key in (key, "both"))
            values = record.values if key == "J" else record.gradient_norms
            if self.quantity.key in (key, "both"):
                titles = [runner.title for runner in spec.runners]
                chart.show_runners(values, self.step, colors, titles, logarithmic=self.scale.key == "log")
        shown = record.gradient_norms if self.quantity.key == "norm" else record.values
        row = shown[min(self.step, record.last_step)]
        self.legend.show_entries([
            Entry(runner.title, color, "line", short(value) if numpy.isfinite(value) else "stopped")
            for runner, color, value in zip(spec.runners, colors, row.tolist(), strict=True)
        ])  # fmt: skip

    def awaits(self) -> str:
        """Somebody who descends."""
        return "add a runner"

    def numbers(self) -> list[tuple[str, ...]]:
        """J and the gradient's length of each runner at each step."""
        record = self.record
        if record is None:
            return []
        titles = [runner.title for runner in self.spec.runners]
        head = ("step", *(f"{title}: {name}" for name in (HEIGHT, GRADIENT) for title in titles))
        rows = zip(record.values, record.gradient_norms, strict=True)
        return [head, *((str(step), *map(plain, (*j, *norm))) for step, (j, norm) in enumerate(rows))]

    def _look(self, _key: str) -> None:
        self.redraw()


class RunnersChart(Chart):
    """One quantity over the steps."""

    def __init__(self, name: str) -> None:
        self.values, self.steps = DecadeAxis("left", name), NumberAxis("bottom", "step")
        super().__init__(self.values, self.steps)
        self.name = name
        self.setAccessibleName(f"{name} by step")
        self.setAccessibleDescription("A click goes to that step")
        self.curves: list[Curve] = []
        self.now = Curve(self.theme.color("muted"), 1.0, depth=1.0)
        self.add(self.now)
        self._raw: Floats = numpy.zeros((0, 0))
        self._titles: list[str] = []
        self.probe = self._readout

    def show_runners(
        self, values: Floats, step: int, colors: list[QColor], titles: list[str], *, logarithmic: bool
    ) -> None:
        """values (T + 1, R); nan where a runner has stopped."""
        self._raw, self._titles = values, titles
        self.keep(self.curves, len(colors), lambda: Curve(self.theme.color("text"), 1.8))
        finite = values[numpy.isfinite(values)]
        # A logarithm is of use only where all is positive.
        logarithmic = logarithmic and bool(len(finite)) and bool(numpy.min(finite) >= 0.0)
        self.values.logarithmic = logarithmic
        places, bottom, top = values, 0.0, 1.0
        if logarithmic:
            decades = Decades.of(numpy.maximum(finite, 10.0**DEEPEST))
            self.values.zero_at = None
            places = decades.place(numpy.maximum(values, 10.0**DEEPEST))
            bottom, top = decades.bottom, decades.high
        else:
            self.values.zero_at = None
            if len(finite):
                low, high = float(numpy.min(finite)), float(numpy.max(finite))
                room = 0.04 * (high - low) or 0.04 * abs(high) or 1.0
                bottom, top = low - room, high + room
        xs = numpy.arange(len(values), dtype=numpy.float64)
        for number, (curve, color) in enumerate(zip(self.curves, colors, strict=True)):
            curve.recolor(color)
            curve.show_data(xs, places[:, number], min(step + 1, len(xs)))
        past = step < len(values) - 1
        self.now.recolor(self.theme.color("muted"))
        self.now.show_data(numpy.full(2 * past, float(step)), numpy.array([bottom, top][: 2 * past]))
        self.frame(0.0, max(1.0, len(values) - 1.0), bottom, top)
        self.refresh_readout()

    def _readout(self, x: float, _y: float) -> Readout | None:
        """All runners at the step nearest to the cursor."""
        step = round(x)
        if not 0 <= step < len(self._raw):
            return None
        lines, dots = [f"step {count(step)}"], []
        for title, curve, value in zip(self._titles, self.curves, self._raw[step].tolist(), strict=True):
            if numpy.isfinite(value):
                lines.append(f"{title}: {self.name} = {full(value)}")
                dots.append((float(step), float(curve.ys[step]), curve.color))
        return Readout("\n".join(lines), float(step), dots)
