"""The list of lessons with how far one has come in each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from nnviz.experiment.lesson.progress import LessonProgress, Progress
from nnviz.experiment.lesson.record import Lesson
from nnviz.ui.theme import GRID, LIGHT, Theme
from nnviz.ui.widgets.explained import tooltip


class LessonList(QWidget):
    """`chosen`: the Lesson to open."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._rows: list[tuple[Lesson, QPushButton, QLabel]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._column.setSpacing(GRID // 2)
        self._column.addStretch(1)

    def show_lessons(self, lessons: Sequence[Lesson], progress: Progress) -> None:
        """Offers these, in this order."""
        for _, button, words in self._rows:
            button.deleteLater()
            words.deleteLater()
        self._rows = []
        for lesson in lessons:
            button, words = QPushButton(_name(lesson), self), QLabel(self)
            button.setStyleSheet("text-align: left; padding: 4px 8px;")
            button.setFont(self._theme.font())
            button.setToolTip(tooltip(lesson.summary))
            button.clicked.connect(lambda _checked=False, lesson=lesson: self.chosen.emit(lesson))
            words.setWordWrap(True)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setContentsMargins(GRID, 0, 0, GRID)
            self._column.insertWidget(self._column.count() - 1, button)
            self._column.insertWidget(self._column.count() - 1, words)
            self._rows.append((lesson, button, words))
        self.show_progress(progress)

    def show_progress(self, progress: Progress) -> None:
        """Under each lesson what it is about and how far it was read."""
        for lesson, _, words in self._rows:
            words.setText(f"{lesson.summary} {_done(lesson, progress.of(lesson.digest))}".strip())
            words.setStyleSheet(f"color: {self._theme.color('muted').name()};")

    def set_theme(self, theme: Theme) -> None:
        """Colours and sizes: what has a style sheet of its own does not follow the application's font."""
        self._theme = theme
        for _, button, words in self._rows:
            button.setFont(theme.font())
            words.setStyleSheet(f"color: {theme.color('muted').name()};")


def _name(lesson: Lesson) -> str:
    return f"{lesson.topic}  {lesson.title}" if lesson.topic else lesson.title


def _done(lesson: Lesson, mine: LessonProgress) -> str:
    if mine == LessonProgress():
        return ""
    right = sum(outcome.right for outcome in mine.answers.values())
    asked = sum((page.predict is not None) + (page.question is not None) for page in lesson.pages)
    answers = f", {right} of {asked} answers right" if asked else ""
    return f"✓ Read{answers}." if mine.finished else f"At page {mine.page + 1} of {len(lesson.pages)}{answers}."
