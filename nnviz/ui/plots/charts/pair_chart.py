"""One quantity for training (solid) and test (dashed) examples over time."""

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.charts.axes import DecadeAxis, NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.decades import Decades
from nnviz.ui.plots.charts.ghost_track import reach
from nnviz.ui.plots.charts.time_marks import TimeMarks, headroom
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.wording import full
from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]
Points = tuple[Floats, Floats]


class PairChart(Chart):
    """Two curves over a time axis, with marks and exact values under the cursor.

    limits: (low, high) that the linear axis does not leave; None leaves it free.
    """

    def __init__(self, limits: tuple[float | None, float | None] = (None, None)) -> None:
        self.values = DecadeAxis("left", "")
        self.values.logarithmic = False
        self.times = NumberAxis("bottom", "")
        super().__init__(self.values, self.times)
        self.limits = limits
        self.train, self.test = Curve(LIGHT.color("accent"), 1.8), Curve(LIGHT.color("accent"), 1.6, dashed=True)
        self.ghost = Curve(LIGHT.color("muted"), 1.2, depth=1.0)
        self.marks = TimeMarks()
        self._raw: tuple[Floats, Floats] = (numpy.zeros(0), numpy.zeros(0))
        self._ghost: Points = (numpy.zeros(0), numpy.zeros(0))
        self._timeline: Timeline | None = None
        self.probe = self._readout
        for ink in (self.ghost, self.test, self.train, self.marks):
            self.add(ink)
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "marks"):
            self.train.recolor(theme.color("accent"))
            self.test.recolor(theme.color("warning"))
            self.ghost.recolor(theme.color("muted", 0.55))

    def show_pair(
        self, timeline: Timeline, train: Floats, test: Floats, *, logarithmic: bool, ghost: Points | None = None
    ) -> None:
        """Other values, (R,) each; test may be all nan. ghost: places and train values of the run this one left."""
        self._timeline, self._raw = timeline, (train, test)
        self._ghost = ghost_places, ghost_values = ghost or (numpy.zeros(0), numpy.zeros(0))
        both = numpy.concatenate([train, test])
        self.values.logarithmic = logarithmic
        if logarithmic:
            decades = Decades.of(both).with_ghost(both, ghost_values)
            self.values.zero_at = decades.zero_at
            train, test, ghost_values = decades.place(train), decades.place(test), decades.place(ghost_values)
            bottom, top = decades.bottom, decades.high
        else:
            self.values.zero_at = None
            bottom, top = self._linear_range(both, ghost_values)
        self.train.show_data(timeline.places, train, timeline.present)
        self.test.show_data(timeline.places, test, timeline.present)
        self.ghost.show_data(ghost_places, ghost_values)
        self.marks.show_marks(timeline.marks, timeline.now)
        # Labels of changes stand above the curves.
        end = max(timeline.end, float(ghost_places[-1])) if len(ghost_places) else timeline.end
        self.frame(0.0, end, bottom, top + headroom(timeline.marks, bottom, top))

    def _linear_range(self, values: Floats, ghost: Floats) -> tuple[float, float]:
        finite = values[numpy.isfinite(values)]
        low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
        # What is compared may at most double the range at either end; one value alone has no range to double.
        low, high = reach(low, high, ghost, max(high - low, abs(high)))
        floor, ceiling = self.limits
        low = max(low, floor) if floor is not None else low
        high = min(high, ceiling) if ceiling is not None else high
        room = 0.04 * (high - low) or 0.04 * abs(high) or 1.0
        return low - room, high + room

    def _readout(self, x: float, _y: float) -> Readout | None:
        """All digits of the recorded moment that is nearest to the cursor."""
        index = self._timeline.nearest(x) if self._timeline else None
        if self._timeline is None or index is None:
            return None
        lines, dots = [self._timeline.words(index)], []
        for name, curve, raw in (("train", self.train, self._raw[0]), ("test", self.test, self._raw[1])):
            if numpy.isfinite(raw[index]):
                lines.append(f"{name} {full(raw[index])}")
                dots.append((float(curve.xs[index]), float(curve.ys[index]), curve.color))
        places, values = self._ghost
        if len(places) and self._timeline.places[index] <= places[-1]:
            lines.append(f"before {full(values[numpy.argmin(numpy.abs(places - self._timeline.places[index]))])}")
        if change := self.marks.near(x):
            lines.append(change)
        return Readout("\n".join(lines), float(self._timeline.places[index]), dots)
