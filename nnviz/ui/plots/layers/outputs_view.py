"""What comes out of each layer over the steps: whether it is centred on zero, how far it spreads, how sparse it is."""

import math
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from nnviz.experiment.history_table import layer_heading
from nnviz.experiment.records import Curves
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.changes import change_table
from nnviz.ui.plots.charts.ghost_curves import pale
from nnviz.ui.plots.charts.ghost_track import GhostTrack, beside, ghost_layers, ghost_name
from nnviz.ui.plots.charts.legend import Entry, Legend
from nnviz.ui.plots.charts.plot_view import PlotView, Table
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.wording import plain_rows, short
from nnviz.ui.plots.layers.output_lines import OutputLines
from nnviz.ui.widgets.column import in_column

Floats = NDArray[numpy.float64]

LEGEND_LAYERS, NAMED = 8, 5
"""With more layers than these, so many of them are named with their numbers in the legend."""
SHARE = (0.0, 1.0)


@dataclass(frozen=True)
class OutputQuantity:
    """statistic: its name in the record. label: on the button. title: on the axis. least: what the axis always shows.

    teaches: what will be seen, said before there is anything.
    """

    statistic: str
    label: str
    title: str
    tip: str
    teaches: str
    least: tuple[float, float] | None = None


QUANTITIES = {
    quantity.statistic: quantity
    for quantity in (
        OutputQuantity(
            "a_mean",
            "Mean",
            "mean of a",
            "The mean of a layer's outputs over its units and the step's examples. Around 0 they are zero-centred, as "
            "tanh's are; those of sigmoids are all above 0, so the next layer's weights are pulled one way together",
            "Tanh's outputs lie around 0, a sigmoid's around 0.5.",
        ),
        OutputQuantity(
            "a_std",
            "Spread",
            "standard deviation of a",
            "How far a layer's outputs lie apart, over its units and the step's examples. Where it shrinks from "
            "layer to layer, later layers hardly tell the examples apart; where it grows, signals explode",
            "Where the spread shrinks from layer to layer, the signal gets lost.",
        ),
        OutputQuantity(
            "zero_share",
            "Zeros",
            "share of a that is 0",
            "The share of outputs that are exactly 0. ReLU is sparse: about half at the start, since it cuts all z "
            "below 0. Sigmoid, tanh and leaky ReLU have none",
            "About half of a ReLU's outputs are exactly 0.",
            SHARE,
        ),
        OutputQuantity(
            "saturated_share",
            "Saturated",
            "share of a that is saturated",
            "The share of outputs where |f′| is below 5 % of its maximum: little or no gradient passes there. For ReLU "
            "these are its zeros",
            "Where an activation saturates, hardly any gradient passes.",
            SHARE,
        ),
    )
}
"""By the statistic's name, in the order of the buttons."""


class OutputsView(PlotView):
    """Mean, spread, zeros or saturation of each layer's outputs, a line a layer over the steps."""

    key = "outputs"
    title = "Layer outputs"
    tab = "Outputs"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Segments("Quantity", [(key, quantity.label, quantity.tip) for key, quantity in QUANTITIES.items()])
        self.form.chosen.connect(self.redraw)
        self.controls.addWidget(self.form)
        self.controls.addStretch(1)
        self.legend, self.lines = Legend(), OutputLines()
        in_column(self.figure, self.legend, self.lines)
        self.set_theme(self.theme)

    @property
    def quantity(self) -> OutputQuantity:
        """What is shown."""
        return QUANTITIES[self.form.key]

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draws what is recorded of the chosen quantity."""
        quantity, timeline = self.quantity, Timeline.of(snapshot, "step")
        history = snapshot.curves.statistic(quantity.statistic)
        track = GhostTrack.of(snapshot, timeline)
        ghost = (track, track.curves.statistic(quantity.statistic)) if track else None
        self.lines.left.rename(quantity.title)
        self.lines.show_values(timeline, history, layer_names(history.shape[1]), quantity.least, ghost)
        nothing = f"Nothing is recorded before the first step. Press Play. {quantity.teaches}"
        self.lines.show_message(nothing if snapshot.horizon == 0 else "")
        self.legend.show_entries(self._entries(snapshot))

    def numbers(self) -> Table:
        """The chosen quantity of each layer at all recorded steps, and the former run's beside it."""
        if self.snapshot is None:
            return []
        statistic, ghost = self.quantity.statistic, self.snapshot.ghost
        table = _rows("", self.snapshot.curves, statistic)
        return table if ghost is None else beside(table, _rows(f"{ghost_name(ghost)}: ", ghost.curves, statistic))

    def more_numbers(self) -> dict[str, Table]:
        """The changes that the time axis marks."""
        return {} if self.snapshot is None else {"changes": change_table(self.snapshot.spec)}

    def _entries(self, snapshot: Snapshot) -> list[Entry]:
        """The layers with their numbers of the present step."""
        now = snapshot.moment.statistic(self.quantity.statistic).tolist()
        depth, names = len(now), layer_names(len(now))
        shown = range(depth) if depth <= LEGEND_LAYERS else numpy.linspace(0, depth - 1, NAMED).round().astype(int)
        entries = [Entry(names[l], self.theme.layer_color(int(l) + 1, depth), "line", _number(now[l])) for l in shown]
        if self.quantity.statistic == "a_mean":
            entries.append(Entry("zero-centred", self.theme.color("muted"), "dashed"))
        if (ghost := snapshot.ghost) is not None:
            name = ghost_layers(ghost, ghost.curves.layers.shape[1], depth)
            entries.append(Entry(name, pale(self.theme.layer_color(1, 1)), "thin"))
        return entries


def layer_names(depth: int) -> tuple[str, ...]:
    """The hidden layers by their numbers, the last one as what it is."""
    return (*(f"layer {l}" for l in range(1, depth)), "output")


def _number(value: float) -> str:
    """Nothing before the first step."""
    return "" if math.isnan(value) else short(value, 3)


def _rows(of: str, curves: Curves, statistic: str) -> Table:
    history = curves.statistic(statistic)
    head = (f"{of}step", *(f"{of}{layer_heading(l, statistic)}" for l in range(1, history.shape[1] + 1)))
    return [head, *plain_rows(numpy.column_stack([curves.column("step"), history]))]
