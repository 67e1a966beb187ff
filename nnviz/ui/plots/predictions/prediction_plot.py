"""Predicted against true: the plot of a regression with any number of inputs."""

import numpy
from numpy.typing import NDArray

from nnviz.experiment.problem import Problem
from nnviz.experiment.readings import Predictions
from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.points import Points
from nnviz.ui.plots.charts.wording import full
from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]

REACH = 12.0
"""Pixels within which the cursor means an example."""


class PredictionPlot(Chart):
    """An example is a dot, and perfect predictions lie on the diagonal."""

    def __init__(self) -> None:
        super().__init__(NumberAxis("left", ""), NumberAxis("bottom", ""))
        self.points, self.diagonal = Points(), Curve(LIGHT.color("muted"), 1.2, dashed=True, depth=1.0)
        self.add(self.diagonal)
        self.add(self.points)
        self._examples: NDArray[numpy.intp] = numpy.zeros(0, dtype=numpy.intp)
        self.probe = self._readout
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "diagonal"):
            self.diagonal.recolor(theme.color("muted"))
            self.points.recolor([theme.color("accent"), theme.color("warning")], theme.color("surface"))

    def show_predictions(self, reading: Predictions, problem: Problem) -> None:
        """Other predictions. Of several targets all are shown, example by example."""
        y, outputs = problem.data.y, problem.data.y.shape[1]
        true = numpy.concatenate([y[problem.train], y[problem.test]]).ravel()
        predicted = numpy.concatenate([reading.train, reading.test]).ravel()
        self._examples = numpy.repeat(numpy.concatenate([problem.train, problem.test]), outputs)
        hollow = numpy.arange(len(true)) >= len(problem.train) * outputs
        self.points.show_data(true, predicted, hollow, hollow.astype(numpy.intp))
        name = problem.data.target_names[0] if outputs == 1 else "target"
        self.bottom.rename(f"true {name}")
        self.left.rename(f"predicted {name}")
        low, high = float(numpy.min(true)), float(numpy.max(true))
        room = 0.06 * (high - low) or 1.0
        low, high = low - room, high + room
        # Predictions far off, as at the start, must not squeeze the others.
        span, finite = high - low, predicted[numpy.isfinite(predicted)]
        bottom = max(low - span, min(low, float(numpy.min(finite)) - room)) if len(finite) else low
        top = min(high + span, max(high, float(numpy.max(finite)) + room)) if len(finite) else high
        self.diagonal.show_data(numpy.array([low, high]), numpy.array([low, high]))
        self.frame(low, high, bottom, top)

    def _readout(self, x: float, y: float) -> Readout | None:
        mapping, points = self.mapping(), self.points
        if len(points.xs) == 0:
            return None
        at_x, at_y = mapping.at(x, y)
        distance = numpy.hypot(mapping.x(points.xs) - at_x, mapping.y(points.ys) - at_y)
        nearest = int(numpy.argmin(numpy.nan_to_num(distance, nan=numpy.inf)))
        if not distance[nearest] <= REACH:
            return None
        true, predicted, test = float(points.xs[nearest]), float(points.ys[nearest]), bool(points.hollow[nearest])
        text = "\n".join([
            f"{'test' if test else 'training'} example {self._examples[nearest]}",
            f"true {full(true)}",
            f"predicted {full(predicted)}",
            f"error {full(predicted - true)}",
        ])  # fmt: skip
        return Readout(text, dots=[(true, predicted, self.theme.color("warning" if test else "accent"))])
