"""The window on small screens and in lecture mode: it fits, panels step aside, and the user's choice stays his own."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.ui.main_window import MainWindow
from nnviz.ui.workspaces.registry import PLACES


@pytest.fixture
def window(open_window) -> Iterator[MainWindow]:
    made = open_window()
    yield made
    made.look_menu.lecture.setChecked(False)


def resize(window: MainWindow, width: int, height: int) -> None:
    window.resize(width, height)
    QTest.qWait(80)
    QApplication.processEvents()


def press_panels(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


@pytest.mark.parametrize("lesson", [False, True], ids=["alone", "with a lesson"])
def test_every_workspace_fits_on_a_screen_of_640_by_400(window: MainWindow, lesson: bool) -> None:
    for place in PLACES:
        window.show_workspace(place.key)
    if lesson:
        window.lesson_menu.open_topic(1)
        QTest.qWait(200)
    # The rail gives up its names on the way there.
    resize(window, 800, 500)
    resize(window, 640, 400)
    assert window.size().toTuple() == (640, 400)


def test_panels_step_aside_and_the_choice_is_kept(window: MainWindow) -> None:
    lab = window.workspaces["lab"]
    room, button, menu = lab.whole, lab.controls.bar.panels, window.look_menu.panels
    assert room.side.isVisible()
    resize(window, 800, 600)
    assert (room.side.isVisible(), button.isChecked(), menu.isChecked()) == (False, False, False)
    press_panels(window)
    assert (room.side.isVisible(), button.isChecked(), menu.isChecked()) == (True, True, True)
    press_panels(window)
    assert not room.side.isVisible()
    assert window.preferences.panels
    resize(window, 1280, 800)
    assert (room.side.isVisible(), button.isChecked(), menu.isChecked()) == (True, True, True)
    press_panels(window)
    assert not window.preferences.panels
    resize(window, 800, 600)
    resize(window, 1280, 800)
    assert not room.side.isVisible()
    # Workspaces that come later know it, too; and the button does what the key does.
    neuron = window.show_workspace("neuron")
    assert not neuron.unit.side.isVisible()
    neuron.bar.button(neuron.bar.panels).click()
    assert neuron.unit.side.isVisible()
    assert room.shown
    assert window.preferences.panels


def test_lecture_mode_makes_room_and_gives_it_back_without_touching_the_choice(window: MainWindow) -> None:
    lab = window.workspaces["lab"]
    window.look_menu.lecture.setChecked(True)
    QTest.qWait(80)
    assert not lab.whole.side.isVisible()
    assert window.preferences.panels
    assert window.size().toTuple() == (1280, 800)
    window.look_menu.lecture.setChecked(False)
    QTest.qWait(80)
    assert lab.whole.side.isVisible()


def test_the_rail_keeps_its_names_where_there_is_room(window: MainWindow) -> None:
    styles = Qt.ToolButtonStyle
    assert window.rail.toolButtonStyle() == styles.ToolButtonTextUnderIcon
    wide = window.rail.width()
    resize(window, 800, 600)
    assert window.rail.toolButtonStyle() == styles.ToolButtonIconOnly
    assert window.rail.width() < wide
    assert all(action.text() and action.text() in action.toolTip() for action in window.rail.actions())
