"""The perceptron's truth table, learning rate and first weights; or the three units of the network."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnviz.experiment.neuron.specification import PerceptronSpec, ThresholdUnit
from nnviz.experiment.neuron.truth_tables import GATES, LABELS, gate_of, rows
from nnviz.experiment.specification import replace
from nnviz.ui.panels.neuron.part_panel import LIMIT, PartPanel, ValueField
from nnviz.ui.theme import GRID
from nnviz.ui.widgets.chip import Chip
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.explained import explain
from nnviz.ui.widgets.float_field import FloatField
from nnviz.ui.widgets.form import Form, muted

GATE_TIPS = {
    "and": "1 only when both inputs are 1.",
    "or": "1 when at least one input is 1.",
    "nand": "The opposite of AND. Any circuit can be built of it alone.",
    "not": "One input: 1 becomes 0, 0 becomes 1.",
    "xor": "1 when exactly one input is 1. No single line separates its rows.",
}
UNITS = ("h₁", "h₂", "y")


class PerceptronPanel(PartPanel):
    """Edits a PerceptronSpec; whatever changes, the run begins anew."""

    def __init__(self) -> None:
        super().__init__()
        self.spec = PerceptronSpec()
        self.model = Choice([
            Entry("perceptron", "One perceptron", "One threshold unit that learns by the perceptron rule."),
            Entry("network", "Network 2-2-1", "Two threshold units, and one above them that combines their answers."),
        ])  # fmt: skip
        self.gate = Choice()
        self.targets = [Chip("0") for _ in range(4)]
        self.target_rows = QWidget()
        self.rate = FloatField(1e-6, LIMIT, step=0.1, buttons=True)
        self.start = [ValueField(), ValueField()]
        self.bias = ValueField()
        self.form = Form()
        self.form.add("Model", self.model, "What is to reproduce the truth table.")
        self.form.add("Table", self.gate, "Which output belongs to each combination of inputs.")
        self._lay_out_targets()
        self.form.add(
            "Rate η", self.rate, "How far one mistake moves the weights. From 0 weights it changes only their scale."
        )
        for place, field in enumerate(self.start):
            name = ("w₁", "w₂")[place]
            self.form.add(f"First {name}", field, f"Weight {place + 1} before the first row is shown.")
            field.edited.connect(partial(self._set_start, place))
        self.form.add("First b", self.bias, "Bias before the first row is shown. The threshold on w·x is −b.")
        self.units = QWidget()
        self.fields = self._lay_out_units()
        self.hint = muted("Perceptron: the output is 1 where w·x + b > 0, else 0. That is w·x above a threshold of −b.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(self.form)
        column.addWidget(self.units)
        column.addWidget(self.hint)
        self.model.chosen.connect(lambda key: self.edited.emit(replace(self.spec, model=key), "model"))
        self.gate.chosen.connect(self._set_gate)
        self.rate.edited.connect(lambda value: self._restart("rate", rate=value))
        self.bias.edited.connect(lambda value: self._restart("first bias", bias=value))
        self.show_spec(self.spec)

    def show_spec(self, spec: PerceptronSpec) -> None:
        """Shows it without emitting."""
        self.spec = spec
        self.model.show_key(spec.model)
        key = gate_of(spec.targets)
        own = [] if key else [Entry("", "your own", "Click a target to change it.")]
        self.gate.fill([("", [Entry(name, LABELS[name], GATE_TIPS[name]) for name in GATES] + own)])
        self.gate.show_key(key)
        for number, chip in enumerate(self.targets):
            there = number < len(spec.targets)
            chip.setVisible(there)
            self.rows_shown[number].setVisible(there)
            if there:
                row = "".join(f"{part:.0f}" for part in rows(len(spec.start))[number])
                self.rows_shown[number].setText(f"{row} →")
                chip.setText(str(spec.targets[number]))
                chip.setChecked(bool(spec.targets[number]))
                explain(chip, f"Target of row {row}", "What the output shall be for these inputs; press to switch it.")
        network = spec.model == "network"
        self.units.setVisible(network)
        self.hint.setVisible(not network)
        for field in (self.rate, self.bias, *self.start):
            self.form.show_row(field, visible=not network)
        self.form.show_row(self.start[1], visible=not network and len(spec.start) > 1)
        self.rate.show_value(spec.rate)
        self.bias.show_value(spec.bias)
        for field, value in zip(self.start, spec.start, strict=False):
            field.show_value(value)
        for fields, unit in zip(self.fields, spec.network, strict=True):
            for field, value in zip(fields, (*unit.w, unit.b), strict=True):
                field.show_value(value)

    def _lay_out_targets(self) -> None:
        grid = QGridLayout(self.target_rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GRID // 2)
        grid.setHorizontalSpacing(GRID)
        self.rows_shown = [QLabel() for _ in self.targets]
        for number, (label, chip) in enumerate(zip(self.rows_shown, self.targets, strict=True)):
            grid.addWidget(label, number // 2, 2 * (number % 2))
            grid.addWidget(chip, number // 2, 2 * (number % 2) + 1)
            chip.clicked.connect(partial(self._toggle, number))
        grid.setColumnStretch(4, 1)
        self.form.add("Targets", self.target_rows, "The output that belongs to each row of inputs; press to switch it.")

    def _lay_out_units(self) -> list[list[FloatField]]:
        column = QVBoxLayout(self.units)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(muted("w₁, w₂ and b of each unit. h₁ and h₂ see the inputs; y sees h₁ and h₂."))
        made = []
        for number, name in enumerate(UNITS):
            row = QHBoxLayout()
            row.setSpacing(GRID // 2)
            label = QLabel(name)
            label.setMinimumWidth(3 * GRID)
            row.addWidget(label)
            fields = [FloatField(-LIMIT, LIMIT, step=0.1) for _ in range(3)]
            for place, field in enumerate(fields):
                part = ("w₁", "w₂", "b")[place]
                explain(
                    field, f"{part} of {name}", f"{part} of the unit {name}: arrow keys change it, the picture follows."
                )
                field.setMinimumWidth(6 * GRID)
                field.edited.connect(partial(self._set_unit, number, place))
                row.addWidget(field)
            column.addLayout(row)
            made.append(fields)
        return made

    def _set_gate(self, key: str) -> None:
        if not key:
            return
        targets = GATES[key]
        inputs = 1 if len(targets) == 2 else 2
        start = (*self.spec.start, 0.0)[:inputs]
        self._restart("truth table", targets=targets, start=start)

    def _toggle(self, row: int) -> None:
        targets = list(self.spec.targets)
        targets[row] = 1 - targets[row]
        self._restart("target", targets=tuple(targets))

    def _set_start(self, place: int, value: float) -> None:
        start = list(self.spec.start)
        start[place] = value
        self._restart(f"first weight {place + 1}", start=tuple(start))

    def _set_unit(self, number: int, place: int, value: float) -> None:
        units = list(self.spec.network)
        values = [*units[number].w, units[number].b]
        values[place] = value
        units[number] = ThresholdUnit((values[0], values[1]), values[2])
        self.edited.emit(replace(self.spec, network=tuple(units)), f"unit {UNITS[number]}")

    def _restart(self, text: str, **fields: object) -> None:
        self.edited.emit(replace(self.spec, step=0, **fields), text)
