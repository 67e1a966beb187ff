"""Where the unit's sum lies on its activation, with the slope there."""

import numpy

from nnviz.experiment.neuron.firing import activation_curve, activation_of, fire
from nnviz.experiment.neuron.specification import UnitSpec
from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.chart_figure import ChartFigure
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.wording import full, plain, short
from nnviz.ui.plots.neuron.arithmetic_text import symbol
from nnviz.ui.plots.neuron.value_mark import ValueMark
from nnviz.ui.theme import LIGHT


class ActivationFigure(ChartFigure):
    """f, the place of z on it, and the tangent."""

    key = "neuron-activation"
    title = "Activation"

    def __init__(self) -> None:
        super().__init__()
        self.unit = UnitSpec()
        self.chart = Chart(NumberAxis("left", "a = f(z)"), NumberAxis("bottom", "z"))
        self.chart.setAccessibleName("Activation: the output a over the sum z")
        self.curve = Curve(LIGHT.color("accent"), 2.6, depth=3.0)
        self.tangent = Curve(LIGHT.color("warning"), 1.6, dashed=True, depth=2.0)
        self.mark = ValueMark()
        for ink in (self.curve, self.tangent, self.mark):
            self.chart.add(ink)
        self.chart.probe = self._readout
        self.column.addWidget(self.chart, 1)
        self.set_theme(self.theme)

    def show_unit(self, unit: UnitSpec) -> None:
        """Another unit."""
        self.unit = unit
        self.redraw()

    def redraw(self) -> None:
        """Curve, tangent, and the mark where z is."""
        theme, unit, firing = self.theme, self.unit, fire(self.unit)
        curve = activation_curve(unit, firing)
        self.curve.recolor(theme.color("accent"))
        self.curve.show_data(curve.z, curve.f)
        self.tangent.recolor(theme.color("warning"))
        self.tangent.show_data(curve.z[[0, -1]], curve.tangent)
        self.mark.show_value(firing.z, firing.a)
        low, high = float(numpy.nanmin(curve.f)), float(numpy.nanmax(curve.f))
        room = 0.12 * (high - low)
        self.chart.frame(float(curve.z[0]), float(curve.z[-1]), low - room, high + room)
        name = symbol(unit)
        self.legend.show_entries([
            Entry(f"a = {name}(z)", theme.color("accent"), "line", short(firing.a)),
            Entry(f"slope {name}′(z)", theme.color("warning"), "dashed", short(firing.slope)),
            Entry("z", theme.color("text"), "dot", short(firing.z)),
        ])  # fmt: skip
        self.setAccessibleDescription(f"z {short(firing.z)}, a {short(firing.a)}, slope {short(firing.slope)}")
        self.chart.refresh_readout()

    def numbers(self) -> list[tuple[str, ...]]:
        """The curve."""
        firing, activation = fire(self.unit), activation_of(self.unit)
        curve = activation_curve(self.unit, firing)
        z = curve.z[numpy.isfinite(curve.f)]
        rows = zip(z, activation.f(z), activation.derivative(z), strict=True)
        return [("z", "f(z)", "f'(z)"), *(tuple(plain(float(value)) for value in row) for row in rows)]

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        """Where the unit is."""
        firing = fire(self.unit)
        return {
            "unit": [("sum z", "output a = f(z)", "slope f'(z)"), tuple(map(plain, (firing.z, firing.a, firing.slope)))]
        }

    def _readout(self, x: float, _y: float) -> Readout | None:
        activation = activation_of(self.unit)
        a, slope = float(activation.f([x])[0]), float(activation.derivative([x])[0])
        return Readout(f"z {full(x)}\na {full(a)}\nslope {full(slope)}", x, [(x, a, self.curve.color)])
