"""One line a layer over time on a linear scale: what a layer's outputs are like."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.ghost_curves import GhostCurves
from nnviz.ui.plots.charts.ghost_track import GhostTrack, reach
from nnviz.ui.plots.charts.time_marks import TimeMarks, headroom
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.wording import full, short
from nnviz.ui.plots.layers.layer_lines import MANY
from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]

LEAST = 0.1
"""So much of the left axis is always in view: what hardly differs from 0 shall not look large."""
LARGEST = 1e300
"""Differences of larger numbers could not be represented."""


class OutputLines(Chart):
    """Curves in the layers' colours, those of the former run pale, and a dashed line at 0."""

    def __init__(self) -> None:
        super().__init__(NumberAxis("left", ""), NumberAxis("bottom", "step"))
        self.curves: list[Curve] = []
        self.zero = Curve(LIGHT.color("muted"), 1.2, dashed=True, depth=0.5)
        self.marks, self.ghosts = TimeMarks(), GhostCurves(self)
        self.names: Sequence[str] = ()
        self._raw: Floats = numpy.zeros((0, 0))
        self._timeline: Timeline | None = None
        self._ghost: tuple[GhostTrack, Floats] | None = None
        for ink in (self.zero, self.marks):
            self.add(ink)
        self.probe = self._readout
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "marks"):
            self.marks.theme = theme
            self.zero.recolor(theme.color("muted"))
            for l, curve in enumerate(self.curves, start=1):
                curve.recolor(theme.layer_color(l, len(self.curves)))

    def show_values(
        self,
        timeline: Timeline,
        values: Floats,
        names: Sequence[str],
        least: tuple[float, float] | None = None,
        ghost: tuple[GhostTrack, Floats] | None = None,
    ) -> None:
        """Other values, (R, L). least: (low, high) that is in view at least. ghost: the former run's (R', L')."""
        self._timeline, self._raw, self.names, self._ghost = timeline, values, names, ghost
        depth = values.shape[1]
        if len(self.curves) != depth:
            for curve in self.curves:
                self.take_away(curve)
            self.curves = [Curve(self.theme.layer_color(l, depth), 1.6) for l in range(1, depth + 1)]
            for curve in self.curves:
                self.add(curve)
        for curve, line in zip(self.curves, values.T, strict=True):
            curve.show_data(timeline.places, line, timeline.present)
        low, high = _span(values, least or (0.0, LEAST))
        end = timeline.end
        if ghost is None:
            self.ghosts.show_lines(numpy.zeros(0), [], [])
        else:
            track, former = ghost
            hues = [self.theme.layer_color(l, track.depth) for l in range(1, track.depth + 1)]
            self.ghosts.show_lines(track.places, list(former.T), hues)
            low, high = reach(low, high, former, high - low)
            end = track.end
        self.zero.show_data(numpy.array([0.0, end]), numpy.zeros(2))
        self.marks.show_marks(timeline.marks, timeline.now)
        room = 0.06 * (high - low)
        self.frame(0.0, end, low - room, high + room + headroom(timeline.marks, low, high))

    def _readout(self, x: float, y: float) -> Readout | None:
        index = self._timeline.nearest(x) if self._timeline else None
        if self._timeline is None or index is None:
            return None
        lines, dots = [self._timeline.words(index)], []
        layers = list(range(len(self.curves)))
        if len(layers) >= MANY:
            apart = numpy.abs(self._raw[index] - y)
            layers = [int(numpy.argmin(numpy.nan_to_num(apart, nan=numpy.inf)))]
        place = float(self._timeline.places[index])
        for l in layers:
            value = float(self._raw[index, l])
            lines.append(f"{self.names[l]}: {full(value)}{self._before(place, l)}")
            if numpy.isfinite(value):
                dots.append((place, value, self.curves[l].color))
        if change := self.marks.near(x):
            lines.append(change)
        return Readout("\n".join(lines), place, dots)

    def _before(self, place: float, layer: int) -> str:
        """The former run's value there, in brackets; empty where it has other layers or was over."""
        if self._ghost is None or self._ghost[0].depth != len(self.curves):
            return ""
        near = self._ghost[0].nearest(place)
        return "" if near is None else f" (before: {short(float(self._ghost[1][near, layer]))})"


def _span(values: Floats, least: tuple[float, float]) -> tuple[float, float]:
    """From the lowest to the highest finite value, at least ``least``."""
    finite = numpy.clip(values[numpy.isfinite(values)], -LARGEST, LARGEST)
    return float(numpy.min(finite, initial=least[0])), float(numpy.max(finite, initial=least[1]))
