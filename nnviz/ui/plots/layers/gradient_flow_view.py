"""How large the gradient is that reaches each layer: the plot in which vanishing and exploding are seen."""

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from nnviz.engine.unit_gradients import quantiles
from nnviz.experiment.history_table import STATISTIC_HEADINGS, layer_heading
from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.verdict import EXPLODING
from nnviz.ui.plots.charts.changes import change_table
from nnviz.ui.plots.charts.color_bar import WithBar
from nnviz.ui.plots.charts.decades import Decades
from nnviz.ui.plots.charts.forms import Forms
from nnviz.ui.plots.charts.ghost_curves import pale
from nnviz.ui.plots.charts.ghost_track import GhostTrack, beside, ghost_layers, ghost_name
from nnviz.ui.plots.charts.legend import Entry, Legend
from nnviz.ui.plots.charts.plot_view import PlotView, Table
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.wording import plain, plain_rows, short
from nnviz.ui.plots.charts.zones import NARROWEST, WIDEST, Limits, usual
from nnviz.ui.plots.layers.flow_quantity import QUANTITIES, FlowQuantity
from nnviz.ui.plots.layers.layer_bars import LayerBars
from nnviz.ui.plots.layers.layer_heat import LayerHeat
from nnviz.ui.plots.layers.layer_lines import LayerLines
from nnviz.ui.theme import Theme
from nnviz.ui.widgets import choice
from nnviz.ui.widgets.column import in_column
from nnviz.ui.widgets.float_field import FloatField

Floats = NDArray[numpy.float64]

LEGEND_LAYERS = 13
"""More layers than these are not all named in the legend."""
DEEPEST = -150
"""Here it is the small numbers that are to be seen: fifty layers can cost a hundred decades."""
ROOMY = 30
"""Text heights of width from which on all controls fit."""
NOTHING_YET = "No step was taken yet, so there is no gradient to show. Press Play."


