"""Whether an answer is right, given what was measured."""

from bisect import bisect_right
from dataclasses import dataclass
from math import isnan

from nnviz.experiment.lesson.quantity import Value
from nnviz.experiment.lesson.record import CHOICE, Question


@dataclass(frozen=True)
class Outcome:
    """given: the answer as it was given. expected: the right one, as text. value: what was measured; None where the
    answer was known beforehand."""

    given: str
    expected: str
    right: bool
    value: Value | None = None


def score(question: Question, given: str, value: Value | None = None) -> Outcome:
    """Compares an answer with the known one, or with what was measured. given: a choice's key, or a number as text."""
    if isinstance(value, float) and isnan(value):
        return Outcome(given, "no number", False, value)
    if question.kind == CHOICE:
        expected = question.answer if question.answer is not None else _choice(question, value)
        return Outcome(given, expected, given == expected, value)
    if isinstance(value, str):
        return Outcome(given, value, False, value)
    number = float(question.answer) if question.answer is not None else float(value or 0.0)
    allowed = question.tolerance * (abs(number) if question.relative else 1.0)
    # Numbers typed in decimals are compared as such: 0.1 is 0.1, whatever its last bit.
    right = abs(float(given) - number) <= allowed + 1e-9 * max(1.0, abs(number))
    return Outcome(given, f"{number:.4g}", right, value)


def _choice(question: Question, value: Value | None) -> str:
    """The key that a measured value stands for."""
    if isinstance(value, str):
        return value
    return question.choices[bisect_right(question.bounds, float(value or 0.0))].key
