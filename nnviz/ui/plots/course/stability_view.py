"""Sharpness against the edge of stability: the curvature at the present point, and the largest that the rate allows."""

import numpy
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.specification import Experiment
from nnviz.ui.plots.charts.axes import DecadeAxis, NumberAxis
from nnviz.ui.plots.charts.changes import change_table
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.decades import Decades
from nnviz.ui.plots.charts.ghost_curves import GhostCurves, pale
from nnviz.ui.plots.charts.ghost_track import GhostTrack, beside, ghost_name
from nnviz.ui.plots.charts.legend import Entry, Legend
from nnviz.ui.plots.charts.plot_view import PlotView, Table
from nnviz.ui.plots.charts.time_marks import TimeMarks, headroom
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.wording import count, full, plain, short
from nnviz.ui.theme import LIGHT, Theme
from nnviz.ui.widgets.column import in_column

Floats = NDArray[numpy.float64]
Former = tuple[Floats, Floats, float]
"""Of the former run: its measurements (M, 2), the corners of its 2/α (K, 2), and the right end of the time axis."""

MEASURING = "The curvature is measured beside the run; the first number comes in a moment."
LIMIT = "2 / learning rate"
NOTE = "exact for one linear layer with squared error, local for other networks; for plain gradient descent"


class StabilityView(PlotView):
    """λ, the largest eigenvalue of the Hessian, over the steps (dots), and 2/α (dashed): above it steps overshoot."""

    key = "stability"
    title = "Stability"
    needs_sharpness = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.legend, self.chart = Legend(), StabilityChart()
        in_column(self.figure, self.legend, self.chart)
        self.set_theme(self.theme)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Fills the chart, and the legend with the newest measurement up to the present step."""
        track = snapshot.sharpness
        timeline = Timeline.of(snapshot, "step")
        ghost = GhostTrack.of(snapshot, timeline)
        self.chart.show_track(timeline, track, limits(snapshot), former(ghost) if ghost else None)
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
        if snapshot.ghost is not None:
            flat = "" if numpy.any(snapshot.ghost.sharpness[:, 1] > 0.0) else " (no λ above 0)"
            name = f"{ghost_name(snapshot.ghost)}{flat}"
            entries.append(Entry(name, pale(self.theme.color("accent")), "thin"))
        self.legend.show_entries(entries)
        self.chart.setToolTip(NOTE)

    def numbers(self) -> Table:
        """Step, λ, and the 2/α that was in force."""
        if self.snapshot is None:
            return []
        table, ghost = _rows("", self.snapshot.sharpness, self.snapshot.spec), self.snapshot.ghost
        if ghost is None or ghost.spec is None:
            return table
        return beside(table, _rows(f"{ghost_name(ghost)}: ", ghost.sharpness, ghost.spec))

    def more_numbers(self) -> dict[str, Table]:
        """The corners of the line that plain gradient descent must stay below, and the changes that bring them."""
        if self.snapshot is None:
            return {}
        corners = [(plain(step), plain(limit)) for step, limit in limits(self.snapshot).tolist()]
        return {"limit": [("step", LIMIT), *corners], "changes": change_table(self.snapshot.spec)}


class StabilityChart(Chart):
    """λ and 2/α on a scale of decades over the steps."""

    def __init__(self) -> None:
        self.values = DecadeAxis("left", "curvature")
        super().__init__(self.values, NumberAxis("bottom", "step"))
        self.sharp = Curve(LIGHT.color("accent"), 2.0)
        self.edge = Curve(LIGHT.color("bad"), 1.6, dashed=True)
        self.marks = TimeMarks()
        self.ghost, self.ghost_edge = GhostCurves(self), GhostCurves(self, dashed=True)
        self._track = self._before = numpy.zeros((0, 2))
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

    def show_track(self, timeline: Timeline, track: Floats, edge: Floats, ghost: Former | None = None) -> None:
        """Other measurements (M, 2) and the edge as corners (K, 2) of (step, 2/α), and those of the former run."""
        self._track = track
        self._before = ghost[0] if ghost else track[:0]
        positive = _positive(track)
        own = numpy.concatenate([positive, edge[:, 1]])
        measured, corners, end = ghost or (track[:0], edge[:0], timeline.end)
        decades = Decades.of(own).with_ghost(own, numpy.concatenate([_positive(measured), corners[:, 1]]))
        self.ghost.show_lines(measured[:, 0], [decades.place(_positive(measured))], [self.sharp.color])
        self.ghost_edge.show_lines(corners[:, 0], [decades.place(corners[:, 1])], [self.edge.color])
        self.sharp.show_data(track[:, 0], decades.place(positive), int(numpy.sum(track[:, 0] <= timeline.now)))
        self.edge.show_data(edge[:, 0], decades.place(edge[:, 1]), int(numpy.sum(edge[:, 0] <= timeline.now)))
        self.marks.show_marks(timeline.marks, timeline.now)
        room = 0.12 * (decades.high - decades.low)
        above = headroom(timeline.marks, decades.bottom, decades.high)
        self.frame(0.0, end, decades.bottom - room, decades.high + room + above)

    def _readout(self, x: float, _y: float) -> Readout | None:
        if len(self._track) == 0:
            return None
        index = int(numpy.argmin(numpy.abs(self._track[:, 0] - x)))
        step, sharp = self._track[index].tolist()
        lines = [f"step {count(step)}", f"λ {full(sharp)}"]
        # Along a direction without upward curvature no rate is too large.
        lines += [f"1/λ {full(1.0 / sharp)}", f"2/λ {full(2.0 / sharp)}"] if sharp > 0.0 else []
        before = self._before
        if len(before) and step <= before[-1, 0]:
            then, there = before[int(numpy.argmin(numpy.abs(before[:, 0] - step)))].tolist()
            lines.append(f"before: λ {full(there)} at step {count(then)}")
        if change := self.marks.near(x):
            lines.append(change)
        return Readout("\n".join(lines), step)


def present(snapshot: Snapshot) -> tuple[float, float] | None:
    """(step, λ) of the newest measurement up to the present step; None without one or without a number."""
    past = snapshot.sharpness[snapshot.sharpness[:, 0] <= snapshot.step]
    if len(past) == 0 or not numpy.isfinite(past[-1, 1]):
        return None
    return float(past[-1, 0]), float(past[-1, 1])


def verdict(rate: float, sharp: float) -> str:
    """What the rate does along the sharpest direction, in two words."""
    if sharp <= 0.0:
        return "no curvature here: says nothing"
    if rate < 1.0 / sharp:
        return "below 1/λ: smooth"
    return "between 1/λ and 2/λ: swings" if rate <= 2.0 / sharp else "above 2/λ: overshoots"


def limits(snapshot: Snapshot) -> Floats:
    """Corners (K, 2) of the line 2/α over the steps: a step down or up at each change of the rate; and one now, where
    the future begins."""
    corners = edge_of(snapshot.spec, float(max(snapshot.horizon, snapshot.step)))
    now = float(snapshot.step)
    place = int(numpy.searchsorted(corners[:, 0], now, side="right"))
    if 0 < place < len(corners) and corners[place - 1, 0] < now:
        corners = numpy.insert(corners, place, [now, corners[place - 1, 1]], axis=0)
    return corners


def edge_of(spec: Experiment, end: float) -> Floats:
    """The same of any run up to a step."""
    corners = [(0.0, 2.0 / spec.training.learning_rate)]
    for change in spec.changes:
        if change.training is not None and change.step <= end:
            at = float(change.step)
            corners += [(at, corners[-1][1]), (at, 2.0 / change.training.learning_rate)]
    return numpy.array([*corners, (end, corners[-1][1])])


def former(track: GhostTrack) -> Former:
    """What is drawn of the former run."""
    last = float(track.steps[-1]) if len(track.steps) else 0.0
    edge = edge_of(track.ghost.spec, last) if track.ghost.spec else numpy.zeros((0, 2))
    return track.sharpness(), edge, track.end


def _positive(track: Floats) -> Floats:
    """Where the largest eigenvalue is not positive, no rate is too large; it lies below every decade: nan."""
    return numpy.where(track[:, 1] > 0.0, track[:, 1], numpy.nan)


def _rows(of: str, track: Floats, spec: Experiment) -> Table:
    head = tuple(f"{of}{name}" for name in ("step", "largest eigenvalue of the Hessian", LIMIT))
    rates = spec.training_at
    return [head, *((plain(s), plain(v), plain(2.0 / rates(int(s)).learning_rate)) for s, v in track)]
