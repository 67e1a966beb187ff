"""The activation function as a neuron sees it: which z really reach it, and how much gradient its gate lets through."""

import numpy
from PySide6.QtWidgets import QWidget

from nnviz.experiment.readings import PreActivationSample
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.gate_chart import GateChart, zone_color
from nnviz.ui.plots.charts.legend import Entry, Legend
from nnviz.ui.plots.charts.plot_view import PlotView, Table
from nnviz.ui.plots.charts.wording import count, plain, short
from nnviz.ui.plots.units.unit_choice import UnitChoice
from nnviz.ui.plots.view import ALL_UNITS
from nnviz.ui.widgets.column import in_column

EXPLAINED = (
    "Mean gate: the slope f′(z) on average, the share of the gradient that passes back. Mean input: of what feeds this "
    "layer. One example's gradients for a unit's weights are its δ times the layer's inputs; on the examples where "
    "these all have one sign, so have the gradients, and the weights can only grow together or shrink together."
)
COMING = "The pre-activations of this layer are being computed."


class NeuronEyeView(PlotView):
    """f and f' of one unit or one layer over the histogram of its own pre-activations.

    unit_selected: layer (1..L) and unit (from 0), or ALL_UNITS (-1) for all units of the layer.
    """

    key = "neuron-eye"
    title = "Neuron's eye"
    tab = "Neuron"
    readings = frozenset({"pre_activation_sample"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice, self.legend, self.chart = UnitChoice(), Legend(), GateChart()
        self.choice.chosen.connect(self.unit_selected)
        self.legend.setToolTip(EXPLAINED)
        self.controls.addWidget(self.choice)
        self.controls.addStretch(1)
        in_column(self.figure, self.legend, self.chart)
        self.set_theme(self.theme)

    def show_unit(self, layer: int, unit: int | None) -> None:
        """Says in the chooser what is selected (None: all units of the layer), without telling anyone."""
        self.choice.show_selection(layer, ALL_UNITS if unit is None else unit)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draws the unit or layer that the reading is of."""
        network = snapshot.problem.network
        self.choice.offer(network.sizes)
        sample = self._sample(snapshot)
        if sample is None:
            # Only a view that is seen asks for it, so at first there may be none.
            self.chart.show_message("" if self.chart.bars.counts.size else COMING)
            return
        color = self.theme.layer_color(sample.layer, network.layout.depth)
        self.chart.show_sample(network.activations[sample.layer - 1], sample, color)
        odd = not numpy.any(numpy.isfinite(sample.z))
        self.chart.show_message("No pre-activation z is a finite number any more." if odd else "")
        self.legend.show_entries(self._entries(snapshot, sample))

    def numbers(self) -> Table:
        """The histogram with f and f' in the middle of each bar."""
        sample = None if self.snapshot is None else self._sample(self.snapshot)
        if self.snapshot is None or sample is None:
            return []
        activation = self.snapshot.problem.network.activations[sample.layer - 1]
        middles = (sample.edges[1:] + sample.edges[:-1]) / 2.0
        columns = [sample.edges[:-1], sample.edges[1:], sample.counts]
        heads = ["layer", "unit", "z from", "z to", "count"]
        if activation.elementwise:
            columns += [activation.f(middles), activation.derivative(middles)]
            heads += ["f(z) in the middle", "f'(z) in the middle"]
        whose = str(sample.layer), "all" if sample.unit is None else str(sample.unit + 1)
        return [tuple(heads), *((*whose, *(plain(value) for value in row)) for row in zip(*columns, strict=True))]

    def more_numbers(self) -> dict[str, Table]:
        """The curves of f and f', and where the slope is so small that hardly any gradient passes."""
        if not self.numbers() or not numpy.any(numpy.isfinite(self.chart.f.ys)):
            return {}
        chart = self.chart
        curves = zip(chart.f.xs.tolist(), chart.f.ys.tolist(), chart.slope.ys.tolist(), strict=True)
        return {
            "curves": [("z", "f(z)", "f'(z)"), *(tuple(plain(value) for value in row) for row in curves)],
            "zones": [("flat from z", "to z"), *((plain(low), plain(high)) for low, high in chart.zones.zones)],
        }

    def _sample(self, snapshot: Snapshot) -> PreActivationSample | None:
        reading = snapshot.readings.get("pre_activation_sample")
        return reading if isinstance(reading, PreActivationSample) else None

    def _entries(self, snapshot: Snapshot, sample: PreActivationSample) -> list[Entry]:
        theme, network = self.theme, snapshot.problem.network
        activation = network.activations[sample.layer - 1]
        entries = [Entry(f"{activation.label} needs all units' z: no curve")]
        if activation.elementwise:
            entries = [Entry(f"f = {activation.label}", theme.color("text")), Entry("f′", theme.color("accent"))]
        who = f"layer {sample.layer}" if sample.unit is None else f"unit {sample.unit + 1} of layer {sample.layer}"
        entries.append(Entry(f"z of {who}", self.chart.bars.color, "block"))
        if self.chart.zones.zones:
            entries.append(Entry("f′ below 5 %", zone_color(theme), "block"))
        if broken := int(numpy.count_nonzero(~numpy.isfinite(sample.z))):
            entries.append(Entry("not finite:", strong=f"{count(broken)} of {count(sample.z.size)} z"))
        entries.append(Entry("mean gate E[f′(z)]", strong=short(sample.mean_gate)))
        # Standardized inputs have a mean of some 1e-17: rounding, which nobody should read as a number.
        entries.append(Entry("mean input", strong=short(round(sample.input_mean, 9) + 0.0)))
        share = f"{sample.one_sign_share:.0%}".replace("%", " %")
        entries.append(Entry("weight gradients of one sign", strong=share))
        if len(sample.z) < sample.of:
            entries.append(Entry(f"{count(len(sample.z))} of {count(sample.of)} examples"))
        return entries
