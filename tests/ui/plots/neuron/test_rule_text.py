"""The perceptron rule in words."""

import pytest

from nnviz.experiment.neuron.perceptron_rule import run_rule
from nnviz.experiment.neuron.specification import PerceptronSpec
from nnviz.ui.plots.neuron.rule_text import ending, step_lines, step_sentence

XOR = run_rule(PerceptronSpec(targets=(0, 1, 1, 0)))
AND = run_rule(PerceptronSpec())


def test_a_mistake_is_told_with_the_change_in_numbers() -> None:
    step = next(step for step in AND.steps if step.error < 0 and step.x == (1.0, 0.0))
    assert step_sentence(step, 1.0) == ("row (1, 0): target 0, output 1 → Δw = 1·(0 − 1)·(1, 0) = (−1, 0), Δb = −1")
    lines = dict(step_lines(step, 1.0))
    assert lines["bias"] == "Δb = η·(target − output) = 1·(0 − 1) = −1"
    assert lines["output"] == "1 — wrong"


def test_a_right_answer_changes_nothing() -> None:
    assert step_sentence(AND.steps[0], 1.0).endswith("right, nothing changes")
    assert "= 0 − 0 = 0" in dict(step_lines(AND.steps[0], 1.0))["change"]


def test_xor_s_cycle_is_told_once_it_was_seen() -> None:
    assert "No line separates" in ending(XOR, 0)
    assert "goes round for ever" not in ending(XOR, 11)
    assert "goes round for ever: the weights with which pass 3 began return after every pass" in ending(XOR, 12)


@pytest.mark.parametrize(("step", "said"), [(0, "Press Play"), (5, "at work"), (30, "Learned: from step 18")])
def test_a_learnable_table_is_told_as_far_as_it_is(step: int, said: str) -> None:
    assert said in ending(AND, step)


def test_nothing_to_learn_is_said() -> None:
    assert "Nothing to learn" in ending(run_rule(PerceptronSpec(start=(1.0, 1.0), bias=-1.5)), 0)
