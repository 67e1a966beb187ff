"""The autopsy in words and numbers, and the forks it offers."""

import dataclasses

import numpy
import pytest

from nnviz.experiment.autopsy import Autopsy, autopsy
from nnviz.experiment.files import load_experiment
from nnviz.experiment.problem import resolve
from nnviz.experiment.remedies import LEAKY
from nnviz.experiment.training_job import TrainingJob
from nnviz.resources import resource
from nnviz.ui.autopsy_dialog import AutopsyDialog, told


@pytest.fixture(scope="module")
def found() -> Autopsy:
    job = TrainingJob(resolve(load_experiment(resource("presets", "dying.nnviz"))))
    job.advance(60)
    cases = [(l, int(u)) for l, dead in enumerate(job.moment().dead, start=1) for u in numpy.flatnonzero(dead)]
    return next(case for case in (autopsy(job, l, u) for l, u in cases) if case is not None and case.step > 0)


def test_it_says_when_where_and_how(found: Autopsy) -> None:
    text = told(found)
    assert text.startswith(
        f"Unit {found.unit + 1} of layer {found.layer} died in step {found.step}, at learning rate 1:"
    )
    assert f"on these {len(found.rows)} examples z went from" in text
    assert numpy.all(found.z_after <= 0.0)
    assert "born dead" in told(dataclasses.replace(found, step=0))
    assert "by hand" in told(dataclasses.replace(found, by_hand=True))


def test_the_table_has_every_weight_in_full(qtbot, found: Autopsy) -> None:
    dialog = AutopsyDialog(found, ["x", "y"])
    qtbot.addWidget(dialog)
    table = dialog.table
    assert table.rowCount() == len(found.update)
    assert table.verticalHeaderItem(table.rowCount() - 1).text() == "bias"
    shown = float(table.item(0, 0).toolTip().replace("−", "-"))
    assert shown == pytest.approx(found.weights_before[0], rel=1e-12)
    assert found.weights_before + found.update == pytest.approx(found.weights_after)


def test_a_fork_is_asked_for_at_the_step_before_the_death(qtbot, found: Autopsy) -> None:
    dialog = AutopsyDialog(found, ["x", "y"])
    asked: list[tuple[int, object]] = []
    dialog.forked.connect(lambda step, remedy: asked.append((step, remedy)))
    dialog.show()
    next(button for button in dialog.buttons if button.text() == LEAKY.label).click()
    assert asked == [(found.step - 1, LEAKY)]
