"""A distribution of inputs pushed through each function: where it lies on the curve, and what comes out."""

from collections.abc import Sequence

import numpy

from nnviz.engine.activations import Activation
from nnviz.experiment.activations.passage import passage
from nnviz.experiment.activations.signal import signal_through
from nnviz.experiment.activations.specification import shown_elementwise
from nnviz.ui.plots.activations.line_style import StyledCurve, line_style
from nnviz.ui.plots.activations.multiples import Multiples
from nnviz.ui.plots.activations.signal_ink import InputHill, OutputHill
from nnviz.ui.plots.activations.tile import Tile
from nnviz.ui.plots.activations.wording import percent
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.wording import plain, short


class SignalFigure(Multiples):
    """Inputs grow from the lower edge, outputs from the left edge, the function between them."""

    key = "activation-signal"
    title = "Inputs pushed through"

    def __init__(self) -> None:
        self._inks: dict[Tile, tuple[StyledCurve, InputHill, OutputHill]] = {}
        super().__init__()

    def activations(self) -> Sequence[Activation]:
        """Those of one number."""
        return shown_elementwise(self.spec)

    def z_range(self) -> tuple[float, float]:
        """Where the inputs are."""
        return signal_through(self.activations()[0], self.spec.inputs).z_range if self.activations() else (-1.0, 1.0)

    def furnish(self, tile: Tile) -> None:
        """A curve and two hills."""
        inks = self._inks[tile] = (StyledCurve(2.4, 3.0), InputHill(), OutputHill())
        for ink in inks:
            tile.chart.add(ink)

    def redraw(self) -> None:
        """The legend too."""
        super().redraw()
        self._inks = {tile: inks for tile, inks in self._inks.items() if tile in self.tiles.values()}
        theme, inputs = self.theme, self.spec.inputs
        self.legend.show_entries([
            Entry("inputs z, from below", theme.color("muted", 0.5), "block"),
            Entry("outputs a = f(z), from the left", theme.color("text"), "block"),
            Entry("mean ± std", theme.color("text"), "dot"),
            Entry("before: mean", None, "", short(inputs.mean)),
            Entry("std", None, "", short(inputs.width)),
        ])  # fmt: skip

    def depends_on(self, activation: Activation) -> tuple[object, ...]:
        """The inputs."""
        del activation
        return (self.spec.inputs,)

    def fill(self, tile: Tile) -> None:
        """Curve and hills."""
        curve, inputs, outputs = self._inks[tile]
        signal = signal_through(tile.activation, self.spec.inputs)
        style = line_style(self.theme, tile.activation.name)
        curve.restyle(style)
        curve.show_data(signal.curve.z, signal.curve.f)
        inputs.show_inputs(self.spec.inputs, signal.z, signal.inputs)
        numbers = signal.numbers
        outputs.show_outputs(signal.outputs, numbers.mean, numbers.std, style.color)
        flat = "f′ = 0 everywhere" if numpy.isnan(numbers.saturated) else f"{percent(numbers.saturated)} saturated"
        tile.describe(f"{flat} · mean gate {short(numbers.gate, 3)}")
        tile.chart.frame(*signal.z_range, *signal.a_range)

    def resting_text(self, tile: Tile) -> str:
        """What comes out."""
        found = passage(tile.activation, self.spec.inputs)
        return f"mean {short(found.mean, 3)}   std {short(found.std, 3)}"

    def numbers(self) -> list[tuple[str, ...]]:
        """The outputs' densities for each function; values that many outputs have are rows with their share alone."""
        rows: list[tuple[str, ...]] = [("activation", "output a from", "to", "density per a", "share 0-1")]
        for own in self.activations():
            signal = signal_through(own, self.spec.inputs)
            edges, density = signal.outputs.edges.tolist(), signal.outputs.density.tolist()
            for low, high, value in zip(edges, edges[1:], density, strict=False):
                share = value * (high - low)
                rows.append((own.label, plain(low), plain(high), plain(value), plain(share)))
            rows += [(own.label, plain(a), plain(a), "", plain(share)) for a, share in signal.outputs.atoms]
        return rows

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        """The inputs' density, the functions, and mean and spread of what comes out."""
        shown = [(own.label, signal_through(own, self.spec.inputs)) for own in self.activations()]
        if not shown:
            return {}
        first, means = shown[0][1], [(name, signal.numbers.mean, signal.numbers.std) for name, signal in shown]
        columns = [first.z, first.inputs, *(signal.curve.f for _, signal in shown)]
        head = ("input z", "density per z", *(f"{name}: output a = f(z)" for name, _ in shown))
        return {
            "inputs": [head, *(tuple(plain(value) for value in row) for row in numpy.column_stack(columns).tolist())],
            "outputs": [
                ("activation", "mean of the outputs", "standard deviation of the outputs"),
                *((name, plain(float(mean)), plain(float(std))) for name, mean, std in means),
            ],
        }
