"""Training: what a mistake costs, how the weights follow the gradient, and when to stop."""

from itertools import pairwise

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from nnviz.engine import OPTIMIZERS
from nnviz.engine.datasets.record import Task
from nnviz.engine.optimizers import Hyperparameter
from nnviz.experiment.problem import Problem
from nnviz.experiment.proposals import PROPOSALS, mismatch
from nnviz.experiment.specification import MAX_EXAMPLES, Experiment, StopSpec, TrainingSpec, replace
from nnviz.ui.panels.data_edits import resolved, task_of, with_pair
from nnviz.ui.panels.explanations import TASK_WORDS, continues, restarts
from nnviz.ui.panels.panel import Panel
from nnviz.ui.panels.registries import LOSS_ENTRIES, OPTIMIZER_ENTRIES, OUTPUT_ACTIVATIONS
from nnviz.ui.panels.stop_form import StopForm
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.choice import Choice
from nnviz.ui.widgets.current_theme import current_theme
from nnviz.ui.widgets.explained import explain, tooltip
from nnviz.ui.widgets.float_field import FloatField
from nnviz.ui.widgets.form import Form, muted
from nnviz.ui.widgets.integer_field import IntegerField
from nnviz.ui.widgets.note import Note
from nnviz.ui.widgets.scale import LogScale
from nnviz.ui.widgets.section import Section
from nnviz.ui.widgets.slider_field import SliderField

LEAST_RATE, MOST = 1e-12, 1e12

LOSS_TIP = restarts("What a prediction costs, averaged over the examples: the number that training makes smaller.")
RATE_TIP = continues(
    "How far each step goes along the gradient. Too small and nothing moves; too large and the loss jumps about or "
    "grows beyond all bounds."
)
RULER_TIP = (
    "λ is the largest curvature of the training loss at the present weights, measured beside the run. A step along "
    "that direction approaches smoothly below 1/λ, swings from side to side up to 2/λ, and grows beyond. Exact for one "
    "linear layer with squared error, local for other networks; meant for plain gradient descent."
)
BATCH_TIP = continues(
    "How many examples are averaged for one step. Few make quick, noisy steps; the full batch makes each step follow "
    "the exact gradient of the training loss."
)
L1_TIP = continues("Adds the sum of all |weights| times this to the loss: pulls weights that are not needed to 0.")
L2_TIP = continues("Adds half the sum of all squared weights times this to the loss: keeps weights small, maps smooth.")
OPTIMIZER_TIP = continues("The rule that turns a gradient into a step.")

OUTPUT_LABELS = {entry.key: entry.label for entry in OUTPUT_ACTIVATIONS}
LOSS_LABELS = {entry.key: entry.label for entry in LOSS_ENTRIES}


