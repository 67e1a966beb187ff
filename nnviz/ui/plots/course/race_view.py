"""The race: how many steps the same network needs to a target loss with one hidden activation and with another."""

from functools import partial

import numpy
from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from nnviz.engine import ACTIVATIONS
from nnviz.experiment.activation_race import ENTRANTS, MAX_SEEDS, MAX_STEPS, RaceQuestion, RaceResult, activation_race
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.legend import Entry, Legend
from nnviz.ui.plots.charts.plot_view import PlotView, Table
from nnviz.ui.plots.charts.wording import count, plain, short
from nnviz.ui.plots.course.race_chart import RaceChart
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.background_steps import BackgroundSteps
from nnviz.ui.widgets.choice import Choice
from nnviz.ui.widgets.choice import Entry as ChoiceEntry
from nnviz.ui.widgets.column import in_column
from nnviz.ui.widgets.float_field import FloatField
from nnviz.ui.widgets.folding_bar import FoldingBar
from nnviz.ui.widgets.integer_field import IntegerField
from nnviz.ui.widgets.labelled import labelled

FIELDS = (
    ("relu tanh sigmoid", "ReLU, tanh, sigmoid", "The lecture's three"),
    ("relu leaky_relu elu gelu silu", "ReLU and its relatives", "Those that let the positive half pass"),
    ("sigmoid tanh", "sigmoid, tanh", "Those that saturate on both sides"),
    (" ".join(name for name in ENTRANTS if name not in ("linear", "threshold")), "all that can learn", "Eight"),
)
TEACH = "Press Race: this network runs once with each activation and seed, beside the window."
NO_HIDDEN = "A race is between hidden layers. This network has none: add one."


