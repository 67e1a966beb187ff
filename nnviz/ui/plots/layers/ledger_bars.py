"""The bars of the chain-rule ledger: for each layer the two shares on each other, and what they come to."""

import math

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnviz.engine.ledger import Ledger
from nnviz.ui.plots.charts.axes import NumberAxis, PlaceAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.ghost_track import reach
from nnviz.ui.plots.charts.ink import Ink, Mapping

Floats = NDArray[numpy.float64]

FILL = 0.66
"""Share of a layer's place that its bar takes."""
OVER = 0.14
"""By what share of the bar the mark of the sum reaches beyond it at either side."""
NO_SHARES = Ledger(numpy.zeros(0), numpy.zeros(0), numpy.zeros(0))


class LedgerChart(Chart):
    """Decades up and down from 0; the layers from input to output."""

    def __init__(self) -> None:
        self.places = PlaceAxis("bottom", "back into layer")
        super().__init__(NumberAxis("left", "decades (log₁₀)"), self.places, grid="rows")
        self.bars = LedgerBars()
        self.add(self.bars)

    def show_shares(self, shares: Ledger, ghost: Floats | None = None) -> None:
        """Makes room for the bars, and always for one decade. ghost: the former run's sums, (L-1,)."""
        count = len(shares.total)
        self.places.names = tuple(str(l) for l in range(1, count + 1))
        self.places.picture = None
        self.bars.show_shares(shares, ghost)
        feet, tops = zip(*(ends for pair in self.bars.pieces() for ends in pair), strict=True) if count else ((), ())
        values = numpy.array([*feet, *tops, -1.0, 0.2])
        finite = values[numpy.isfinite(values)]
        low, high = float(numpy.min(finite)), float(numpy.max(finite))
        if ghost is not None:
            low, high = reach(low, high, ghost, high - low)
        room = 0.06 * (high - low)
        self.frame(-0.5, max(count, 1) - 0.5, low - room, high + room)


class LedgerBars(Ink):
    """Shares of one sign stand on each other, those of different signs on either side of 0. A share of minus infinity
    (nothing passes) goes to the floor, crossed. A dark mark: the sum; a pale one: that of the former run."""

    def __init__(self) -> None:
        super().__init__(depth=2.0)
        self.shares = NO_SHARES
        self.ghost: Floats | None = None

    def show_shares(self, shares: Ledger, ghost: Floats | None = None) -> None:
        """Other shares."""
        self.shares, self.ghost = shares, ghost
        self.update()

    def pieces(self) -> list[tuple[tuple[float, float], tuple[float, float]]]:
        """For each layer where the activation's piece begins and ends, and where the weights' does."""
        pairs = zip(self.shares.activations.tolist(), self.shares.weights.tolist(), strict=True)
        return [((0.0, f), (f if f * w > 0.0 else 0.0, f + w if f * w > 0.0 else w)) for f, w in pairs]

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """The pieces, the sums on them, and the line at 0."""
        for layer, pair in enumerate(self.pieces()):
            for token, (start, end) in zip(("negative", "positive"), pair, strict=True):
                if not math.isnan(end - start) or end == -math.inf:
                    self._draw_piece(painter, mapping, layer, token, start, end)
            if self.ghost is not None:
                self._draw_mark(painter, mapping, layer, float(self.ghost[layer]), "muted", 1.4)
            self._draw_mark(painter, mapping, layer, float(self.shares.total[layer]), "text", 2.0)
        _, zero = mapping.at(0.0, 0.0)
        painter.setPen(QPen(self.theme.color("muted"), 1.0))
        painter.drawLine(QPointF(0.0, zero), QPointF(mapping.width, zero))

    def _draw_piece(
        self, painter: QPainter, mapping: Mapping, layer: int, token: str, start: float, end: float
    ) -> None:
        wide = FILL * mapping.width / (mapping.right - mapping.left)
        x, foot = mapping.at(float(layer), max(start, mapping.bottom))
        _, top = mapping.at(0.0, min(max(end, mapping.bottom), mapping.top))
        bar = QRectF(x - wide / 2.0, min(foot, top), wide, abs(top - foot))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color(token))
        painter.drawRect(bar)
        if end == -math.inf:
            painter.setPen(QPen(self.theme.color("dead"), 2.0))
            painter.drawLine(bar.topLeft(), bar.bottomRight())
            painter.drawLine(bar.topRight(), bar.bottomLeft())

    def _draw_mark(
        self, painter: QPainter, mapping: Mapping, layer: int, value: float, token: str, width: float
    ) -> None:
        """With an edge of the ground's colour, so that it is seen on any bar."""
        if not math.isfinite(value):
            return
        half = (0.5 + OVER) * FILL * mapping.width / (mapping.right - mapping.left)
        x, y = mapping.at(float(layer), min(max(value, mapping.bottom), mapping.top))
        for color, thick in (("surface", width + 1.6), (token, width)):
            painter.setPen(QPen(self.theme.color(color), thick))
            painter.drawLine(QPointF(x - half, y), QPointF(x + half, y))
