"""f and f' of every activation shown, over the same z and at the same height, with the zones where they are flat."""

import math
from collections.abc import Sequence

import numpy
from PySide6.QtGui import QColor

from nnviz.engine import ACTIVATIONS
from nnviz.engine.activations import Activation
from nnviz.experiment.activations.function_curve import asymptotes, function_curve
from nnviz.experiment.activations.saturation_zones import FAR, saturation_zones
from nnviz.experiment.activations.softmax_layer import softmax_layer
from nnviz.experiment.activations.specification import shown_activations
from nnviz.ui.plots.activations.line_style import DOT, SOLID, LineStyle, StyledCurve, line_style
from nnviz.ui.plots.activations.multiples import Multiples
from nnviz.ui.plots.activations.tile import Tile
from nnviz.ui.plots.activations.wording import caption
from nnviz.ui.plots.charts.band import Band
from nnviz.ui.plots.charts.gate_chart import Zones, zone_color
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.wording import plain, short

FLOOR, CEILING = -1.25, 2.05
"""All are drawn to one scale: what f' is at most can be compared by eye. Functions without an end leave the picture."""
DEEPEST = -4.0


class CurvesFigure(Multiples):
    """The functions."""

    key = "activation-curves"
    title = "Functions f and their derivatives f′ over the same z"

    def __init__(self) -> None:
        self._inks: dict[Tile, tuple[StyledCurve, StyledCurve, Band, Zones, tuple[StyledCurve, StyledCurve]]] = {}
        super().__init__()

    def activations(self) -> Sequence[Activation]:
        """All that are shown; of softmax one output over its own input."""
        return shown_activations(self.spec)

    def z_range(self) -> tuple[float, float]:
        """The same to both sides."""
        return -self.spec.reach, self.spec.reach

    def furnish(self, tile: Tile) -> None:
        """Two curves, the area below f', zones and asymptotes."""
        inks = (
            StyledCurve(2.8, 4.0),
            StyledCurve(1.3, 3.0),
            Band(QColor("black"), 0.0),
            Zones(),
            (StyledCurve(1.2, 1.0), StyledCurve(1.2, 1.0)),
        )
        self._inks[tile] = inks
        for ink in (*inks[:4], *inks[4]):
            tile.chart.add(ink)

    def redraw(self) -> None:
        """The legend too."""
        super().redraw()
        self._inks = {tile: inks for tile, inks in self._inks.items() if tile in self.tiles.values()}
        theme = self.theme
        text = theme.color("text")
        self.legend.show_entries([
            Entry("f(z)", text),
            Entry("f′(z), with its area", text, "thin"),
            Entry("flat: |f′| below 5 % of its maximum", zone_color(theme), "block"),
            Entry("asymptote", theme.color("muted"), "dashed"),
        ])  # fmt: skip

    def depends_on(self, activation: Activation) -> tuple[object, ...]:
        """The ranges; of softmax the layer, too."""
        layer = () if activation.elementwise else self.spec.layer
        return self.spec.reach, self._floor(), layer

    def fill(self, tile: Tile) -> None:
        """Curves, zones, range."""
        theme, activation = self.theme, tile.activation
        f, slope, area, zones, lines = self._inks[tile]
        style = line_style(theme, activation.name)
        f.restyle(style)
        slope.restyle(LineStyle(style.color, SOLID))
        pale = QColor(style.color)
        pale.setAlphaF(0.16)
        area.recolor(pale)
        reach = self.spec.reach
        if activation.elementwise:
            curve = function_curve(activation, reach)
            z, values, slopes = curve.z, curve.f, curve.slope
            ends = [(-reach, 0.0), (0.0, reach)]
            for ink, line, part in zip(lines, asymptotes(activation), ends, strict=True):
                place = numpy.array(part)
                ink.restyle(LineStyle(theme.color("muted"), DOT))
                ink.show_data(place, line.slope * place + line.intercept)
            zones.show_zones([(max(-FAR * 4, low), min(FAR * 4, high)) for low, high in saturation_zones(activation)])
        else:
            layer = softmax_layer(self.spec.layer)
            z, values = layer.z, layer.outputs[:, 0]
            slopes = values * (1.0 - values)
        f.show_data(z, values)
        slope.show_data(z, slopes)
        area.show_data(z, numpy.zeros(len(z)), slopes)
        tile.describe(caption(activation))
        tile.chart.frame(-reach, reach, self._floor(), CEILING)

    def _floor(self) -> float:
        """Deep enough for all that have a lower end, within reason."""
        low = min([FLOOR, *(1.25 * own.lower for own in self.activations() if math.isfinite(own.lower))])
        return max(DEEPEST, low)

    def slope_dots(self, z: float, slope: float) -> list[tuple[float, float, QColor]]:
        """f' is drawn, too."""
        return [(z, slope, self.theme.color("muted"))]

    def resting_text(self, tile: Tile) -> str:
        """How much gradient passes at most."""
        return f"max |f′| = {short(tile.activation.max_slope)}"

    def numbers(self) -> list[tuple[str, ...]]:
        """z, then f and f' of each function of one number."""
        shown = [activation for activation in self.activations() if activation.elementwise]
        z = function_curve(ACTIVATIONS["linear"], self.spec.reach).z
        columns = [z, *(values for own in shown for values in (own.f(z), own.derivative(z)))]
        head = ("z", *(text for own in shown for text in (f"{own.label}: f(z)", f"{own.label}: f'(z)")))
        return [head, *(tuple(plain(value) for value in row) for row in numpy.column_stack(columns).tolist())]

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        """The flat zones and the asymptotes; softmax over the first of its sums, which has a z of its own."""
        zones: list[tuple[str, ...]] = [("activation", "flat from z", "to z")]
        lines: list[tuple[str, ...]] = [("activation", "towards z", "slope", "height at z = 0")]
        softmax: list[tuple[str, ...]] = [("z1", "softmax: output a1", "softmax: slope da1/dz1")]
        for own in self.activations():
            if own.elementwise:
                zones += [(own.label, plain(low), plain(high)) for low, high in saturation_zones(own)]
                ends = zip(("-inf", "inf"), asymptotes(own), strict=True)
                lines += [(own.label, end, plain(line.slope), plain(line.intercept)) for end, line in ends]
            else:
                layer = softmax_layer(self.spec.layer)
                pairs = zip(layer.z.tolist(), layer.outputs[:, 0].tolist(), strict=True)
                softmax += [(plain(z), plain(a), plain(a * (1.0 - a))) for z, a in pairs]
        return {"zones": zones, "asymptotes": lines, "softmax": softmax}
