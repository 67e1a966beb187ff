"""One page of a lesson: text, what to try, the prediction and the question."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nnviz.experiment.lesson.progress import PREDICT, QUESTION, LessonProgress
from nnviz.experiment.lesson.record import Page
from nnviz.ui.lessons.lesson_text import LessonText
from nnviz.ui.lessons.question_form import QuestionForm
from nnviz.ui.theme import GRID, Theme


class LessonPage(QWidget):
    """Made anew for each page. `answered`: (PREDICT or QUESTION, the answer). `ticked`: (item, whether it was done)."""

    answered = Signal(str, str)
    outcome_asked = Signal(str)
    """PREDICT or QUESTION: show the outcome now."""
    ticked = Signal(int, bool)
    term_asked = Signal(str)

    def __init__(
        self, page: Page, number: int, progress: LessonProgress, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.page = page
        self.title = QLabel(page.title, self)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.text = LessonText(self)
        self.text.term_asked.connect(self.term_asked)
        self.text.show_markdown(page.text)
        self.forms: dict[str, QuestionForm] = {}
        self._texts = [self.text]
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, GRID, 2 * GRID)
        column.setSpacing(GRID + GRID // 2)
        column.addWidget(self.title)
        column.addWidget(self.text)
        self._add_form(column, PREDICT, number, progress)
        if page.tries:
            self._try_heading = QLabel("Try", self)
            column.addWidget(self._try_heading)
            for item, words in enumerate(page.tries):
                column.addLayout(self._tick(item, words, on=f"{number}.{item}" in progress.ticks))
        self._add_form(column, QUESTION, number, progress)
        column.addStretch(1)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Colours and sizes."""
        self.title.setFont(theme.font(1.35, bold=True))
        if self.page.tries:
            self._try_heading.setFont(theme.font(bold=True))
        # Fusion's own box can hardly be seen on dark ground; the tick in it can.
        self.setStyleSheet(f"QCheckBox::indicator:unchecked {{ border: 1px solid {theme.muted}; border-radius: 2px; }}")
        self.text.set_theme(theme)
        for words in self._texts[1:]:
            words.set_theme(theme)
        for form in self.forms.values():
            form.set_theme(theme)

    def _add_form(self, column: QVBoxLayout, part: str, number: int, progress: LessonProgress) -> None:
        question = self.page.predict if part == PREDICT else self.page.question
        if question is None:
            return
        form = self.forms[part] = QuestionForm(question, prediction=part == PREDICT, parent=self)
        if outcome := progress.answer(number, part):
            form.show_outcome(outcome)
        form.committed.connect(lambda given, part=part: self.answered.emit(part, given))
        form.outcome_asked.connect(lambda part=part: self.outcome_asked.emit(part))
        column.addWidget(form)

    def _tick(self, item: int, words: str, *, on: bool) -> QHBoxLayout:
        """A box to tick beside Markdown, which a check box cannot show."""
        row = QHBoxLayout()
        row.setSpacing(GRID)
        box, text = QCheckBox(self), LessonText(self)
        box.setChecked(on)
        box.setAccessibleName(words)
        box.toggled.connect(lambda done: self.ticked.emit(item, done))
        text.term_asked.connect(self.term_asked)
        text.show_markdown(words)
        self._texts.append(text)
        row.addWidget(box)
        row.addWidget(text, 1)
        return row