class TrainingPanel(Panel):
    """Shows and edits Experiment.training, and offers the output activation and loss that fit the task."""

    title = "Training"
    meaning = (
        "How weights are changed: the loss to be made small, the optimizer, its learning rate, the batch, penalties."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.title)
        self._spec = Experiment()
        self._task: Task | None = None
        self._examples: int | None = None
        self._parameters: dict[str, FloatField] = {}
        self._parameters_of = ""
        self.loss = Choice(LOSS_ENTRIES, self)
        self.pair, self.mismatch = muted(parent=self), Note(self)
        self.optimizer = Choice(OPTIMIZER_ENTRIES, self)
        self.rate = SliderField(LogScale(1e-6, 1e3), LEAST_RATE, MOST, parent=self)
        self.ruler = muted(parent=self)
        self.ruler.setToolTip(tooltip(RULER_TIP))
        self.batch, self.full_batch = IntegerField(1, MAX_EXAMPLES, parent=self), QCheckBox("full", self)
        self.l1 = SliderField(LogScale(1e-6, 1.0, with_zero=True), 0.0, MOST, parent=self)
        self.l2 = SliderField(LogScale(1e-6, 1.0, with_zero=True), 0.0, MOST, parent=self)
        self.stop = StopForm(self)
        self.stop_section = Section("Stop", self.stop, is_open=False, parent=self)
        self.stop_section.header.setToolTip(
            tooltip("When the run ends by itself: after steps, at a cost, or by patience.")
        )
        self._lay_out()
        self._connect()
        self.show_spec(self._spec, None)

    def parameter(self, name: str) -> FloatField:
        """The field of one of the present optimizer's own parameters."""
        return self._parameters[name]

    def _lay_out(self) -> None:
        self._loss_form, self._form, self._parameter_form, self._last_form = Form(), Form(), Form(), Form()
        self._loss_form.add("Loss", self.loss, LOSS_TIP)
        batch = QWidget(self)
        row = QHBoxLayout(batch)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.batch, 1)
        row.addWidget(self.full_batch)
        batch.setFocusProxy(self.batch)
        explain(self.full_batch, "Full batch", BATCH_TIP)
        self._form.add("Learning rate", self.rate, RATE_TIP)
        self._form.addRow(self.ruler)
        self._form.add("Batch size", batch, BATCH_TIP)
        self._form.add("Optimizer", self.optimizer, OPTIMIZER_TIP)
        self._last_form.add("L1 penalty", self.l1, L1_TIP)
        self._last_form.add("L2 penalty", self.l2, L2_TIP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        for part in (self._loss_form, self.pair, self.mismatch, self._form, self._parameter_form, self._last_form):
            if isinstance(part, QWidget):
                layout.addWidget(part)
            else:
                layout.addLayout(part)
        layout.addWidget(self.stop_section)

    def _connect(self) -> None:
        self.loss.chosen.connect(lambda loss: self._change("loss", loss=loss))
        self.mismatch.acted.connect(self._use_proposed)
        self.rate.edited.connect(lambda rate: self._change("learning rate", learning_rate=rate))
        self.batch.edited.connect(lambda size: self._change("batch size", batch_size=size))
        self.full_batch.toggled.connect(self._set_full)
        self.optimizer.chosen.connect(self._set_optimizer)
        self.l1.edited.connect(lambda l1: self._change("L1 penalty", l1=l1))
        self.l2.edited.connect(lambda l2: self._change("L2 penalty", l2=l2))
        self.stop.edited.connect(self._set_stop)

    def show_spec(self, spec: Experiment, problem: Problem | None) -> None:
        training, problem = spec.training, resolved(problem, spec.data)
        if problem is not None:
            self._task, self._examples = problem.task, len(problem.train)
        elif spec.data != self._spec.data or self._task is None:
            self._task, self._examples = task_of(spec.data), None
        self._spec = spec
        self.loss.show_key(training.loss)
        self._show_pair(problem)
        self.optimizer.show_key(training.optimizer)
        self._show_parameters(training)
        self.rate.show_value(training.learning_rate)
        self._show_batch(training.batch_size)
        self.l1.show_value(training.l1)
        self.l2.show_value(training.l2)
        self.stop.show_value(training.stop)
        self.stop_section.set_summary(self.stop.summary())

    def show_sharpness(self, eigenvalue: float | None) -> None:
        """The stability ruler below the rate's slider: smooth up to 1/λ, swinging up to 2/λ, overshooting beyond.

        None, and any other optimizer than plain gradient descent (whose steps follow other rules), shows none.
        """
        plain = self._spec.training.optimizer == "gradient_descent"
        if eigenvalue is None or eigenvalue <= 0.0 or not plain:
            self.rate.slider.show_zones(())
            self.ruler.setText("")
            return
        theme, place = current_theme(self), self.rate.scale.position
        zones = (
            (place(1.0 / eigenvalue), theme.color("good")),
            (place(2.0 / eigenvalue), theme.color("warning")),
            (1.0, theme.color("bad")),
        )
        self.rate.slider.show_zones(zones)
        self.ruler.setText(f"smooth below 1/λ = {1.0 / eigenvalue:.3g}, overshoots above 2/λ = {2.0 / eigenvalue:.3g}")

    def summary(self) -> str:
        """The training in a line."""
        training = self._spec.training
        batch = "full batch" if training.batch_size is None else f"batches of {training.batch_size:,}"
        return f"{OPTIMIZERS[training.optimizer].label}, rate {training.learning_rate:.4g}, {batch}"

    def _show_pair(self, problem: Problem | None) -> None:
        if self._task is None:
            self.pair.hide()
            self.mismatch.say("")
            return
        activation, loss = PROPOSALS[self._task]
        pair = f"{OUTPUT_LABELS[activation]} outputs with {LOSS_LABELS[loss]}"
        own = self._spec.network.output.activation
        outputs = problem.network.sizes[-1] if problem else 2
        wrong = mismatch(self._task, own, self._spec.training.loss, outputs)
        self.pair.setText(f"Fits {TASK_WORDS[self._task]}: {pair}.")
        self.pair.show()
        self.mismatch.say(wrong, "Use the pair that fits" if wrong else "")
        self.mismatch.button.setToolTip(tooltip(restarts(f"Sets {pair}.")))

    def _show_parameters(self, training: TrainingSpec) -> None:
        records = OPTIMIZERS[training.optimizer].parameters
        if training.optimizer != self._parameters_of:
            while self._parameter_form.rowCount():
                self._parameter_form.removeRow(0)
            self._parameters = {name: self._add_parameter(name, record) for name, record in records.items()}
            self._parameters_of = training.optimizer
            self._order_tabs()
        for name, record in records.items():
            self._parameters[name].show_value(training.parameters.get(name, record.default))

    def _add_parameter(self, name: str, record: Hyperparameter) -> FloatField:
        field = FloatField(record.low, record.high, smallest=1e-10, parent=self)
        meaning = f"{record.meaning[:1].upper()}{record.meaning[1:]}, from {record.low:g} to {record.high:g}."
        self._parameter_form.add(record.label, field, continues(meaning))
        field.edited.connect(lambda value: self._set_parameter(name, value))
        return field

    def _order_tabs(self) -> None:
        order = [self.optimizer, *self._parameters.values(), self.l1.slider]
        for first, second in pairwise(order):
            self.setTabOrder(first, second)

    def _show_batch(self, size: int | None) -> None:
        self.full_batch.blockSignals(True)
        self.full_batch.setChecked(size is None)
        self.full_batch.blockSignals(False)
        self.batch.setEnabled(size is not None)
        if size is not None:
            self.batch.show_value(size)
        elif self._examples:
            self.batch.show_value(self._examples)

    def _use_proposed(self) -> None:
        if self._task is not None:
            activation, loss = PROPOSALS[self._task]
            self.edited.emit(with_pair(self._spec, activation, loss), "output and loss that fit")

    def _set_full(self, full: bool) -> None:  # noqa: FBT001 (a slot)
        self._change("batch size", batch_size=None if full else self.batch.value())

    def _set_optimizer(self, name: str) -> None:
        training = self._spec.training
        rate = training.learning_rate
        if rate == OPTIMIZERS[training.optimizer].learning_rate:
            rate = OPTIMIZERS[name].learning_rate
        self._change("optimizer", optimizer=name, parameters={}, learning_rate=rate)

    def _set_parameter(self, name: str, value: float) -> None:
        given = {**self._spec.training.parameters, name: value}
        records = OPTIMIZERS[self._spec.training.optimizer].parameters
        kept = {key: number for key, number in given.items() if number != records[key].default}
        self._change(name, parameters=kept)

    def _set_stop(self, stop: StopSpec, text: str) -> None:
        self._change(text, stop=stop)

    def _change(self, text: str, **fields: object) -> None:
        self.edited.emit(replace(self._spec, training=replace(self._spec.training, **fields)), text)
