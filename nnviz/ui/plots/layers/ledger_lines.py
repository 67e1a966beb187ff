"""The chain-rule ledger over time: what the whole way from the output to layer 1 cost at each step."""

import numpy
from numpy.typing import NDArray

from nnviz.engine.ledger import Ledger, ledger
from nnviz.experiment.records import Curves
from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.course import Course, Former
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.ghost_track import reach
from nnviz.ui.plots.charts.time_marks import headroom
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.wording import full

Floats = NDArray[numpy.float64]

NAMES = ("f′", "weights", "together")
TOKENS = ("negative", "positive", "text")
LEAST = 1.0
"""Decades that are always in view."""


def sums(curves: Curves) -> Floats:
    """The activations' shares, the weights' and both, each summed over the layers, at all recorded steps: (R, 3)."""
    shares: Ledger = ledger(curves.statistic("delta_rms"), curves.statistic("signal_before_gate"))
    parts = (shares.activations, shares.weights, shares.total)
    with numpy.errstate(invalid="ignore"):
        return numpy.stack([numpy.sum(part, axis=-1) for part in parts], axis=-1)


class LedgerLines(Chart):
    """Three lines around 0, in the colours of the bars; those of the former run pale."""

    def __init__(self) -> None:
        super().__init__(NumberAxis("left", "decades (log₁₀)"), NumberAxis("bottom", "step"))
        self.course = Course(self, lambda theme, count: [theme.color(token) for token in TOKENS[:count]])
        self.probe = self._readout

    def show_sums(self, timeline: Timeline, values: Floats, former: Former | None) -> None:
        """Other sums (R, 3), and the former run's (R', 3)."""
        self.course.show(timeline, values, former)
        self.course.curves[-1].setZValue(1.5)  # what both come to lies below them
        finite = values[numpy.isfinite(values)]
        low, high = float(numpy.min(finite, initial=-LEAST)), float(numpy.max(finite, initial=0.0))
        if former is not None:
            low, high = reach(low, high, former[1], high - low)
        room = 0.06 * (high - low)
        self.frame(0.0, self.course.end, low - room, high + room + headroom(timeline.marks, low, high))

    def _readout(self, x: float, _y: float) -> Readout | None:
        at, former = self.course.at(x), self.course.former
        if at is None:
            return None
        values = self.course.values[at.index].tolist()
        lines = [f"{name} {full(value)} decades" for name, value in zip(NAMES, values, strict=True)]
        if former is not None and at.former is not None:
            lines.append(f"before: together {full(float(former[1][at.former, 2]))} decades")
        return self.course.readout(at, lines)
