"""A question is answered once, by mouse or keys, and says what came of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QRadioButton

from nnviz.experiment.lesson.record import Choice, Question
from nnviz.experiment.lesson.scoring import Outcome
from nnviz.ui.lessons.question_form import QuestionForm
from nnviz.ui.theme import DARK

NUMBER = Question("How many?", "number", answer="8", right="Yes.", wrong="Count again.")
CHOICE = Question("Which?", "choice", answer="a", choices=(Choice("a", "the first"), Choice("b", "the second")))
LAYER = Question("Which layer?", "layer", answer="3")


def form(qtbot, question: Question) -> tuple[QuestionForm, list[str]]:
    made = QuestionForm(question, prediction=True)
    qtbot.addWidget(made)
    made.show()
    said: list[str] = []
    made.committed.connect(said.append)
    return made, said


def test_the_field_is_empty_until_it_is_used(qtbot) -> None:
    made, _ = form(qtbot, NUMBER)
    field = made._number
    assert field.lineEdit().text() == ""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    made.hide()
    made.show()
    assert field.lineEdit().text() == ""
    assert not made.commit.isEnabled()
    QTest.keyClicks(field, "0")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.lineEdit().text() == "0"
    assert made.commit.isEnabled()
    field.lineEdit().clear()
    field.stepBy(1)
    field.stepBy(-1)
    assert field.lineEdit().text() == "0"


def test_an_answer_of_zero_is_shown_again(qtbot) -> None:
    made, _ = form(qtbot, NUMBER)
    made.show_waiting("0", "Measuring…")
    assert made._number.lineEdit().text() == "0"
    assert made.given() == "0"


def test_a_hint_stands_until_there_is_an_outcome(qtbot) -> None:
    made, _ = form(qtbot, NUMBER)
    made.show_hint("It opens later.")
    assert made.said.isVisible()
    made.show_outcome(Outcome("8", "8", True))
    assert made.said.text().startswith("✓ Right")


def test_a_number_is_typed_and_committed_with_the_keyboard_alone(qtbot) -> None:
    made, said = form(qtbot, NUMBER)
    made.setWindowFlag(Qt.WindowType.Window)
    field = made._number
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    field.setFocus()
    field.lineEdit().selectAll()
    QTest.keyClicks(field, "8")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert made.commit.isEnabled()
    QTest.keyClick(made.commit, Qt.Key.Key_Space)
    assert said == ["8"]


@pytest.mark.parametrize("enter", [True, False])
def test_what_was_typed_counts_without_leaving_the_field(qtbot, enter: bool) -> None:
    made, said = form(qtbot, NUMBER)
    made._number.lineEdit().selectAll()
    QTest.keyClicks(made._number, "7.5")
    if enter:
        QTest.keyClick(made._number, Qt.Key.Key_Return)
    else:
        QTest.mouseClick(made.commit, Qt.MouseButton.LeftButton)
    assert said == ["7.5"]


def test_nothing_can_be_committed_before_something_is_chosen(qtbot) -> None:
    made, said = form(qtbot, CHOICE)
    assert not made.commit.isEnabled()
    made._commit()
    assert said == []
    button = made.findChildren(QRadioButton)[1]
    QTest.keyClick(button, Qt.Key.Key_Space)
    made.commit.click()
    assert said == ["b"]


def test_an_answer_cannot_be_changed_afterwards(qtbot) -> None:
    made, said = form(qtbot, CHOICE)
    first, second = made.findChildren(QRadioButton)
    first.click()
    made.commit.click()
    second.click()
    assert first.isChecked()
    assert not second.isChecked()
    assert not first.isEnabled()
    assert made.commit.isHidden()
    assert said == ["a"]


def test_a_layer_clicked_in_a_figure_is_the_answer(qtbot) -> None:
    made, said = form(qtbot, LAYER)
    made.choose_layer(3)
    made.commit.click()
    made.choose_layer(2)
    assert said == ["3"]
    assert made.given() == "3"


@pytest.mark.parametrize(
    ("right", "words"), [(True, "✓ Right. Answer: 8. Yes."), (False, "✗ Not so. Answer: 8. Count again.")]
)
def test_right_and_wrong_are_said_in_words(qtbot, right: bool, words: str) -> None:
    made, _ = form(qtbot, NUMBER)
    made.show_outcome(Outcome("8" if right else "3", "8", right))
    assert made.said.text() == words
    assert made.given() == ("8" if right else "3")


def test_an_outcome_is_in_the_words_of_its_choice(qtbot) -> None:
    made, _ = form(qtbot, CHOICE)
    made.show_outcome(Outcome("b", "a", right=False, value=0.2))
    assert made.said.text().startswith("✗ Not so. Measured: the first.")
    assert [button.isChecked() for button in made.findChildren(QRadioButton)] == [False, True]


def test_tags_in_a_question_are_text_and_no_picture_is_read(qtbot, tmp_path) -> None:
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.fill(0xFF00FF)
    path = tmp_path / "secret.png"
    assert image.save(str(path))
    tag = f'<img src="{path.as_uri()}">'
    made, _ = form(qtbot, Question(f"{tag} How many?", "number", answer="8", right=tag, wrong=tag))
    made.show_outcome(Outcome("8", "8", right=True))
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in (made.said, *made.findChildren(QLabel)[1:2]))
    shot = made.grab().toImage()
    places = [(x, y) for x in range(0, shot.width(), 5) for y in range(0, shot.height(), 5)]
    assert not any(shot.pixelColor(x, y).name() == "#ff00ff" for x, y in places)


def test_while_it_waits_the_outcome_can_be_asked_for(qtbot) -> None:
    made, _ = form(qtbot, NUMBER)
    assert made.outcome.isHidden()
    made.show_waiting("8", "Press Play.")
    with qtbot.waitSignal(made.outcome_asked):
        made.outcome.click()
    made.show_outcome(Outcome("8", "8", right=True))
    assert made.outcome.isHidden()


def test_what_cannot_be_measured_is_said(qtbot) -> None:
    made, _ = form(qtbot, NUMBER)
    made.show_waiting("8", "Press Play.")
    made.show_failure("there is no layer 9")
    assert made.said.text() == "It could not be measured: there is no layer 9."


def test_another_theme_recolours_what_was_said(qtbot) -> None:
    made, _ = form(qtbot, NUMBER)
    made.show_outcome(Outcome("8", "8", right=True))
    made.set_theme(DARK)
    assert DARK.good in made.said.styleSheet()
