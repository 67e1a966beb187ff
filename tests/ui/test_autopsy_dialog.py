"""The autopsy in words and numbers, and the forks it offers."""

import dataclasses

import numpy
import pytest

from nnviz.experiment.autopsy import Autopsy, autopsy
from nnviz.experiment.files import load_experiment
from nnviz.experiment.problem import resolve
from nnviz.experiment.remedies import LEAKY, LOWER_RATE
from nnviz.experiment.specification import InitializerSpec, LayerSpec, NetworkSpec, replace
from nnviz.experiment.training_job import TrainingJob
from nnviz.resources import resource
from nnviz.ui.autopsy_dialog import AutopsyDialog, forks, told

DYING = resolve(load_experiment(resource("presets", "dying.nnviz")))


@pytest.fixture(scope="module")
def found() -> Autopsy:
    job = TrainingJob(DYING)
    job.advance(60)
    cases = [(l, int(u)) for l, dead in enumerate(job.moment().dead, start=1) for u in numpy.flatnonzero(dead)]
    return next(case for case in (autopsy(job, l, u) for l, u in cases) if case is not None and case.step > 1)


def test_it_says_when_where_and_how(found: Autopsy) -> None:
    text = told(found)
    assert text.startswith(
        f"Unit {found.unit + 1} of layer {found.layer} died in step {found.step}, at learning rate 1:"
    )
    assert f"on these {len(found.rows)} examples z went from" in text
    assert numpy.all(found.z_after <= 0.0)
    assert "born dead" in told(dataclasses.replace(found, step=0))
    assert "by hand" in told(dataclasses.replace(found, by_hand=True))
    assert "The network was changed at that step." in told(dataclasses.replace(found, rewired=True))


def test_the_table_has_every_weight_in_full(qtbot, found: Autopsy) -> None:
    dialog = AutopsyDialog(found, DYING)
    qtbot.addWidget(dialog)
    table = dialog.table
    assert table.rowCount() == len(found.update)
    assert table.verticalHeaderItem(table.rowCount() - 1).text() == "bias"
    shown = float(table.item(0, 0).toolTip().replace("−", "-"))
    assert shown == pytest.approx(found.weights_before[0], rel=1e-12)
    assert found.weights_before + found.update == pytest.approx(found.weights_after)


def test_a_fork_is_asked_for_at_the_step_before_the_death(qtbot, found: Autopsy) -> None:
    dialog = AutopsyDialog(found, DYING)
    asked: list[tuple[int, object]] = []
    dialog.forked.connect(lambda step, remedy: asked.append((step, remedy)))
    dialog.show()
    next(button for button in dialog.buttons if button.text() == LEAKY.label).click()
    assert asked == [(found.step - 1, LEAKY)]


def meanings(found: Autopsy, network: NetworkSpec = DYING.spec.network) -> list[tuple[str, str, bool]]:
    offered = forks(found, resolve(replace(DYING.spec, network=network)))
    return [(fork.remedy.label, fork.meaning, fork.useful) for fork in offered]


def test_each_fork_says_exactly_what_it_does(found: Autopsy) -> None:
    found = dataclasses.replace(found, layer=2, step=8)
    assert meanings(found) == [
        ("learning rate ÷ 10", "From step 7 on: learning rate 0.1 in place of 1; the weights stay as they are.", True),
        (
            "leaky ReLU",
            "From step 7 on: leaky ReLU in place of each ReLU in the hidden layers; the weights stay as they are.",
            True,
        ),
        (
            "He weights in layer 2",
            "At step 7 layer 2 gets new weights and biases: He's, as it had at step 0. The others stay as they are.",
            True,
        ),
    ]
    small = LayerSpec(8, "tanh", weights=InitializerSpec("random_normal"))
    _, leaky, he = meanings(found, NetworkSpec((small, small)))
    assert leaky == ("leaky ReLU", "There is no ReLU in the hidden layers.", False)
    assert "layer 2 gets new weights and biases: He's, drawn with the run's seed." in he[1]


def test_at_the_beginning_only_what_changes_the_beginning_is_offered(found: Autopsy) -> None:
    for step in (0, 1):
        rate, leaky, he = meanings(dataclasses.replace(found, layer=1, step=step))
        assert rate[1].startswith("From the beginning, with the same seed: learning rate 0.1")
        assert leaky[1].startswith("From the beginning, with the same seed: leaky ReLU")
        assert he[1:] == ("Layer 1 has He's weights already.", False)
    small = LayerSpec(8, "relu", weights=InitializerSpec("random_normal"))
    _, _, he = meanings(dataclasses.replace(found, layer=1, step=1), NetworkSpec((small,)))
    assert he[1:] == (
        "From the beginning, with the same seed: layer 1 has He's weights; all else begins as it did.",
        True,
    )


def test_what_changes_nothing_cannot_be_pressed(qtbot, found: Autopsy) -> None:
    dialog = AutopsyDialog(dataclasses.replace(found, step=1), DYING)
    qtbot.addWidget(dialog)
    assert [button.isEnabled() for button in dialog.buttons] == [True, True, False]
    assert dialog.buttons[0].text() == LOWER_RATE.label


@pytest.mark.parametrize("inputs", [2, 11, 40])
def test_up_to_twelve_rows_are_seen_without_scrolling(qtbot, found: Autopsy, inputs: int) -> None:
    columns = ("weights_before", "update", "weights_after", "gradient_before", "gradient_after")
    wide = dataclasses.replace(found, layer=2, **{name: numpy.arange(inputs + 1.0) for name in columns})
    dialog = AutopsyDialog(wide, DYING)
    qtbot.addWidget(dialog)
    dialog.resize(10, 10)
    dialog.show()
    assert (dialog.table.verticalScrollBar().maximum() == 0) == (inputs + 1 <= 12)
