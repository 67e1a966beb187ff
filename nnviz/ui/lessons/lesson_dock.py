"""The lesson guide beside the workspaces: the list of lessons, or a page of the one that is open."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDockWidget, QFrame, QScrollArea, QStackedWidget, QWidget

from nnviz.experiment.lesson.progress import PREDICT, LessonProgress, Progress, load_progress, save_progress
from nnviz.experiment.lesson.reader import load_lesson
from nnviz.experiment.lesson.record import Lesson, Load, Page
from nnviz.experiment.lesson.scoring import Outcome
from nnviz.resources import resource
from nnviz.ui.lessons.answering import Answering
from nnviz.ui.lessons.lesson_list import LessonList
from nnviz.ui.lessons.lesson_page import LessonPage
from nnviz.ui.lessons.page_frame import PageFrame
from nnviz.ui.theme import GRID, LIGHT, Theme

WIDTH = 44 * GRID
"""At least, at the ordinary text size; larger text has as many letters a line."""
MOST = 60 * GRID
SHIPPED = "lessons"
LATE = "This page's own example opens beside it once you have committed."


class LessonDock(QDockWidget):
    """Reads lessons. It knows no workspace: what a page needs goes out as signals."""

    load_asked = Signal(object)
    """A Load: what the page works with. Path of its preset: nnviz.ui.lessons.answering.preset_path."""
    play_asked = Signal()
    """The page's run may go, and is to."""
    restricted = Signal(object, object, bool)
    """(frozenset: names locked, frozenset: names hidden, bool: whether Play may be used)."""
    term_asked = Signal(str)
    """Key of a glossary entry."""
    sheet_asked = Signal()
    """The answer sheet of the lesson that is open."""
    said = Signal(str)
    failed = Signal(str)

    def __init__(self, kept: Path, parent: QWidget | None = None) -> None:
        """kept: the file in which progress is kept."""
        super().__init__("Lessons", parent)
        self.setObjectName("lesson-dock")
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self._kept, self._theme = kept, LIGHT
        self.lesson: Lesson | None = None
        self.lessons: list[Lesson] = []
        """The shipped ones, in their order."""
        self.path: Path | None = None
        """The file of the lesson that is open."""
        self._paths: dict[str, Path] = {}
        self._answering: Answering | None = None
        self.progress = Progress()
        self.list = LessonList(self)
        self.list.chosen.connect(self.open)
        self.page: LessonPage | None = None
        self.frame = PageFrame(self)
        self.frame.moved.connect(self._move)
        self.frame.list_asked.connect(self.show_list)
        self.frame.sheet_asked.connect(self.sheet_asked)
        self.pages = QStackedWidget()
        self._listing = QScrollArea()
        self._listing.setFrameShape(QFrame.Shape.NoFrame)
        self._listing.setWidgetResizable(True)
        self._listing.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._listing.setWidget(self.list)
        self.pages.addWidget(self._listing)
        self.pages.addWidget(self.frame)
        self.setWidget(self.pages)
        for key, by in (("Alt+PgUp", -1), ("Alt+PgDown", 1)):
            # Of the whole window: one reads on without leaving the plots.
            QShortcut(QKeySequence(key), self, lambda by=by: self._move(by))
        self.visibilityChanged.connect(lambda _shown: self._restrict())
        self.set_theme(LIGHT)

    def start(self) -> None:
        """Reads the shipped lessons and what is remembered. What is broken is said."""
        try:
            self.progress = load_progress(self._kept)
        except (ValueError, OSError) as error:
            self.failed.emit(str(error))
        for path in sorted(resource(SHIPPED).glob("*.md")):
            if (lesson := self._read(path)) is not None:
                self.lessons.append(lesson)
        self.lessons.sort(key=lambda lesson: lesson.topic or 99)
        self.list.show_lessons(self.lessons, self.progress)

    def open(self, lesson: Lesson, page: int | None = None, *, load: bool = True) -> None:
        """Opens a lesson at a page; where it was left, unless given. load: whether the page's preset is opened, too."""
        self.lesson = lesson
        self.path = self._paths.get(lesson.digest)
        self.show()
        self.raise_()
        self.go(self._mine.page if page is None else page, load=load)

    def open_file(self, path: Path, *, load: bool = True) -> None:
        """Opens a lesson of one's own. What is wrong with it is said, and all stays as it was."""
        if (lesson := self._read(path)) is not None:
            self.open(lesson, load=load)

    def open_topic(self, topic: int, title: str = "") -> None:
        """Opens a shipped lesson by its topic, at the page of that title; where it was left when there is none."""
        for lesson in self.lessons:
            if lesson.topic == topic:
                titles = [page.title for page in lesson.pages]
                self.open(lesson, titles.index(title) if title in titles else None)
                return

    def go(self, number: int, *, load: bool = True) -> None:
        """Shows a page of the lesson that is open."""
        assert self.lesson is not None
        last = len(self.lesson.pages) - 1
        self._remember(self._mine.at(number, last=last))
        number = self._mine.page
        record = self.lesson.pages[number]
        page = LessonPage(record, number, self._mine, self._theme)
        page.answered.connect(self._answered)
        page.ticked.connect(self._ticked)
        page.term_asked.connect(self.term_asked)
        self._ask(record, page)
        self.page = page
        self.frame.show_page(page, number, last)
        self.pages.setCurrentWidget(self.frame)
        self.setWindowTitle(self.lesson.title)
        if record.load is not None and record.load.late and self._open_question:
            page.forms[PREDICT].show_hint(LATE)
        elif load and record.load is not None:
            self.load_asked.emit(record.load)
        self._restrict()

    def show_list(self) -> None:
        """All lessons, with how far one has come."""
        self._leave()
        self.lesson = self.path = None
        self.list.show_progress(self.progress)
        self.pages.setCurrentWidget(self._listing)
        self.setWindowTitle("Lessons")
        self._restrict()

    def note_step(self, step: int) -> None:
        """The run in front has come to a step: outcomes that were waited for are shown."""
        if self._answering is not None:
            self._answering.note_step(step)

    def choose_layer(self, layer: int) -> None:
        """A layer was clicked in a figure: the answer of a question that asks for one."""
        if self.page is not None and self.isVisible():
            for form in self.page.forms.values():
                form.choose_layer(layer)

    def set_theme(self, theme: Theme) -> None:
        """Colours and sizes."""
        self._theme = theme
        self.setFont(theme.font())  # of its title; Qt draws it in the system's size otherwise
        self.pages.setMinimumWidth(min(WIDTH * theme.text_pixels // LIGHT.text_pixels, MOST))
        self.list.set_theme(theme)
        self.frame.set_theme(theme)
        if self.page is not None:
            self.page.set_theme(theme)

    # -- inside ------------------------------------------------------------------------------------------------------

    @property
    def _mine(self) -> LessonProgress:
        """How far one has come in the lesson that is open."""
        assert self.lesson is not None
        return self.progress.of(self.lesson.digest)

    def _read(self, path: Path) -> Lesson | None:
        """The lesson in a file; None for a broken one, which is said."""
        try:
            lesson = load_lesson(path)
        except (ValueError, OSError) as error:
            self.failed.emit(str(error))
            return None
        self._paths[lesson.digest] = path
        return lesson

    def _move(self, by: int) -> None:
        if self.lesson is None or not self.isVisible():
            return
        number = self._mine.page + by
        if number >= len(self.lesson.pages):
            self.show_list()
        elif number >= 0:
            self.go(number)

    def _leave(self) -> None:
        """Nothing more is heard of the page that was open; answers that wait are kept."""
        if self._answering is not None:
            self._answering.cancel()
            self._answering.deleteLater()
        self._answering = None

    def _ask(self, record: Page, page: LessonPage) -> None:
        """Begins with the questions of a page; what was answered before and waits is measured again."""
        self._leave()
        self._answering = answering = Answering(record, self)
        answering.told.connect(self._told)
        answering.failed.connect(lambda part, sentence: page.forms[part].show_failure(sentence))
        page.outcome_asked.connect(self._reveal)
        for part, form in page.forms.items():
            given = self._mine.waiting(self._mine.page, part)
            if given is not None:
                form.show_waiting(given, answering.words(part))
                answering.give(part, given)

    def _answered(self, part: str, given: str) -> None:
        assert self._answering is not None
        assert self.page is not None
        locked = not self.may_play
        self._remember(self._mine.committed(self._mine.page, part, given))
        self.page.forms[part].show_waiting(given, self._answering.words(part))
        self._answering.give(part, given)
        self._restrict()
        load = self.page.page.load
        if part == PREDICT and load is not None and load.late:
            self.load_asked.emit(load)
        elif locked and self.may_play and load is not None and load.play:
            self.play_asked.emit()

    def _reveal(self, part: str) -> None:
        """The outcome without the run in the window: now, or as soon as it is measured."""
        assert self._answering is not None
        assert self.page is not None
        self._answering.reveal(part)
        if (given := self._mine.waiting(self._mine.page, part)) is not None:
            self.page.forms[part].show_waiting(given, self._answering.words(part))

    def _told(self, part: str, outcome: object) -> None:
        assert isinstance(outcome, Outcome)
        assert self.page is not None
        self.page.forms[part].show_outcome(outcome)
        self._remember(self._mine.answered(self._mine.page, part, outcome))

    def _ticked(self, item: int, on: bool) -> None:  # noqa: FBT001 (a slot)
        self._remember(self._mine.ticked(self._mine.page, item, on=on))

    def _remember(self, mine: LessonProgress) -> None:
        """Keeps the progress in the lesson that is open."""
        assert self.lesson is not None
        progress = self.progress.having(self.lesson.digest, mine)
        if progress == self.progress:
            return
        self.progress = progress
        try:
            save_progress(progress, self._kept)
        except OSError as error:
            self.failed.emit(str(error))

    @property
    def may_play(self) -> bool:
        """Whether Play may be used: where a run was loaded for a prediction, it waits for it."""
        if self.lesson is None or not self.isVisible():
            return True
        load = self.lesson.pages[self._mine.page].load
        return load is None or load.preset is None or not self._open_question

    @property
    def _open_question(self) -> bool:
        """Whether the page has a prediction that is not made yet."""
        assert self.lesson is not None
        number = self._mine.page
        if self.lesson.pages[number].predict is None:
            return False
        return self._mine.answer(number, PREDICT) is None and self._mine.waiting(number, PREDICT) is None

    def _restrict(self) -> None:
        """Tells what may be used now."""
        if self.lesson is None or not self.isVisible():
            self.restricted.emit(frozenset(), frozenset(), True)
            return
        load = self.lesson.pages[self._mine.page].load or Load()
        self.restricted.emit(load.lock, load.hide, self.may_play)
