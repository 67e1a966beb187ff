"""Lines over the steps beside those of the former run: what the charts of several curves share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.ghost_curves import GhostCurves
from nnviz.ui.plots.charts.ghost_track import GhostTrack
from nnviz.ui.plots.charts.time_marks import TimeMarks
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.theme import Theme

Floats = NDArray[numpy.float64]
Former = tuple[GhostTrack, Floats]
"""The former run and its values, (R', K')."""
Hues = Callable[[Theme, int], Sequence[QColor]]
"""The colours of so many lines."""


@dataclass(frozen=True)
class Moment:
    """What is under the cursor. x: the cursor's place. place, index: of the recorded moment nearest to it; former: of
    the former run's nearest to that, None beyond its end."""

    x: float
    place: float
    index: int
    former: int | None


class Course:
    """The curves of a chart over time, the former run's pale below them, and the marks of the time axis.

    values: (R, K) as they are said in the readout. Colours are the theme's at the time of `show`.
    """

    def __init__(self, chart: Chart, hues: Hues, width: float = 1.6) -> None:
        self.chart, self.hues, self.width = chart, hues, width
        self.curves: list[Curve] = []
        self.marks, self.ghosts = TimeMarks(), GhostCurves(chart)
        self.values: Floats = numpy.zeros((0, 0))
        self.timeline: Timeline | None = None
        self.former: Former | None = None
        chart.add(self.marks)

    def show(
        self,
        timeline: Timeline,
        values: Floats,
        former: Former | None,
        scale: Callable[[Floats], Floats] = lambda values: values,
    ) -> None:
        """Other values, (R, K). scale: their places on the left axis."""
        self.timeline, self.values, self.former = timeline, values, former
        lines, theme = scale(values).T, self.chart.theme
        self.chart.keep(self.curves, len(lines), lambda: Curve(QColor(), self.width))
        for curve, line, hue in zip(self.curves, lines, self.hues(theme, len(lines)), strict=True):
            curve.recolor(hue)
            curve.show_data(timeline.places, line, timeline.present)
        places, pale = (former[0].places, scale(former[1]).T) if former else (numpy.zeros(0), numpy.zeros((0, 0)))
        self.ghosts.show_lines(places, list(pale), self.hues(theme, len(pale)))
        self.marks.show_marks(timeline.marks, timeline.now)

    @property
    def end(self) -> float:
        """The right end of the time axis, with both runs."""
        assert self.timeline is not None
        return self.former[0].end if self.former else self.timeline.end

    def at(self, x: float) -> Moment | None:
        """What was recorded nearest to a place; None while nothing is."""
        index = self.timeline.nearest(x) if self.timeline else None
        if self.timeline is None or index is None:
            return None
        place = float(self.timeline.places[index])
        return Moment(x, place, index, self.former[0].nearest(place) if self.former else None)

    def readout(self, at: Moment, lines: Sequence[str], dots: Sequence[tuple[float, float, QColor]] = ()) -> Readout:
        """The moment by its name, then what is said of it, and a change of the training that is near."""
        assert self.timeline is not None
        change = self.marks.near(at.x)
        return Readout(
            "\n".join([self.timeline.words(at.index), *lines, *([change] if change else [])]), at.place, dots
        )
