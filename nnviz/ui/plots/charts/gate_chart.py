"""An activation function with what really reaches it: f and f', the histogram of z, and where the gate is shut."""

import math

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.engine.activations import Activation
from nnviz.engine.diagnostics import SATURATION
from nnviz.experiment.readings import PreActivationSample
from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.charts.wording import count, full
from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]

AROUND = 4.0
"""The function is shown from -AROUND to AROUND at least: small z are seen as small."""
CEILING = 6.0
"""Functions without an end leave the picture at this height, so that f' remains legible."""
BEND = 6.0
"""All functions bend within -BEND to BEND; there they are sampled closely however wide the range."""
BESIDE = 1e-9
"""So close to 0 both sides of a corner are sampled: there f' jumps, and is no slope between two samples."""
FILL = 0.42
"""Share of the plot's height that the highest bar of the histogram takes."""
BAR = 3.0
"""Pixels of a bar's width at least."""
FEW = 200
"""So many numbers are also drawn one by one: all of them, or evenly chosen ones in their order."""


class GateChart(Chart):
    """z across. sample: what is shown, None before the first."""

    def __init__(self) -> None:
        super().__init__(NumberAxis("left", "f, f′"), NumberAxis("bottom", "pre-activation z"))
        self.zones, self.bars = Zones(), ZBars()
        self.f, self.slope = Curve(QColor("black"), 2.2, depth=3.0), Curve(QColor("black"), 2.2, depth=3.0)
        self.sample: PreActivationSample | None = None
        self._activation: Activation | None = None
        for ink in (self.zones, self.bars, self.f, self.slope):
            self.add(ink)
        self.probe = self._readout
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "bars"):
            self.f.recolor(theme.color("text"))
            self.slope.recolor(theme.color("accent"))

    def show_sample(self, activation: Activation, sample: PreActivationSample, color: QColor) -> None:
        """Another sample, its histogram in that colour. A function that ties the units together has no curve here."""
        self.sample, self._activation = sample, activation
        left, right = z_range(sample)
        close = numpy.linspace(-BEND, BEND, 121)  # 0, where some have a corner, is among them
        close = numpy.concatenate([close[(close > left) & (close < right)], [-BESIDE, BESIDE]])
        z = numpy.unique(numpy.concatenate([numpy.linspace(left, right, 101), close]))
        none = numpy.full(len(z), numpy.nan)
        f, slope = (activation.f(z), activation.derivative(z)) if activation.elementwise else (none, none)
        if activation.name == "threshold":
            f = numpy.where(z == 0.0, numpy.nan, f)  # the jump is a gap
        self.f.show_data(z, f)
        self.slope.show_data(z, _with_gap(z, slope))
        flat = (numpy.abs(slope) < SATURATION * activation.max_slope) & (activation.max_slope > 0.0)
        self.zones.show_zones(runs(z, flat))
        self.bars.show_sample(sample, color)
        ends = [0.0, 1.0]
        for values in (f, slope):
            finite = values[numpy.isfinite(values)].clip(-CEILING, CEILING)
            ends += [float(numpy.min(finite)), float(numpy.max(finite))] if len(finite) else []
        room = 0.06 * (max(ends) - min(ends))
        self.frame(left, right, min(ends) - room, max(ends) + room)

    def _readout(self, x: float, _y: float) -> Readout | None:
        sample, activation = self.sample, self._activation
        if sample is None or activation is None:
            return None
        lines, dots = [f"z {full(x)}"], []
        if activation.elementwise:
            for name, curve, value in (
                ("f(z)", self.f, activation.f(x)),
                ("f′(z)", self.slope, activation.derivative(x)),
            ):
                lines.append(f"{name} {full(float(value))}")
                dots.append((x, float(value), curve.color))
        place = int(numpy.searchsorted(sample.edges, x, side="right")) - 1
        if 0 <= place < len(sample.counts):
            low, high = sample.edges[place : place + 2]
            share = sample.counts[place] / max(1, sample.z.size)
            lines.append(f"{count(sample.counts[place])} of {count(sample.z.size)} z ({share:.1%})")
            lines.append(f"from {full(low)} to {full(high)}")
        return Readout("\n".join(lines), x, dots)


