"""A question's measure, answers and criterion in words with units, for those who read them without the program."""

from itertools import pairwise

from nnviz.engine import ACTIVATIONS
from nnviz.experiment.lesson.measures import MEASURES
from nnviz.experiment.lesson.quantity import SHARE, Value
from nnviz.experiment.lesson.record import CHOICE, LAYER, Measure, Question


def measure_words(measure: Measure) -> str:
    """What is measured, such as "units of layer 1 that differ"."""
    arguments = (ACTIVATIONS[text].label if text in ACTIVATIONS else text for text in measure.arguments)
    return MEASURES[measure.name].words.format(*arguments)


def answer_words(question: Question, answer: str) -> str:
    """An answer as it was offered; a number with its unit."""
    for choice in question.choices:
        if choice.key == answer:
            return choice.text
    try:
        return value_words(question, float(answer))
    except ValueError:
        return f"“{answer}”"


def value_words(question: Question, value: Value) -> str:
    """What was measured; a number with its unit."""
    if isinstance(value, str):
        return answer_words(question, value)
    if question.kind == LAYER:
        return f"layer {value:g}"
    unit = MEASURES[question.measure.name].unit if question.measure is not None else ""
    if unit == SHARE:
        return f"{_number(value)} ({_number(100.0 * value)} %)"
    if unit:
        return f"{_number(value)} {unit.removesuffix('s') if abs(value) == 1.0 else unit}"
    return _number(value)


def criterion(question: Question) -> str:
    """When an answer is right."""
    source = "the answer" if question.measure is None else "what was measured"
    if question.kind != CHOICE:
        if not question.tolerance:
            return f"it is {source}"
        if question.relative:
            return f"it is within {_number(100.0 * question.tolerance)} % of {source}"
        return f"it is no further than {_number(question.tolerance)} from {source}"
    if not question.bounds:
        return "it is the answer" if question.measure is None else "it is what the measurement says"
    ends = [_number(bound) for bound in question.bounds]
    ranges = [f"below {ends[0]}", *(f"{low} to {high}" for low, high in pairwise(ends))]
    ranges.append(f"{ends[-1]} or more")
    told = "; ".join(f"“{choice.text}” is {words}" for choice, words in zip(question.choices, ranges, strict=True))
    return f"what was measured lies in its range ({told})"


def _number(value: float) -> str:
    """Four digits, with a minus sign that is none of a hyphen."""
    whole = float(value).is_integer() and 1e3 <= abs(value) < 1e9
    return (f"{value:,.0f}" if whole else f"{value:.4g}").replace("-", "−")
