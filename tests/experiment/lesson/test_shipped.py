"""The ten lessons: each page's preset is there, runs, and its questions can be answered right and wrong."""

import re
from pathlib import Path

import pytest

from nnviz.experiment.files import load_document
from nnviz.experiment.lesson.measures import measured
from nnviz.experiment.lesson.quantity import Value
from nnviz.experiment.lesson.reader import load_lesson
from nnviz.experiment.lesson.record import CHOICE, Load, Page, Question
from nnviz.experiment.lesson.scoring import score
from nnviz.experiment.opening import check
from nnviz.resources import resource

PATHS = sorted(resource("lessons").glob("*.md"))
LESSONS = {path.stem: load_lesson(path) for path in PATHS}
PAGES = [(name, number) for name, lesson in LESSONS.items() for number in range(len(lesson.pages))]


def page(name: str, number: int) -> Page:
    return LESSONS[name].pages[number]


def preset(load: Load | None) -> Path | None:
    return None if load is None or load.preset is None else resource("presets", *f"{load.preset}.nnviz".split("/"))


def found(question: Question, load: Load | None) -> Value | None:
    path = preset(load)
    if question.measure is None:
        return None
    return measured(question.measure, None if path is None else load_document(path), question.steps or 0)


def test_there_are_ten_in_the_order_of_the_lecture() -> None:
    assert [lesson.topic for lesson in LESSONS.values()] == list(range(1, 11))
    assert all(5 <= len(lesson.pages) <= 12 for lesson in LESSONS.values())
    assert all(lesson.summary for lesson in LESSONS.values())


@pytest.mark.parametrize("name", LESSONS)
def test_each_has_formulas_predictions_things_to_try_and_a_summary(name: str) -> None:
    pages = LESSONS[name].pages
    assert any("$" in page.text for page in pages) or any("=" in page.text for page in pages)
    assert any(page.predict is not None for page in pages)
    assert any(page.question is not None for page in pages)
    assert any(page.tries for page in pages)
    assert pages[-1].title == "What to remember"


@pytest.mark.parametrize(("name", "number"), PAGES)
def test_a_pages_preset_opens(name: str, number: int) -> None:
    path = preset(page(name, number).load)
    if path is not None:
        check(load_document(path))


QUESTIONS = [
    (name, number, part)
    for name, number in PAGES
    for part in ("predict", "question")
    if getattr(page(name, number), part) is not None
]


@pytest.mark.parametrize(("name", "number", "part"), QUESTIONS)
def test_a_question_can_be_answered_right_and_wrong(name: str, number: int, part: str) -> None:
    here = page(name, number)
    question = getattr(here, part)
    value = found(question, here.load)
    if question.kind == CHOICE:
        outcomes = [score(question, choice.key, value) for choice in question.choices]
        assert sum(outcome.right for outcome in outcomes) == 1
        return
    exact = float(question.answer if question.answer is not None else value)
    off = question.tolerance * (abs(exact) if question.relative else 1.0) + 0.5
    assert score(question, repr(exact), value).right
    assert not score(question, repr(exact + 2.0 * off), value).right
    assert not score(question, repr(exact - 2.0 * off), value).right


@pytest.mark.parametrize(("name", "number", "part"), QUESTIONS)
def test_what_is_said_afterwards_states_the_number_that_was_measured(name: str, number: int, part: str) -> None:
    """Where the text after the answer names a decimal number first, it is the one the engine finds."""
    here = page(name, number)
    question = getattr(here, part)
    value = found(question, here.load)
    stated = re.match(r"(\d+\.\d+)[.:,] ", question.right)
    if stated and isinstance(value, float):
        decimals = len(stated[1].partition(".")[2])
        assert round(value, decimals) == float(stated[1])
