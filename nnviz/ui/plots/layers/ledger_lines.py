"""The chain-rule ledger over time: what the whole way from the output to layer 1 cost at each step."""

import numpy
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from nnviz.engine.ledger import Ledger, ledger
from nnviz.experiment.records import Curves
from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.ghost_curves import GhostCurves
from nnviz.ui.plots.charts.ghost_track import GhostTrack, reach
from nnviz.ui.plots.charts.time_marks import TimeMarks, headroom
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.wording import full
from nnviz.ui.theme import LIGHT, Theme

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
        self.curves = [Curve(QColor(), 1.6), Curve(QColor(), 1.6), Curve(QColor(), 1.6, depth=1.5)]
        self.marks, self.ghosts = TimeMarks(), GhostCurves(self)
        self._raw: Floats = numpy.zeros((0, 3))
        self._timeline: Timeline | None = None
        self._ghost: tuple[GhostTrack, Floats] | None = None
        for ink in (*self.curves, self.marks):
            self.add(ink)
        self.probe = self._readout
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "marks"):
            self.marks.theme = theme
            for curve, token in zip(self.curves, TOKENS, strict=True):
                curve.recolor(theme.color(token))

    def show_sums(self, timeline: Timeline, values: Floats, ghost: tuple[GhostTrack, Floats] | None) -> None:
        """Other sums (R, 3), and the former run's (R', 3)."""
        self._timeline, self._raw, self._ghost = timeline, values, ghost
        for curve, line in zip(self.curves, values.T, strict=True):
            curve.show_data(timeline.places, line, timeline.present)
        finite = values[numpy.isfinite(values)]
        low, high = float(numpy.min(finite, initial=-LEAST)), float(numpy.max(finite, initial=0.0))
        end, before = timeline.end, numpy.zeros((0, 3))
        if ghost is not None:
            end, before = ghost[0].end, ghost[1]
            low, high = reach(low, high, before, high - low)
        self.ghosts.show_lines(
            ghost[0].places if ghost else before[:, 0], list(before.T), [self.theme.color(token) for token in TOKENS]
        )
        self.marks.show_marks(timeline.marks, timeline.now)
        room = 0.06 * (high - low)
        self.frame(0.0, end, low - room, high + room + headroom(timeline.marks, low, high))

    def _readout(self, x: float, _y: float) -> Readout | None:
        index = self._timeline.nearest(x) if self._timeline else None
        if self._timeline is None or index is None:
            return None
        place = float(self._timeline.places[index])
        lines = [self._timeline.words(index)]
        lines += [f"{name} {full(value)} decades" for name, value in zip(NAMES, self._raw[index].tolist(), strict=True)]
        near = self._ghost[0].nearest(place) if self._ghost else None
        if self._ghost and near is not None:
            lines.append(f"before: together {full(float(self._ghost[1][near, 2]))} decades")
        if change := self.marks.near(x):
            lines.append(change)
        return Readout("\n".join(lines), place)
