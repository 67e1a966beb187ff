"""One line a layer over time, on a scale of decades."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.charts.axes import DecadeAxis, NumberAxis
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.decades import Decades
from nnviz.ui.plots.charts.ghost_curves import GhostCurves
from nnviz.ui.plots.charts.ghost_track import GhostTrack
from nnviz.ui.plots.charts.time_marks import TimeMarks, headroom
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.wording import full, short
from nnviz.ui.plots.charts.zone_chart import ZoneChart
from nnviz.ui.plots.charts.zones import Limits
from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]

MANY = 16
"""From so many layers on, the readout speaks of the nearest one alone."""


class LayerLines(ZoneChart):
    """Curves in the layers' colours, those of the former run pale; exact zeros run along the floor."""

    def __init__(self, quantity: str) -> None:
        self.values = DecadeAxis("left", quantity)
        super().__init__(self.values, NumberAxis("bottom", "step"))
        self.curves: list[Curve] = []
        self.marks, self.ghosts = TimeMarks(), GhostCurves(self)
        self.names: Sequence[str] = ()
        self._raw: Floats = numpy.zeros((0, 0))
        self._timeline: Timeline | None = None
        self._ghost: tuple[GhostTrack, Floats] | None = None
        self.add(self.marks)
        self.probe = self._readout
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "marks"):
            self.marks.theme = theme
            for l, curve in enumerate(self.curves, start=1):
                curve.recolor(theme.layer_color(l, len(self.curves)))

    def show_values(
        self,
        timeline: Timeline,
        values: Floats,
        names: Sequence[str],
        decades: Decades,
        limits: Limits | None,
        ghost: tuple[GhostTrack, Floats] | None = None,
    ) -> None:
        """Other values, (R, L); the zones follow the output layer's. ghost: the former run and its values (R', L')."""
        self._timeline, self._raw, self.names, self._ghost = timeline, values, names, ghost
        depth = values.shape[1]
        if len(self.curves) != depth:
            for curve in self.curves:
                self.take_away(curve)
            self.curves = [Curve(self.theme.layer_color(l, depth), 1.6) for l in range(1, depth + 1)]
            for curve in self.curves:
                self.add(curve)
        self.values.zero_at = decades.zero_at
        places = decades.place(values)
        for l, curve in enumerate(self.curves):
            curve.show_data(timeline.places, places[:, l], timeline.present)
        self._show_ghost(decades)
        self.zones.show_zones(limits, timeline.places, values[:, -1])
        self.marks.show_marks(timeline.marks, timeline.now)
        top = decades.high + headroom(timeline.marks, decades.bottom, decades.high)
        self.frame(0.0, ghost[0].end if ghost else timeline.end, decades.bottom, top)

    def _show_ghost(self, decades: Decades) -> None:
        if self._ghost is None:
            self.ghosts.show_lines(numpy.zeros(0), [], [])
            return
        track, values = self._ghost
        depth = values.shape[1]
        colors = [self.theme.layer_color(l, depth) for l in range(1, depth + 1)]
        self.ghosts.show_lines(track.places, list(decades.place(values).T), colors)

    def _readout(self, x: float, y: float) -> Readout | None:
        index = self._timeline.nearest(x) if self._timeline else None
        if self._timeline is None or index is None:
            return None
        lines, dots = [self._timeline.words(index)], []
        layers = list(range(len(self.curves)))
        if len(layers) >= MANY:
            heights = [abs(float(curve.ys[index]) - y) for curve in self.curves]
            layers = [int(numpy.argmin(numpy.nan_to_num(heights, nan=numpy.inf)))]
        for l in layers:
            lines.append(f"layer {self.names[l]}: {full(self._raw[index, l])}{self._before(index, l)}")
            if numpy.isfinite(self.curves[l].ys[index]):
                dots.append((float(self.curves[l].xs[index]), float(self.curves[l].ys[index]), self.curves[l].color))
        if change := self.marks.near(x):
            lines.append(change)
        lines += self.zone_words(x, y)
        return Readout("\n".join(lines), float(self._timeline.places[index]), dots)

    def _before(self, index: int, layer: int) -> str:
        """The former run's value there, in brackets; empty where it has no such layer or was over."""
        assert self._timeline is not None
        if self._ghost is None or layer >= self._ghost[1].shape[1] or self._ghost[0].depth != len(self.curves):
            return ""
        near = self._ghost[0].nearest(float(self._timeline.places[index]))
        return "" if near is None else f" (before: {short(float(self._ghost[1][near, layer]))})"
