"""How one quantity of a layer is distributed: bars, and the outline of a second scheme for comparison."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from nnviz.experiment.microscope import Histogram
from nnviz.ui.plots.charts.axes import NumberAxis, Ticks
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.fan_chart import TOKENS
from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.charts.wording import count, short
from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]


class FewNumbersAxis(NumberAxis):
    """On an axis with room for few labels still two, so that one sees the scale."""

    def tickValues(self, low: float, high: float, pixels: float) -> Ticks:
        """Finer steps until there are two."""
        wanted, ticks = pixels, super().tickValues(low, high, pixels)
        while len(ticks[0][1]) < 2 and wanted < 8.0 * pixels:
            wanted *= 1.5
            ticks = super().tickValues(low, high, wanted)
        return ticks


class ValueHistogram(Chart):
    """The share of the values in each bin, in per cent. The outline has bins of its own: as many, over its own range,
    since a narrow distribution would otherwise be one needle beside a wide one."""

    def __init__(self, quantity: str) -> None:
        self.quantity = quantity
        super().__init__(NumberAxis("left", "% in a bin"), FewNumbersAxis("bottom", quantity), grid="rows")
        self.bars, self.outline = Bins(), Curve(LIGHT.color(TOKENS[1]), 1.4, depth=3.0)
        self.histograms: Sequence[Histogram] = ()
        self.add(self.bars)
        self.add(self.outline)
        self.probe = self._readout
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "outline"):
            self.outline.recolor(theme.color(TOKENS[1]))

    def show_histograms(self, histograms: Sequence[Histogram]) -> None:
        """The first as bars; a second one as an outline."""
        self.histograms = histograms
        shares = [share_of(counts) for counts, _ in histograms]
        self.bars.show_data(shares[0], histograms[0][1])
        if len(histograms) > 1:
            edges = histograms[1][1]
            steps = numpy.concatenate([[0.0], numpy.repeat(shares[1], 2), [0.0]])
            self.outline.show_data(numpy.repeat(edges, 2), steps)
        else:
            self.outline.show_data(numpy.zeros(0), numpy.zeros(0))
        low = min(float(edges[0]) for _, edges in histograms)
        high = max(float(edges[-1]) for _, edges in histograms)
        top = max(float(numpy.max(share)) for share in shares) or 1.0
        self.show_message("" if numpy.any(shares[0]) else "No finite values")
        self.frame(low, high, 0.0, 1.08 * top)

    def _readout(self, x: float, _y: float) -> Readout | None:
        if not self.histograms:
            return None
        counts, edges = self.histograms[0]
        bin_ = int(numpy.searchsorted(edges, x, side="right")) - 1
        if not 0 <= bin_ < len(counts):
            return None
        share = share_of(counts)[bin_]
        line = f"{self.quantity} from {short(float(edges[bin_]))} to {short(float(edges[bin_ + 1]))}"
        return Readout(f"{line}\n{count(counts[bin_])} values, {short(float(share))} %")


class Bins(Ink):
    """The bars, edge to edge."""

    def __init__(self) -> None:
        super().__init__(depth=2.0)
        self.shares: Floats = numpy.zeros(0)
        self.edges: Floats = numpy.zeros(1)

    def show_data(self, shares: Floats, edges: Floats) -> None:
        """Heights (bins,) and edges (bins + 1,)."""
        self.shares, self.edges = shares, edges
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """From the floor."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color(TOKENS[0], 0.75))
        x, y = mapping.x(self.edges), mapping.y(self.shares)
        for left, right, top in zip(x, x[1:], y, strict=False):
            painter.drawRect(QRectF(left, top, right - left, mapping.height - top))


def share_of(counts: Floats) -> Floats:
    """Per cent of all, (bins,)."""
    shares: Floats = 100.0 * counts / max(1.0, float(numpy.sum(counts)))
    return shares
