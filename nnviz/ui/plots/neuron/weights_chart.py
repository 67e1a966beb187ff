"""The perceptron's weights and bias, step after step."""

import numpy

from nnviz.experiment.neuron.perceptron_rule import RuleRun, run_rule
from nnviz.experiment.neuron.specification import PerceptronSpec
from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.chart_figure import ChartFigure
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.wording import full, plain, short
from nnviz.ui.theme import LIGHT

LEAST, MOST = 12, 400
"""Steps along the axis: at least so many, and the last so many of a long run."""


class WeightsChart(ChartFigure):
    """Stairs: a weight stays where it is until a mistake moves it."""

    key = "perceptron-weights"
    title = "Weights after each step"

    def __init__(self) -> None:
        super().__init__()
        self.run, self.step = run_rule(PerceptronSpec()), 0
        self.chart = Chart(NumberAxis("left", "weight"), NumberAxis("bottom", "step (rows shown)"))
        self.chart.setAccessibleName("Weights and bias over the steps of the rule")
        self.curves = [Curve(LIGHT.color("text"), 2.2, dashed=place == 2) for place in range(3)]
        for curve in self.curves:
            self.chart.add(curve)
        self.chart.probe = self._readout
        self.column.addWidget(self.chart, 1)
        self.set_theme(self.theme)

    def show_run(self, run: RuleRun, step: int) -> None:
        """Another run, or another place in it."""
        self.run, self.step = run, step
        self.redraw()

    @property
    def names(self) -> tuple[str, ...]:
        """Of the weights, the bias last."""
        return ("w₁", "w₂", "b") if len(self.run.spec.start) > 1 else ("w₁", "b")

    def redraw(self) -> None:
        """What is past in full colour, what is to come pale."""
        theme, (first, last) = self.theme, self._span()
        colors = [theme.class_color(1), theme.class_color(2), theme.color("warning")]
        if len(self.names) == 2:
            del colors[1]
        steps = numpy.arange(first, last + 1)
        values = numpy.array([self.run.weights(int(step)) for step in steps])
        stairs = numpy.repeat(steps.astype(float), 2)[1:]
        present = max(0, 2 * (self.step - first) + 1)
        for place, curve in enumerate(self.curves):
            if place < len(self.names):
                curve.dashed = self.names[place] == "b"
                curve.recolor(colors[place])
                curve.show_data(stairs, numpy.repeat(values[:, place], 2)[:-1], present)
            else:
                curve.show_data(numpy.zeros(0), numpy.zeros(0))
        low, high = float(numpy.min(values)), float(numpy.max(values))
        room = 0.1 * (high - low) or 1.0
        self.chart.frame(float(first), float(last), low - room, high + room)
        now = self.run.weights(self.step)
        marks = ["dashed" if name == "b" else "line" for name in self.names]
        self.legend.show_entries(
            [
                Entry(name, color, mark, short(value))
                for name, color, mark, value in zip(self.names, colors, marks, now, strict=True)
            ]
            + [Entry("step", None, "", f"{self.step:,}")]
        )
        self.chart.refresh_readout()

    def numbers(self) -> list[tuple[str, ...]]:
        """Step and weights, from the start."""
        heads = ("weight w1", "weight w2", "bias b") if len(self.names) == 3 else ("weight w1", "bias b")
        first, last = self._span()
        rows = [(str(step), *(plain(value) for value in self.run.weights(step))) for step in range(first, last + 1)]
        return [("step", *heads), *rows]

    def _span(self) -> tuple[int, int]:
        run = self.run
        horizon = len(run.steps)
        if run.cycle is not None:
            # The circle is seen to close several times.
            horizon += 3 * run.cycle[1] * run.rows
        last = max(LEAST, min(horizon, MOST), self.step)
        return max(0, last - MOST), last

    def _readout(self, x: float, _y: float) -> Readout | None:
        step = round(x)
        first, last = self._span()
        if not first <= step <= last:
            return None
        values = self.run.weights(step)
        lines = [f"{name} {full(value)}" for name, value in zip(self.names, values, strict=True)]
        return Readout("\n".join([f"step {step}", *lines]), float(step))
