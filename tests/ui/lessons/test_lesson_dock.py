"""The guide: pages, predictions before Play, outcomes when their step comes, and what is remembered."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QMainWindow

from nnviz.experiment.lesson.progress import PREDICT, QUESTION
from nnviz.experiment.lesson.record import Load
from nnviz.resources import resource
from nnviz.ui.lessons.lesson_dock import LessonDock
from nnviz.ui.theme import LIGHT

HEAD = "---\nnnviz-lesson: 1\ntitle: Mine\n---\n"
LESSON = (
    HEAD
    + """
# Predict

```load
preset: zeros
play: yes
lock: network
hide: timeline
```

```predict
ask: How many differ?
measure: distinct_units 1
steps: 5
right: Good.
wrong: One.
```

# Look

```try
- One.
- Two.
```

```question
ask: Which?
choices: a | b
answer: a
```

# Slope

```predict
ask: How steep?
measure: max_slope sigmoid
```
"""
)


class Told:
    """What the dock said to its window."""

    def __init__(self, dock: LessonDock) -> None:
        self.loads: list[Load] = []
        self.restrictions: list[tuple[frozenset[str], frozenset[str], bool]] = []
        self.failures: list[str] = []
        self.plays: list[bool] = []
        dock.load_asked.connect(self.loads.append)
        dock.restricted.connect(lambda locked, hidden, may: self.restrictions.append((locked, hidden, may)))
        dock.failed.connect(self.failures.append)
        dock.play_asked.connect(lambda: self.plays.append(True))

    @property
    def now(self) -> tuple[frozenset[str], frozenset[str], bool]:
        return self.restrictions[-1]


FREE = (frozenset(), frozenset(), True)


@pytest.fixture
def make(qtbot, tmp_path: Path) -> Iterator[Callable[[], tuple[LessonDock, Told]]]:
    windows: list[QMainWindow] = []

    def made() -> tuple[LessonDock, Told]:
        window = QMainWindow()
        windows.append(window)
        qtbot.addWidget(window)
        dock = LessonDock(tmp_path / "kept" / "lessons.json", window)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        told = Told(dock)
        window.resize(900, 700)
        window.show()
        dock.start()
        return dock, told

    yield made
    for window in windows:
        window.findChild(LessonDock).blockSignals(True)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.md"
    path.write_text(LESSON, encoding="utf-8")
    return path


def test_the_list_has_the_ten_lessons_in_the_order_of_their_topics(make) -> None:
    dock, told = make()
    assert [lesson.topic for lesson in dock.lessons] == list(range(1, 11))
    assert told.failures == []


def test_play_waits_for_the_prediction_and_then_begins_by_itself(make, mine: Path) -> None:
    dock, told = make()
    dock.open_file(mine)
    assert told.loads == [Load("zeros", play=True, lock=frozenset({"network"}), hide=frozenset({"timeline"}))]
    assert told.now == (frozenset({"network"}), frozenset({"timeline"}), False)
    dock.page.forms[PREDICT]._number.setValue(1.0)
    dock.page.forms[PREDICT].commit.click()
    assert told.now[2]
    assert told.plays == [True]


@pytest.mark.parametrize(
    ("given", "words"), [(1.0, "✓ Right. Measured: 1. Good."), (8.0, "✗ Not so. Measured: 1. One.")]
)
def test_the_outcome_comes_when_the_run_reaches_its_step(make, mine: Path, qtbot, given: float, words: str) -> None:
    dock, _ = make()
    dock.open_file(mine)
    form = dock.page.forms[PREDICT]
    form._number.setValue(given)
    form.commit.click()
    qtbot.waitUntil(lambda: PREDICT in dock._answering._found)
    dock.note_step(4)
    assert form.said.text() == "Press Play and watch: it is measured at step 5."
    dock.note_step(5)
    assert form.said.text() == words


def test_the_outcome_can_be_asked_for_before_it_is_measured(make, mine: Path, qtbot) -> None:
    dock, _ = make()
    dock.open_file(mine)
    form = dock.page.forms[PREDICT]
    form._number.setValue(1.0)
    form.commit.click()
    form.outcome.click()
    qtbot.waitUntil(lambda: form.said.text().startswith("✓ Right"))


def test_an_answer_that_waits_is_kept_when_the_page_is_left_and_over_a_start(make, mine: Path, qtbot) -> None:
    dock, _ = make()
    dock.open_file(mine)
    dock.page.forms[PREDICT]._number.setValue(8.0)
    dock.page.forms[PREDICT].commit.click()
    dock.frame.forth.click()
    dock.note_step(100)
    dock.frame.back.click()
    assert dock.page.forms[PREDICT].given() == "8"
    assert dock.may_play
    again, told = make()
    again.open_file(mine)
    form = again.page.forms[PREDICT]
    assert form.given() == "8"
    assert told.now[2]
    qtbot.waitUntil(lambda: PREDICT in again._answering._found)
    again.note_step(5)
    assert form.said.text().startswith("✗ Not so")


def test_what_is_measured_without_a_run_locks_nothing_and_is_told_at_once(make, mine: Path, qtbot) -> None:
    dock, told = make()
    dock.open_file(mine)
    dock.go(2)
    assert told.now == FREE
    form = dock.page.forms[PREDICT]
    form._number.setValue(0.25)
    form.commit.click()
    qtbot.waitUntil(lambda: form.said.text().startswith("✓ Right"))


def test_a_page_whose_preset_comes_late_says_so_until_it_is_there(make, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "late.md"
    path.write_text(HEAD + LESSON.split("---\n")[-1].replace("play: yes", "late: yes"), encoding="utf-8")
    dock, told = make()
    dock.open_file(path)
    assert told.loads == []
    assert "opens beside it once you have committed" in dock.page.forms[PREDICT].said.text()
    dock.page.forms[PREDICT]._number.setValue(1.0)
    dock.page.forms[PREDICT].commit.click()
    assert [load.preset for load in told.loads] == ["zeros"]
    assert "once you have committed" not in dock.page.forms[PREDICT].said.text()


def test_locks_come_back_when_page_or_guide_are_left(make, mine: Path, qtbot) -> None:
    dock, told = make()
    dock.open_file(mine)
    assert told.now != FREE
    dock.frame.forth.click()
    assert told.now == FREE
    dock.frame.back.click()
    assert told.now != FREE
    dock.close()
    assert told.now == FREE
    dock.show()
    assert told.now != FREE
    dock.frame.all.click()
    assert told.now == FREE


def test_answers_ticks_and_the_page_are_remembered(make, mine: Path) -> None:
    dock, _ = make()
    dock.open_file(mine)
    dock.frame.forth.click()
    form = dock.page.forms[QUESTION]
    form._group.buttons()[1].click()
    form.commit.click()
    dock.page.findChildren(QCheckBox)[1].click()
    again, told = make()
    again.open_file(mine, load=False)
    assert told.loads == []
    assert again.frame.place.text() == "2 / 3"
    assert again.page.forms[QUESTION].said.text() == "✗ Not so. Answer: a."
    assert [box.isChecked() for box in again.page.findChildren(QCheckBox)] == [False, True]
    again.frame.forth.click()
    again.frame.forth.click()
    assert again.lesson is None


def test_pages_are_turned_with_the_keyboard(make, mine: Path, qtbot) -> None:
    dock, _ = make()
    dock.open_file(mine)
    window = dock.parentWidget()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert dock.frame.place.text() == "2 / 3"
    QTest.keyClick(window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    assert dock.frame.place.text() == "1 / 3"


MISTAKES = {
    "unknown block key": ("# P\n\n```load\nscript: rm\n```\n", 8, "'script' is no key"),
    "a preset of one's own": ("# P\n\n```load\npreset: ../../evil\n```\n", 8, "allowed are names such as"),
    "no such preset": ("# P\n\n```load\npreset: nonesuch\n```\n", 8, "there is none called"),
    "no such measure": ("# P\n\n```predict\nask: a\nmeasure: os.system\n```\n", 9, "'os.system'"),
    "open block": ("# P\n\n```load\n", 7, "not closed"),
    "huge formula": (f"# P\n\n${'x' * 600}$\n", 5, "more than 500 characters"),
    "huge page": (f"# P\n\n{'x' * 20_001}\n", 5, "20,001 characters"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_said_with_its_line_and_nothing_changes(make, mine: Path, tmp_path: Path, name: str) -> None:
    text, line, words = MISTAKES[name]
    dock, told = make()
    dock.open_file(mine)
    page, restriction, progress = dock.page, told.now, dock.progress
    broken = tmp_path / "broken.md"
    broken.write_text(HEAD + text, encoding="utf-8")
    dock.open_file(broken)
    assert len(told.failures) == 1
    assert told.failures[0].startswith(f"broken.md, line {line}: ")
    assert words in told.failures[0]
    assert (dock.page, told.now, dock.progress) == (page, restriction, progress)
    assert len(told.loads) == 1


def test_progress_that_cannot_be_kept_is_said(make, mine: Path, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file where the folder should be")
    dock, told = make()
    dock.open_file(mine)
    assert told.failures
    assert "\n" not in told.failures[-1]
    assert dock.page is not None


def test_a_term_and_a_topic_are_asked_for(make, qtbot) -> None:
    dock, _ = make()
    dock.open_topic(9, "Dying ReLU")
    assert dock.page.title.text() == "Dying ReLU"
    assert dock.path == resource("lessons", "09-differentiable-activations.md")
    with qtbot.waitSignal(dock.term_asked) as asked:
        dock.page.term_asked.emit("dead-unit")
    assert asked.args == ["dead-unit"]
    dock.open_topic(77)
    assert dock.page.title.text() == "Dying ReLU"


def test_a_clicked_layer_answers_only_what_is_shown(make) -> None:
    dock, _ = make()
    dock.open_topic(9, "The gradient vanishes")
    dock.choose_layer(4)
    assert dock.page.forms[PREDICT].given() == "4"
    assert dock.page.forms[PREDICT].commit.isEnabled()


def test_large_text_gets_a_wider_guide_but_never_half_a_small_window(make) -> None:
    dock, _ = make()
    ordinary = dock.pages.minimumWidth()
    dock.set_theme(LIGHT.for_lecture())
    assert ordinary < dock.pages.minimumWidth() <= 480
    assert dock.list.findChildren(type(dock.frame.place))
