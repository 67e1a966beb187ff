"""One line a layer over time, on a scale of decades."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.axes import DecadeAxis, NumberAxis
from nnviz.ui.plots.chart import Chart
from nnviz.ui.plots.crosshair import Readout
from nnviz.ui.plots.curve import Curve
from nnviz.ui.plots.decades import Decades
from nnviz.ui.plots.time_marks import TimeMarks
from nnviz.ui.plots.timeline import Timeline
from nnviz.ui.plots.wording import full
from nnviz.ui.plots.zones import Limits, Zones
from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]

MANY = 16
"""From so many layers on, the readout speaks of the nearest one alone."""


class LayerLines(Chart):
    """Curves in the layers' colours; exact zeros run along the floor."""

    def __init__(self, quantity: str) -> None:
        self.values = DecadeAxis("left", quantity)
        super().__init__(self.values, NumberAxis("bottom", "step"))
        self.curves: list[Curve] = []
        self.marks, self.zones = TimeMarks(), Zones()
        self.names: Sequence[str] = ()
        self._raw: Floats = numpy.zeros((0, 0))
        self._timeline: Timeline | None = None
        self.add(self.zones)
        self.add(self.marks)
        self.probe = self._readout
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "marks"):
            self.marks.theme = self.zones.theme = theme
            for l, curve in enumerate(self.curves, start=1):
                curve.recolor(theme.layer_color(l, len(self.curves)))

    def show_values(
        self, timeline: Timeline, values: Floats, names: Sequence[str], decades: Decades, limits: Limits | None
    ) -> None:
        """Other values, (R, L); the zones follow the output layer's."""
        self._timeline, self._raw, self.names = timeline, values, names
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
        self.zones.show_zones(limits, timeline.places, values[:, -1])
        self.marks.show_marks(timeline.marks, timeline.now)
        self.frame(0.0, timeline.end, decades.bottom, decades.high)

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
            lines.append(f"layer {self.names[l]}: {full(self._raw[index, l])}")
            if numpy.isfinite(self.curves[l].ys[index]):
                dots.append((float(self.curves[l].xs[index]), float(self.curves[l].ys[index]), self.curves[l].color))
        if change := self.marks.near(x):
            lines.append(change)
        return Readout("\n".join(lines), float(self._timeline.places[index]), dots)
