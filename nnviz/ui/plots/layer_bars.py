"""One bar a layer on a scale of decades, with its number written on it and the spread over its units."""

import math
from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.axes import DecadeAxis, PlaceAxis
from nnviz.ui.plots.bars import Bars
from nnviz.ui.plots.chart import Chart
from nnviz.ui.plots.crosshair import Readout
from nnviz.ui.plots.decades import Decades
from nnviz.ui.plots.flow_quantity import FlowQuantity
from nnviz.ui.plots.wording import full
from nnviz.ui.plots.zones import Limits, Zones
from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]


class LayerBars(Chart):
    """Bars from the floor of the plot to each layer's value; behind them the zones."""

    def __init__(self, quantity: FlowQuantity) -> None:
        self.quantity = quantity
        self.values, self.places = (
            DecadeAxis("left", quantity.title),
            PlaceAxis("bottom", "layer, from input to output"),
        )
        super().__init__(self.values, self.places, grid="rows")
        self.bars, self.zones = Bars(), Zones()
        self.names: Sequence[str] = ()
        self.add(self.zones)
        self.add(self.bars)
        self.probe = self._readout
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "bars"):
            self.bars.theme = self.zones.theme = theme

    def show_values(
        self, values: Floats, spread: Floats, names: Sequence[str], decades: Decades, limits: Limits | None
    ) -> None:
        """Other values (L,) and quantiles over each layer's units (L, 2); the layers' names; the scale; the zones."""
        self.names, self.places.names = names, names
        self.places.picture = None
        self.values.zero_at = decades.zero_at
        self.bars.show_values(values, spread, decades)
        ends = numpy.array([-0.5, len(values) - 0.5])
        self.zones.show_zones(limits, ends, numpy.repeat(values[-1:], 2) if len(values) else ends * numpy.nan)
        # Above the highest bar there is room for its number.
        top = decades.high + 0.16 * (decades.high - decades.bottom)
        self.frame(-0.5, len(values) - 0.5, decades.bottom, top)

    def _readout(self, x: float, _y: float) -> Readout | None:
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
        return Readout("\n".join(lines))
