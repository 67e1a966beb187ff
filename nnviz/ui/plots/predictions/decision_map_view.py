"""What the network answers everywhere: its map, its curve, or its predictions, under the examples."""

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

import numpy
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from nnviz.experiment.problem import Problem
from nnviz.experiment.readings import DecisionMap, FitCurve, Predictions
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.axes_choice import AxesChoice
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.color_bar import WithBar
from nnviz.ui.plots.charts.legend import Entry, Legend
from nnviz.ui.plots.charts.map_colors import MapColors, colors_for
from nnviz.ui.plots.charts.plane_map import PlaneMap
from nnviz.ui.plots.charts.plot_view import PlotView, Table
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.predictions.confusion_plot import ConfusionPlot
from nnviz.ui.plots.predictions.fit_plot import FitPlot
from nnviz.ui.plots.predictions.point_editor import PointEditor
from nnviz.ui.plots.predictions.prediction_plot import PredictionPlot
from nnviz.ui.plots.predictions.prediction_table import (
    count_table,
    counts_of,
    curve_table,
    map_table,
    points_table,
    prediction_table,
)
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.column import in_column

MAP_READINGS = frozenset({"decision_map", "fit_curve"})
"""Of these one applies; which one depends on the data alone, and the other costs nothing."""
PREDICTION_READINGS = frozenset({"predictions"})
ALL_LABELS = "all"

C = TypeVar("C", bound=Chart)


