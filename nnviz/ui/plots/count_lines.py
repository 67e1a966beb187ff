"""One line a layer over time, for numbers that are counted: how many units are distinct."""

import math
from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.axes import NumberAxis
from nnviz.ui.plots.chart import Chart
from nnviz.ui.plots.crosshair import Readout
from nnviz.ui.plots.curve import Curve
from nnviz.ui.plots.time_marks import TimeMarks
from nnviz.ui.plots.timeline import Timeline
from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]

FEW = 4
"""Up to so many layers are drawn so that all are seen where they have the same count."""


class CountLines(Chart):
    """Curves in the layers' colours, from 0 to the largest count. depth: of the whole network, for the colours."""

    def __init__(self, quantity: str) -> None:
        super().__init__(NumberAxis("left", quantity), NumberAxis("bottom", "step"))
        self.curves: list[Curve] = []
        self.marks = TimeMarks()
        self.depth = 1
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

    def show_counts(self, timeline: Timeline, counts: Floats, widths: Sequence[int], depth: int) -> None:
        """counts: (R, K) of the layers 1..K; widths: the most there can be."""
        self._timeline, self._raw, self.depth = timeline, counts, depth
        known = numpy.all(numpy.isfinite(counts), axis=-1)  # not before the first step
        present = int(numpy.count_nonzero(known[: timeline.present]))
        for curve in self.curves:
            self.take_away(curve)
        self.curves = [Curve(self.theme.layer_color(l, depth), 2.0) for l in range(1, counts.shape[1] + 1)]
        # Layers of one count lie on each other: the wider ones are seen below the narrower.
        for l, curve in enumerate(self.curves):
            curve.width += 1.5 * (len(self.curves) - 1 - l) if len(self.curves) <= FEW else 0.0
            self.add(curve)
            curve.show_data(timeline.places[known], counts[known, l], present)
        self.marks.show_marks(timeline.marks, timeline.now)
        self.frame(0.0, timeline.end, 0.0, 1.08 * max(widths, default=1))

    def _readout(self, x: float, _y: float) -> Readout | None:
        index = self._timeline.nearest(x) if self._timeline else None
        if self._timeline is None or index is None:
            return None
        lines = [self._timeline.words(index)]
        lines += [
            f"layer {l}: {count:.0f} distinct"
            for l, count in enumerate(self._raw[index], start=1)
            if not math.isnan(count)
        ]
        if change := self.marks.near(x):
            lines.append(change)
        return Readout("\n".join(lines), float(self._timeline.places[index]))
