"""Data of one input: the fitted curve through the examples, and what each unit adds to it."""

import numpy
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from nnviz.experiment.problem import Problem
from nnviz.experiment.readings import FitCurve
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.points import Points
from nnviz.ui.plots.charts.wording import full
from nnviz.ui.plots.predictions.prediction_table import linear_output
from nnviz.ui.plots.predictions.probing import outputs_at
from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]


class FitPlot(Chart):
    """Outputs as thick curves, units' contributions as thin pale ones, examples as dots."""

    def __init__(self) -> None:
        super().__init__(NumberAxis("left", ""), NumberAxis("bottom", ""))
        self.points = Points()
        self.add(self.points)
        self.fits: list[Curve] = []
        self.units: list[Curve] = []
        self.reading: FitCurve | None = None
        self._snapshot: Snapshot | None = None
        self._names: tuple[str, ...] = ()
        self.probe = self._readout
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "units"):
            self._recolor()

    def show_fit(self, snapshot: Snapshot, reading: FitCurve) -> None:
        """Another curve."""
        problem = snapshot.problem
        self.reading, self._snapshot, self._names = reading, snapshot, tuple(problem.data.target_names)
        # What units add to the output is in the network's own units of y.
        stretch = float(problem.targets.scale[0]) if linear_output(problem) else 1.0
        self.keep(self.fits, reading.y.shape[1], lambda: Curve(QColor(), 2.4, depth=6.0))
        self.keep(self.units, len(reading.units), lambda: Curve(QColor(), 1.0, depth=1.0))
        for curve, y in zip(self.fits, reading.y.T, strict=True):
            curve.show_data(reading.x, y)
        for curve, unit in zip(self.units, reading.units, strict=True):
            curve.show_data(reading.x, unit * stretch)
        self._recolor()
        x, y = problem.data.x[:, 0], point_heights(problem)
        hollow = numpy.zeros(len(x), dtype=bool)
        hollow[problem.test] = True
        self.points.show_data(x, y, hollow, hollow.astype(numpy.intp))
        self.bottom.rename(problem.data.feature_names[0])
        self.left.rename(self._names[0] if len(self._names) == 1 else "output")
        low, high = float(numpy.min(y)), float(numpy.max(y))
        room = 0.25 * (high - low) or 1.0
        self.frame(float(reading.x[0]), float(reading.x[-1]), low - room, high + room)

    def _recolor(self) -> None:
        theme = self.theme
        for index, curve in enumerate(self.fits):
            curve.recolor(theme.color("accent") if len(self.fits) == 1 else theme.class_color(index))
        for curve in self.units:
            curve.recolor(theme.color("muted", 0.45))
        self.points.recolor([theme.color("text", 0.75), theme.color("muted")], theme.color("surface"))

    def _readout(self, x: float, _y: float) -> Readout | None:
        if self.reading is None or self._snapshot is None or not self.reading.x[0] <= x <= self.reading.x[-1]:
            return None
        values = outputs_at(self._snapshot, (0, 0), x, 0.0).tolist()
        names = self._names if len(self._names) == len(values) else ("output",) * len(values)
        lines = [f"{self.bottom.name} {full(x)}"]
        lines += [f"{name} {full(value)}" for name, value in zip(names, values, strict=True)]
        dots = [(x, value, curve.color) for value, curve in zip(values, self.fits, strict=True)]
        return Readout("\n".join(lines), x, dots)


def point_heights(problem: Problem) -> Floats:
    """The height of each example, (N,): its target; of several classes 1, since it belongs to one of them."""
    y = problem.data.y
    return y[:, 0] if y.shape[1] == 1 else numpy.max(y, axis=-1)
