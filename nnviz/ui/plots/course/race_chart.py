"""A row for each activation, a dot for each seed where it came to the target, paired seeds joined by a thin line."""

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.engine import ACTIVATIONS
from nnviz.experiment.activation_race import RaceResult
from nnviz.ui.plots.charts.axes import DecadeAxis, PlaceAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.charts.wording import count

Floats = NDArray[numpy.float64]

BESIDE = 0.12
"""Decades behind the last step allowed: where the runs stand that did not arrive."""


class RaceChart(Chart):
    """Steps on a log axis, from left to right; further left is faster."""

    def __init__(self) -> None:
        self.rows = PlaceAxis("left", "hidden activation")
        super().__init__(self.rows, DecadeAxis("bottom", "steps to the target loss"), grid="columns")
        self.dots = RaceDots()
        self.add(self.dots)
        self.probe = self._readout

    def show_result(self, result: RaceResult) -> None:
        """The first entrant above."""
        entrants = len(result.question.entrants)
        self.rows.names = [ACTIVATIONS[entrant].label for entrant in result.question.entrants[::-1]]
        self.rows.picture = None
        self.dots.show_steps(places(result))
        reached = result.steps[numpy.isfinite(result.steps)]
        least = numpy.log10(max(1.0, float(numpy.min(reached)))) if len(reached) else 0.0
        self.frame(least - 0.15, numpy.log10(result.question.most_steps) + 2.0 * BESIDE, -0.5, entrants - 0.5)

    def _readout(self, x: float, y: float) -> Readout | None:
        steps, row = self.dots.steps, len(self.dots.steps) - 1 - round(y)
        if not 0 <= row < len(steps) or numpy.all(numpy.isnan(steps[row])):
            return None
        seed = int(numpy.nanargmin(numpy.abs(steps[row] - x)))
        place = float(steps[row, seed])
        late = place >= self.dots.end
        words = "did not arrive" if late else f"{count(10.0**place)} steps"
        return Readout(f"{self.rows.names[len(steps) - 1 - row]}, seed number {seed + 1}\n{words}")


class RaceDots(Ink):
    """steps (A, S): log10 of the steps, beside ``end`` for those that did not arrive, nan for those to come."""

    def __init__(self) -> None:
        super().__init__(depth=2.0)
        self.steps: Floats = numpy.zeros((0, 0))
        self.end = 0.0

    def show_steps(self, placed: tuple[Floats, float]) -> None:
        """Other steps, and where those stand that did not arrive."""
        self.steps, self.end = placed
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Lines between paired seeds, then dots, then medians."""
        entrants, seeds = self.steps.shape
        painter.setPen(QPen(self.theme.color("muted", 0.25), 1.0))
        for seed in range(seeds):
            for row in range(entrants - 1):
                ends = self.steps[row : row + 2, seed]
                if not numpy.any(numpy.isnan(ends)):
                    upper, lower = (mapping.at(float(x), entrants - 1 - row - k) for k, x in enumerate(ends))
                    painter.drawLine(QPointF(*upper), QPointF(*lower))
        radius = 0.3 * self.theme.text_pixels
        for row in range(entrants):
            color = self.theme.layer_color(row + 1, max(2, entrants))
            for x in self.steps[row][~numpy.isnan(self.steps[row])]:
                self._dot(painter, QPointF(*mapping.at(float(x), entrants - 1 - row)), radius, color, x >= self.end)
            self._median(painter, mapping, row, entrants, color)

    def _dot(self, painter: QPainter, at: QPointF, radius: float, color: QColor, late: bool) -> None:  # noqa: FBT001
        if late:
            painter.setPen(QPen(self.theme.color("bad"), 1.6))
            painter.drawLine(at + QPointF(-radius, -radius), at + QPointF(radius, radius))
            painter.drawLine(at + QPointF(-radius, radius), at + QPointF(radius, -radius))
        else:
            painter.setPen(QPen(self.theme.color("surface"), 1.0))
            painter.setBrush(color)
            painter.drawEllipse(at, radius, radius)

    def _median(self, painter: QPainter, mapping: Mapping, row: int, entrants: int, color: QColor) -> None:
        run = self.steps[row][~numpy.isnan(self.steps[row])]
        if not len(run):
            return
        x, y = mapping.at(float(numpy.median(run)), entrants - 1 - row)
        half = 1.1 * self.theme.text_pixels
        painter.setPen(QPen(color, 3.0))
        painter.drawLine(QPointF(x, y - half), QPointF(x, y + half))


def places(result: RaceResult) -> tuple[Floats, float]:
    """log10 of the steps (A, S), and the place of those that did not arrive."""
    end = float(numpy.log10(result.question.most_steps)) + BESIDE
    with numpy.errstate(all="ignore"):
        steps = numpy.log10(numpy.maximum(result.steps, 1.0))
    return numpy.where(numpy.isinf(result.steps), end, steps), end
