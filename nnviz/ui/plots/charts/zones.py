"""The bands in which a gradient is called vanishing or exploding, measured from the output layer's value."""

import math
from dataclasses import dataclass, replace

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from nnviz.experiment.evidence import RECENT
from nnviz.experiment.verdict import EXPLODING, VANISHING
from nnviz.ui.plots.charts.decades import Decades
from nnviz.ui.plots.charts.ink import Ink, Mapping

Floats = NDArray[numpy.float64]

ROOM = 0.8
"""Decades of the lower band that are always in view."""
NARROWEST, WIDEST = 0.5, 30.0
"""Decades that the bands' edges can lie from the output layer's value."""
BLOCKS = 64
"""Stretches of which the course of a noisy value is made."""
NEAR = 1.0
"""The upper band comes into view when something is within so many decades of it."""


@dataclass(frozen=True)
class Limits:
    """log10 of a layer's value over the output layer's, at and beyond which it vanishes or explodes."""

    vanishing: float = VANISHING
    exploding: float = EXPLODING

    def room(self, decades: Decades, last: float) -> Decades:
        """The stretch made longer, so that the bands are seen. last: the output layer's value."""
        if not (last > 0.0 and math.isfinite(last)):
            return decades
        reference = math.log10(last)
        low = min(decades.low, math.floor(reference + self.vanishing - ROOM))
        near = decades.high > reference + self.exploding - NEAR
        high = max(decades.high, math.ceil(reference + self.exploding + ROOM)) if near else decades.high
        zero_at = None if decades.zero_at is None else low - max(1.0, 0.08 * (high - low))
        return replace(decades, low=low, high=high, zero_at=zero_at)


def usual(values: Floats, now: float) -> float:
    """The present measure of a noisy value: the median of its last records (K,), as the why-line takes it; ``now``
    without any."""
    known = values[-RECENT:][values[-RECENT:] > 0.0]
    return float(numpy.median(known)) if len(known) else now


def calmed(xs: Floats, values: Floats) -> tuple[Floats, Floats]:
    """The course of noisy values (K,) at places xs: medians of at most BLOCKS stretches, from the first place to the
    last. One batch's gradient is no measure for the next one's."""
    if len(xs) <= BLOCKS:
        return xs, values
    long = -(-len(xs) // BLOCKS)
    count = -(-len(xs) // long)
    indices = numpy.arange(count * long).reshape(count, long)
    # The last stretch reaches back into the one before it.
    indices[-1] = numpy.arange(len(xs) - long, len(xs))
    medians = numpy.median(values[indices], axis=-1)
    places = numpy.median(xs[indices], axis=-1)
    return (
        numpy.concatenate([xs[:1], places, xs[-1:]]),
        numpy.concatenate([medians[:1], medians, medians[-1:]]),
    )


class Zones(Ink):
    """Two shaded bands with dashed edges, along places x with the output layer's values there.

    What is drawn on them would cover their names, so the legend says them.
    """

    def __init__(self) -> None:
        super().__init__(depth=-3.0)
        self.limits: Limits | None = None
        self.xs: Floats = numpy.zeros(0)
        self.reference: Floats = numpy.zeros(0)

    def show_zones(self, limits: Limits | None, xs: Floats, last: Floats) -> None:
        """Other bands; None: there are none. xs, last: (K,)."""
        with numpy.errstate(all="ignore"):
            reference = numpy.log10(last)
        known = numpy.isfinite(reference)
        self.limits = limits
        self.xs, self.reference = calmed(xs[known], reference[known])
        self.update()

    def edges(self) -> tuple[Floats, Floats]:
        """The upper edge of the lower band and the lower edge of the upper one, (K,) each, as places."""
        limits = self.limits or Limits()
        return self.reference + limits.vanishing, self.reference + limits.exploding

    def reference_at(self, x: float) -> float:
        """log10 of the output layer's value at a place; nan where it is not known."""
        return float(numpy.interp(x, self.xs, self.reference)) if len(self.xs) else math.nan

    def side_at(self, x: float, y: float, reach: float) -> int:
        """-1 where the lower band's edge is within reach of a place, 1 for the upper band's, else 0."""
        if self.limits is None:
            return 0
        height = y - self.reference_at(x)
        near = [(abs(height - edge), side) for edge, side in ((self.limits.vanishing, -1), (self.limits.exploding, 1))]
        distance, side = min(near)
        return side if distance <= reach else 0

    def seen(self) -> list[str]:
        """Names of the bands that reach into the plot."""
        if self.limits is None or len(self.xs) == 0:
            return []
        lower, upper = self.edges()
        reaching = {
            "vanishing": numpy.any(lower > self.mapping.bottom),
            "exploding": numpy.any(upper < self.mapping.top),
        }
        return [name for name, reaches in reaching.items() if reaches]

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """The lower band, then the upper one."""
        ends = {"vanishing": mapping.bottom, "exploding": mapping.top}
        edges = dict(zip(ends, self.edges(), strict=True))
        for name in self.seen():
            edge = numpy.clip(edges[name], mapping.bottom, mapping.top)
            self._draw_band(painter, mapping, edge, ends[name])

    def _draw_band(self, painter: QPainter, mapping: Mapping, edge: Floats, end: float) -> None:
        xs, ys = mapping.x(self.xs), mapping.y(edge)
        line = [QPointF(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]
        foot = mapping.at(0.0, end)[1]
        band = QPolygonF([*line, QPointF(line[-1].x(), foot), QPointF(line[0].x(), foot)])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("bad", 0.09))
        painter.drawPolygon(band)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.color("bad", 0.6), 1.0, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF(line))
