"""The fenced blocks of a lesson's page: their keys, and what each must say."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from math import isfinite

from nnviz.experiment.files import SUFFIX
from nnviz.experiment.lesson.lesson_error import LessonError
from nnviz.experiment.lesson.measures import MEASURES, checked
from nnviz.experiment.lesson.record import CHOICE, KINDS, LAYER, NUMBER, PARTS, Choice, Load, Measure, Question
from nnviz.resources import resource

MAX_STEPS = 1_000_000
MAX_SPEED = 100_000.0
MAX_CHOICES = 8
MAX_TRIES = 12
MAX_TEXT = 600
_LOAD_KEYS = ("preset", "play", "late", "show", "lock", "hide", "speed")
_ASK_KEYS = ("ask", "kind", "measure", "choices", "bounds", "tolerance", "right", "wrong")


@dataclass(frozen=True)
class Block:
    """A block's lines with their numbers. line: of the fence that opens it."""

    line: int
    lines: list[tuple[int, str]]


class Keys:
    """The lines `key: value` of a block."""

    def __init__(self, block: Block, name: str, allowed: Collection[str]) -> None:
        self.line = block.line
        self._values: dict[str, tuple[int, str]] = {}
        for number, line in block.lines:
            if not line.strip():
                continue
            key, colon, value = (part.strip() for part in line.partition(":"))
            if not colon:
                raise LessonError(
                    number, f"a block `{name}` has lines `key: value`; this one has no colon: {line[:40]!r}"
                )
            if key not in allowed:
                raise LessonError(number, f"{key[:40]!r} is no key of `{name}`; allowed are {', '.join(allowed)}")
            if key in self._values:
                raise LessonError(number, f"{key} stands there twice")
            if len(value) > MAX_TEXT:
                raise LessonError(number, f"{key}: has {len(value):,} characters; allowed are {MAX_TEXT}")
            self._values[key] = number, value

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def at(self, key: str) -> int:
        """The line of a key; the block's own where it is absent."""
        return self._values[key][0] if key in self._values else self.line

    def text(self, key: str, default: str = "") -> str:
        """What stands there."""
        return self._values[key][1] if key in self._values else default

    def needed(self, key: str) -> str:
        """What stands there; a mistake when it is nothing."""
        if not (value := self.text(key)):
            raise LessonError(self.at(key), f"{key} is missing")
        return value

    def one_of(self, key: str, allowed: Collection[str], default: str) -> str:
        """One of the words that are allowed."""
        value = self.text(key, default)
        if value not in allowed:
            raise LessonError(self.at(key), f"{key}: got {value[:40]!r}; allowed are {', '.join(allowed)}")
        return value

    def number(self, key: str, least: float, most: float) -> float | None:
        """A number in a range; None where the key is absent."""
        return None if key not in self else number_in(self.text(key), least, most, self.at(key), key)

    def error(self, key: str, what: str) -> LessonError:
        """A mistake at a key."""
        return LessonError(self.at(key), f"{key}: {what}")


def number_in(text: str, least: float, most: float, line: int, key: str) -> float:
    """The number that a text says, within a range."""
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not (isfinite(value) and least <= value <= most):
        raise LessonError(line, f"{key}: got {text[:40]!r}; allowed are numbers from {least:g} to {most:g}")
    return value


def load_block(block: Block) -> Load:
    """What the page works with."""
    keys = Keys(block, "load", _LOAD_KEYS)
    preset = keys.text("preset") or None
    if preset is not None and not all(part.replace("_", "").isalnum() for part in preset.split("/")):
        raise keys.error("preset", f"got {preset[:40]!r}; allowed are names such as zeros or descent/three_rates")
    if preset is not None and not _shipped(preset):
        raise keys.error("preset", f"there is none called {preset[:40]!r}")
    return Load(
        preset=preset,
        play=keys.one_of("play", ("yes", "no"), "no") == "yes",
        late=keys.one_of("late", ("yes", "no"), "no") == "yes",
        show=keys.text("show") or None,
        lock=_parts(keys, "lock"),
        hide=_parts(keys, "hide"),
        speed=keys.number("speed", 0.1, MAX_SPEED),
    )


def predict_block(block: Block) -> Question:
    """A prediction: always measured."""
    keys = Keys(block, "predict", (*_ASK_KEYS, "steps"))
    keys.needed("measure")
    return _asked(keys)


def question_block(block: Block) -> Question:
    """A question: with an answer, or measured."""
    keys = Keys(block, "question", (*_ASK_KEYS, "steps", "answer"))
    if ("answer" in keys) == ("measure" in keys):
        raise LessonError(keys.line, "a question has either an answer or a measure")
    return _asked(keys)


