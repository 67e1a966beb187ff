"""Layer by step as a heat map: the whole history of all layers in one picture."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.charts.axes import NumberAxis, PlaceAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.decades import Decades
from nnviz.ui.plots.charts.raster import Raster, rgb
from nnviz.ui.plots.charts.time_marks import TimeMarks
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.wording import full
from nnviz.ui.plots.charts.zone_outline import ZoneOutline, beyond
from nnviz.ui.plots.charts.zones import Limits

Floats = NDArray[numpy.float64]

COLUMNS = 512
"""Columns of the picture; each shows the recorded step nearest to it, since what is recorded thins out over time."""

JUDGED = 8
"""So many columns beside each other are in a zone together or not at all."""


class LayerHeat(Chart):
    """Colours by magnitude; exact zeros grey, no number yet or any more: the plot's ground."""

    def __init__(self) -> None:
        self.layers = PlaceAxis("left", "layer")
        super().__init__(self.layers, NumberAxis("bottom", "step"), grid="")
        self.picture, self.marks, self.outline = Raster(smooth=False), TimeMarks(), ZoneOutline()
        self.names: Sequence[str] = ()
        self._raw: Floats = numpy.zeros((0, 0))
        self._timeline: Timeline | None = None
        self.add(self.picture)
        self.add(self.outline)
        self.add(self.marks)
        self.probe = self._readout

    def show_values(
        self, timeline: Timeline, values: Floats, names: Sequence[str], decades: Decades, limits: Limits | None
    ) -> None:
        """Other values, (R, L); what lies in a zone is outlined."""
        self._timeline, self._raw, self.names, self.layers.names = timeline, values, names, names
        end, depth = timeline.end, values.shape[1]
        steps = numpy.linspace(0.5 * end / COLUMNS, end - 0.5 * end / COLUMNS, COLUMNS)
        rows = values[nearest_indices(timeline.places, steps)] if len(values) else values
        if len(rows):
            self.picture.show_data(self._colors(rows.T, decades), (0.0, end, -0.5, depth - 0.5))
        self.outline.show_cells(beyond(rows, limits, JUDGED), end)
        self.marks.show_marks(timeline.marks, timeline.now)
        self.frame(0.0, end, -0.5, depth - 0.5)

    def _colors(self, values: Floats, decades: Decades) -> NDArray[numpy.uint8]:
        """(L, COLUMNS) → colours."""
        share = (decades.place(values) - decades.low) / (decades.high - decades.low)
        level = numpy.nan_to_num(255.0 * share, nan=0.0).clip(0, 255).astype(numpy.uint8)
        colors = self.theme.sequential()[level]
        colors[values == 0.0] = rgb(self.theme.color("dead"))
        colors[numpy.isnan(values)] = rgb(self.theme.color("surface"))
        return colors

    def _readout(self, x: float, y: float) -> Readout | None:
        index, layer = (self._timeline.nearest(x) if self._timeline else None), round(y)
        if self._timeline is None or index is None or not 0 <= layer < len(self.names):
            return None
        lines = [self._timeline.words(index), f"layer {self.names[layer]}: {full(self._raw[index, layer])}"]
        if change := self.marks.near(x):
            lines.append(change)
        return Readout("\n".join(lines))


def nearest_indices(recorded: Floats, wanted: Floats) -> NDArray[numpy.intp]:
    """For each wanted place the index of the nearest recorded one; recorded is in order and not empty."""
    middles = (recorded[1:] + recorded[:-1]) / 2.0
    return numpy.searchsorted(middles, wanted)
