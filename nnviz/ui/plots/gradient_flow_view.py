"""How large the gradient is that reaches each layer: the plot in which vanishing and exploding are seen."""

import numpy
from numpy.typing import NDArray
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from nnviz.engine.unit_gradients import quantiles
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.color_bar import WithBar
from nnviz.ui.plots.decades import Decades
from nnviz.ui.plots.flow_quantity import QUANTITIES, FlowQuantity
from nnviz.ui.plots.layer_bars import LayerBars
from nnviz.ui.plots.layer_heat import LayerHeat
from nnviz.ui.plots.layer_lines import LayerLines
from nnviz.ui.plots.legend import Entry, Legend
from nnviz.ui.plots.plot_view import PlotView, Table
from nnviz.ui.plots.segments import Segments
from nnviz.ui.plots.timeline import Timeline
from nnviz.ui.plots.wording import plain, short
from nnviz.ui.plots.zones import Limits
from nnviz.ui.theme import Theme
from nnviz.ui.widgets import choice
from nnviz.ui.widgets.float_field import FloatField

Floats = NDArray[numpy.float64]

LEGEND_LAYERS = 13
"""More layers than these are not all named in the legend."""
ROOMY = 30
"""Text heights of width from which on all controls fit."""
NOTHING_YET = "No step was taken yet, so there is no gradient to show. Press Play."


