"""One line a layer over time, for numbers that are counted: how many units are distinct."""

import math
from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.course import Course, Former, Moment
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.ghost_track import reach
from nnviz.ui.plots.charts.time_marks import headroom
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.layers.layer_course import layer_hues

Floats = NDArray[numpy.float64]

FEW = 4
"""Up to so many layers are drawn so that all are seen where they have the same count."""
WIDTH, WIDER = 2.0, 1.5


class CountLines(Chart):
    """Curves in the colours of the hidden layers, from 0 to the largest count."""

    def __init__(self, quantity: str) -> None:
        super().__init__(NumberAxis("left", quantity), NumberAxis("bottom", "step"))
        self.course = Course(self, lambda theme, hidden: layer_hues(theme, hidden + 1)[:-1])
        self.probe = self._readout

    def show_counts(
        self, timeline: Timeline, counts: Floats, widths: Sequence[int], former: Former | None = None
    ) -> None:
        """counts: (R, K) of the hidden layers; widths: the most there can be."""
        self.course.show(timeline, counts, former)
        curves = self.course.curves
        for l, curve in enumerate(curves):
            # Layers of one count lie on each other: the wider ones are seen below the narrower.
            curve.width = WIDTH + (WIDER * (len(curves) - 1 - l) if len(curves) <= FEW else 0.0)
        most = float(max(widths, default=1))
        if former is not None:
            most = reach(most, most, former[1], most)[1]
        self.frame(0.0, self.course.end, 0.0, 1.08 * most + headroom(timeline.marks, 0.0, most))

    def _readout(self, x: float, _y: float) -> Readout | None:
        at = self.course.at(x)
        if at is None:
            return None
        counts = enumerate(self.course.values[at.index], start=1)
        lines = [f"layer {l}: {n:.0f} distinct{self._before(at, l)}" for l, n in counts if not math.isnan(n)]
        return self.course.readout(at, lines)

    def _before(self, at: Moment, layer: int) -> str:
        """The former run's count there, in brackets; empty where it has no such layer or was over."""
        former = self.course.former
        if former is None or at.former is None or layer > former[1].shape[1]:
            return ""
        before = float(former[1][at.former, layer - 1])
        return "" if math.isnan(before) else f" (before: {before:.0f})"