class RaceView(PlotView):
    """Asks nothing of the worker: the runs are its own, made from the experiment's settings, from step 0."""

    key = "race"
    title = "Race of activations"
    tab = "Race"
    has_course = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result: RaceResult | None = None
        self.field = Choice([ChoiceEntry(*entry) for entry in FIELDS])
        self.field.show_key(FIELDS[0][0])
        self.field.setAccessibleName("Activations")
        self.field.setMinimumWidth(17 * GRID)
        self.field.setToolTip("Which activations the hidden layers get, each with the initial weights that fit it")
        self.target = FloatField(1e-9, 1e9)
        self.target.setValue(0.1)
        self.target.setAccessibleName("Target loss")
        self.target.setToolTip("A run has arrived when its training loss is at or below this")
        self.seeds = IntegerField(1, MAX_SEEDS)
        self.seeds.setValue(10)
        self.seeds.setAccessibleName("Seeds")
        self.seeds.setToolTip("Each activation runs with the same seeds: the same data and order of batches")
        self.most = IntegerField(10, MAX_STEPS, step=100)
        self.most.setValue(3000)
        self.most.setAccessibleName("Most steps")
        self.most.setToolTip("A run that has not arrived by then counts as not arrived")
        self.button = QPushButton("Race")
        self.button.setToolTip("Runs this network with each activation and seed, beside the window")
        self.button.clicked.connect(self._start_or_stop)
        self.controls.addWidget(self.field, 1)
        self.controls.addWidget(self.button)
        self.settings = FoldingBar()
        self.settings.setContentsMargins(4, 2, 4, 0)
        for name, widget in (("to loss", self.target), ("seeds", self.seeds), ("at most", self.most)):
            widget.setMaximumWidth(10 * GRID)
            self.settings.addWidget(labelled(name, widget))
        self.column.insertWidget(1, self.settings)
        self.legend, self.chart, self.words = Legend(), RaceChart(), QLabel()
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setContentsMargins(GRID, 0, GRID, GRID)
        in_column(self.figure, self.legend, self.chart, self.words)
        self.work = BackgroundSteps(self)
        self.work.advanced.connect(self._advance)
        self.work.finished.connect(self.redraw)
        self.work.failed.connect(self.chart.show_message)
        self.set_theme(self.theme)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Only the settings matter; a result stays until the next race."""
        if self.result is None and not self.work.busy:
            hidden = bool(snapshot.spec.network.hidden)
            self.button.setEnabled(hidden)
            self.chart.show_message(TEACH if hidden else NO_HIDDEN)
            if self.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen) or self.window().testAttribute(
                Qt.WidgetAttribute.WA_DontShowOnScreen
            ):
                self._run_at_once(snapshot)

    def redraw(self, *_: object) -> None:
        """Draws what is known once more."""
        self.button.setText("Stop" if self.work.busy else "Race")
        if self.result is None:
            return
        self.chart.show_message("")
        self.chart.show_result(self.result)
        self.legend.show_entries(self._entries(self.result))
        self.words.setText(in_words(self.result))

    def awaits(self) -> str:
        """It runs when it is told to."""
        return "press Race in its tab" if self.button.isEnabled() else "add a hidden layer"

    def numbers(self) -> Table:
        """By activation and seed the steps to the target; inf where it was not reached."""
        if self.result is None:
            return []
        question = self.result.question
        head = ("activation", "seed", f"steps to a training loss of {plain(question.target)} (inf: not reached)")
        rows = [
            (entrant, str(question.spec.seed + seed), plain(float(self.result.steps[place, seed])))
            for place, entrant in enumerate(question.entrants)
            for seed in range(question.seeds)
        ]
        return [head, *rows]

    def more_numbers(self) -> dict[str, Table]:
        """The median of each activation over the seeds."""
        result = self.result
        if result is None:
            return {}
        rows = [(name, plain(float(result.median(place)))) for place, name in enumerate(result.question.entrants)]
        return {"medians": [("activation", "median steps (inf: not reached)"), *rows]}

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: the work ends, what is known stays."""
        super().hideEvent(event)
        self.work.cancel()
        self.redraw()

    def _start_or_stop(self) -> None:
        if self.work.busy:
            self.work.cancel()
            self.redraw()
        elif self.snapshot is not None:
            try:
                question = self._question(self.snapshot)
            except ValueError as error:
                self.chart.show_message(str(error))
                return
            self.result = None
            self.chart.show_message("Running…")
            self.work.start(partial(activation_race, question))
            self.button.setText("Stop")

    def _question(self, snapshot: Snapshot) -> RaceQuestion:
        entrants = tuple((self.field.key() or FIELDS[0][0]).split())
        spec = snapshot.problem.spec
        return RaceQuestion(spec, entrants, self.seeds.value(), self.target.value(), self.most.value())

    def _run_at_once(self, snapshot: Snapshot) -> None:
        """For a picture: there will be no later."""
        try:
            *_, self.result = activation_race(self._question(snapshot))
        except ValueError as error:
            self.chart.show_message(str(error))
        self.redraw()

    def _advance(self, result: object) -> None:
        assert isinstance(result, RaceResult)
        self.result = result
        self.redraw()

    def _entries(self, result: RaceResult) -> list[Entry]:
        theme, total = self.theme, result.steps.size
        entries = [
            Entry("one seed", theme.color("muted"), "dot"),
            Entry("median", theme.color("text")),
            Entry("same seed", theme.color("muted", 0.5), "thin"),
        ]
        if numpy.any(numpy.isinf(result.steps)):
            entries.append(Entry("× did not arrive", theme.color("bad"), ""))
        if not result.complete:
            entries.append(Entry("runs:", strong=f"{result.done} / {total}", mark=""))
        return entries


def in_words(result: RaceResult) -> str:
    """Who needs how many steps, and the median ratio to the first seed by seed; as measured, nothing more."""
    question, parts = result.question, []
    for place, entrant in enumerate(question.entrants):
        label, median = ACTIVATIONS[entrant].label, result.median(place)
        if numpy.isnan(median):
            continue
        if numpy.isinf(median):
            parts.append(f"{label} arrived in {result.arrived(place)} of {question.seeds} seeds")
            continue
        ratio = result.ratio(place, 0)
        first = ACTIVATIONS[question.entrants[0]].label
        times = f" (seed by seed {short(ratio, 2)} × {first})" if place and not numpy.isnan(ratio) else ""
        parts.append(f"{label} {count(median)}{times}")
    return f"Median steps to a loss of {short(question.target)}: {'; '.join(parts)}." if parts else ""