class GradientFlowView(PlotView):
    """A quantity by layer on a scale of decades: bars now, lines over steps, or a heat map of layer and step."""

    key = "gradient-flow"
    title = "Gradient flow"
    tab = "Gradients"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_controls()
        self.bars, self.lines, self.heat = LayerBars(self.quantity), LayerLines(self.quantity.title), LayerHeat()
        with_bar = WithBar(self.heat)
        self.bar = with_bar.bar
        self.legend = Legend()
        self.forms: dict[str, QWidget] = {"bars": self.bars, "lines": self.lines, "heat": with_bar}
        self.stack = QStackedWidget()
        for part in self.forms.values():
            self.stack.addWidget(part)
        column = QVBoxLayout(self.figure)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.legend)
        column.addWidget(self.stack, 1)
        self.set_theme(self.theme)

    @property
    def quantity(self) -> FlowQuantity:
        """What is shown."""
        return QUANTITIES[self.choice.key() or ""]

    @property
    def limits(self) -> Limits | None:
        """The zones, where they mean anything."""
        return Limits(-self.zone.value(), self.zone.value()) if self.quantity.zones else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for all controls, the zones' are the least needed."""
        super().resizeEvent(event)
        self._make_room()

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        self.bar.restyle(theme)
        super().set_theme(theme)
        self._make_room()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Fills the form that is chosen. All three share one scale, that of everything recorded."""
        quantity, form, limits = self.quantity, self.form.key, self.limits
        history, now = quantity.history(snapshot), quantity.now(snapshot)
        names = layer_names(len(now))
        decades = Decades.of(numpy.append(history.ravel(), now), whole=True)
        if limits and form != "heat":
            decades = limits.room(decades, float(now[-1]))
        self._name(quantity)
        self.stack.setCurrentWidget(self.forms[form])
        if form == "bars":
            shown = slice(None) if snapshot.step else slice(0)
            self.bars.show_values(now[shown], self._spread(snapshot)[shown], names[shown], decades, limits)
        elif form == "lines":
            self.lines.show_values(Timeline.of(snapshot, "step"), history, names, decades, limits)
        else:
            self.heat.show_values(Timeline.of(snapshot, "step"), history, names, decades, limits)
            zero = decades.zero_at is not None
            table = self.theme.sequential()
            self.bar.show_scale(table, decades.low, decades.high, quantity.title, decades=True, zero=zero)
        nothing = NOTHING_YET if snapshot.horizon == 0 or (form == "bars" and snapshot.step == 0) else ""
        for chart in (self.bars, self.lines, self.heat):
            chart.show_message(nothing)
        self.legend.show_entries(self._entries(now, names))

    def numbers(self) -> Table:
        """The layers of the present step with their spread, or of all recorded ones, as the form is."""
        if self.snapshot is None:
            return []
        quantity, history = self.quantity, self.quantity.history(self.snapshot)
        if self.form.key == "bars":
            now, spread = quantity.now(self.snapshot), self._spread(self.snapshot)
            rows = enumerate(zip(now, spread, strict=True), start=1)
            table = [(str(l), *(plain(float(value)) for value in (rms, low, high))) for l, (rms, (low, high)) in rows]
            return [("layer", quantity.title, "10 % of its units below", "90 % of its units below"), *table]
        head = ("step", *(f"layer {l}" for l in range(1, history.shape[1] + 1)))
        steps = (plain(step) for step in self.snapshot.curves.column("step"))
        return [head, *((step, *(plain(value) for value in row)) for step, row in zip(steps, history, strict=True))]

    def _make_controls(self) -> None:
        entries = [choice.Entry(key, quantity.label, quantity.tip) for key, quantity in QUANTITIES.items()]
        self.choice = choice.Choice(entries)
        self.choice.setAccessibleName("Quantity")
        self.choice.setToolTip("What is shown of each layer")
        self.choice.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.choice.show_key(next(iter(QUANTITIES)))
        self.form = Segments(
            "Form",
            [
                ("bars", "Now", "One bar a layer: the step just taken, and how its units spread around it"),
                ("lines", "Steps", "One line a layer, over steps"),
                ("heat", "Heat", "Layer by step, the colour is the size"),
            ],
        )
        self.zone = FloatField(0.5, 30.0, step=0.5)
        self.zone.setAccessibleName("Zones, decades")
        self.zone.setMaximumWidth(48)
        self.zone.show_value(Limits().exploding)
        self.zone_label = QLabel("zones ±")
        tip = "Vanishing: so many decades (powers of ten) below the output layer's value. Exploding: so many above it"
        self.zone.setToolTip(tip)
        self.zone_label.setToolTip(tip)
        for changed in (self.choice.chosen, self.form.chosen, self.zone.edited):
            changed.connect(self.redraw)
        for part in (self.choice, self.form, self.zone_label, self.zone):
            self.controls.addWidget(part)
        self.controls.setSpacing(6)
        self.controls.addStretch(1)

    def _make_room(self) -> None:
        """Shows the zones' controls where they fit."""
        roomy = self.width() >= ROOMY * self.theme.text_pixels
        self.zone.setVisible(roomy)
        self.zone_label.setVisible(roomy)

    def _name(self, quantity: FlowQuantity) -> None:
        """The quantity's name wherever it stands."""
        self.bars.quantity = quantity
        for chart in (self.bars, self.lines):
            chart.values.rename(quantity.title)
        self.zone.setEnabled(quantity.zones)
        self.zone_label.setEnabled(quantity.zones)

    def _spread(self, snapshot: Snapshot) -> Floats:
        """Quantiles over the units of each layer, (L, 2); nan before the first step and where they are not kept."""
        by_unit = self.quantity.by_unit
        if by_unit is None or snapshot.step == 0:
            return numpy.full((snapshot.problem.network.layout.depth, 2), numpy.nan)
        return quantiles(by_unit(snapshot))

    def _entries(self, now: Floats, names: tuple[str, ...]) -> list[Entry]:
        depth, entries = len(now), []
        if self.form.key == "lines":
            shown = range(depth) if depth <= LEGEND_LAYERS else numpy.linspace(0, depth - 1, 9).round().astype(int)
            entries = [Entry(names[l], self.theme.layer_color(int(l) + 1, depth), "block") for l in shown]
        elif depth > 1 and now[0] > 0.0 and now[-1] > 0.0:
            entries = [Entry("first layer / output layer:", strong=short(float(now[0] / now[-1])))]
        if self.form.key == "bars" and self.quantity.by_unit is not None:
            entries.append(Entry("10–90 % of the units", self.theme.color("text"), "line"))
        bad = self.theme.color("bad")
        if self.form.key == "heat":
            beyond = self.heat.outline.cells.any()
            return [*entries, Entry("around what vanishes or explodes", bad, "line")] if beyond else entries
        zones = (self.bars if self.form.key == "bars" else self.lines).zones
        entries += [Entry(name, self.theme.color("bad", 0.35), "block") for name in zones.seen()]
        return entries


def layer_names(depth: int) -> tuple[str, ...]:
    """1, 2, …, L."""
    return tuple(str(l) for l in range(1, depth + 1))
