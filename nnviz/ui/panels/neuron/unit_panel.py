"""One neuron's numbers: inputs with their weights, bias, activation."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from nnviz.engine import ACTIVATIONS
from nnviz.experiment.neuron.specification import MAX_INPUTS, UnitSpec
from nnviz.experiment.specification import replace
from nnviz.ui.panels.explanations import ACTIVATION_TIPS
from nnviz.ui.panels.neuron.part_panel import PartPanel, ValueField
from nnviz.ui.panels.registries import HIDDEN_ACTIVATIONS
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.choice import Choice
from nnviz.ui.widgets.float_field import FloatField
from nnviz.ui.widgets.form import Form, muted
from nnviz.ui.widgets.stepper import Stepper

NEW_X, NEW_W = 1.0, 0.5
"""Of an input that is added."""
_DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class UnitPanel(PartPanel):
    """Edits a UnitSpec."""

    def __init__(self) -> None:
        super().__init__()
        self.unit = UnitSpec()
        self.count = Stepper(1, MAX_INPUTS, less="remove the last input", more="add an input")
        self.count.edited.connect(self._set_count)
        self.inputs = [ValueField() for _ in range(MAX_INPUTS)]
        self.weights = [ValueField() for _ in range(MAX_INPUTS)]
        self.bias = ValueField()
        self.activation = Choice(HIDDEN_ACTIVATIONS)
        self.alpha = FloatField(0.0, 10.0, step=0.05, buttons=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        form = self.form = Form()
        form.add("Inputs", self.count, "How many numbers reach the neuron: one synapse, so one weight, for each.")
        self.labels = []
        for index in range(MAX_INPUTS):
            number = str(index + 1).translate(_DIGITS)
            tip = f"Input {index + 1}: a number that comes from outside, or from another neuron."
            label = form.add(f"x{number}", self.inputs[index], tip)
            tip = (
                f"Weight {index + 1}: how strongly input {index + 1} counts, and with which sign. "
                "A negative weight inhibits; learning changes weights."
            )
            form.add(f"w{number}", self.weights[index], tip)
            self.labels.append(label)
            self.inputs[index].edited.connect(partial(self._set, "x", index))
            self.weights[index].edited.connect(partial(self._set, "w", index))
        form.add("Bias b", self.bias, "Is added to the sum whatever the inputs are. The threshold on w·x is −b.")
        form.add("Activation", self.activation, "What the sum z becomes: the firing rate as a function of z.")
        form.add("Alpha", self.alpha, "The activation's own parameter α: its slope, or its depth, below 0.")
        column.addLayout(form)
        self.note = muted()
        column.addWidget(self.note)
        self.bias.edited.connect(lambda value: self.edited.emit(replace(self.unit, b=value), "bias"))
        self.activation.chosen.connect(
            lambda name: self.edited.emit(replace(self.unit, activation=name, alpha=None), "activation")
        )
        self.alpha.edited.connect(lambda value: self.edited.emit(replace(self.unit, alpha=value), "alpha"))
        self.show_unit(self.unit)

    def show_unit(self, unit: UnitSpec) -> None:
        """Shows a unit without emitting."""
        self.unit = unit
        self.count.show_value(len(unit.x))
        for index in range(MAX_INPUTS):
            there = index < len(unit.x)
            for fields, values in ((self.inputs, unit.x), (self.weights, unit.w)):
                self.form.show_row(fields[index], visible=there)
                if there:
                    fields[index].show_value(values[index])
            if there:
                number = str(index + 1).translate(_DIGITS)
                self.labels[index].setText(unit.names[index] if unit.names else f"x{number}")
        self.bias.show_value(unit.b)
        self.activation.show_key(unit.activation)
        default = ACTIVATIONS[unit.activation].alpha
        self.form.show_row(self.alpha, visible=default is not None)
        if default is not None:
            self.alpha.show_value(default if unit.alpha is None else unit.alpha)
        self.note.setText(ACTIVATION_TIPS.get(unit.activation, ""))

    def _set(self, field: str, index: int, value: float) -> None:
        values = list(getattr(self.unit, field))
        values[index] = value
        name = "input" if field == "x" else "weight"
        self.edited.emit(replace(self.unit, **{field: tuple(values)}), f"{name} {index + 1}")

    def _set_count(self, count: int) -> None:
        unit = self.unit
        more = max(0, count - len(unit.x))
        x, w = (*unit.x, *[NEW_X] * more)[:count], (*unit.w, *[NEW_W] * more)[:count]
        names = tuple(f"x{i + 1}".translate(_DIGITS) for i in range(count)) if unit.names else ()
        names = (*unit.names, *names[len(unit.names) :])[:count] if unit.names else ()
        self.edited.emit(replace(unit, x=x, w=w, names=names), "number of inputs")
