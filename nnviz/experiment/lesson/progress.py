"""How far one has come in each lesson: answers, ticks and the page, kept in one small file."""

from pathlib import Path

import msgspec

from nnviz.experiment.lesson.scoring import Outcome
from nnviz.experiment.writing import write_whole

MAX_BYTES = 4 * 2**20
PREDICT, QUESTION = "predict", "question"


class LessonProgress(msgspec.Struct, frozen=True):
    """page: where one is, from 0. answers: by "page.predict" or "page.question". given: answers that wait for their
    outcome, by the same. ticks: "page.item" of what was tried. finished: the last page was left behind."""

    page: int = 0
    answers: dict[str, Outcome] = {}
    given: dict[str, str] = {}
    ticks: tuple[str, ...] = ()
    finished: bool = False

    def answer(self, page: int, part: str) -> Outcome | None:
        """The answer given on a page; None before."""
        return self.answers.get(f"{page}.{part}")

    def answered(self, page: int, part: str, outcome: Outcome) -> "LessonProgress":
        """With one more answer. The first one counts: an answer is never replaced."""
        key = f"{page}.{part}"
        waiting = {other: text for other, text in self.given.items() if other != key}
        answers = self.answers if key in self.answers else {**self.answers, key: outcome}
        return _with(self, answers=answers, given=waiting)

    def waiting(self, page: int, part: str) -> str | None:
        """The answer given on a page whose outcome is not known yet; None when there is none."""
        return self.given.get(f"{page}.{part}")

    def committed(self, page: int, part: str, text: str) -> "LessonProgress":
        """With an answer that waits for its outcome. The first one counts here, too."""
        key = f"{page}.{part}"
        if key in self.answers or key in self.given:
            return self
        return _with(self, given={**self.given, key: text})

    def ticked(self, page: int, item: int, *, on: bool) -> "LessonProgress":
        """With an item ticked or not."""
        key = f"{page}.{item}"
        others = tuple(tick for tick in self.ticks if tick != key)
        return _with(self, ticks=(*others, key) if on else others)

    def at(self, page: int, *, last: int) -> "LessonProgress":
        """On another page of those from 0 to last."""
        page = min(max(page, 0), last)
        return _with(self, page=page, finished=self.finished or page == last)


class Progress(msgspec.Struct, frozen=True):
    """lessons: by the digest of their text, so that a lesson that was changed begins anew."""

    version: int = 1
    lessons: dict[str, LessonProgress] = {}

    def of(self, digest: str) -> LessonProgress:
        """The progress in a lesson; a fresh one in a lesson never opened."""
        return self.lessons.get(digest, LessonProgress())

    def having(self, digest: str, progress: LessonProgress) -> "Progress":
        """With the progress in one lesson replaced."""
        return _with(self, lessons={**self.lessons, digest: progress})


_with = msgspec.structs.replace


def load_progress(path: Path) -> Progress:
    """What was kept; nothing where there is no such file. ValueError or OSError in one sentence when it is broken."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return Progress()
    try:
        return msgspec.json.decode(content, type=Progress)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise ValueError(f"{path.name} is no record of lessons and was left as it is; lessons begin anew") from None


def save_progress(progress: Progress, path: Path) -> None:
    """Writes it whole or not at all. OSError in one sentence."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, msgspec.json.encode(progress))
