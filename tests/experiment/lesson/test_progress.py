"""Answers, ticks and the page are kept from one start to the next."""

from pathlib import Path

import pytest

from nnviz.experiment.lesson.progress import LessonProgress, Progress, load_progress, save_progress
from nnviz.experiment.lesson.scoring import Outcome

RIGHT, WRONG = Outcome("1", "1", True, 1.0), Outcome("8", "1", False, "word")


def test_what_is_kept_is_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "new" / "lessons.json"
    mine = LessonProgress().answered(0, "predict", RIGHT).ticked(0, 2, on=True).at(3, last=5)
    progress = Progress().having("abc", mine)
    save_progress(progress, path)
    assert load_progress(path) == progress
    assert load_progress(path).of("abc").answer(0, "predict") == RIGHT
    assert load_progress(path).of("other") == LessonProgress()


def test_the_first_answer_counts() -> None:
    mine = LessonProgress().answered(0, "predict", WRONG).answered(0, "predict", RIGHT)
    assert mine.answer(0, "predict") == WRONG
    assert mine.answer(0, "question") is None
    assert mine.answer(1, "predict") is None


def test_an_answer_waits_for_its_outcome_and_cannot_be_changed_meanwhile(tmp_path: Path) -> None:
    mine = LessonProgress().committed(2, "predict", "7").committed(2, "predict", "1")
    assert mine.waiting(2, "predict") == "7"
    assert mine.waiting(1, "predict") is None
    save_progress(Progress().having("abc", mine), tmp_path / "lessons.json")
    assert load_progress(tmp_path / "lessons.json").of("abc").waiting(2, "predict") == "7"
    told = mine.answered(2, "predict", WRONG)
    assert told.waiting(2, "predict") is None
    assert told.committed(2, "predict", "1").waiting(2, "predict") is None


def test_a_tick_can_be_taken_back() -> None:
    mine = LessonProgress().ticked(0, 1, on=True).ticked(0, 2, on=True).ticked(0, 1, on=True)
    assert set(mine.ticks) == {"0.1", "0.2"}
    assert mine.ticked(0, 1, on=False).ticks == ("0.2",)


def test_the_last_page_finishes_a_lesson_for_good() -> None:
    mine = LessonProgress().at(-1, last=2)
    assert (mine.page, mine.finished) == (0, False)
    mine = mine.at(9, last=2)
    assert (mine.page, mine.finished) == (2, True)
    assert mine.at(0, last=2).finished


def test_no_file_is_no_progress_and_a_broken_one_is_told(tmp_path: Path) -> None:
    assert load_progress(tmp_path / "none.json") == Progress()
    for content in (b"{", b"[]", b"\xff"):
        (tmp_path / "lessons.json").write_bytes(content)
        with pytest.raises(ValueError, match=r"^lessons\.json is no record of lessons"):
            load_progress(tmp_path / "lessons.json")
