"""How large the gradient is that reaches each layer: the plot in which vanishing and exploding are seen."""

import numpy
from numpy.typing import NDArray
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from nnviz.engine.diagnostics import STATISTICS
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.color_bar import WithBar
from nnviz.ui.plots.decades import Decades
from nnviz.ui.plots.layer_bars import LayerBars
from nnviz.ui.plots.layer_heat import LayerHeat
from nnviz.ui.plots.layer_lines import LayerLines
from nnviz.ui.plots.legend import Entry, Legend
from nnviz.ui.plots.plot_view import PlotView, Table
from nnviz.ui.plots.segments import Segments
from nnviz.ui.plots.timeline import Timeline
from nnviz.ui.plots.wording import plain, short
from nnviz.ui.theme import Theme

Floats = NDArray[numpy.float64]

STATISTIC = "gradient_W_rms"
QUANTITY = "RMS of ∂J/∂W"
LEGEND_LAYERS = 13
"""More layers than these are not all named in the legend."""
NOTHING_YET = "No step was taken yet, so there is no gradient to show. Press Play."


class GradientFlowView(PlotView):
    """RMS of ∂J/∂W by layer on a scale of decades: bars now, lines over steps, or a heat map of layer and step."""

    key = "gradient-flow"
    title = "Gradient flow"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Segments(
            "Form",
            [
                ("bars", "Now", "One bar a layer: the gradient of the step just taken"),
                ("lines", "Over steps", "One line a layer"),
                ("heat", "Heat map", "Layer by step, the colour is the gradient's size"),
            ],
        )
        self.form.chosen.connect(self.redraw)
        self.controls.addWidget(self.form)
        self.controls.addStretch(1)
        self.bars, self.lines, self.heat = LayerBars(QUANTITY), LayerLines(QUANTITY), LayerHeat()
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

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        self.bar.restyle(theme)
        super().set_theme(theme)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Fills the form that is chosen. All three share one scale, that of everything recorded."""
        history, now = snapshot.curves.statistic(STATISTIC), current(snapshot)
        names = layer_names(len(now))
        decades = Decades.of(numpy.append(history.ravel(), now), whole=True)
        form = self.form.key
        self.stack.setCurrentWidget(self.forms[form])
        if form == "bars":
            self.bars.show_values(now if snapshot.step else now[:0], names if snapshot.step else (), decades)
        elif form == "lines":
            self.lines.show_values(Timeline.of(snapshot, "step"), history, names, decades)
        else:
            self.heat.show_values(Timeline.of(snapshot, "step"), history, names, decades)
            zero = decades.zero_at is not None
            table = self.theme.sequential()
            self.bar.show_scale(table, decades.low, decades.high, QUANTITY, decades=True, zero=zero)
        nothing = NOTHING_YET if snapshot.horizon == 0 or (form == "bars" and snapshot.step == 0) else ""
        for chart in (self.bars, self.lines, self.heat):
            chart.show_message(nothing)
        self.legend.show_entries(self._entries(now, names))

    def numbers(self) -> Table:
        """The layers of the present step, or of all recorded ones, as the form is."""
        if self.snapshot is None:
            return []
        if self.form.key == "bars":
            now = current(self.snapshot)
            return [("layer", QUANTITY), *((str(l), plain(value)) for l, value in enumerate(now, start=1))]
        curves = self.snapshot.curves
        head = ("step", *(f"layer {l}" for l in range(1, curves.layers.shape[1] + 1)))
        steps = (plain(step) for step in curves.column("step"))
        history = curves.statistic(STATISTIC)
        return [head, *((step, *(plain(value) for value in row)) for step, row in zip(steps, history, strict=True))]

    def _entries(self, now: Floats, names: tuple[str, ...]) -> list[Entry]:
        depth, entries = len(now), []
        if self.form.key == "lines":
            shown = range(depth) if depth <= LEGEND_LAYERS else numpy.linspace(0, depth - 1, 9).round().astype(int)
            entries = [Entry(names[l], self.theme.layer_color(int(l) + 1, depth), "block") for l in shown]
        elif depth > 1 and now[0] > 0.0 and now[-1] > 0.0:
            entries = [Entry("first layer / output layer:", strong=short(float(now[0] / now[-1])))]
        return entries


def current(snapshot: Snapshot) -> Floats:
    """RMS of ∂J/∂W_l of the present step, (L,)."""
    return snapshot.moment.layers[:, STATISTICS.index(STATISTIC)]


def layer_names(depth: int) -> tuple[str, ...]:
    """1, 2, …, L."""
    return tuple(str(l) for l in range(1, depth + 1))
