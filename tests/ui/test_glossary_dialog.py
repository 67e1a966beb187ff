"""The glossary finds as one types, and leads on to lessons, views and other terms."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnviz.experiment.lesson.glossary import load_glossary
from nnviz.resources import resource
from nnviz.ui.glossary_dialog import GlossaryDialog
from nnviz.ui.theme import DARK, LIGHT


@pytest.fixture
def dialog(qtbot) -> GlossaryDialog:
    made = GlossaryDialog(load_glossary(resource("glossary.md")), {"lab": "Lab"}, LIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


def names(dialog: GlossaryDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_a_synonym_finds_the_term_while_one_types(dialog: GlossaryDialog) -> None:
    QTest.keyClicks(dialog.search, "xavier")
    assert names(dialog) == ["Glorot initializer"]
    assert dialog.name.text() == "Glorot initializer"
    assert "variance" in dialog.text.toPlainText()
    assert len(dialog.text.formulas) == 1


def test_the_arrow_keys_walk_through_what_was_found(dialog: GlossaryDialog) -> None:
    QTest.keyClicks(dialog.search, "grad")
    assert dialog.name.text() == names(dialog)[0] == "Gradient"
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.name.text() == names(dialog)[1]
    QTest.keyClick(dialog.search, Qt.Key.Key_Up)
    QTest.keyClick(dialog.search, Qt.Key.Key_Up)
    assert dialog.name.text() == "Gradient"


def test_nothing_found_is_said(dialog: GlossaryDialog) -> None:
    QTest.keyClicks(dialog.search, "zebra")
    assert names(dialog) == []
    assert dialog.nothing.isVisible()
    dialog.search.clear()
    assert not dialog.nothing.isVisible()
    assert len(names(dialog)) > 60


def test_it_leads_to_the_lesson_the_view_and_other_terms(dialog: GlossaryDialog, qtbot) -> None:
    QTest.keyClicks(dialog.search, "zebra")
    dialog.show_term("dead-unit")
    assert dialog.name.text() == "Dead unit"
    with qtbot.waitSignal(dialog.lesson_asked) as lesson:
        dialog.lesson.click()
    assert lesson.args == [9, "Dying ReLU"]
    with qtbot.waitSignal(dialog.view_asked) as view:
        dialog.view.click()
    assert view.args == ["lab", "units"]
    dialog.related.term_asked.emit("relu")
    assert dialog.name.text() == "ReLU"
    dialog.show_term("nonesuch")
    assert dialog.name.text() == "ReLU"


def test_a_workspace_that_is_not_there_is_not_offered(dialog: GlossaryDialog) -> None:
    dialog.show_term("perceptron")
    assert not dialog.view.isVisible()


def test_it_follows_the_theme_and_lecture_mode(dialog: GlossaryDialog) -> None:
    width = dialog.list.width()
    dialog.set_theme(DARK.for_lecture())
    assert dialog.font().pixelSize() == 20
    assert dialog.list.width() > width
