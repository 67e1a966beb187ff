"""The runners of a race: the list, and the settings of the one that is chosen."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from nnviz.engine import OPTIMIZERS
from nnviz.engine.schedules import SCHEDULES
from nnviz.experiment.descent import edits
from nnviz.experiment.descent.specification import MAX_RUNNERS, Descent, RunnerSpec, ScheduleSpec
from nnviz.experiment.specification import replace
from nnviz.ui.panels.descent.descent_panel import DescentPanel, ParameterRows
from nnviz.ui.panels.descent.runner_list import RunnerList, dot
from nnviz.ui.panels.descent.start_panel import PointFields
from nnviz.ui.panels.explanations import OPTIMIZER_TIPS
from nnviz.ui.theme import GRID, LIGHT, Theme
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.explained import explain
from nnviz.ui.widgets.form import Form
from nnviz.ui.widgets.scale import LogScale
from nnviz.ui.widgets.slider_field import SliderField

SLOWEST, FASTEST, MOST = 1e-4, 10.0, 1e9
"""Ends of the learning rate's slider, and the largest that can be typed."""


class RunnerPanel(DescentPanel):
    """selected: another runner is chosen. color_of: the colour of a number, which the plots use too."""

    title = "Runners"

    selected = Signal(int)

    def __init__(self, color_of: Callable[[Theme, int], QColor]) -> None:
        super().__init__()
        self.theme: Theme = LIGHT
        self.chosen = 0
        self._color_of = color_of
        self.runners = RunnerList()
        self.settings = QWidget()
        self.optimizer = Choice([Entry(o.name, o.label, OPTIMIZER_TIPS.get(o.name, "")) for o in OPTIMIZERS.values()])
        self.rate = SliderField(LogScale(SLOWEST, FASTEST), 1e-12, MOST)
        self.schedule = Choice([Entry(s.name, s.label, s.meaning) for s in SCHEDULES.values()])
        self.noise = SliderField(LogScale(1e-3, 10.0, with_zero=True), 0.0, MOST)
        self.colour = Choice()
        self.label = QLineEdit()
        self.label.setMaxLength(200)
        self.own, self.start = QCheckBox("Own start"), PointFields("Own start")
        self._lay_out()
        self._connect()
        self.show_spec(self.spec)

    def show_spec(self, spec: Descent) -> None:
        """Shows it without emitting."""
        self.spec = spec
        self.chosen = min(self.chosen, max(0, len(spec.runners) - 1))
        colors = [self._color_of(self.theme, runner.colour) for runner in spec.runners]
        full = len(spec.runners) >= MAX_RUNNERS
        self.runners.show_runners(spec.runners, self.chosen if spec.runners else -1, colors, full=full)
        self.settings.setVisible(bool(spec.runners))
        if spec.runners:
            self._show_runner(spec.runners[self.chosen])

    def choose(self, runner: int) -> None:
        """Chooses a runner without telling."""
        self.chosen = runner
        self.show_spec(self.spec)

    def summary(self) -> str:
        """What runs."""
        count = len(self.spec.runners)
        return f"{count} runner{'' if count == 1 else 's'}"

    def set_theme(self, theme: Theme) -> None:
        """Colours and icons."""
        self.theme = theme
        self.runners.set_theme(theme)
        self.colour.fill([("", [Entry(str(i), f"colour {i + 1}") for i in range(edits.COLOURS)])])
        for i in range(edits.COLOURS):
            self.colour.setItemIcon(i, dot(self._color_of(theme, i), theme))
        self.show_spec(self.spec)

    def _show_runner(self, runner: RunnerSpec) -> None:
        optimizer = OPTIMIZERS[runner.optimizer]
        self.optimizer.show_key(runner.optimizer)
        self.parameters.show_values(runner.optimizer, dict(optimizer.parameters), runner.parameters)
        self.rate.show_value(runner.learning_rate)
        self.schedule.show_key(runner.schedule.name)
        schedule = SCHEDULES[runner.schedule.name]
        self.schedule_rows.show_values(schedule.name, dict(schedule.parameters), runner.schedule.parameters)
        self.noise.show_value(runner.noise)
        self.colour.show_key(str(runner.colour))
        if self.label.text() != runner.label:
            self.label.setText(runner.label)
        self.label.setPlaceholderText(runner.title)
        self.own.blockSignals(True)
        self.own.setChecked(runner.start is not None)
        self.own.blockSignals(False)
        self.start.setVisible(runner.start is not None)
        self.start.show_point(runner.start or self.spec.start)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.runners)
        column.addWidget(self.settings)
        inner = QVBoxLayout(self.settings)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GRID)
        first, second, third = Form(), Form(), Form()
        first.add("Optimizer", self.optimizer, "How the gradient becomes a step.")
        first.add("Rate α", self.rate, "The learning rate: how far a step goes for a gradient of 1.")
        self.parameters = ParameterRows(first, self._set_parameter)
        second.add("Schedule", self.schedule, "How the learning rate changes from step to step.")
        self.schedule_rows = ParameterRows(second, self._set_schedule_parameter)
        third.add("Noise", self.noise, "Standard deviation of what is added to each component of the gradient, "
                  "as mini-batches would. The seed decides what is drawn.")  # fmt: skip
        third.add("Label", self.label, "Its name in legends; empty: what it does.")
        third.add("Colour", self.colour, "Of its path in every plot.")
        for form in (first, second, third):
            inner.addLayout(form)
        explain(
            self.own, "Own start", "It starts elsewhere than the others; a click on the surface then moves this one"
        )
        inner.addWidget(self.own)
        inner.addWidget(self.start)

    def _connect(self) -> None:
        self.runners.selected.connect(self._select)
        self.runners.asked.connect(self._ask)
        self.optimizer.chosen.connect(self._set_optimizer)
        self.rate.edited.connect(lambda value: self._set("learning rate", learning_rate=value))
        self.schedule.chosen.connect(lambda name: self._set("schedule", schedule=ScheduleSpec(name)))
        self.noise.edited.connect(lambda value: self._set("noise", noise=value))
        self.colour.chosen.connect(lambda key: self._set("colour", colour=int(key)))
        self.label.editingFinished.connect(self._set_label)
        self.own.toggled.connect(self._set_own)
        for field in self.start.fields:
            field.edited.connect(lambda _value: self._set("own start", start=self.start.point(len(self.spec.start))))

    @property
    def _runner(self) -> RunnerSpec:
        return self.spec.runners[self.chosen]

    def _set(self, text: str, **fields: object) -> None:
        self.tell(lambda: edits.with_runner(self.spec, self.chosen, replace(self._runner, **fields)), text)

    def _set_label(self) -> None:
        if self.spec.runners and self.label.text() != self._runner.label:
            self._set("label", label=self.label.text())

    def _set_optimizer(self, name: str) -> None:
        self._set("optimizer", optimizer=name, parameters={})

    def _set_parameter(self, name: str, value: float) -> None:
        self._set(name, parameters={**self._runner.parameters, name: value})

    def _set_schedule_parameter(self, name: str, value: float) -> None:
        schedule = self._runner.schedule
        self._set(f"schedule {name}", schedule=replace(schedule, parameters={**schedule.parameters, name: value}))

    def _set_own(self, own: bool) -> None:  # noqa: FBT001 (a slot)
        self._set("own start", start=self.spec.start if own else None)

    def _select(self, row: int) -> None:
        self.choose(row)
        self.selected.emit(row)

    def _ask(self, key: str) -> None:
        spec, here = self.spec, self.chosen
        count = len(spec.runners)
        if key == "add":
            self.chosen = count
            self.tell(lambda: edits.with_new_runner(spec, count, RunnerSpec(learning_rate=0.1)), "add runner")
        elif key == "copy":
            self.chosen = here + 1
            twin = replace(spec.runners[here], label="")
            self.tell(lambda: edits.with_new_runner(spec, here + 1, twin), "duplicate runner")
        elif key == "remove":
            self.chosen = max(0, min(here, count - 2))
            self.tell(lambda: edits.without_runner(spec, here), "remove runner")
        else:
            to = here + (1 if key == "down" else -1)
            self.chosen = to
            self.tell(lambda: edits.with_moved_runner(spec, here, to), "order of runners")
        self.selected.emit(self.chosen)
