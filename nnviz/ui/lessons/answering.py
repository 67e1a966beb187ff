"""The questions of one page: has measured what was asked about, and tells the outcome when it is time."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nnviz.experiment.files import SUFFIX, load_document
from nnviz.experiment.lesson.measures import measured
from nnviz.experiment.lesson.progress import PREDICT
from nnviz.experiment.lesson.quantity import Value
from nnviz.experiment.lesson.record import Load, Measure, Page, Question
from nnviz.experiment.lesson.scoring import Outcome, score
from nnviz.resources import resource
from nnviz.ui.widgets.background import Background


class Answering(QObject):
    """An answer is scored when the run in front comes to the question's step, when `reveal` asks for it, or at once
    where nothing runs. What is measured is the page's own preset, run by itself beside the window."""

    told = Signal(str, object)
    """(PREDICT or QUESTION, the Outcome)."""
    failed = Signal(str, str)
    """(PREDICT or QUESTION, why it cannot be measured)."""

    def __init__(self, page: Page, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self._given: dict[str, str] = {}
        self._found: dict[str, Value] = {}
        self._wanted: set[str] = set()
        """Parts whose step has come, or that were asked for, before they were measured."""
        self._reached = -1
        self._measuring: dict[str, Background] = {}

    def question(self, part: str) -> Question:
        """The page's prediction or question."""
        question = self.page.predict if part == PREDICT else self.page.question
        assert question is not None
        return question

    def give(self, part: str, given: str) -> None:
        """An answer; its outcome comes as `told`."""
        question = self.question(part)
        self._given[part] = given
        if question.measure is None:
            self._tell(part)
            return
        if not question.steps or self.page.load is None or self._reached >= question.steps:
            self._wanted.add(part)
        work = Background(self)
        work.done.connect(lambda value: self._measured(part, value))
        work.failed.connect(lambda sentence: self.failed.emit(part, sentence))
        self._measuring[part] = work
        measure, path, steps = question.measure, preset_path(self.page.load), question.steps or 0
        work.start(lambda: _measure(measure, path, steps))

    def words(self, part: str) -> str:
        """What is said while the outcome is awaited."""
        steps = self.question(part).steps
        if part in self._wanted or not steps:
            return "Measuring…"
        return f"Press Play and watch: it is measured at step {steps:,}."

    def note_step(self, step: int) -> None:
        """The run in front has come to a step."""
        self._reached = step
        for part in [part for part in self._given if (self.question(part).steps or 0) <= step]:
            self.reveal(part)

    def reveal(self, part: str) -> None:
        """Tells the outcome now, or as soon as it is measured."""
        if part in self._found:
            self._tell(part)
        elif part in self._given:
            self._wanted.add(part)

    def cancel(self) -> None:
        """Nothing more is told."""
        for work in self._measuring.values():
            work.cancel()
        self._given, self._found = {}, {}

    def _measured(self, part: str, value: object) -> None:
        assert isinstance(value, float | str)
        self._found[part] = value
        if part in self._wanted:
            self._tell(part)

    def _tell(self, part: str) -> None:
        outcome: Outcome = score(self.question(part), self._given.pop(part), self._found.pop(part, None))
        self.told.emit(part, outcome)


def preset_path(load: Load | None) -> Path | None:
    """Where the preset that a page asks for is kept; None when it asks for none."""
    if load is None or load.preset is None:
        return None
    *folders, name = load.preset.split("/")
    return resource("presets", *folders, f"{name}{SUFFIX}")


def _measure(measure: Measure, path: Path | None, steps: int) -> Value:
    return measured(measure, load_document(path) if path is not None else None, steps)
