"""One line a layer over time, for numbers that are counted: how many units are distinct."""

import math
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
from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]

FEW = 4
"""Up to so many layers are drawn so that all are seen where they have the same count."""


class CountLines(Chart):
    """Curves in the layers' colours, from 0 to the largest count. depth: of the whole network, for the colours."""

    def __init__(self, quantity: str) -> None:
        super().__init__(NumberAxis("left", quantity), NumberAxis("bottom", "step"))
        self.curves: list[Curve] = []
        self.marks, self.ghosts = TimeMarks(), GhostCurves(self)
        self._ghost: tuple[GhostTrack, Floats] | None = None
        self.depth, self._drawn_depth = 1, 0
        self._raw: Floats = numpy.zeros((0, 0))
        self._timeline: Timeline | None = None
        self.add(self.marks)
        self.probe = self._readout
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "marks"):
            self.marks.theme = theme
            for l, curve in enumerate(self.curves, start=1):
                curve.recolor(theme.layer_color(l, self.depth))

    def show_counts(
        self,
        timeline: Timeline,
        counts: Floats,
        widths: Sequence[int],
        depth: int,
        ghost: tuple[GhostTrack, Floats] | None = None,
    ) -> None:
        """counts: (R, K) of the layers 1..K; widths: the most there can be. ghost: the former run's (R', K')."""
        self._timeline, self._raw, self.depth, self._ghost = timeline, counts, depth, ghost
        known = numpy.all(numpy.isfinite(counts), axis=-1)  # not before the first step
        present = int(numpy.count_nonzero(known[: timeline.present]))
        if (counts.shape[1], depth) != (len(self.curves), self._drawn_depth):
            for curve in self.curves:
                self.take_away(curve)
            self.curves = [Curve(self.theme.layer_color(l, depth), 2.0) for l in range(1, counts.shape[1] + 1)]
            self._drawn_depth = depth
            for l, curve in enumerate(self.curves):
                # Layers of one count lie on each other: the wider ones are seen below the narrower.
                curve.width += 1.5 * (len(self.curves) - 1 - l) if len(self.curves) <= FEW else 0.0
                self.add(curve)
        for l, curve in enumerate(self.curves):
            curve.show_data(timeline.places[known], counts[known, l], present)
        self.marks.show_marks(timeline.marks, timeline.now)
        most, end = float(max(widths, default=1)), timeline.end
        if ghost is None:
            self.ghosts.show_lines(numpy.zeros(0), [], [])
        else:
            track, former = ghost
            hues = [self.theme.layer_color(l, former.shape[1] + 1) for l in range(1, former.shape[1] + 1)]
            self.ghosts.show_lines(track.places, list(former.T), hues)
            most, end = reach(most, most, former, most)[1], track.end
        self.frame(0.0, end, 0.0, 1.08 * most + headroom(timeline.marks, 0.0, most))

    def _readout(self, x: float, _y: float) -> Readout | None:
        index = self._timeline.nearest(x) if self._timeline else None
        if self._timeline is None or index is None:
            return None
        lines = [self._timeline.words(index)]
        lines += [
            f"layer {l}: {count:.0f} distinct{self._before(index, l)}"
            for l, count in enumerate(self._raw[index], start=1)
            if not math.isnan(count)
        ]
        if change := self.marks.near(x):
            lines.append(change)
        return Readout("\n".join(lines), float(self._timeline.places[index]))

    def _before(self, index: int, layer: int) -> str:
        """The former run's count there, in brackets; empty where it has no such layer or was over."""
        assert self._timeline is not None
        if self._ghost is None or layer > self._ghost[1].shape[1]:
            return ""
        near = self._ghost[0].nearest(float(self._timeline.places[index]))
        before = math.nan if near is None else float(self._ghost[1][near, layer - 1])
        return "" if math.isnan(before) else f" (before: {before:.0f})"
