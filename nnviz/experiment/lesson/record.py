"""What a lesson consists of, once it was read and found good (docs/lessons.md). Frozen; nothing in it can run."""

from dataclasses import dataclass

NUMBER, CHOICE, LAYER = "number", "choice", "layer"
KINDS = (NUMBER, CHOICE, LAYER)
PARTS = ("data", "network", "training", "panels", "seed", "speed", "timeline")
"""What a lesson may lock or hide."""


@dataclass(frozen=True)
class Load:
    """What a page works with. preset: of the shipped ones, None: what is there. late: it opens once the prediction is
    committed, for it would show the outcome. show: key of the view brought to the
    front. lock, hide: names out of PARTS. speed: steps a second, None: as it was set."""

    preset: str | None = None
    play: bool = False
    late: bool = False
    show: str | None = None
    lock: frozenset[str] = frozenset()
    hide: frozenset[str] = frozenset()
    speed: float | None = None


@dataclass(frozen=True)
class Measure:
    """A quantity of nnviz.experiment.lesson.measures with its arguments."""

    name: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """key: what is compared. text: what is shown."""

    key: str
    text: str


@dataclass(frozen=True)
class Question:
    """A question whose answer is known (answer) or measured (measure), one of the two.

    kind: NUMBER, CHOICE or LAYER. choices: of a CHOICE. bounds: a measured number between two of them is the choice of
    that place. tolerance: of a NUMBER; share of the measured value when relative. right, wrong: what is said.
    steps: of the page's preset, after which it is measured; None: none.
    """

    ask: str
    kind: str
    answer: str | None = None
    measure: Measure | None = None
    choices: tuple[Choice, ...] = ()
    bounds: tuple[float, ...] = ()
    tolerance: float = 0.0
    relative: bool = False
    steps: int | None = None
    right: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class Page:
    """title and Markdown text. predict: to be answered before Play unlocks. tries: what to do, each to be ticked."""

    title: str
    text: str
    load: Load | None = None
    predict: Question | None = None
    question: Question | None = None
    tries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lesson:
    """digest: SHA-256 of the file, in hex: it names the lesson in progress and on the answer sheet."""

    title: str
    pages: tuple[Page, ...]
    topic: int | None = None
    summary: str = ""
    digest: str = ""
