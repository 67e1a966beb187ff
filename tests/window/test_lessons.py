"""A lesson in the real window: what its page says happens there, and is undone when the page is left."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.experiment.lesson.progress import PREDICT
from nnviz.resources import resource
from nnviz.ui.main_window import MainWindow

LESSON = """---
nnviz-lesson: 1
title: Mine
---
# Locked

```load
preset: vanishing
play: yes
show: ledger
lock: network, seed
hide: timeline
```

```predict
ask: Which layer?
kind: layer
measure: weakest_layer
steps: 200
```

# Free
"""


def wait(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        QApplication.processEvents()
        time.sleep(0.002)


@pytest.fixture
def learning_window(open_window) -> Callable[[], MainWindow]:
    def start() -> MainWindow:
        window = open_window()
        wait(lambda: window.session.snapshot is not None)
        return window

    return start


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window, key, modifier)
    QApplication.processEvents()


def test_a_page_from_its_preset_to_its_outcome(learning_window, tmp_path) -> None:
    window = learning_window()
    path = tmp_path / "mine.md"
    path.write_text(LESSON, encoding="utf-8")
    lab, dock = window.workspaces["lab"], window.lesson_menu.dock
    dock.open_file(path)
    wait(lambda: len(window.session.spec.network.hidden) == 6 and window.session.snapshot.step == 0)
    wait(lambda: not window.lesson_menu._loading)
    # The panels made room; the view that the page names is in front, and locks and hides hold.
    assert not window.look_menu.panels.isChecked()
    assert lab.tabs[1].front == "ledger"
    assert lab.tabs[1].currentWidget().isAncestorOf(lab.tabs[1].view("ledger"))
    assert not lab.controls.timeline.isVisible()
    assert not lab.controls.bar.seed.isEnabled()
    assert not lab.sections[1].isEnabled()
    # Neither key nor menu sets it going.
    window.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F9):
        press(window, key)
    for action in window._run_menu.actions():
        assert not action.isEnabled()
        action.trigger()
    time.sleep(0.1)
    QApplication.processEvents()
    assert window.session.snapshot.step == 0
    assert not window.session.playing
    # A unit that is clicked is the answer; the run then goes, since the page says so, and the outcome comes.
    lab._choose_unit(1, 0)
    form = dock.page.forms[PREDICT]
    assert form.given() == "1"
    form.commit.click()
    wait(lambda: window.session.playing)
    wait(lambda: form.said.text().startswith("✓ Right"))
    assert window.session.snapshot.step >= 200
    # All comes back with the next page, and the panels with the guide's end.
    press(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    wait(lambda: lab.controls.timeline.isVisible() and lab.controls.bar.seed.isEnabled())
    assert lab.sections[1].isEnabled()
    dock.close()
    wait(window.look_menu.panels.isChecked)


def test_steps_of_the_run_before_tell_no_outcome(learning_window, tmp_path) -> None:
    window = learning_window()
    wait(lambda: window.session.snapshot.step > 250)
    path = tmp_path / "mine.md"
    path.write_text(LESSON, encoding="utf-8")
    dock = window.lesson_menu.dock
    dock.open_file(path)
    form = dock.page.forms[PREDICT]
    form.choose_layer(2)
    form.commit.click()
    assert form.said.text().startswith("Press Play")
    wait(lambda: form.said.text().startswith("✗ Not so"))
    assert len(window.session.spec.network.hidden) == 6


def test_the_guide_is_as_it_was_left_and_the_tour_comes_once(learning_window) -> None:
    window = learning_window()
    assert window.help_menu.tour is None
    assert not window.preferences.toured
    window.welcome()
    assert window.lesson_menu._dock is None
    wait(lambda: window.help_menu.tour is not None)
    QTest.keyClick(window.help_menu.tour.bubble.forth, Qt.Key.Key_Escape)
    assert window.help_menu.tour is None
    window.lesson_menu.open_topic(9, "The gradient vanishes")
    wait(lambda: len(window.session.spec.network.hidden) == 6 and not window.lesson_menu._loading)
    window.close()
    again = learning_window()
    assert again.preferences.panels
    again.welcome()
    assert again.lesson_menu.dock.page.title.text() == "The gradient vanishes"
    assert again.lesson_menu.dock.isVisible()
    wait(lambda: not again.session.playing)
    assert not again.workspace.may_play
    time.sleep(1.2)
    QApplication.processEvents()
    assert again.help_menu.tour is None


def test_the_tour_points_at_the_real_things_in_large_text_too(learning_window) -> None:
    window = learning_window()
    window.look_menu.lecture.setChecked(True)
    window.help_menu.show_tour()
    tour = window.help_menu.tour
    controls = window.workspaces["lab"].controls
    for target in (window.rail, controls.bar, controls.why_line, None):
        QApplication.processEvents()
        assert window.rect().contains(tour.bubble.geometry())
        if target is not None:
            place = target.mapTo(window, target.rect().center())
            assert tour.ring.geometry().contains(place)
        tour.bubble.forth.click()
    assert window.help_menu.tour is None


def test_the_glossary_opens_at_a_lessons_term_and_leads_back(learning_window) -> None:
    window = learning_window()
    window.lesson_menu.open_topic(9)
    window.lesson_menu.dock.page.text.term_asked.emit("dead-unit")
    dialog = window.help_menu._glossary
    assert dialog.isVisible()
    assert dialog.name.text() == "Dead unit"
    dialog.view.click()
    lab = window.workspaces["lab"]
    assert lab.tabs[1].front == "units"
    dialog.lesson.click()
    assert window.lesson_menu.dock.page.title.text() == "Dying ReLU"
    dialog.show_term("activation")
    dialog.view.click()
    assert window.workspace.key == "activations"
    dialog.close()


def test_a_foreign_lesson_that_is_broken_changes_nothing(learning_window, tmp_path) -> None:
    window = learning_window()
    path = tmp_path / "broken.md"
    path.write_text("---\nnnviz-lesson: 1\ntitle: a\n---\n# P\n\n```load\npreset: ../../etc/passwd\n```\n")
    spec = window.session.spec
    window.lesson_menu.dock.open_file(path)
    assert window.notice.sentence.startswith("broken.md, line 8: ")
    assert window.session.spec == spec
    assert window.workspace.may_play


def test_shipped_lessons_are_found_again_by_name(learning_window) -> None:
    window = learning_window()
    window.lesson_menu.open_topic(2)
    window.lesson_menu.remember()
    assert window.preferences.lesson == "02-weights.md"
    assert (resource("lessons") / window.preferences.lesson).is_file()
