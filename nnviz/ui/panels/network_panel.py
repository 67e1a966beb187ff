"""The network: how many layers of how many units, what they do, and how their parameters begin."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from nnviz.experiment.problem import Problem
from nnviz.experiment.specification import (
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    replace,
)
from nnviz.ui.panels.data_edits import resolved
from nnviz.ui.panels.explanations import restarts
from nnviz.ui.panels.layer_row import ACTIVATION_TIP, WEIGHTS_TIP, LayerRow
from nnviz.ui.panels.network_advice import Advice, advice, with_fitting_initializers
from nnviz.ui.panels.panel import Panel
from nnviz.ui.panels.registries import HIDDEN_ACTIVATIONS, WEIGHT_INITIALIZERS
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.choice import Choice
from nnviz.ui.widgets.explained import tooltip
from nnviz.ui.widgets.form import Form, muted
from nnviz.ui.widgets.note import Note
from nnviz.ui.widgets.scale import LogScale
from nnviz.ui.widgets.slider_field import SliderField
from nnviz.ui.widgets.stepper import Stepper

MOST_LAYERS = 12
MOST_GAIN = 1e6


class NetworkPanel(Panel):
    """Shows and edits Experiment.network."""

    evidence_asked = Signal(str)
    """Show the figure with this key: it shows what a note says."""

    title = "Network"
    meaning = "The layers: how many units each has, their activation, and what weights and biases begin with."

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.title)
        self._spec = Experiment()
        self._outputs = 0
        self._hidden: list[LayerRow] = []
        self.sizes = muted(parent=self)
        self.layers = Stepper(
            0, MOST_LAYERS, less="remove the last hidden layer", more="add a hidden layer", parent=self
        )
        self.all_activations = Choice(HIDDEN_ACTIVATIONS, self)
        self.all_weights = Choice(WEIGHT_INITIALIZERS, self)
        for choice in (self.all_activations, self.all_weights):
            choice.setPlaceholderText("different")
        self.gain = SliderField(LogScale(0.1, 10.0), 0.0, MOST_GAIN, parent=self)
        self.output = LayerRow(None, self)
        self.fit = QPushButton("Use initializers that fit", self)
        self.fit.setToolTip(tooltip(restarts("He for ReLU and its relatives, Glorot for sigmoid, tanh and softmax.")))
        self._notes: list[Note] = []
        self._said: list[Advice] = []
        self._lay_out()
        self.layers.edited.connect(self._set_count)
        self.all_activations.chosen.connect(self._set_activations)
        self.all_weights.chosen.connect(self._set_weights)
        self.gain.edited.connect(self._set_gain)
        self.output.edited.connect(self._set_output)
        self.fit.clicked.connect(self._use_fitting)
        self.show_spec(self._spec, None)

    def _lay_out(self) -> None:
        form = Form()
        form.add("Hidden layers", self.layers, restarts("Layers between input and output; with none, a single neuron."))
        form.add("Activation", self.all_activations, f"Sets it for all hidden layers at once. {ACTIVATION_TIP}")
        form.add("Weights", self.all_weights, f"Sets it for all hidden layers at once. {WEIGHTS_TIP}")
        form.add(
            "Gain",
            self.gain,
            restarts(
                "Multiplies all weights drawn at the beginning, biases not. Below 1 signals tend to vanish on their "
                "way through the layers, above 1 to explode."
            ),
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GRID // 2)
        self._rows.addWidget(self.output)
        self._advice = QVBoxLayout()
        self._advice.setSpacing(GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.sizes)
        layout.addLayout(form)
        layout.addLayout(self._rows)
        layout.addLayout(self._advice)
        layout.addWidget(self.fit)

    def show_spec(self, spec: Experiment, problem: Problem | None) -> None:
        self._spec = spec
        network, problem = spec.network, resolved(problem, spec.data)
        if problem is not None:
            self._outputs = problem.network.sizes[-1]
        self._show_sizes(network, problem)
        self.layers.show_value(len(network.hidden))
        self.all_activations.show_key(_common([layer.activation for layer in network.hidden]))
        self.all_weights.show_key(_common([layer.weights.name for layer in network.hidden]))
        for choice in (self.all_activations, self.all_weights):
            choice.setEnabled(bool(network.hidden))
        self.gain.show_value(network.gain)
        self._show_layers(network)
        self._show_advice(network)

    def summary(self) -> str:
        """The network in a line."""
        return self.sizes.text()

    def _show_sizes(self, network: NetworkSpec, problem: Problem | None) -> None:
        hidden = [layer.units for layer in network.hidden]
        if problem is None or problem.spec.network != network:
            self.sizes.setText(" → ".join(map(str, ["inputs", *hidden, "outputs"])))
            return
        count = problem.network.parameter_count
        parameters = "1 parameter" if count == 1 else f"{count:,} parameters"
        self.sizes.setText(f"{' → '.join(map(str, problem.network.sizes))} · {parameters}")

    def _show_layers(self, network: NetworkSpec) -> None:
        while len(self._hidden) < len(network.hidden):
            self._add_row()
        for index, row in enumerate(self._hidden):
            row.setVisible(index < len(network.hidden))
        for row, layer in zip(self._hidden, network.hidden, strict=False):
            row.show_layer(layer, layer.units)
        self.output.show_layer(network.output, self._outputs)

    def _add_row(self) -> None:
        index = len(self._hidden)
        row = LayerRow(index + 1, self)
        self._rows.insertWidget(index, row)
        row.edited.connect(lambda layer, text: self._set_layer(index, layer, text))
        row.removed.connect(lambda: self._remove(index))
        # Keys go through the layers from input to output, wherever the row was made.
        before = self._hidden[-1] if self._hidden else None
        self.setTabOrder(before.more if before else self.gain.field, row.units)
        for first, second in ((row.units, row.activation), (row.activation, row.more)):
            self.setTabOrder(first, second)
        self.setTabOrder(row.more, self.output.activation)
        self._hidden.append(row)

    def _show_advice(self, network: NetworkSpec) -> None:
        self._said = advice(network)
        while len(self._notes) < len(self._said):
            note = Note(self, level="warning")
            note.button.setToolTip(tooltip("Brings the figure to the front that shows what this sentence says."))
            # After a click the space bar plays, and does not press the button once more.
            note.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            note.acted.connect(partial(self._ask_for_evidence, len(self._notes)))
            self._advice.addWidget(note)
            self._notes.append(note)
        for index, note in enumerate(self._notes):
            said = self._said[index] if index < len(self._said) else Advice("", "")
            note.say(said.sentence, "Show me" if said.figure else "")
        self.fit.setVisible(with_fitting_initializers(network) != network)

    def _ask_for_evidence(self, note: int) -> None:
        self.evidence_asked.emit(self._said[note].figure)

    def _set_count(self, count: int) -> None:
        hidden = self._spec.network.hidden
        last = hidden[-1] if hidden else LayerSpec()
        added = (last,) * max(0, count - len(hidden))
        self._emit(replace(self._spec.network, hidden=(*hidden[:count], *added)), "number of layers")

    def _remove(self, index: int) -> None:
        hidden = self._spec.network.hidden
        self._emit(replace(self._spec.network, hidden=(*hidden[:index], *hidden[index + 1 :])), "remove layer")

    def _set_layer(self, index: int, layer: LayerSpec, text: str) -> None:
        hidden = self._spec.network.hidden
        self._emit(replace(self._spec.network, hidden=(*hidden[:index], layer, *hidden[index + 1 :])), text)

    def _set_output(self, output: OutputSpec, text: str) -> None:
        self._emit(replace(self._spec.network, output=output), text)

    def _set_activations(self, activation: str) -> None:
        hidden = tuple(
            layer if layer.activation == activation else replace(layer, activation=activation, alpha=None)
            for layer in self._spec.network.hidden
        )
        self._emit(replace(self._spec.network, hidden=hidden), "activation of all layers")

    def _set_weights(self, name: str) -> None:
        hidden = tuple(
            layer if layer.weights.name == name else replace(layer, weights=InitializerSpec(name))
            for layer in self._spec.network.hidden
        )
        self._emit(replace(self._spec.network, hidden=hidden), "weights of all layers")

    def _set_gain(self, gain: float) -> None:
        self._emit(replace(self._spec.network, gain=gain), "gain")

    def _use_fitting(self) -> None:
        self._emit(with_fitting_initializers(self._spec.network), "initializers that fit")

    def _emit(self, network: NetworkSpec, text: str) -> None:
        self.edited.emit(replace(self._spec, network=network), text)


def _common(names: list[str]) -> str | None:
    """The name that all have, None when they differ."""
    return names[0] if len(set(names)) == 1 else None
