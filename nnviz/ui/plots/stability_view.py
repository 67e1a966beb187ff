"""Sharpness against the edge of stability: the curvature at the present point, and the largest that the rate allows."""

import numpy
from numpy.typing import NDArray
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.axes import DecadeAxis, NumberAxis
from nnviz.ui.plots.chart import Chart
from nnviz.ui.plots.crosshair import Readout
from nnviz.ui.plots.curve import Curve
from nnviz.ui.plots.decades import Decades
from nnviz.ui.plots.legend import Entry, Legend
from nnviz.ui.plots.plot_view import PlotView, Table
from nnviz.ui.plots.time_marks import TimeMarks
from nnviz.ui.plots.timeline import Timeline
from nnviz.ui.plots.wording import count, full, plain, short
from nnviz.ui.theme import LIGHT, Theme

Floats = NDArray[numpy.float64]

MEASURING = "The curvature is measured beside the run; the first number comes in a moment."
NOTE = "exact for one linear layer with squared error, local for other networks; for plain gradient descent"


class StabilityView(PlotView):
    """λ, the largest eigenvalue of the Hessian, over the steps (dots), and 2/α (dashed): above it steps overshoot."""

    key = "stability"
    title = "Stability"
    needs_sharpness = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.legend, self.chart = Legend(), StabilityChart()
        column = QVBoxLayout(self.figure)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.legend)
        column.addWidget(self.chart, 1)
        self.set_theme(self.theme)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Fills the chart, and the legend with the newest measurement up to the present step."""
        track = snapshot.sharpness
        self.chart.show_track(Timeline.of(snapshot, "step"), track, limits(snapshot))
        self.chart.show_message("" if len(track) else MEASURING)
        limit = 2.0 / snapshot.training.learning_rate
        entries = [Entry("2/α", self.theme.color("bad"), "dashed", short(limit))]
        if (now := present(snapshot)) is not None:
            step, sharp = now
            words = f"sharpness λ at step {count(step)}"
            entries.insert(0, Entry(words, self.theme.color("accent"), "line", short(sharp)))
            if snapshot.training.optimizer == "gradient_descent":
                entries.append(Entry("so α is", None, "", verdict(snapshot.training.learning_rate, sharp)))
            else:
                entries.append(Entry("2/α limits plain gradient descent only"))
        self.legend.show_entries(entries)
        self.chart.setToolTip(NOTE)

    def numbers(self) -> Table:
        """Step, λ, and the 2/α that was in force."""
        if self.snapshot is None:
            return []
        track, rates = self.snapshot.sharpness, self.snapshot.spec.training_at
        head = ("step", "largest eigenvalue of the Hessian", "2/learning rate")
        return [head, *((plain(s), plain(v), plain(2.0 / rates(int(s)).learning_rate)) for s, v in track)]


class StabilityChart(Chart):
    """λ and 2/α on a scale of decades over the steps."""

    def __init__(self) -> None:
        self.values = DecadeAxis("left", "curvature")
        super().__init__(self.values, NumberAxis("bottom", "step"))
        self.sharp = Curve(LIGHT.color("accent"), 2.0)
        self.edge = Curve(LIGHT.color("bad"), 1.6, dashed=True)
        self.marks = TimeMarks()
        self._track: Floats = numpy.zeros((0, 2))
        for ink in (self.edge, self.sharp, self.marks):
            self.add(ink)
        self.probe = self._readout
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "marks"):
            self.sharp.recolor(theme.color("accent"))
            self.edge.recolor(theme.color("bad"))
            self.marks.theme = theme

    def show_track(self, timeline: Timeline, track: Floats, edge: Floats) -> None:
        """Other measurements (M, 2) and the edge as corners (K, 2) of (step, 2/α)."""
        self._track = track
        # Where the largest eigenvalue is not positive, no rate is too large; it lies below every decade.
        positive = numpy.where(track[:, 1] > 0.0, track[:, 1], numpy.nan)
        decades = Decades.of(numpy.concatenate([positive, edge[:, 1]]))
        self.sharp.show_data(track[:, 0], decades.place(positive), int(numpy.sum(track[:, 0] <= timeline.now)))
        self.edge.show_data(edge[:, 0], decades.place(edge[:, 1]))
        self.marks.show_marks(timeline.marks, timeline.now)
        room = 0.12 * (decades.high - decades.low)
        self.frame(0.0, timeline.end, decades.bottom - room, decades.high + room)

    def _readout(self, x: float, _y: float) -> Readout | None:
        if len(self._track) == 0:
            return None
        index = int(numpy.argmin(numpy.abs(self._track[:, 0] - x)))
        step, sharp = self._track[index]
        return Readout(f"step {count(step)}\nλ {full(sharp)}\n1/λ {full(1.0 / sharp)}\n2/λ {full(2.0 / sharp)}", step)


def present(snapshot: Snapshot) -> tuple[float, float] | None:
    """(step, λ) of the newest measurement up to the present step; None without one or without a number."""
    past = snapshot.sharpness[snapshot.sharpness[:, 0] <= snapshot.step]
    if len(past) == 0 or not numpy.isfinite(past[-1, 1]):
        return None
    return float(past[-1, 0]), float(past[-1, 1])


def verdict(rate: float, sharp: float) -> str:
    """What the rate does along the sharpest direction, in two words."""
    if sharp <= 0.0 or rate < 1.0 / sharp:
        return "below 1/λ: smooth"
    return "between 1/λ and 2/λ: swings" if rate <= 2.0 / sharp else "above 2/λ: overshoots"


def limits(snapshot: Snapshot) -> Floats:
    """Corners (K, 2) of the line 2/α over the steps: a step down or up at each change of the rate."""
    corners = [(0.0, 2.0 / snapshot.spec.training.learning_rate)]
    for change in snapshot.spec.changes:
        if change.training is not None:
            corners += [(float(change.step), corners[-1][1]), (float(change.step), 2.0 / change.training.learning_rate)]
    return numpy.array([*corners, (float(max(snapshot.horizon, snapshot.step)), corners[-1][1])])