class GradientFlowView(PlotView):
    """A quantity by layer on a scale of decades: bars now, lines over steps, or a heat map of layer and step."""

    zones_edited = Signal(float)
    """Where the user put the zones: decades from the output layer's value."""

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
        for chart in (self.bars, self.lines):
            chart.zone_dragged.connect(self._drag_zone)
            chart.zone_settled.connect(self._settle_zone)
        self.forms = Forms({"bars": self.bars, "lines": self.lines, "heat": with_bar})
        in_column(self.figure, self.legend, self.forms)
        self.set_theme(self.theme)

    @property
    def quantity(self) -> FlowQuantity:
        """What is shown."""
        return QUANTITIES[self.choice.key() or ""]

    @property
    def limits(self) -> Limits | None:
        """The zones, where they mean anything."""
        return Limits(-self.zone.value(), self.zone.value()) if self.quantity.zones else None

    def show_zones(self, decades: float) -> None:
        """Zones that begin so many decades from the output layer's value, as they were remembered."""
        self.zone.show_value(min(max(decades, NARROWEST), WIDEST))
        self.redraw()

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
        self._ask_for_readings()
        history, now = quantity.history(snapshot.curves), quantity.now(snapshot)
        names, timeline = layer_names(len(now)), Timeline.of(snapshot, "step")
        track = GhostTrack.of(snapshot, timeline)
        former = quantity.history(track.curves) if track else numpy.zeros((0, len(now)))
        recorded = numpy.append(history.ravel(), now)
        reference = usual(history[: timeline.present, -1], float(now[-1]))
        decades = Decades.of(recorded, whole=True, deepest=DEEPEST)
        if form != "heat":
            decades = decades.with_ghost(recorded, former.ravel(), whole=True)
        if limits and form != "heat":
            decades = limits.room(decades, reference)
        self._name(quantity)
        self.forms.show_form(form)
        if form == "bars":
            shown = slice(None) if snapshot.step else slice(0)
            self.bars.show_values(
                now[shown],
                self._spread(snapshot)[shown],
                names[shown],
                decades,
                limits,
                reference,
                self._former_now(snapshot),
            )
        elif form == "lines":
            self.lines.show_values(timeline, history, names, decades, limits, (track, former) if track else None)
        else:
            self.heat.show_values(timeline, history, names, decades, limits)
            zero = decades.zero_at is not None
            table = self.theme.sequential()
            self.bar.show_scale(table, decades.low, decades.high, quantity.title, decades=True, zero=zero)
        nothing = NOTHING_YET if snapshot.horizon == 0 or (form == "bars" and snapshot.step == 0) else ""
        for chart in (self.bars, self.lines, self.heat):
            chart.show_message(nothing)
        self.legend.show_entries(self._entries(snapshot, now, names))

    def numbers(self) -> Table:
        """The layers of the present step with their spread, or of all recorded ones, as the form is; and the former
        run's beside them."""
        if self.snapshot is None:
            return []
        snapshot, quantity, ghost = self.snapshot, self.quantity, self.snapshot.ghost
        if self.form.key == "bars":
            rows = zip(quantity.now(snapshot), self._spread(snapshot), strict=True)
            table = [
                (str(l), *(plain(float(v)) for v in (rms, low, high))) for l, (rms, (low, high)) in enumerate(rows, 1)
            ]
            name = STATISTIC_HEADINGS[quantity.statistic]
            table.insert(0, ("layer", name, f"{name}, 10 % of units below", f"{name}, 90 % of units below"))
            former = self._former_now(snapshot)
            if ghost is None or former is None:
                return table
            return beside(table, [(f"{ghost_name(ghost)}: {name}",), *((plain(float(value)),) for value in former)])
        table = _over_steps("", snapshot.curves.column("step"), quantity.history(snapshot.curves), quantity)
        if ghost is None or self.form.key == "heat":
            return table
        steps, history = ghost.curves.column("step"), quantity.history(ghost.curves)
        return beside(table, _over_steps(f"{ghost_name(ghost)}: ", steps, history, quantity))

    def more_numbers(self) -> dict[str, Table]:
        """Where the zones begin, and over steps the changes that the time axis marks."""
        snapshot, quantity, zones = self.snapshot, self.quantity, self.limits
        if snapshot is None:
            return {}
        tables = {} if self.form.key == "bars" else {"changes": change_table(snapshot.spec)}
        if zones is not None and snapshot.step:
            present = Timeline.of(snapshot, "step").present
            now = float(quantity.now(snapshot)[-1])
            last = usual(quantity.history(snapshot.curves)[:present, -1], now)
            rows = (("vanishing below", zones.vanishing), ("exploding above", zones.exploding))
            edges = [(name, plain(last * 10.0**edge), plain(edge)) for name, edge in rows]
            head = ("zone", STATISTIC_HEADINGS[quantity.statistic], "from the output layer (log10)")
            tables["zones"] = [head, *edges]
        return tables

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
        self.zone = FloatField(NARROWEST, WIDEST, step=0.5)
        self.zone.setAccessibleName("Zones, decades")
        self.zone.setMaximumWidth(48)
        self.zone.show_value(Limits().exploding)
        self.zone_label = QLabel("zones ±")
        tip = (
            "Vanishing: so many decades (powers of ten) below the output layer's value. Exploding: so many above it. "
            "The dashed edges in the plot can be dragged, too. "
            f"The why-line judges ∂J/∂W at {EXPLODING:g}, whatever is set here"
        )
        self.zone.setToolTip(tip)
        self.zone_label.setToolTip(tip)
        for changed in (self.choice.chosen, self.form.chosen, self.zone.edited):
            changed.connect(self.redraw)
        self.zone.edited.connect(self.zones_edited)
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
        """Quantiles over the units of each layer, (L, 2); nan before the first step and while they are not known."""
        depth = snapshot.problem.network.layout.depth
        by_unit = self.quantity.by_unit(snapshot) if snapshot.step else None
        return quantiles(by_unit) if by_unit and len(by_unit) == depth else numpy.full((depth, 2), numpy.nan)

    def _former_now(self, snapshot: Snapshot) -> Floats | None:
        """The former run's layers at the present step, (L,); None without one, and where it has other layers."""
        track = GhostTrack.of(snapshot, Timeline.of(snapshot, "step"))
        index = track.at(snapshot.step) if track else None
        if track is None or index is None or track.depth != snapshot.problem.network.layout.depth:
            return None
        return self.quantity.history(track.curves)[index]

    def _ask_for_readings(self) -> None:
        """How δ is spread over the units is worked out only while it is looked at."""
        wanted = self.quantity.readings if self.form.key == "bars" else frozenset()
        if wanted != self.readings:
            self.readings = wanted
            self.readings_changed.emit()

    def _drag_zone(self, decades: float) -> None:
        self.zone.show_value(decades)
        self.redraw()

    def _settle_zone(self) -> None:
        """Now the range may follow."""
        self.redraw()
        self.zones_edited.emit(self.zone.value())

    def _entries(self, snapshot: Snapshot, now: Floats, names: tuple[str, ...]) -> list[Entry]:
        depth, entries = len(now), []
        if self.form.key == "lines":
            shown = range(depth) if depth <= LEGEND_LAYERS else numpy.linspace(0, depth - 1, 9).round().astype(int)
            entries = [Entry(names[l], self.theme.layer_color(int(l) + 1, depth), "block") for l in shown]
        elif depth > 1 and now[0] > 0.0 and now[-1] > 0.0:
            entries = [Entry("first layer / output layer:", strong=short(float(now[0] / now[-1])))]
        if self.form.key == "bars":
            entries.append(Entry("10–90 % of the units", self.theme.color("text"), "line"))
        entries += self._ghost_entries(snapshot, depth)
        bad = self.theme.color("bad")
        if self.form.key == "heat":
            beyond = self.heat.outline.cells.any()
            entries += [Entry("around what vanishes or explodes", bad, "line")] if beyond else []
        else:
            seen = (self.bars if self.form.key == "bars" else self.lines).zones.seen()
            entries += [Entry(" · ".join(seen), self.theme.color("bad", 0.35), "block")] if seen else []
        if self.limits and self.limits.exploding != EXPLODING:
            entries.append(Entry(f"zones ±{short(self.limits.exploding)}; the why-line judges at ±{EXPLODING:g}"))
        return entries

    def _ghost_entries(self, snapshot: Snapshot, depth: int) -> list[Entry]:
        """The former run by its name, where it is drawn or why it is not."""
        ghost = snapshot.ghost
        if ghost is None or self.form.key == "heat":
            return []
        there = ghost.curves.layers.shape[1]
        if self.form.key == "lines":
            hue = pale(self.theme.layer_color(1, 1))
            return [Entry(ghost_layers(ghost, there, depth), hue, "thin")]
        if there != depth:
            return [Entry(f"{ghost_layers(ghost, there, depth)}: see Steps")]
        return [Entry(ghost_name(ghost), self.theme.color("muted"), "thin")]


def layer_names(depth: int) -> tuple[str, ...]:
    """1, 2, …, L."""
    return tuple(str(l) for l in range(1, depth + 1))


def _over_steps(of: str, steps: Floats, history: Floats, quantity: FlowQuantity) -> Table:
    """A column for each layer, headed by what it is of."""
    head = (f"{of}step", *(f"{of}{layer_heading(l, quantity.statistic)}" for l in range(1, history.shape[1] + 1)))
    return [head, *plain_rows(numpy.column_stack([steps, history]))]
