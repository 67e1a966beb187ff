"""A question of a lesson: how it is answered, and what comes of it."""

from textwrap import wrap

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from nnviz.experiment.lesson.plain_text import plain
from nnviz.experiment.lesson.record import CHOICE, LAYER, Question
from nnviz.experiment.lesson.scoring import Outcome
from nnviz.ui.lessons.number_answer import NumberAnswer
from nnviz.ui.theme import GRID, LIGHT, Theme
from nnviz.ui.widgets.integer_field import IntegerField

MAX_LAYER = 64
NO_LAYER = "0"
LINE = 42
"""Letters of an answer in one line."""


class QuestionForm(QFrame):
    """A prediction or a question. `committed`: the answer, a choice's key or a number as text; then it is locked."""

    committed = Signal(str)
    outcome_asked = Signal()
    """Show it, though the run has not come to its step."""

    def __init__(self, question: Question, *, prediction: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question, self.prediction = question, prediction
        self._theme = LIGHT
        self._token = "muted"
        self._group = QButtonGroup(self)
        self._number: NumberAnswer | IntegerField | None = None
        self.heading = QLabel("Your prediction" if prediction else "Question", self)
        ask = QLabel(plain(question.ask), self)
        # Plain, whatever it looks like: Qt would take tags for rich text, and read the pictures that they name.
        ask.setTextFormat(Qt.TextFormat.PlainText)
        ask.setWordWrap(True)
        ask.setTextInteractionFlags(ask.textInteractionFlags().TextSelectableByMouse)
        self.commit = QPushButton("Commit" if prediction else "Answer", self)
        self.commit.setEnabled(False)
        self.commit.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.commit.clicked.connect(self._commit)
        self.outcome = QPushButton("Show the outcome", self)
        self.outcome.setToolTip("What was measured in this page's own run, without waiting for the run in the window")
        self.outcome.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.outcome.clicked.connect(self.outcome_asked)
        self.outcome.hide()
        self.said = QLabel("", self)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.heading)
        column.addWidget(ask)
        column.addLayout(self._field(question))
        column.addWidget(self.commit)
        column.addWidget(self.said)
        column.addWidget(self.outcome)
        self.setAccessibleName(question.ask)
        self.set_theme(LIGHT)

    def given(self) -> str:
        """The answer as it stands; empty before there is one."""
        if self._number is not None:
            return f"{self._number.value():.12g}"
        button = self._group.checkedButton()
        return "" if button is None else str(button.property("key"))

    def choose_layer(self, layer: int) -> None:
        """Takes a layer that was clicked in a figure, where a layer is asked for and not yet committed."""
        if self.question.kind == LAYER and isinstance(self._number, IntegerField) and self._number.isEnabled():
            self._number.setValue(layer)
            self.commit.setEnabled(True)

    def show_hint(self, words: str) -> None:
        """What is to be known before it is answered."""
        self._say(words, "muted")

    def show_waiting(self, given: str, words: str) -> None:
        """The answer is given, and what is measured is not known yet."""
        self._lock(given)
        self._say(words, "muted")
        self.outcome.show()

    def show_failure(self, sentence: str) -> None:
        """It cannot be measured."""
        self.outcome.hide()
        self._say(f"It could not be measured: {sentence}.", "warning")

    def show_outcome(self, outcome: Outcome) -> None:
        """Right or wrong, and what it really is."""
        self._lock(outcome.given)
        self.outcome.hide()
        texts = {choice.key: choice.text for choice in self.question.choices}
        expected = texts.get(outcome.expected, outcome.expected)
        said = self.question.right if outcome.right else self.question.wrong
        mark, token = ("✓ Right", "good") if outcome.right else ("✗ Not so", "warning")
        source = "Measured" if outcome.value is not None else "Answer"
        self._say(f"{mark}. {source}: {expected}. {plain(said)}".strip(), token)

    def set_theme(self, theme: Theme) -> None:
        """Colours and sizes."""
        self._theme = theme
        self.heading.setFont(theme.font(bold=True))
        size = theme.text_pixels
        self.setStyleSheet(
            f"QuestionForm {{ background: {theme.surface}; border-left: 3px solid {theme.accent}; }}"
            # Fusion's own circle can hardly be seen on dark ground.
            f"QRadioButton::indicator {{ width: {size - 4}px; height: {size - 4}px; border: 2px solid {theme.muted};"
            f" border-radius: {size // 2}px; background: {theme.surface}; }}"
            f"QRadioButton:disabled {{ color: {theme.muted}; }}"
            f"QRadioButton:disabled:checked {{ color: {theme.text}; }}"
            f"QRadioButton::indicator:focus {{ border-color: {theme.accent}; }}"
            f"QRadioButton::indicator:checked {{ border-color: {theme.accent}; background: {theme.accent}; }}"
        )
        self._say(self.said.text(), self._token)

    def _field(self, question: Question) -> QVBoxLayout:
        """The controls by which it is answered."""
        column = QVBoxLayout()
        column.setSpacing(GRID // 2)
        if question.kind == CHOICE:
            for choice in question.choices:
                # A radio button breaks no lines by itself, and a long answer would widen the page.
                text = "\n".join(wrap(plain(choice.text), LINE)) or choice.key
                button = QRadioButton(text.replace("&", "&&"), self)
                button.setProperty("key", choice.key)
                self._group.addButton(button)
                column.addWidget(button)
            self._group.buttonClicked.connect(lambda _button: self.commit.setEnabled(True))
            return column
        row = QHBoxLayout()
        row.setSpacing(GRID)
        if question.kind == LAYER:
            self._number = IntegerField(0, MAX_LAYER, parent=self)
            self._number.setSpecialValueText("–")
            row.addWidget(QLabel("Layer, counted from the input", self))
        else:
            self._number = NumberAnswer(self)
        self._number.setAccessibleName(question.ask)
        self._number.valueChanged.connect(lambda value: self.commit.setEnabled(question.kind != LAYER or value >= 1))
        self._number.lineEdit().textEdited.connect(lambda text: self.commit.setEnabled(bool(text.strip("– "))))
        self._number.lineEdit().returnPressed.connect(self.commit.click)
        row.addWidget(self._number)
        row.addStretch(1)
        column.addLayout(row)
        return column

    def _commit(self) -> None:
        if self._number is not None:
            # A click on the button leaves the cursor in the field, so what was typed did not count yet.
            self._number.interpretText()
        given = self.given()
        if given and not (self.question.kind == LAYER and given == NO_LAYER):
            self._lock(given)
            self.committed.emit(given)

    def _lock(self, given: str) -> None:
        """Shows the answer that was given; it can no longer be changed."""
        self._group.setExclusive(False)  # or Qt keeps one button checked that was not chosen
        for button in self._group.buttons():
            button.setChecked(str(button.property("key")) == given)
            button.setEnabled(False)
        if self._number is not None:
            if isinstance(self._number, IntegerField):
                self._number.show_value(int(float(given)))
            else:
                self._number.show_answer(float(given))
            self._number.setEnabled(False)
        self.commit.hide()

    def _say(self, words: str, token: str) -> None:
        self._token = token
        self.said.setText(words)
        self.said.setStyleSheet(f"color: {self._theme.color(token).name()};")
        self.said.setVisible(bool(words))
