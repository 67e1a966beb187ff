"""The chain-rule ledger: for each layer, how many decades of gradient its weights and its activation cost or add."""

import math

import numpy
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from nnviz.engine.ledger import ledger
from nnviz.experiment.records import Curves
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.changes import change_table
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.forms import Forms
from nnviz.ui.plots.charts.ghost_curves import pale
from nnviz.ui.plots.charts.ghost_track import GhostTrack, beside, ghost_layers, ghost_name
from nnviz.ui.plots.charts.legend import Entry, Legend
from nnviz.ui.plots.charts.plot_view import PlotView, Table
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.wording import plain
from nnviz.ui.plots.layers.ledger_bars import NO_SHARES, LedgerChart
from nnviz.ui.plots.layers.ledger_lines import LedgerLines, sums
from nnviz.ui.widgets.column import in_column

Floats = NDArray[numpy.float64]

NOTHING_YET = "No step was taken yet, so no gradient went back. Press Play."
SHARES = ("from the weights (log10)", "from the activation (log10)", "together (log10)")
"""Headings of the shares: decades by which the signal changes on its way back through a layer."""
ONE_LAYER = "With one layer the gradient goes back through nothing. Add a hidden layer."


class LedgerView(PlotView):
    """A bar of two pieces a layer around zero, or the sums of all layers over steps. In the legend what the whole way
    from the output to layer 1 costs."""

    key = "ledger"
    title = "Chain-rule ledger"
    tab = "Ledger"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shares = NO_SHARES
        self.form = Segments(
            "Form",
            [
                ("bars", "Now", "One bar a layer: how many decades of gradient get lost or gained on the way into it"),
                ("lines", "Steps", "The sums over all layers, over steps"),
            ],
        )
        self.form.chosen.connect(self.redraw)
        self.controls.addWidget(self.form)
        self.controls.addStretch(1)
        self.legend, self.chart, self.lines = Legend(), LedgerChart(), LedgerLines()
        self.chart.probe = self._readout
        self.forms = Forms({"bars": self.chart, "lines": self.lines})
        in_column(self.figure, self.legend, self.forms)
        self.set_theme(self.theme)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Fills the form that is chosen."""
        moment = snapshot.moment
        self.shares = ledger(moment.statistic("delta_rms"), moment.statistic("signal_before_gate"))
        timeline = Timeline.of(snapshot, "step")
        track = GhostTrack.of(snapshot, timeline)
        self.forms.show_form(self.form.key)
        if self.form.key == "bars":
            self.chart.show_shares(self.shares, self._former(snapshot))
        else:
            self.lines.show_sums(timeline, sums(snapshot.curves), (track, sums(track.curves)) if track else None)
        one = ONE_LAYER if len(self.shares.total) == 0 else ""
        self.chart.show_message(NOTHING_YET if snapshot.step == 0 else one)
        self.lines.show_message(NOTHING_YET if snapshot.horizon == 0 else one)
        self.legend.show_entries(self._entries(snapshot))

    def numbers(self) -> Table:
        """For each layer its two shares and their sum, in decades; or the sums over all layers at all recorded steps.
        Beside them what the former run had."""
        if self.snapshot is None:
            return []
        ghost = self.snapshot.ghost
        if self.form.key == "lines":
            table = _sum_rows("", self.snapshot.curves)
            return table if ghost is None else beside(table, _sum_rows(f"{ghost_name(ghost)}: ", ghost.curves))
        rows = zip(self.shares.weights, self.shares.activations, self.shares.total, strict=True)
        table = [(str(l), *(plain(float(value)) for value in row)) for l, row in enumerate(rows, start=1)]
        table.insert(0, ("layer", *SHARES))
        former = self._former(self.snapshot)
        if ghost is None or former is None:
            return table
        return beside(table, [(f"{ghost_name(ghost)}: {SHARES[-1]}",), *((plain(value),) for value in former.tolist())])

    def more_numbers(self) -> dict[str, Table]:
        """The changes that the time axis marks."""
        if self.snapshot is None or self.form.key != "lines":
            return {}
        return {"changes": change_table(self.snapshot.spec)}

    def _entries(self, snapshot: Snapshot) -> list[Entry]:
        labels = {activation.label for activation in snapshot.problem.network.activations[:-1]}
        gate = f"{labels.pop()}′" if len(labels) == 1 else "f′"
        mark, theme = ("block" if self.form.key == "bars" else "line"), self.theme
        entries = [
            Entry(gate, theme.color("negative"), mark, decades(way(self.shares.activations))),
            Entry("weights", theme.color("positive"), mark, decades(way(self.shares.weights))),
            Entry("together, output to layer 1", theme.color("text"), "line", decades(way(self.shares.total))),
        ]
        if (ghost := snapshot.ghost) is not None:
            there, depth = ghost.curves.layers.shape[1], snapshot.problem.network.layout.depth
            name = ghost_layers(ghost, there, depth)
            if self.form.key == "lines":
                entries.append(Entry(name, pale(theme.color("text")), "thin"))
            elif there == depth:
                entries.append(Entry(name, theme.color("muted"), "thin"))
            else:
                entries.append(Entry(f"{name}: see Steps"))
        return entries

    def _former(self, snapshot: Snapshot) -> Floats | None:
        """The former run's sum for each layer at the present step, (L-1,); None where it has other layers."""
        track = GhostTrack.of(snapshot, Timeline.of(snapshot, "step"))
        index = track.at(snapshot.step) if track else None
        if track is None or index is None or track.depth != snapshot.problem.network.layout.depth:
            return None
        one = slice(index, index + 1)
        then = track.curves.statistic("delta_rms")[one], track.curves.statistic("signal_before_gate")[one]
        return ledger(*then).total[0]

    def _readout(self, x: float, _y: float) -> Readout | None:
        layer = round(x)
        if not 0 <= layer < len(self.shares.total):
            return None
        parts = (("f′", self.shares.activations), ("weights", self.shares.weights), ("together", self.shares.total))
        lines = [f"{name} {plain(float(values[layer]))} decades" for name, values in parts]
        return Readout("\n".join([f"from layer {layer + 2} back to layer {layer + 1}", *lines]))


def way(shares: Floats) -> float:
    """What the layers' shares (L-1,) come to: the sum of those that are known, so that it is said who lets nothing
    pass; nan where none is."""
    known = shares[~numpy.isnan(shares)]
    return float(numpy.sum(known)) if len(known) or not len(shares) else math.nan


def decades(value: float) -> str:
    """A sum of shares in words; nan where nothing was measured or nothing came so far."""
    if math.isnan(value):
        return "not yet known"
    if value == -math.inf:
        return "all of it"
    text = f"{value:+.2f}".replace("-", "−")
    return "0.00" if text[1:] == "0.00" else text


def _sum_rows(of: str, curves: Curves) -> Table:
    head = tuple(f"{of}{name}" for name in ("step", SHARES[1], SHARES[0], SHARES[2]))
    pairs = zip(curves.column("step"), sums(curves), strict=True)
    return [head, *((plain(step), *(plain(value) for value in row)) for step, row in pairs)]
