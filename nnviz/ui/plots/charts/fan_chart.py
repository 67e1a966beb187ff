"""How large a signal is layer by layer: the fan that many seeds open, its middle, one network, and theory."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.experiment.microscope import PERCENTILES, Signal
from nnviz.ui.plots.charts.axes import DecadeAxis, NumberAxis, Ticks
from nnviz.ui.plots.charts.band import Band
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.decades import Decades
from nnviz.ui.plots.charts.wording import short
from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]

TOKENS = ("accent", "warning")
"""Colours of the first scheme and of the one that it is compared with."""
OPACITIES = (0.24, 0.15)
OWN = "dead"
CLOSER = 2.8
"""Numbers of layers are short: so many times as many of them fit."""


class SizeAxis(DecadeAxis):
    """Powers of ten; in a low plot of many decades at least the outermost ones."""

    def tickValues(self, low: float, high: float, pixels: float) -> Ticks:
        """Where only parts of the last decade would be labelled, the ends are instead."""
        ticks = super().tickValues(low, high, pixels)
        bottom = low if self.zero_at is None else max(low, self.zero_at + 0.5)
        labelled = [place for place in ticks[0][1] if place != self.zero_at]
        if high - bottom >= 2.0 and sum(place == round(place) for place in labelled) < 2:
            zeros = [place for place in ticks[0][1] if place == self.zero_at]
            return [(1.0, [*zeros, float(math.ceil(bottom)), float(math.floor(high))])]
        return ticks


class LayerAxis(NumberAxis):
    """Numbers of layers: whole ones only."""

    def tickValues(self, low: float, high: float, pixels: float) -> Ticks:
        """As any numbers, but closer, since they are short, and no parts of a layer."""
        ticks = super().tickValues(low, high, CLOSER * pixels)
        if ticks[0][0] < 1.0:
            return [(1.0, [place for place in ticks[0][1] if place == round(place)])]
        return ticks


@dataclass(frozen=True, eq=False)
class Fan:
    """A scheme's name and the signal that it gives."""

    name: str
    signal: Signal


class FanChart(Chart):
    """RMS on a scale of decades against the layer; 0 on the axis is the input. first: the layer of the first number.

    The second fan is paler and has no line of its own network.
    """

    def __init__(self, quantity: str, first: int) -> None:
        self.values, self.layers = SizeAxis("left", quantity), LayerAxis("bottom", "layer")
        super().__init__(self.values, self.layers, grid="rows")
        self.first = first
        self.fans: Sequence[Fan] = ()
        self.decades = Decades(-1.0, 0.0)
        blank = LIGHT.color("text")
        self.bands = [Band(blank, depth=1.0 - place) for place in range(len(TOKENS))]
        self.medians = [Curve(blank, 2.2, depth=3.0 - place) for place in range(len(TOKENS))]
        self.theories = [Curve(blank, 1.5, dashed=True, depth=5.0) for _ in TOKENS]
        self.own = Curve(blank, 1.4, depth=4.0)
        for ink in (*self.bands, *self.medians, *self.theories, self.own):
            self.add(ink)
        self.probe = self._readout
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if not hasattr(self, "own"):
            return
        for place, (token, opacity) in enumerate(zip(TOKENS, OPACITIES, strict=True)):
            self.bands[place].recolor(theme.color(token, opacity))
            self.medians[place].recolor(theme.color(token))
        self.theories[0].recolor(theme.color("text"))
        self.theories[1].recolor(theme.color("text", 0.55))
        self.own.recolor(theme.color(OWN))

    def show_fans(self, fans: Sequence[Fan], depth: int) -> None:
        """One or two fans of a network of L = ``depth`` layers."""
        self.fans = fans
        signals = [fan.signal for fan in fans]
        shown = [part for s in signals for part in (s.percentiles.ravel(), s.own, s.theory)]
        self.decades = decades = Decades.of(numpy.concatenate(shown), whole=True)
        self.values.zero_at = decades.zero_at
        self.values.picture = None  # the place of zeros may have moved while the range did not
        nothing = numpy.zeros(0)
        x = numpy.arange(self.first, depth + 1, dtype=numpy.float64)
        for place, (band, median, theory) in enumerate(zip(self.bands, self.medians, self.theories, strict=True)):
            if place < len(signals):
                low, middle, high = decades.place(signals[place].percentiles)
                band.show_data(x, low, high)
                median.show_data(x, middle)
                theory.show_data(x, decades.place(signals[place].theory))
            else:
                band.show_data(nothing, nothing, nothing)
                median.show_data(nothing, nothing)
                theory.show_data(nothing, nothing)
        self.own.show_data(x, decades.place(signals[0].own))
        self.frame(0.0, float(depth), decades.bottom, decades.high)

    def _readout(self, x: float, _y: float) -> Readout | None:
        layer = round(x)
        index = layer - self.first
        if not self.fans or not 0 <= index < len(self.fans[0].signal.own):
            return None
        lines, dots = [f"{self.values.name}, layer {layer}" if layer else f"{self.values.name}, the input"], []
        for place, fan in enumerate(self.fans):
            low, middle, high = (short(float(value)) for value in fan.signal.percentiles[:, index])
            lines.append(f"{fan.name}: median {middle}")
            lines.append(f"    {PERCENTILES[0]}–{PERCENTILES[-1]} %: {low} to {high}")
            theory = float(fan.signal.theory[index])
            lines.append("    no theory" if numpy.isnan(theory) else f"    theory {short(theory)}")
            height = float(self.medians[place].ys[index])
            if numpy.isfinite(height):
                dots.append((float(layer), height, self.medians[place].color))
        lines.insert(2, f"    this network {short(float(self.fans[0].signal.own[index]))}")
        return Readout("\n".join(lines), float(layer), dots)
