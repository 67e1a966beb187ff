"""The chain-rule ledger: for each layer, how many decades of gradient its weights and its activation cost or add."""

import math

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.engine.ledger import Ledger, ledger
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.axes import NumberAxis, PlaceAxis
from nnviz.ui.plots.chart import Chart
from nnviz.ui.plots.crosshair import Readout
from nnviz.ui.plots.ink import Ink, Mapping
from nnviz.ui.plots.legend import Entry, Legend
from nnviz.ui.plots.plot_view import PlotView, Table
from nnviz.ui.plots.wording import plain
from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]

FILL = 0.36
"""Share of a layer's place that each of its two bars takes."""
NOTHING_YET = "No step was taken yet, so no gradient went back. Press Play."
ONE_LAYER = "With one layer the gradient goes back through nothing. Add a hidden layer."


class LedgerView(PlotView):
    """Two bars a layer around zero, and in the legend what the whole way from the output to layer 1 costs."""

    key = "ledger"
    title = "Chain-rule ledger"
    tab = "Ledger"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shares = Ledger(numpy.zeros(0), numpy.zeros(0), numpy.zeros(0))
        self.legend, self.chart, self.bars = Legend(), LedgerChart(), LedgerBars()
        self.chart.add(self.bars)
        self.chart.probe = self._readout
        column = QVBoxLayout(self.figure)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.legend)
        column.addWidget(self.chart, 1)
        self.set_theme(self.theme)

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        self.bars.theme = theme
        super().set_theme(theme)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Fills the bars."""
        moment = snapshot.moment
        self.shares = ledger(moment.statistic("delta_rms"), moment.statistic("signal_before_gate"))
        self.chart.show_shares(self.shares)
        self.bars.show_shares(self.shares)
        message = NOTHING_YET if snapshot.step == 0 else ONE_LAYER if len(self.shares.total) == 0 else ""
        self.chart.show_message(message)
        labels = {activation.label for activation in snapshot.problem.network.activations[:-1]}
        gate = f"{labels.pop()}′" if len(labels) == 1 else "f′"
        self.legend.show_entries(
            [
                Entry(gate, self.theme.color("negative"), "block", decades(numpy.sum(self.shares.activations))),
                Entry("weights", self.theme.color("positive"), "block", decades(numpy.sum(self.shares.weights))),
                Entry("from output to layer 1", None, "", decades(numpy.sum(self.shares.total))),
            ]
        )

    def numbers(self) -> Table:
        """For each layer its two shares and their sum, in decades."""
        rows = zip(self.shares.weights, self.shares.activations, self.shares.total, strict=True)
        table = [(str(l), *(plain(float(value)) for value in row)) for l, row in enumerate(rows, start=1)]
        return [("layer", "weights, decades", "activation, decades", "sum, decades"), *table]

    def _readout(self, x: float, _y: float) -> Readout | None:
        layer = round(x)
        if not 0 <= layer < len(self.shares.total):
            return None
        parts = (("f′", self.shares.activations), ("weights", self.shares.weights), ("together", self.shares.total))
        lines = [f"{name} {plain(float(values[layer]))} decades" for name, values in parts]
        return Readout("\n".join([f"from layer {layer + 2} back to layer {layer + 1}", *lines]))


class LedgerChart(Chart):
    """Decades up and down from 0; the layers from input to output."""

    def __init__(self) -> None:
        self.places = PlaceAxis("bottom", "back into layer")
        super().__init__(NumberAxis("left", "decades (log₁₀)"), self.places, grid="rows")
        self.restyle(LIGHT)

    def show_shares(self, shares: Ledger) -> None:
        """Makes room for the bars, and always for one decade."""
        count = len(shares.total)
        self.places.names = tuple(str(l) for l in range(1, count + 1))
        self.places.picture = None
        values = numpy.concatenate([shares.weights, shares.activations, [-1.0, 0.2]])
        finite = values[numpy.isfinite(values)]
        low, high = float(numpy.min(finite)), float(numpy.max(finite))
        room = 0.06 * (high - low)
        self.frame(-0.5, max(count, 1) - 0.5, low - room, high + room)


class LedgerBars(Ink):
    """The bars; a share of minus infinity (nothing passes) goes to the floor, crossed."""

    def __init__(self) -> None:
        super().__init__(depth=2.0)
        self.theme: Theme = LIGHT
        self.shares = Ledger(numpy.zeros(0), numpy.zeros(0), numpy.zeros(0))

    def show_shares(self, shares: Ledger) -> None:
        """Other shares."""
        self.shares = shares
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Activation left, weights right, from the zero line."""
        slot = mapping.width / (mapping.right - mapping.left)
        _, zero = mapping.at(0.0, 0.0)
        for side, token, values in ((-1, "negative", self.shares.activations), (1, "positive", self.shares.weights)):
            for layer, value in enumerate(values):
                if math.isnan(value):
                    continue
                held = mapping.bottom if value == -math.inf else min(float(value), mapping.top)
                x, y = mapping.at(float(layer), held)
                left = x - FILL * slot if side < 0 else x
                bar = QRectF(left, min(y, zero), FILL * slot, abs(y - zero))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self.theme.color(token))
                painter.drawRect(bar)
                if value == -math.inf:
                    painter.setPen(QPen(self.theme.color("dead"), 2.0))
                    painter.drawLine(bar.topLeft(), bar.bottomRight())
                    painter.drawLine(bar.topRight(), bar.bottomLeft())
        painter.setPen(QPen(self.theme.color("muted"), 1.0))
        painter.drawLine(QPointF(0.0, zero), QPointF(mapping.width, zero))


def decades(value: float) -> str:
    """A sum of shares in words; nan where nothing came so far."""
    if math.isnan(value):
        return "nothing left"
    if value == -math.inf:
        return "everything"
    return f"{value:+.2f}".replace("-", "−")
