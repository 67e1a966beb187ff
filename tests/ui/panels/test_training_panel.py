"""The training panel: exact numbers, each optimizer's own parameters, and a wrong pair flagged, never refused."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from nnviz.engine import OPTIMIZERS
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import DataSpec, Experiment, OutputSpec, StopSpec, TrainingSpec, replace
from nnviz.ui.panels.data_edits import with_data
from nnviz.ui.panels.explanations import CONTINUES, RESTARTS
from nnviz.ui.panels.training_panel import TrainingPanel

SPEC = Experiment()


@pytest.fixture
def panel(qtbot) -> TrainingPanel:
    made = TrainingPanel()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def edits(panel: TrainingPanel) -> list[tuple[Experiment, str]]:
    heard: list[tuple[Experiment, str]] = []
    panel.edited.connect(lambda spec, text: heard.append((spec, text)))
    return heard


def choose(box: QComboBox, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def test_a_learning_rate_is_kept_to_the_last_digit(qtbot, panel, edits) -> None:
    panel.show_spec(SPEC, None)
    panel.rate.field.selectAll()
    qtbot.keyClicks(panel.rate.field, "0.0123456789")
    assert edits == []
    qtbot.keyClick(panel.rate.field, Qt.Key.Key_Return)
    expected = replace(SPEC, training=replace(SPEC.training, learning_rate=0.0123456789))
    assert edits == [(expected, "learning rate")]
    panel.show_spec(expected, None)
    assert panel.rate.field.text() == "0.0123456789"
    assert len(edits) == 1


@pytest.mark.parametrize(
    ("gesture", "text", "change"),
    [
        (lambda p: p.batch.stepUp(), "batch size", {"batch_size": 11}),
        (lambda p: p.full_batch.click(), "batch size", {"batch_size": None}),
        (lambda p: p.l1.field.stepUp(), "L1 penalty", {"l1": 1e-6}),
        (lambda p: p.l2.field.stepUp(), "L2 penalty", {"l2": 1e-6}),
        (lambda p: choose(p.loss, "squared_error"), "loss", {"loss": "squared_error"}),
        (lambda p: choose(p.optimizer, "momentum"), "optimizer", {"optimizer": "momentum"}),
        (lambda p: p.stop.fields["epoch"].check.click(), "stop condition", {"stop": StopSpec(epoch=100)}),
        (lambda p: p.stop.fields["target_loss"].check.click(), "stop condition", {"stop": StopSpec(target_loss=0.01)}),
    ],
)
def test_a_gesture_is_one_edit(panel, edits, gesture, text: str, change: dict) -> None:
    panel.show_spec(SPEC, None)
    gesture(panel)
    assert edits == [(replace(SPEC, training=replace(SPEC.training, **change)), text)]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_shows_its_own_parameters(panel, edits, name: str) -> None:
    panel.show_spec(replace(SPEC, training=TrainingSpec(optimizer=name)), None)
    assert edits == []
    for key, record in OPTIMIZERS[name].parameters.items():
        field = panel.parameter(key)
        assert (field.value(), field.minimum(), field.maximum()) == (record.default, record.low, record.high)
        assert record.meaning[1:] in field.accessibleDescription()


def test_a_parameter_at_its_default_is_not_written(qtbot, panel, edits) -> None:
    panel.show_spec(replace(SPEC, training=TrainingSpec(optimizer="momentum")), None)
    for text, parameters in (("0.5", {"momentum": 0.5}), ("0.9", {})):
        panel.parameter("momentum").selectAll()
        qtbot.keyClicks(panel.parameter("momentum"), text)
        qtbot.keyClick(panel.parameter("momentum"), Qt.Key.Key_Return)
        assert edits[-1][0].training.parameters == parameters


def test_the_rate_follows_the_optimizer_only_where_it_was_the_default(panel, edits) -> None:
    panel.show_spec(replace(SPEC, training=TrainingSpec(optimizer="adam", learning_rate=0.001)), None)
    choose(panel.optimizer, "adagrad")
    assert edits[-1][0].training.learning_rate == 0.01
    panel.show_spec(replace(SPEC, training=TrainingSpec(optimizer="adam", learning_rate=0.3)), None)
    choose(panel.optimizer, "adagrad")
    assert edits[-1][0].training.learning_rate == 0.3


def test_the_field_of_a_parameter_survives_while_the_optimizer_stays(panel) -> None:
    spec = replace(SPEC, training=TrainingSpec(optimizer="adam"))
    panel.show_spec(spec, None)
    field = panel.parameter("beta1")
    panel.show_spec(replace(spec, seed=3), None)
    assert panel.parameter("beta1") is field


def test_a_wrong_pair_is_flagged_and_put_right_by_a_button(panel, edits) -> None:
    spec = replace(
        SPEC,
        data=DataSpec(source="sine"),
        network=replace(SPEC.network, output=OutputSpec("sigmoid")),
        training=TrainingSpec(loss="squared_error"),
    )
    for problem in (None, resolve(spec)):
        panel.show_spec(spec, problem)
        assert "limits what can be predicted" in panel.mismatch.text()
    assert not panel.mismatch.isHidden()
    panel.mismatch.button.click()
    ((fixed, _),) = edits
    assert (fixed.network.output.activation, fixed.training.loss) == ("linear", "squared_error")
    panel.show_spec(fixed, None)
    assert panel.mismatch.isHidden()
    assert "regression" in panel.pair.text()


def test_the_full_batch_shows_how_many_that_is(panel) -> None:
    spec = replace(SPEC, training=TrainingSpec(batch_size=None))
    panel.show_spec(spec, resolve(spec))
    assert (panel.batch.value(), panel.batch.isEnabled(), panel.full_batch.isChecked()) == (250, False, True)


def test_tooltips_say_which_changes_restart_the_run(panel) -> None:
    assert RESTARTS in panel.loss.toolTip()
    for control in (panel.rate, panel.batch, panel.optimizer, panel.l1, panel.stop.fields["step"].field):
        assert CONTINUES in control.toolTip()


def test_a_closed_section_says_when_the_run_stops(panel) -> None:
    panel.show_spec(replace(SPEC, training=TrainingSpec(stop=StopSpec(step=5000, plateau=20))), None)
    assert panel.stop.summary() == "step 5,000, plateau of 20 epochs"
    assert panel.summary() == "gradient descent, rate 0.1, batches of 10"


def test_the_problem_of_the_data_before_is_not_mistaken_for_the_present_one(panel) -> None:
    old = resolve(SPEC)
    panel.show_spec(SPEC, old)
    iris = with_data(SPEC, DataSpec(source="iris"))
    panel.show_spec(iris, old)
    assert panel.mismatch.isHidden()
    assert "several classes" in panel.pair.text()
