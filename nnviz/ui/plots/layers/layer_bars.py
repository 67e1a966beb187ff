"""One bar a layer on a scale of decades, with its number written on it and the spread over its units."""

import math
from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.charts.axes import DecadeAxis, PlaceAxis
from nnviz.ui.plots.charts.bars import Bars
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.decades import Decades
from nnviz.ui.plots.charts.wording import full
from nnviz.ui.plots.charts.zone_chart import ZoneChart
from nnviz.ui.plots.charts.zones import Limits
from nnviz.ui.plots.layers.flow_quantity import FlowQuantity

Floats = NDArray[numpy.float64]


class LayerBars(ZoneChart):
    """Bars from the floor of the plot to each layer's value; behind them the zones. A pale tick across a bar is the
    former run's value at the same step."""

    def __init__(self, quantity: FlowQuantity) -> None:
        self.quantity = quantity
        self.values, self.places = (
            DecadeAxis("left", quantity.title),
            PlaceAxis("bottom", "layer, from input to output"),
        )
        super().__init__(self.values, self.places, grid="rows")
        self.bars = Bars()
        self.names: Sequence[str] = ()
        self.add(self.bars)
        self.probe = self._readout

    def show_values(
        self,
        values: Floats,
        spread: Floats,
        names: Sequence[str],
        decades: Decades,
        limits: Limits | None,
        reference: float,
        ghost: Floats | None = None,
    ) -> None:
        """Other values (L,) and quantiles over each layer's units (L, 2); the layers' names; the scale; the zones.

        reference: the output layer's usual value, from which the zones are measured. ghost: (L,) the former run's.
        """
        self.names, self.places.names = names, names
        self.places.picture = None
        self.values.zero_at = decades.zero_at
        self.bars.show_values(values, spread, decades, ghost)
        ends = numpy.array([-0.5, len(values) - 0.5])
        self.zones.show_zones(limits, ends, numpy.full(2, reference if len(values) else numpy.nan))
        # Above the highest bar there is room for its number.
        top = decades.high + 0.16 * (decades.high - decades.bottom)
        self.frame(-0.5, len(values) - 0.5, decades.bottom, top)

    def _readout(self, x: float, y: float) -> Readout | None:
        layer = round(x)
        if not 0 <= layer < len(self.names):
            return None
        value, last = float(self.bars.values[layer]), float(self.bars.values[-1])
        lines = [f"layer {self.names[layer]}", f"{self.quantity.short} {full(value)}"]
        if layer < len(self.names) - 1 and value > 0.0 and last > 0.0 and math.isfinite(value / last):
            lines.append(f"{full(value / last)} of the output layer's")
        low, high = self.bars.spread[layer]
        if math.isfinite(low) and math.isfinite(high):
            lines += ["80 % of its units lie from", f"{full(float(low))} to", full(float(high))]
        if self.bars.ghost is not None:
            lines.append(f"before: {full(float(self.bars.ghost[layer]))}")
        lines += self.zone_words(x, y)
        return Readout("\n".join(lines))
