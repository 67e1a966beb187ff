"""What a sheet says of a question can be read without the program: words, units, and when an answer is right."""

import math

import pytest

from nnviz.experiment.lesson.measures import MEASURES
from nnviz.experiment.lesson.quantity import SHARE
from nnviz.experiment.lesson.reader import load_lesson
from nnviz.experiment.lesson.record import Choice, Measure, Question
from nnviz.experiment.lesson.wording import answer_words, criterion, measure_words, value_words
from nnviz.resources import resource

ASKED = [
    question
    for path in sorted(resource("lessons").glob("*.md"))
    for page in load_lesson(path).pages
    for question in (page.predict, page.question)
    if question is not None
]
UNITS = Question("", "number", measure=Measure("distinct_units", ("1",)))
CHOICES = (Choice("few", "a few"), Choice("some", "some"), Choice("many", "many"))


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_has_words_with_a_place_for_each_argument(name: str) -> None:
    quantity = MEASURES[name]
    assert len(quantity.words) > 10 or " " in quantity.words
    assert "_" not in quantity.words
    said = quantity.words.format(*(f"<{place}>" for place in range(len(quantity.parameters))))
    assert all(f"<{place}>" in said for place in range(len(quantity.parameters)))
    assert quantity.unit in ("", SHARE) or quantity.unit.endswith("s")


def test_names_of_activations_are_those_of_the_program() -> None:
    assert measure_words(Measure("slope", ("leaky_relu", "2"))) == "slope of leaky ReLU at z = 2"
    assert measure_words(Measure("distinct_units", ("1",))) == "units of layer 1 that differ"


@pytest.mark.parametrize(
    ("measure", "value", "words"),
    [
        ("distinct_units", 1.0, "1 unit"),
        ("distinct_units", 8.0, "8 units"),
        ("parameters", 2410.0, "2,410 parameters"),
        ("gradient_decades", -25.4572, "−25.46 decades"),
        ("dead_share", 0.84375, "0.8438 (84.38 %)"),
        ("stability_limit", math.inf, "inf"),
        ("train_loss", 0.6868767, "0.6869"),
        ("verdict", "rising", "“rising”"),
    ],
)
def test_numbers_have_their_units(measure: str, value: float | str, words: str) -> None:
    assert value_words(Question("", "number", measure=Measure(measure)), value) == words


def test_an_answer_is_told_as_it_was_offered() -> None:
    assert answer_words(Question("", "choice", choices=CHOICES, answer="few"), "few") == "a few"
    assert answer_words(UNITS, "8") == "8 units"
    assert answer_words(Question("", "number", answer="0.5"), "0.5") == "0.5"
    assert answer_words(Question("", "layer", measure=Measure("weakest_layer")), "3") == "layer 3"
    assert answer_words(UNITS, "no number") == "“no number”"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (UNITS, "it is what was measured"),
        (Question("", "number", answer="3"), "it is the answer"),
        (
            Question("", "number", measure=Measure("step"), tolerance=0.1, relative=True),
            "it is within 10 % of what was measured",
        ),
        (Question("", "number", answer="3", tolerance=0.4), "it is no further than 0.4 from the answer"),
        (Question("", "choice", choices=CHOICES, answer="few"), "it is the answer"),
        (
            Question("", "choice", choices=CHOICES, measure=Measure("verdict")),
            "it is what the measurement says",
        ),
        (
            Question("", "choice", choices=CHOICES, bounds=(-3.0, 1e4), measure=Measure("step")),
            "what was measured lies in its range "
            "(“a few” is below −3; “some” is −3 to 10,000; “many” is 10,000 or more)",
        ),
    ],
)
def test_the_criterion_says_when_an_answer_is_right(question: Question, words: str) -> None:
    assert criterion(question) == words


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.ask[:40])
def test_every_shipped_question_can_be_told(question: Question) -> None:
    assert criterion(question)
    if question.measure is not None:
        assert measure_words(question.measure)
