"""The symmetry meter: how many units of each hidden layer are different at all. Equal ones count as one."""

import numpy
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from nnviz.engine.symmetry import unit_classes
from nnviz.experiment.history_table import layer_heading
from nnviz.experiment.records import Curves
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.changes import change_table
from nnviz.ui.plots.charts.forms import Forms
from nnviz.ui.plots.charts.ghost_curves import pale
from nnviz.ui.plots.charts.ghost_track import GhostTrack, beside, ghost_layers, ghost_name
from nnviz.ui.plots.charts.legend import Entry, Legend
from nnviz.ui.plots.charts.plot_view import PlotView, Table
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.wording import plain_rows
from nnviz.ui.plots.layers.count_lines import CountLines
from nnviz.ui.plots.units.symmetry_rows import Integers, SymmetryRows, in_words
from nnviz.ui.widgets.column import in_column

Floats = NDArray[numpy.float64]

LEGEND_LAYERS = 13
NO_HIDDEN = "There is no hidden layer, so there are no units that could be equal. Add one."
NOTHING_YET = "Nothing is recorded before the first step. Press Play."


class SymmetryView(PlotView):
    """Rows of squares now, or the number of distinct units over steps."""

    key = "symmetry"
    title = "Symmetry"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Segments(
            "Form",
            [
                ("rows", "Now", "A square for each unit; units with the same weights have one colour"),
                ("lines", "Steps", "How many units of each layer are distinct"),
            ],
        )
        self.form.chosen.connect(self.redraw)
        self.controls.addWidget(self.form)
        self.controls.addStretch(1)
        self.rows, self.lines, self.legend = SymmetryRows(), CountLines("distinct units"), Legend()
        self.forms = Forms({"rows": self.rows, "lines": self.lines})
        in_column(self.figure, self.legend, self.forms)
        self.set_theme(self.theme)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Fills the form that is chosen."""
        classes, depth = hidden_classes(snapshot), snapshot.problem.network.layout.depth
        self.forms.show_form(self.form.key)
        if self.form.key == "rows":
            self.rows.show_classes(classes)
        else:
            timeline, widths = Timeline.of(snapshot, "step"), [len(units) for units in classes]
            track = GhostTrack.of(snapshot, timeline)
            ghost = (track, distinct(track.curves)) if track else None
            self.lines.show_counts(timeline, distinct(snapshot.curves), widths, ghost)
        self.rows.show_message("" if classes else NO_HIDDEN)
        self.lines.show_message(NO_HIDDEN if not classes else NOTHING_YET if snapshot.horizon == 0 else "")
        self.legend.show_entries(self._entries(snapshot, classes, depth))

    def numbers(self) -> Table:
        """Units and distinct ones of each hidden layer, or the distinct ones at all recorded steps."""
        if self.snapshot is None:
            return []
        classes = hidden_classes(self.snapshot)
        if self.form.key == "rows":
            rows = [(str(l), str(len(u)), str(len(numpy.unique(u)))) for l, u in enumerate(classes, start=1)]
            return [("layer", "units", "distinct units"), *rows]
        table, ghost = _rows("", self.snapshot.curves), self.snapshot.ghost
        return table if ghost is None else beside(table, _rows(f"{ghost_name(ghost)}: ", ghost.curves))

    def more_numbers(self) -> dict[str, Table]:
        """Which units are equal; or the changes that the time axis marks."""
        if self.snapshot is None:
            return {}
        if self.form.key != "rows":
            return {"changes": change_table(self.snapshot.spec)}
        rows = [
            (str(l), str(unit), str(number + 1))
            for l, units in enumerate(hidden_classes(self.snapshot), start=1)
            for unit, number in enumerate(units.tolist(), start=1)
        ]
        return {"units": [("layer", "unit", "group of equal units"), *rows]}

    def _entries(self, snapshot: Snapshot, classes: list[Integers], depth: int) -> list[Entry]:
        if not classes:
            return []
        if self.form.key == "rows":
            twins = [l for l, units in enumerate(classes, start=1) if len(numpy.unique(units)) < len(units)]
            if not twins:
                return [Entry("all units are different", self.theme.color("muted"), "ring")]
            worst = min(twins, key=lambda l: len(numpy.unique(classes[l - 1])) / len(classes[l - 1]))
            return [
                Entry(f"layer {worst}:", strong=in_words(classes[worst - 1])),
                Entry("equal units have one colour", self.theme.class_color(0), "block"),
            ]
        last = len(classes) - 1
        shown = range(last + 1) if last < LEGEND_LAYERS else numpy.linspace(0, last, 9).round().astype(int)
        entries = [Entry(f"layer {l + 1}", self.theme.layer_color(int(l) + 1, depth), "line") for l in shown]
        if (ghost := snapshot.ghost) is not None:
            name = ghost_layers(ghost, ghost.curves.layers.shape[1], depth)
            entries.append(Entry(name, pale(self.theme.layer_color(1, 1)), "thin"))
        return entries


def hidden_classes(snapshot: Snapshot) -> list[Integers]:
    """For each hidden layer the class of each unit, (n_l,)."""
    layout = snapshot.problem.network.layout
    return [unit_classes(layout, snapshot.theta, l) for l in range(1, layout.depth)]


def distinct(curves: Curves) -> Floats:
    """How many units of each hidden layer were distinct, (R, L-1)."""
    return curves.statistic("distinct_units")[:, :-1]


def _rows(of: str, curves: Curves) -> Table:
    counts = distinct(curves)
    head = (f"{of}step", *(f"{of}{layer_heading(l, 'distinct_units')}" for l in range(1, counts.shape[1] + 1)))
    return [head, *plain_rows(numpy.column_stack([curves.column("step"), counts]))]
