"""Formulas of every kind can be set, are broken to fit, and stand as text until they are set."""

import re

import pytest
from pytestqt.qtbot import QtBot

from nnviz.engine import ACTIVATIONS, OPTIMIZERS
from nnviz.engine.layout import Parameter
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import DataSpec, Experiment, LayerSpec, NetworkSpec, OutputSpec, TrainingSpec
from nnviz.experiment.step.explain import PHASES, Thing, explain
from nnviz.experiment.step.formula import Formula
from nnviz.experiment.step.record import StepRecord, example_pass, step_record
from nnviz.experiment.training_job import TrainingJob
from nnviz.ui.lessons.formula import draw
from nnviz.ui.plots.step.formula_card import FormulaCard, pieces

PAIRS = [
    ("xor", "sigmoid", "binary_cross_entropy"),
    ("xor", "tanh", "binary_cross_entropy"),
    ("iris", "softmax", "categorical_cross_entropy"),
    ("iris", "softmax", "squared_error"),
    ("sine", "linear", "squared_error"),
    ("sine", "linear", "absolute_error"),
]
THINGS: tuple[Thing, ...] = (None, (0, 0), (1, 1), (2, 0), Parameter("weight", 1, 0, 1), Parameter("bias", 2, -1, 0))


def record(
    source: str = "xor",
    output: str = "sigmoid",
    loss: str = "binary_cross_entropy",
    activation: str = "tanh",
    optimizer: str = "gradient_descent",
    l1: float = 0.01,
) -> StepRecord:
    spec = Experiment(
        data=DataSpec(source=source, size=40),
        network=NetworkSpec(hidden=(LayerSpec(units=3, activation=activation),), output=OutputSpec(output)),
        training=TrainingSpec(loss=loss, optimizer=optimizer, l1=l1, l2=0.01),
    )
    job = TrainingJob(resolve(spec))
    job.advance(3)
    return step_record(job)


def formulas(of: StepRecord) -> list[Formula]:
    ones = (None, example_pass(of, int(of.batch.rows[0])))
    return [explain(of, one, phase, thing) for one in ones for phase in PHASES for thing in THINGS]


def assert_set(of: StepRecord) -> None:
    """One formula of each form is set: the digits do not matter to what can be set, and setting takes a while."""
    forms = {re.sub(r"\d+(\.\d+)?", "1", line.latex(3)): line.latex(3) for f in formulas(of) for line in f.lines}
    for latex in forms.values():
        assert draw(latex, 14.0, "#000000") is not None, latex


@pytest.mark.parametrize(("source", "output", "loss"), PAIRS)
def test_formulas_of_every_loss_can_be_set(source: str, output: str, loss: str) -> None:
    assert_set(record(source, output, loss))


@pytest.mark.parametrize("activation", [name for name in ACTIVATIONS if name != "softmax"])
def test_formulas_of_every_activation_can_be_set(activation: str) -> None:
    of = record(activation=activation)
    one = example_pass(of, int(of.batch.rows[0]))
    for phase in ("forward", "backward"):
        for line in explain(of, one, phase, (1, 1)).lines:
            assert draw(line.latex(3), 14.0, "#000000") is not None, line.latex(3)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_formulas_of_every_optimizer_can_be_set(optimizer: str) -> None:
    for line in explain(record(optimizer=optimizer), None, "update", Parameter("weight", 1, 0, 1)).lines:
        assert draw(line.latex(), 14.0, "#000000") is not None, line.latex()


def test_a_whole_copy_can_be_set() -> None:
    of = record()
    formula = explain(of, example_pass(of, int(of.batch.rows[0])), "backward", (1, 1))
    assert draw(formula.latex(), 14.0, "#000000") is not None


def test_lines_are_broken_and_shortened_to_the_width() -> None:
    of = record("digits", "softmax", "categorical_cross_entropy")
    formula = explain(of, example_pass(of, int(of.batch.rows[0])), "forward", (1, 1))
    wide, narrow = pieces(formula, 1200.0, 14.0), pieces(formula, 300.0, 14.0)
    assert [piece.indent for piece in wide] == [False, False]
    assert [piece.indent for piece in narrow][:2] == [False, True]
    assert "more" in wide[0].text
    assert len(narrow[1].text) < len(wide[0].text)


def test_it_is_text_until_it_is_set_beside_the_window(qtbot: QtBot) -> None:
    card = FormulaCard()
    qtbot.addWidget(card)
    card.resize(500, 200)
    card.show()
    of = record()
    card.show_formula(explain(of, None, "update", Parameter("weight", 1, 0, 1)), typeset=True)
    assert not card.complete
    before = card.grab().toImage()
    qtbot.waitUntil(lambda: card.complete, timeout=20_000)
    assert card.grab().toImage() != before
    assert card.wanted_height > 0.0
