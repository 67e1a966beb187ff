"""Boxes, chips, notes, sections and rows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from nnviz.ui.theme import DARK, LIGHT, palette
from nnviz.ui.widgets.chip import Chip
from nnviz.ui.widgets.choice import Choice, Entry
from nnviz.ui.widgets.current_theme import current_theme
from nnviz.ui.widgets.form import Form
from nnviz.ui.widgets.integer_field import IntegerField
from nnviz.ui.widgets.note import Note
from nnviz.ui.widgets.section import Section

ENTRIES = [Entry("a", "Alpha", "The first."), Entry("b", "Beta")]


def test_a_choice_tells_its_key_once_and_only_when_the_user_chose(qtbot) -> None:
    choice = Choice(ENTRIES)
    qtbot.addWidget(choice)
    chosen: list[str] = []
    choice.chosen.connect(chosen.append)
    choice.show_key("a")
    assert (choice.currentText(), chosen) == ("Alpha", [])
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert chosen == ["b"]


def test_titles_of_groups_cannot_be_chosen(qtbot) -> None:
    choice = Choice()
    qtbot.addWidget(choice)
    choice.fill([("First", ENTRIES[:1]), ("Second", ENTRIES[1:])])
    assert choice.keys() == ["a", "b"]
    choice.show_key("a")
    chosen: list[str] = []
    choice.chosen.connect(chosen.append)
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert chosen == ["b"]


def test_a_key_that_is_not_offered_leaves_the_box_empty(qtbot) -> None:
    choice = Choice(ENTRIES)
    qtbot.addWidget(choice)
    choice.show_key("c")
    assert choice.currentIndex() == -1


def test_filling_again_keeps_what_is_shown(qtbot) -> None:
    choice = Choice(ENTRIES)
    qtbot.addWidget(choice)
    choice.show_key("b")
    choice.fill([("", [Entry("b", "Bee")])])
    assert (choice.key(), choice.currentText()) == ("b", "Bee")


def test_a_row_names_explains_and_labels_its_field(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = IntegerField(0, 9)
    label = Form(window).add("Units", field, "How many & why <so>.")
    assert label.buddy() is field
    assert field.accessibleName() == "Units"
    assert field.accessibleDescription() == "How many & why <so>."
    assert field.toolTip() == label.toolTip() == "<p>How many &amp; why &lt;so&gt;.</p>"


def test_a_note_is_hidden_until_it_has_something_to_say(qtbot) -> None:
    note = Note()
    qtbot.addWidget(note)
    assert note.isHidden()
    note.say("Mind the gap.", "Fill it")
    assert not note.isHidden()
    with qtbot.waitSignal(note.acted):
        note.button.click()
    note.say("")
    assert note.isHidden()


def test_a_section_opens_with_the_space_bar_and_says_what_it_holds_when_closed(qtbot) -> None:
    content = QLabel("content")
    section = Section("Stop", content, is_open=False)
    qtbot.addWidget(section)
    section.set_summary("never")
    assert content.isHidden()
    assert section.header.accessibleDescription() == "never"
    with qtbot.waitSignal(section.toggled):
        qtbot.keyClick(section.header, Qt.Key.Key_Space)
    assert not content.isHidden()


def test_widgets_that_paint_themselves_do_so_in_both_themes(qtbot) -> None:
    for theme in (LIGHT, DARK):
        window = QWidget()
        qtbot.addWidget(window)
        window.setPalette(palette(theme))
        chip = Chip("x²", window)
        chip.setChecked(True)
        chip.resize(chip.sizeHint())
        assert current_theme(chip) is theme
        assert chip.grab().toImage().pixelColor(5, chip.height() // 2) == theme.color("accent")
