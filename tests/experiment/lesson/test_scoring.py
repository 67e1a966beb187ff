"""An answer is right when it is what was measured, within what the lesson forgives."""

import pytest

from nnviz.experiment.lesson.record import Choice, Question
from nnviz.experiment.lesson.scoring import Outcome, score


@pytest.mark.parametrize(("given", "right"), [("0.9", True), ("1.05", True), ("1.11", False), ("0.89", False)])
def test_a_number_may_be_off_by_the_tolerance(given: str, right: bool) -> None:
    assert score(Question("?", "number", tolerance=0.1), given, 1.0).right is right


@pytest.mark.parametrize(("given", "right"), [("180", True), ("221", False)])
def test_a_relative_tolerance_is_of_the_measured_value(given: str, right: bool) -> None:
    outcome = score(Question("?", "number", tolerance=0.1, relative=True), given, 200.0)
    assert outcome == Outcome(given, "200", right, 200.0)


def test_a_known_number_needs_no_measure() -> None:
    assert score(Question("?", "number", answer="0.1"), "0.1") == Outcome("0.1", "0.1", True, None)


CHOICES = (Choice("slow", "slow"), Choice("fast", "fast"), Choice("diverges", "it diverges"))


@pytest.mark.parametrize(
    ("value", "expected"), [(0.5, "slow"), (1.0, "fast"), (7.0, "diverges"), (float("inf"), "diverges")]
)
def test_bounds_sort_a_measured_number_into_the_choices(value: float, expected: str) -> None:
    question = Question("?", "choice", choices=CHOICES, bounds=(1.0, 2.0))
    assert score(question, "fast", value) == Outcome("fast", expected, expected == "fast", value)


def test_a_measured_word_is_the_right_choice() -> None:
    question = Question("?", "choice", choices=CHOICES)
    assert score(question, "slow", "diverges") == Outcome("slow", "diverges", False, "diverges")


def test_a_known_choice_needs_no_measure() -> None:
    assert score(Question("?", "choice", answer="fast", choices=CHOICES), "fast").right


def test_what_is_no_number_makes_no_answer_right() -> None:
    numbers = Question("?", "number")
    nothing = score(numbers, "0", float("nan"))
    assert (nothing.expected, nothing.right) == ("no number", False)
    assert score(numbers, "10", "never") == Outcome("10", "never", False, "never")
    assert not score(Question("?", "choice", choices=CHOICES, bounds=(1.0, 2.0)), "slow", float("nan")).right
