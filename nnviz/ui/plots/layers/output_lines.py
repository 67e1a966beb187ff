"""One line a layer over time on a linear scale: what a layer's outputs are like."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.course import Course, Former
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.ghost_track import reach
from nnviz.ui.plots.charts.time_marks import headroom
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.layers.layer_course import layer_hues, said_of_layers
from nnviz.ui.theme import LIGHT

Floats = NDArray[numpy.float64]

LEAST = 0.1
"""So much of the left axis is always in view: what hardly differs from 0 shall not look large."""
LARGEST = 1e300
"""Differences of larger numbers could not be represented."""


class OutputLines(Chart):
    """Curves in the layers' colours, those of the former run pale, and a dashed line at 0."""

    def __init__(self) -> None:
        super().__init__(NumberAxis("left", ""), NumberAxis("bottom", "step"))
        self.zero = Curve(LIGHT.color("muted"), 1.2, dashed=True, depth=0.5)
        self.add(self.zero)
        self.course = Course(self, layer_hues)
        self.names: Sequence[str] = ()
        self.probe = self._readout

    def show_values(
        self,
        timeline: Timeline,
        values: Floats,
        names: Sequence[str],
        least: tuple[float, float] | None = None,
        former: Former | None = None,
    ) -> None:
        """Other values, (R, L). least: (low, high) that is in view at least."""
        self.names = names
        self.course.show(timeline, values, former)
        low, high = _span(values, least or (0.0, LEAST))
        if former is not None:
            low, high = reach(low, high, former[1], high - low)
        self.zero.recolor(self.theme.color("muted"))
        self.zero.show_data(numpy.array([0.0, self.course.end]), numpy.zeros(2))
        room = 0.06 * (high - low)
        self.frame(0.0, self.course.end, low - room, high + room + headroom(timeline.marks, low, high))

    def _readout(self, x: float, y: float) -> Readout | None:
        at = self.course.at(x)
        return self.course.readout(at, *said_of_layers(self.course, at, y, self.names)) if at else None


def _span(values: Floats, least: tuple[float, float]) -> tuple[float, float]:
    """From the lowest to the highest finite value, at least ``least``."""
    finite = numpy.clip(values[numpy.isfinite(values)], -LARGEST, LARGEST)
    return float(numpy.min(finite, initial=least[0])), float(numpy.max(finite, initial=least[1]))