class Zones(Ink):
    """Where the slope is so small that hardly any gradient passes: shaded from top to bottom."""

    def __init__(self) -> None:
        super().__init__(depth=-2.0)
        self.zones: list[tuple[float, float]] = []

    def show_zones(self, zones: list[tuple[float, float]]) -> None:
        """Other stretches of z."""
        self.zones = zones
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """A pale veil."""
        for low, high in self.zones:
            x0, x1 = mapping.at(low, 0.0)[0], mapping.at(high, 0.0)[0]
            seen = QRectF(x0, 0.0, x1 - x0, mapping.height) & self.boundingRect()
            painter.fillRect(seen, zone_color(self.theme))


class ZBars(Ink):
    """The histogram of z, standing on the axis, and below it single ones as ticks."""

    def __init__(self) -> None:
        super().__init__(depth=1.0)
        self.color = QColor("black")
        self.counts: Floats = numpy.zeros(0)
        self.edges: Floats = numpy.zeros(1)
        self.rug: Floats = numpy.zeros(0)

    def show_sample(self, sample: PreActivationSample, color: QColor) -> None:
        """Another sample."""
        self.counts, self.edges, self.color = sample.counts, sample.edges, color
        z = sample.z[numpy.isfinite(sample.z)]
        evenly = numpy.linspace(0, len(z) - 1, min(len(z), FEW)).round().astype(numpy.intp)
        self.rug = numpy.sort(z, axis=None)[evenly]
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Bars of some pixels' width: where z spans little of the picture, neighbours stand as one."""
        x = mapping.x(self.edges)
        together = max(1, math.ceil(BAR * len(self.counts) / max(1e-9, x[-1] - x[0])))
        starts = numpy.arange(0, len(self.counts), together)
        numbers = numpy.add.reduceat(self.counts, starts) if len(starts) else self.counts
        highest = float(numpy.max(numbers, initial=0.0))
        fill = QColor(self.color)
        fill.setAlphaF(0.55)
        for start, number in zip(starts, numbers, strict=True):
            if number:
                left, right = x[start], x[min(start + together, len(self.counts))]
                high = FILL * mapping.height * number / highest
                painter.fillRect(QRectF(left, mapping.height - high, max(BAR, right - left), high), fill)
        painter.setPen(QPen(self.theme.color("text", 0.7), 1.0))
        painter.drawLines([QLineF(x, mapping.height - 6.0, x, mapping.height) for x in mapping.x(self.rug)])


def zone_color(theme: Theme) -> QColor:
    """The veil over what lets no gradient pass."""
    return theme.color("muted", 0.16)


def z_range(sample: PreActivationSample) -> tuple[float, float]:
    """Round ends that hold all finite z and the middle of the function, and seldom change while z do."""
    finite = sample.z[numpy.isfinite(sample.z)]
    low, high = float(numpy.min(finite, initial=0.0)), float(numpy.max(finite, initial=0.0))
    return -_round_up(-low), _round_up(high)


def runs(z: Floats, flat: NDArray[numpy.bool_]) -> list[tuple[float, float]]:
    """The stretches (from, to) of z, in order, along which flat holds."""
    ends = numpy.flatnonzero(numpy.diff(numpy.concatenate([[False], flat, [False]]).astype(numpy.int8)))
    return [(float(z[start]), float(z[stop - 1])) for start, stop in zip(ends[::2], ends[1::2], strict=True)]


def _with_gap(z: Floats, slope: Floats) -> Floats:
    """f' with a gap at 0 where it jumps there; as it is where it does not."""
    before, after = slope[z == -BESIDE], slope[z == BESIDE]
    jumps = numpy.abs(after - before) > 1e-6  # between samples so close no smooth one changes as much
    return numpy.where((z == 0.0) & jumps, numpy.nan, slope)


def _round_up(value: float) -> float:
    """The next number of the kind 1, 2, 4, 6 or 8 times a power of ten, at least AROUND; for huge ones themselves."""
    if value <= AROUND:
        return AROUND
    decade = 10.0 ** math.floor(math.log10(value))
    return next((part * decade for part in (1.0, 2.0, 4.0, 6.0, 8.0, 10.0) if part * decade >= value), value)
