"""Loss and metric over time, for training and test examples."""

import math

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from nnviz.engine import LOSSES
from nnviz.engine.metrics import METRIC_NAMES
from nnviz.experiment.history_table import curve_headings
from nnviz.experiment.records import Curves
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.changes import change_table
from nnviz.ui.plots.charts.ghost_track import GhostTrack, beside, ghost_name
from nnviz.ui.plots.charts.legend import Entry, Legend
from nnviz.ui.plots.charts.pair_chart import PairChart, Points
from nnviz.ui.plots.charts.plot_view import PlotView, Table
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.wording import count, plain_rows, short
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.column import in_column

ROOMY = 34
"""Text heights of width from which on all controls fit."""
LOWEST_R2 = -1.0
"""R² has no lower end. Below this the plot stops: worse than a constant answer is all that it says there."""


class LossView(PlotView):
    """The cost, the metric, or both one above the other; over steps or epochs; the cost on a log scale or not."""

    key = "loss"
    title = "Loss"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.quantity = Segments(
            "Quantity",
            [
                ("cost", "Loss", "The cost J that training makes small"),
                ("score", "Metric", "How good the predictions are, in the measure of the task"),
                ("both", "Both", "Loss above, metric below"),
            ],
        )
        self.scale = Segments(
            "Scale of the loss",
            [("log", "log", "Equal factors are equal distances"), ("linear", "linear", "Equal differences are equal")],
        )
        self.unit = Segments(
            "Time axis",
            [("step", "step", "One update of the weights"), ("epoch", "epoch", "One pass over all training examples")],
        )
        for segments in (self.quantity, self.scale, self.unit):
            segments.chosen.connect(self.redraw)
            self.controls.addWidget(segments)
        self.controls.addStretch(1)
        self.legend, self.cost, self.score = Legend(), PairChart(), PairChart()
        column = in_column(self.figure, self.legend)
        column.addWidget(self.cost)
        column.addWidget(self.score)
        self.score.hide()
        self.set_theme(self.theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for all controls, the time axis's are the least needed."""
        super().resizeEvent(event)
        self._make_room()

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        self._make_room()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Fills the charts that are chosen, and the legend with the numbers of the present."""
        shown = self.quantity.key
        self.cost.setVisible(shown != "score")
        self.score.setVisible(shown != "cost")
        self.scale.setVisible(shown != "score")
        timeline = Timeline.of(snapshot, self.unit.key)
        curves, metric = snapshot.curves, METRIC_NAMES[snapshot.problem.task]
        self.quantity.button("score").setText(metric)
        if shown != "score":
            self.cost.values.rename(f"{LOSSES[snapshot.training.loss].label.lower()}, J")
            self.cost.times.rename(self.unit.key)
            self.cost.show_pair(
                timeline,
                curves.column("train_cost"),
                curves.column("test_cost"),
                logarithmic=self.scale.key == "log",
                ghost=self._ghost(snapshot, timeline, "train_cost"),
            )
        if shown != "cost":
            regression = snapshot.problem.task == "regression"
            self.score.limits = (LOWEST_R2 if regression else 0.0, 1.0)
            self.score.values.rename(metric)
            self.score.times.rename(self.unit.key)
            self.score.show_pair(
                timeline,
                curves.column("train_score"),
                curves.column("test_score"),
                logarithmic=False,
                ghost=self._ghost(snapshot, timeline, "train_score"),
            )
        if shown == "both":
            self.cost.level_with(self.score)
        else:
            self.cost.stand_alone()
            self.score.stand_alone()
        self.legend.show_entries(self._entries(snapshot))

    def numbers(self) -> Table:
        """All recorded moments."""
        if self.snapshot is None:
            return []
        ghost, names = self.snapshot.ghost, curve_headings(self.snapshot.problem.task)
        table = [names, *_rows(self.snapshot.curves)]
        if ghost is None:
            return table
        head = tuple(f"{ghost_name(ghost)}: {name}" for name in names)
        return beside(table, [head, *_rows(ghost.curves)])

    def more_numbers(self) -> dict[str, Table]:
        """The changes that the time axis marks."""
        return {} if self.snapshot is None else {"changes": change_table(self.snapshot.spec)}

    def _make_room(self) -> None:
        self.unit.setVisible(self.width() >= ROOMY * self.theme.text_pixels)

    def _ghost(self, snapshot: Snapshot, timeline: Timeline, column: str) -> Points | None:
        track = GhostTrack.of(snapshot, timeline)
        return (track.places, track.curves.column(column)) if track else None

    def _entries(self, snapshot: Snapshot) -> list[Entry]:
        moment, theme = snapshot.moment, self.theme
        if self.quantity.key == "score":
            pairs = [(_score(snapshot, value)) for value in (moment.train_score, moment.test_score)]
        else:
            pairs = [short(value) for value in (moment.train_cost, moment.test_cost)]
            if self.quantity.key == "both":
                scores = (moment.train_score, moment.test_score)
                pairs = [f"{pair} · {_score(snapshot, value)}" for pair, value in zip(pairs, scores, strict=True)]
        entries = [Entry("train", theme.color("accent"), "line", pairs[0])]
        if not math.isnan(moment.test_cost):
            entries.append(Entry("test", theme.color("warning"), "dashed", pairs[1]))
        if snapshot.ghost is not None:
            entries.append(Entry(ghost_name(snapshot.ghost), theme.color("muted", 0.55), "line"))
        if snapshot.step < snapshot.horizon:
            entries.append(Entry(f"at step {count(snapshot.step)} of {count(snapshot.horizon)}"))
        return entries


def _rows(curves: Curves) -> Table:
    return plain_rows(curves.values)


def _score(snapshot: Snapshot, value: float) -> str:
    return short(value) if snapshot.problem.task == "regression" else f"{value:.1%}"