class DecisionMapView(PlotView):
    """For one or two inputs the network's answer over the inputs; for more a slice of it, or predictions against truth.

    axes_chosen: the two inputs that a slice should span. point_added: a DrawnPoint set by hand; point_removed: the
    number in problem.data of an example to be taken away.
    """

    key = "decision-map"
    title = "Decision map"

    axes_chosen = Signal(int, int)
    point_added = Signal(object)
    point_removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Before the data are known any of the forms may be due.
        self.readings = MAP_READINGS | PREDICTION_READINGS
        self._problem: Problem | None = None
        self._colors: tuple[object, MapColors] | None = None
        self.form, self.label, self.part = Segments("Form"), Segments("Label"), Segments("Examples")
        self.part.offer([("train", "training", "Examples trained on"), ("test", "test", "Examples held back")])
        self.axes_choice, self.editor = AxesChoice(), PointEditor()
        self._many: bool | None = None
        for segments in (self.form, self.label, self.part):
            segments.chosen.connect(self._form_changed)
        self.axes_choice.chosen.connect(self.axes_chosen)
        self.editor.point_added.connect(self.point_added)
        self.editor.point_removed.connect(self.point_removed)
        for control in (self.form, self.label, self.part, self.axes_choice):
            self.controls.addWidget(control)
        self.controls.addStretch(1)
        self._build_figure()
        self.column.addWidget(self.editor)
        self.editor.listen_to(self.map, self.map.points)
        self.set_theme(self.theme)

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        self._colors = None
        self.bar.restyle(theme)
        super().set_theme(theme)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draws the form that is chosen, as soon as the snapshot carries what it needs."""
        problem = snapshot.problem
        if problem is not self._problem:
            self._problem = problem
            self._offer_controls(problem)
        self._show_controls(problem)
        self.editor.show_problem(problem, self.theme)
        for name, show in self._shows().items():
            reading = snapshot.readings.get(name)
            if name in self.readings and reading is not None:
                show(snapshot, reading)

    @property
    def drawn(self) -> bool:
        """Known without making its table, which is long."""
        return self.snapshot is not None

    def numbers(self) -> Table:
        """The map's samples, the curve's points, the counts, or the predictions, as the form is."""
        if self.snapshot is None:
            return []
        problem, readings = self.snapshot.problem, self.snapshot.readings
        found = next((readings[name] for name in self._shows() if name in self.readings and readings.get(name)), None)
        if isinstance(found, DecisionMap):
            return map_table(problem, found)
        if isinstance(found, FitCurve):
            return curve_table(problem, found)
        return prediction_table(problem, found) if isinstance(found, Predictions) else []

    def more_numbers(self) -> dict[str, Table]:
        """The examples that lie on the map or beside the curve; the counts of the confusion matrix."""
        snapshot = self.snapshot
        if snapshot is None:
            return {}
        if self.form.key == "map":
            return {"points": points_table(snapshot.problem, snapshot.theta)}
        reading = snapshot.readings.get("predictions")
        if snapshot.problem.task == "regression" or not isinstance(reading, Predictions):
            return {}
        return {"counts": count_table(*counts_of(snapshot.problem, reading, self.part.key, self._chosen_label() or 0))}

    def _shows(self) -> dict[str, Callable[[Snapshot, object], None]]:
        return {"decision_map": self._show_map, "fit_curve": self._show_fit, "predictions": self._show_predictions}

    def _build_figure(self) -> None:
        self.legend, self.map = Legend(), PlaneMap()
        self.map_and_bar = WithBar(self.map)
        self.bar = self.map_and_bar.bar
        self.stack = QStackedWidget()
        self.stack.addWidget(self.map_and_bar)
        in_column(self.figure, self.legend, self.stack)

    # Few data need more than one of the four forms; the others are made when they do.

    @cached_property
    def fit(self) -> FitPlot:
        """The curve over one input."""
        plot = self._placed(FitPlot())
        self.editor.listen_to(plot, plot.points)
        return plot

    @cached_property
    def predicted(self) -> PredictionPlot:
        """Predictions against the truth."""
        return self._placed(PredictionPlot())

    @cached_property
    def confusion(self) -> ConfusionPlot:
        """Predicted classes against true ones, counted."""
        return self._placed(ConfusionPlot())

    def _placed(self, plot: C) -> C:
        plot.restyle(self.theme)
        self.stack.addWidget(plot)
        return plot

    def _offer_controls(self, problem: Problem) -> None:
        """The choices that these data leave; what was chosen before stays where it still exists."""
        picture = (
            ("map", "Curve", "The fitted curve") if problem.dimensions == 1 else ("map", "Map", "Over both inputs")
        )
        predictions = ("predictions", "Predictions", "What was predicted for each example, against what is true")
        if problem.dimensions > 2:
            picture = ("map", "Slice", "The map over two inputs that you choose, the others at their mean")
        many = problem.dimensions > 2
        self.form.offer([predictions, picture] if many else [picture, predictions])
        if many != self._many:
            # Of many inputs a slice shows little: there the predictions come first, on a plane the map.
            self._many = many
            self.form.choose("predictions" if many else "map")
        names = problem.data.target_names
        labels = [(str(index), name, "This label alone") for index, name in enumerate(names)]
        self.label.offer([(ALL_LABELS, "all", "All labels at once, their colours blended"), *labels])
        self.axes_choice.offer(problem.data.feature_names)
        if self.part.key == "test" and not len(problem.test):
            self.part.choose("train")
        self._ask_for(self._needed())

    def _show_controls(self, problem: Problem) -> None:
        mapped, classes = self.form.key == "map", problem.task != "regression"
        self.label.setVisible(problem.task == "multi-label" and problem.dimensions > 1)
        self.part.setVisible(not mapped and classes and len(problem.test) > 0)
        self.axes_choice.setVisible(mapped and problem.dimensions > 2)
        self.editor.setVisible(mapped and problem.dimensions <= 2)

    def _needed(self) -> frozenset[str]:
        return MAP_READINGS if self.form.key == "map" else PREDICTION_READINGS

    def _ask_for(self, readings: frozenset[str]) -> None:
        if readings != self.readings:
            self.readings = readings
            self.readings_changed.emit()

    def _form_changed(self) -> None:
        self._ask_for(self._needed())
        self.redraw()

    def _chosen_label(self) -> int | None:
        return None if self.label.key in ("", ALL_LABELS) else int(self.label.key)

    def _show_map(self, snapshot: Snapshot, reading: object) -> None:
        assert isinstance(reading, DecisionMap)
        problem, label = snapshot.problem, self._chosen_label()
        shown = label if problem.task == "multi-label" else None
        colors = self._colors_of(problem, shown)
        self.stack.setCurrentWidget(self.map_and_bar)
        self.bar.setVisible(colors.scale is not None)
        if colors.scale is not None:
            self.bar.show_scale(colors.scale.table, colors.scale.low, colors.scale.high, colors.scale.title)
        self.map.show_map(snapshot, reading, colors, shown)
        self.map_and_bar.arrange()
        self.axes_choice.show_axes(reading.axes)
        self.legend.show_entries(self._map_entries(problem))

    def _show_fit(self, snapshot: Snapshot, reading: object) -> None:
        assert isinstance(reading, FitCurve)
        self.stack.setCurrentWidget(self.fit)
        self.fit.show_fit(snapshot, reading)
        theme = self.theme
        entries = [Entry("network", theme.color("accent"), "line")]
        if len(reading.y.T) > 1:
            names = snapshot.problem.data.target_names
            entries = [Entry(name, theme.class_color(index), "line") for index, name in enumerate(names)]
        if len(reading.units):
            entries.append(Entry("each unit's part", theme.color("muted", 0.6), "line"))
        entries += [Entry("training", theme.color("text", 0.75), "dot"), *self._test_entry(snapshot.problem)]
        self.legend.show_entries(entries)

    def _show_predictions(self, snapshot: Snapshot, reading: object) -> None:
        assert isinstance(reading, Predictions)
        problem, theme = snapshot.problem, self.theme
        if problem.task == "regression":
            self.stack.setCurrentWidget(self.predicted)
            self.predicted.show_predictions(reading, problem)
            entries = [Entry("training", theme.color("accent"), "dot")]
            if len(problem.test):
                entries.append(Entry("test", theme.color("warning"), "ring"))
            self.legend.show_entries([*entries, Entry("perfect", theme.color("muted"), "dashed")])
            return
        self.stack.setCurrentWidget(self.confusion)
        counts, names = counts_of(problem, reading, self.part.key, self._chosen_label() or 0)
        self.confusion.show_counts(counts, names)
        right, total = int(numpy.trace(counts)), int(numpy.sum(counts))
        words = "training examples" if self.part.key == "train" else "test examples"
        self.legend.show_entries([Entry(words), Entry("right:", strong=f"{right:,} of {total:,}")] if total else [])

    def _map_entries(self, problem: Problem) -> list[Entry]:
        theme, names = self.theme, problem.data.target_names
        entries = []
        if problem.task != "regression":
            entries = [Entry(name, theme.class_color(index), "block") for index, name in enumerate(names)]
        return [*entries, Entry("training", theme.color("muted"), "dot"), *self._test_entry(problem)]

    def _test_entry(self, problem: Problem) -> list[Entry]:
        return [Entry("test", self.theme.color("muted"), "ring")] if len(problem.test) else []

    def _colors_of(self, problem: Problem, label: int | None) -> MapColors:
        """The colours are the same for a whole run."""
        wanted = (id(problem), self.theme.name, label)
        if self._colors is None or self._colors[0] != wanted:
            self._colors = wanted, colors_for(problem, self.theme, label)
        return self._colors[1]
