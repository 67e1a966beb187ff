"""One line a layer over time, on a scale of decades."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.charts.axes import DecadeAxis, NumberAxis
from nnviz.ui.plots.charts.course import Course, Former
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.decades import Decades
from nnviz.ui.plots.charts.time_marks import headroom
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.zone_chart import ZoneChart
from nnviz.ui.plots.charts.zones import Limits
from nnviz.ui.plots.layers.layer_course import layer_hues, said_of_layers

Floats = NDArray[numpy.float64]


class LayerLines(ZoneChart):
    """Curves in the layers' colours, those of the former run pale; exact zeros run along the floor."""

    def __init__(self, quantity: str) -> None:
        self.values = DecadeAxis("left", quantity)
        super().__init__(self.values, NumberAxis("bottom", "step"))
        self.course = Course(self, layer_hues)
        self.names: Sequence[str] = ()
        self.probe = self._readout

    def show_values(
        self,
        timeline: Timeline,
        values: Floats,
        names: Sequence[str],
        decades: Decades,
        limits: Limits | None,
        former: Former | None = None,
    ) -> None:
        """Other values, (R, L); the zones follow the output layer's."""
        self.names, self.values.zero_at = [f"layer {name}" for name in names], decades.zero_at
        self.course.show(timeline, values, former, decades.place)
        self.zones.show_zones(limits, timeline.places, values[:, -1])
        top = decades.high + headroom(timeline.marks, decades.bottom, decades.high)
        self.frame(0.0, self.course.end, decades.bottom, top)

    def _readout(self, x: float, y: float) -> Readout | None:
        at = self.course.at(x)
        if at is None:
            return None
        said = self.course.readout(at, *said_of_layers(self.course, at, y, self.names))
        return Readout("\n".join([said.text, *self.zone_words(x, y)]), said.x, said.dots)
