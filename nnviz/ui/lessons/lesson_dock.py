"""The lesson guide beside the workspaces: the list of lessons, or a page of the one that is open."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nnviz.experiment.files import SUFFIX, load_document
from nnviz.experiment.lesson.measures import measured
from nnviz.experiment.lesson.progress import PREDICT, Progress, load_progress, save_progress
from nnviz.experiment.lesson.quantity import Value
from nnviz.experiment.lesson.reader import load_lesson
from nnviz.experiment.lesson.record import Lesson, Load, Page, Question
from nnviz.experiment.lesson.scoring import score
from nnviz.resources import resource
from nnviz.ui.lessons.lesson_list import LessonList
from nnviz.ui.lessons.lesson_page import LessonPage
from nnviz.ui.theme import GRID, LIGHT, Theme
from nnviz.ui.widgets.background import Background

WIDTH = 44 * GRID


class LessonDock(QDockWidget):
    """Reads lessons. It knows no workspace: what a page needs goes out as signals."""

    load_asked = Signal(object)
    """A Load: what the page works with. Path of its preset: `preset_path`."""
    restricted = Signal(object, object, bool)
    """(frozenset: names locked, frozenset: names hidden, bool: whether Play may be used)."""
    term_asked = Signal(str)
    """Key of a glossary entry."""
    said = Signal(str)
    failed = Signal(str)

    def __init__(self, kept: Path, parent: QWidget | None = None) -> None:
        """kept: the file in which progress is kept."""
        super().__init__("Lesson", parent)
        self.setObjectName("lesson-dock")
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self._kept, self._theme = kept, LIGHT
        self.lesson: Lesson | None = None
        self._pending: dict[str, str] = {}
        """Answers given whose outcome is not shown yet, by part of the page."""
        self._found: dict[str, Value] = {}
        """What was measured for them."""
        self._measuring = Background(self)
        self._measuring.done.connect(self._measured)
        self._measuring.failed.connect(self.failed)
        self._measured_part = ""
        self.progress = Progress()
        self.list = LessonList(self)
        self.list.chosen.connect(self.open)
        self.page: LessonPage | None = None
        self._arrange()
        self.visibilityChanged.connect(lambda _shown: self._restrict())

    def start(self) -> None:
        """Reads the shipped lessons and what is remembered. What is broken is said."""
        try:
            self.progress = load_progress(self._kept)
        except (ValueError, OSError) as error:
            self.failed.emit(str(error))
        lessons = []
        for path in sorted(resource("lessons").glob("*.md")):
            try:
                lessons.append(load_lesson(path))
            except (ValueError, OSError) as error:
                self.failed.emit(str(error))
        self.list.show_lessons(sorted(lessons, key=lambda lesson: lesson.topic or 99), self.progress)

    def open(self, lesson: Lesson) -> None:
        """Opens a lesson where it was left."""
        self.lesson = lesson
        self.show()
        self.raise_()
        self.go(self.progress.of(lesson.digest).page)

    def open_file(self, path: Path) -> None:
        """Opens a lesson of one's own. What is wrong with it is said, and all stays as it was."""
        try:
            lesson = load_lesson(path)
        except (ValueError, OSError) as error:
            self.failed.emit(str(error))
            return
        self.open(lesson)

    def go(self, number: int) -> None:
        """Shows a page of the lesson that is open."""
        assert self.lesson is not None
        last = len(self.lesson.pages) - 1
        self._remember(self.progress.of(self.lesson.digest).at(number, last=last))
        number = self.progress.of(self.lesson.digest).page
        self._pending, self._found = {}, {}
        self._measuring.cancel()
        page = LessonPage(self.lesson.pages[number], number, self.progress.of(self.lesson.digest), self._theme)
        page.answered.connect(self._answered)
        page.ticked.connect(self._ticked)
        page.term_asked.connect(self.term_asked)
        self.page = page
        self._reading.setWidget(page)  # which deletes the page before
        self.pages.setCurrentWidget(self._reader)
        self.setWindowTitle(self.lesson.title)
        self.place.setText(f"{number + 1} / {last + 1}")
        self.back.setEnabled(number > 0)
        self.forth.setText("Next" if number < last else "All lessons")
        if load := self.lesson.pages[number].load:
            self.load_asked.emit(load)
        self._restrict()

    def show_list(self) -> None:
        """All lessons, with how far one has come."""
        self.lesson = None
        self.list.show_progress(self.progress)
        self.pages.setCurrentWidget(self.list)
        self.setWindowTitle("Lessons")
        self._restrict()

    def note_step(self, step: int) -> None:
        """The run in front has come to a step: outcomes that were waited for are shown."""
        for part in [part for part in self._found if (self._question(part).steps or 0) <= step]:
            self._reveal(part)

    def choose_layer(self, layer: int) -> None:
        """A layer was clicked in a figure: the answer of a question that asks for one."""
        if self.page is not None and self.isVisible():
            for form in self.page.forms.values():
                form.choose_layer(layer)

    def set_theme(self, theme: Theme) -> None:
        """Colours and sizes."""
        self._theme = theme
        self.list.set_theme(theme)
        if self.page is not None:
            self.page.set_theme(theme)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._reading = QScrollArea()
        self._reading.setFrameShape(QFrame.Shape.NoFrame)
        self._reading.setWidgetResizable(True)
        self._reading.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.back, self.forth, self.all = QPushButton("Back"), QPushButton("Next"), QPushButton("Lessons")
        self.place = QLabel()
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for button in (self.back, self.forth, self.all):
            # The space bar plays and pauses after a click here, too.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back.clicked.connect(lambda: self._move(-1))
        self.forth.clicked.connect(lambda: self._move(1))
        self.all.clicked.connect(self.show_list)
        self.all.setToolTip("The list of all lessons")
        buttons = QHBoxLayout()
        buttons.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        buttons.setSpacing(GRID)
        buttons.addWidget(self.all)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.place)
        buttons.addWidget(self.forth)
        self._reader = QWidget()
        column = QVBoxLayout(self._reader)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._reading, 1)
        column.addLayout(buttons)
        self.pages = QStackedWidget()
        self.pages.setMinimumWidth(WIDTH)
        self.pages.addWidget(self.list)
        self.pages.addWidget(self._reader)
        self.setWidget(self.pages)

    def _move(self, by: int) -> None:
        if self.lesson is None:
            return
        number = self.progress.of(self.lesson.digest).page + by
        if number >= len(self.lesson.pages):
            self.show_list()
        else:
            self.go(number)

    def _question(self, part: str) -> Question:
        page = self._page()
        question = page.predict if part == PREDICT else page.question
        assert question is not None
        return question

    def _page(self) -> Page:
        assert self.lesson is not None
        return self.lesson.pages[self.progress.of(self.lesson.digest).page]

    def _answered(self, part: str, given: str) -> None:
        question = self._question(part)
        self._pending[part] = given
        self._restrict()
        if question.measure is None:
            self._reveal(part)
            return
        assert self.page is not None
        steps = question.steps or 0
        words = f"Press Play and watch: it is measured at step {steps:,}." if steps else "Measuring…"
        self.page.forms[part].show_waiting(given, words)
        load, self._measured_part = self._page().load, part
        path = preset_path(load) if load is not None else None
        measure = question.measure

        def measuring() -> Value:
            return measured(measure, load_document(path) if path is not None else None, steps)

        self._measuring.start(measuring)

    def _measured(self, value: object) -> None:
        assert isinstance(value, float | str)
        part = self._measured_part
        self._found[part] = value
        if not self._question(part).steps or self._page().load is None:
            self._reveal(part)

    def _reveal(self, part: str) -> None:
        assert self.page is not None
        assert self.lesson is not None
        outcome = score(self._question(part), self._pending.pop(part), self._found.pop(part, None))
        self.page.forms[part].show_outcome(outcome)
        mine = self.progress.of(self.lesson.digest)
        self._remember(mine.answered(mine.page, part, outcome))

    def _ticked(self, item: int, on: bool) -> None:  # noqa: FBT001 (a slot)
        if self.lesson is not None:
            mine = self.progress.of(self.lesson.digest)
            self._remember(mine.ticked(mine.page, item, on=on))

    def _remember(self, mine: object) -> None:
        """Keeps the progress in the lesson that is open."""
        assert self.lesson is not None
        progress = self.progress.having(self.lesson.digest, mine)  # type: ignore[arg-type]
        if progress == self.progress:
            return
        self.progress = progress
        try:
            save_progress(progress, self._kept)
        except OSError as error:
            self.failed.emit(str(error))

    def _restrict(self) -> None:
        """Tells what may be used now: Play waits for the prediction."""
        if self.lesson is None or not self.isVisible():
            self.restricted.emit(frozenset(), frozenset(), True)
            return
        page = self._page()
        load = page.load or Load()
        answered = self.progress.of(self.lesson.digest).answer(self.progress.of(self.lesson.digest).page, PREDICT)
        may_play = page.predict is None or answered is not None or PREDICT in self._pending
        self.restricted.emit(load.lock, load.hide, may_play)


def preset_path(load: Load) -> Path | None:
    """Where the preset that a page asks for is kept; None when it asks for none."""
    if load.preset is None:
        return None
    *folders, name = load.preset.split("/")
    return resource("presets", *folders, f"{name}{SUFFIX}")
