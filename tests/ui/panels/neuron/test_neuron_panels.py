"""The panels: program to widget is silent, user to program is one edit a gesture."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSlider
from pytestqt.qtbot import QtBot

from nnviz.experiment.neuron.line_fit import best_line, data_of
from nnviz.experiment.neuron.specification import LineSpec, PerceptronSpec, ThresholdUnit, UnitSpec
from nnviz.experiment.neuron.truth_tables import GATES
from nnviz.ui.panels.neuron.line_panel import LinePanel
from nnviz.ui.panels.neuron.part_panel import PartPanel, ValueField
from nnviz.ui.panels.neuron.perceptron_panel import PerceptronPanel
from nnviz.ui.panels.neuron.unit_panel import UnitPanel
from nnviz.ui.widgets.choice import Choice


def listening(panel: PartPanel, qtbot: QtBot) -> list[tuple[object, str]]:
    qtbot.addWidget(panel)
    told: list[tuple[object, str]] = []
    panel.edited.connect(lambda part, text: told.append((part, text)))
    return told


def take(choice: Choice, key: str) -> None:
    choice.setCurrentIndex(choice.findData(key))
    choice.activated.emit(choice.currentIndex())


@pytest.mark.parametrize("kind", [UnitPanel, PerceptronPanel, LinePanel])
def test_every_control_has_a_name_and_explains_itself(kind: type[PartPanel], qtbot: QtBot) -> None:
    panel = kind()
    qtbot.addWidget(panel)
    controls = [part for sort in (QSlider, QAbstractSpinBox, QComboBox) for part in panel.findChildren(sort)]
    assert controls
    assert all(control.accessibleName() and control.toolTip() for control in controls)


def test_showing_units_is_silent(qtbot: QtBot) -> None:
    panel = UnitPanel()
    told = listening(panel, qtbot)
    panel.show_unit(UnitSpec(x=(1.0,) * 6, w=(30.0,) * 6, activation="elu", alpha=2.0))
    panel.show_unit(UnitSpec(x=(1.0,), w=(2.0,), names=("area",)))
    assert told == []
    assert panel.labels[0].text() == "area"


def test_an_input_a_weight_and_the_bias_are_edits(qtbot: QtBot) -> None:
    panel = UnitPanel()
    told = listening(panel, qtbot)
    panel.inputs[1].field.setValue(0.123456789)
    panel.weights[2].field.setValue(-1.0)
    panel.bias.field.setValue(4.0)
    assert [text for _, text in told] == ["input 2", "weight 3", "bias"]
    assert told[0][0].x == (0.7, 0.123456789, 0.5)
    assert told[1][0].w == (0.3, 0.1, -1.0)
    assert told[2][0].b == 4.0


def test_inputs_are_added_and_taken_away_from_the_end(qtbot: QtBot) -> None:
    panel = UnitPanel()
    told = listening(panel, qtbot)
    panel.count.field.setValue(4)
    panel.count.field.setValue(1)
    assert (told[0][0].x, told[1][0].x) == ((0.7, 0.9, 0.5, 1.0), (0.7,))
    panel.show_unit(UnitSpec(x=(1.0,), w=(2.0,), names=("area",)))
    panel.count.field.setValue(2)
    assert told[-1][0].names == ("area", "x₂")


def test_another_activation_comes_with_its_own_alpha(qtbot: QtBot) -> None:
    panel = UnitPanel()
    told = listening(panel, qtbot)
    panel.show_unit(UnitSpec(activation="leaky_relu", alpha=0.3))
    take(panel.activation, "sigmoid")
    assert (told[0][0].activation, told[0][0].alpha) == ("sigmoid", None)
    panel.alpha.setValue(0.5)
    assert told[1][0].alpha == 0.5


def test_a_slider_reaches_as_far_as_its_number_needs(qtbot: QtBot) -> None:
    field = ValueField()
    qtbot.addWidget(field)
    field.show_value(30.0)
    assert field.scale.position(30.0) < 0.9
    field.show_value(0.5)
    assert 0.5 < field.scale.position(0.5) < 0.9


def test_a_gate_brings_its_targets_and_as_many_weights(qtbot: QtBot) -> None:
    panel = PerceptronPanel()
    told = listening(panel, qtbot)
    panel.show_spec(PerceptronSpec(step=7))
    take(panel.gate, "not")
    assert told[0][0] == PerceptronSpec(targets=GATES["not"], start=(0.0,))
    panel.show_spec(told[0][0])
    take(panel.gate, "xor")
    assert told[1][0] == PerceptronSpec(targets=GATES["xor"])


def test_a_target_is_switched_and_the_run_begins_anew(qtbot: QtBot) -> None:
    panel = PerceptronPanel()
    told = listening(panel, qtbot)
    panel.show_spec(PerceptronSpec(step=5))
    qtbot.mouseClick(panel.targets[0], Qt.MouseButton.LeftButton)
    assert told[0][0] == PerceptronSpec(targets=(1, 0, 0, 1))
    panel.show_spec(told[0][0])
    assert panel.gate.currentText() == "your own"


def test_rate_first_weights_and_units_are_edits(qtbot: QtBot) -> None:
    panel = PerceptronPanel()
    told = listening(panel, qtbot)
    panel.rate.setValue(0.25)
    panel.start[1].field.setValue(2.0)
    panel.bias.field.setValue(-1.0)
    panel.fields[2][0].setValue(3.0)
    take(panel.model, "network")
    parts = [part for part, _ in told]
    assert (parts[0].rate, parts[1].start, parts[2].bias) == (0.25, (0.0, 2.0), -1.0)
    assert parts[3].network[2] == ThresholdUnit((3.0, 1.0), -1.5)
    assert parts[4].model == "network"


def test_the_bias_switch_locks_the_field_and_keeps_the_number(qtbot: QtBot) -> None:
    panel = LinePanel()
    told = listening(panel, qtbot)
    qtbot.mouseClick(panel.bias, Qt.MouseButton.LeftButton)
    spec = told[0][0]
    assert (spec.bias, spec.b, spec.intercept) == (False, 1.5, 0.0)
    panel.show_spec(spec)
    assert not panel.b.isEnabled()


def test_the_best_line_is_one_press_away(qtbot: QtBot) -> None:
    panel = LinePanel()
    told = listening(panel, qtbot)
    qtbot.mouseClick(panel.best, Qt.MouseButton.LeftButton)
    best = best_line(data_of(LineSpec()), bias=True)
    assert (told[0][0].w, told[0][0].b) == (best.w, best.b)
    panel.show_spec(LineSpec(bias=False))
    qtbot.mouseClick(panel.best, Qt.MouseButton.LeftButton)
    assert told[1][0].w == best_line(data_of(LineSpec()), bias=False).w
    assert told[1][0].b == 1.5


def test_houses_tell_their_base_price(qtbot: QtBot) -> None:
    panel = LinePanel()
    told = listening(panel, qtbot)
    take(panel.source, "houses")
    spec = told[0][0]
    assert spec.source == "houses"
    panel.show_spec(spec)
    assert "made with 50,000 $" in panel.houses.text()
    assert not panel.houses.isHidden()