def try_block(block: Block) -> tuple[str, ...]:
    """What to do: a list of Markdown lines."""
    items: list[str] = []
    for number, line in block.lines:
        if line.startswith(("- ", "* ")):
            items.append(line[2:].strip())
        elif items and line.startswith("  "):
            items[-1] += " " + line.strip()
        elif line.strip():
            raise LessonError(number, "a block `try` is a list; its lines begin with `- `")
    if not 1 <= len(items) <= MAX_TRIES:
        raise LessonError(block.line, f"a block `try` has 1 to {MAX_TRIES} items; this one has {len(items)}")
    return tuple(items)


BLOCKS: dict[str, Callable[[Block], Load | Question | tuple[str, ...]]] = {
    "load": load_block,
    "predict": predict_block,
    "question": question_block,
    "try": try_block,
}


def _shipped(preset: str) -> bool:
    """Whether there is a shipped document of that name."""
    *folders, name = preset.split("/")
    try:
        resource("presets", *folders, f"{name}{SUFFIX}")
    except FileNotFoundError:
        return False
    return True


def _parts(keys: Keys, key: str) -> frozenset[str]:
    names = [name.strip() for name in keys.text(key).split(",") if name.strip()]
    for name in names:
        if name not in PARTS:
            raise keys.error(key, f"got {name[:40]!r}; allowed are {', '.join(PARTS)}")
    return frozenset(names)


def _asked(keys: Keys) -> Question:
    kind = keys.one_of("kind", KINDS, CHOICE if "choices" in keys else NUMBER)
    choices, bounds = _choices(keys, kind)
    tolerance = keys.text("tolerance", "0")
    relative = tolerance.endswith("%")
    size = number_in(tolerance.removesuffix("%"), 0.0, 1e12, keys.at("tolerance"), "tolerance")
    steps = keys.number("steps", 0, MAX_STEPS)
    return Question(
        ask=keys.needed("ask"),
        kind=kind,
        answer=_answer(keys, kind, choices),
        measure=_measure(keys),
        choices=choices,
        bounds=bounds,
        tolerance=size / 100.0 if relative else size,
        relative=relative,
        steps=None if steps is None else int(steps),
        right=keys.text("right"),
        wrong=keys.text("wrong"),
    )


def _choices(keys: Keys, kind: str) -> tuple[tuple[Choice, ...], tuple[float, ...]]:
    if kind != CHOICE:
        if "choices" in keys or "bounds" in keys:
            raise keys.error("choices", f"a question of kind {kind} has none")
        return (), ()
    choices = []
    for text in keys.needed("choices").split("|"):
        key, equals, shown = (part.strip() for part in text.partition("="))
        choices.append(Choice(key, shown if equals else key))
    if not 2 <= len(choices) <= MAX_CHOICES or not all(choice.key and choice.text for choice in choices):
        raise keys.error("choices", f"there are 2 to {MAX_CHOICES}, separated by |")
    if len({choice.key for choice in choices}) < len(choices):
        raise keys.error("choices", "two are the same")
    if "bounds" not in keys:
        return tuple(choices), ()
    bounds = tuple(number_in(text, -1e12, 1e12, keys.at("bounds"), "bounds") for text in keys.text("bounds").split("|"))
    if len(bounds) != len(choices) - 1 or list(bounds) != sorted(set(bounds)):
        raise keys.error("bounds", f"there are {len(choices) - 1} rising numbers for {len(choices)} choices")
    return tuple(choices), bounds


def _answer(keys: Keys, kind: str, choices: tuple[Choice, ...]) -> str | None:
    if "answer" not in keys:
        return None
    answer = keys.needed("answer")
    if kind == CHOICE and answer not in {choice.key for choice in choices}:
        raise keys.error("answer", f"got {answer[:40]!r}, which is none of the choices")
    if kind != CHOICE:
        number_in(answer, 1 if kind == LAYER else -1e12, 1e12, keys.at("answer"), "answer")
    return answer


def _measure(keys: Keys) -> Measure | None:
    if "measure" not in keys:
        return None
    name, *arguments = keys.needed("measure").split()
    if name not in MEASURES:
        raise keys.error("measure", f"got {name[:40]!r}; allowed are {', '.join(MEASURES)}")
    measure = Measure(name, tuple(arguments))
    try:
        checked(measure)
    except ValueError as error:
        raise keys.error("measure", str(error)) from None
    return measure
