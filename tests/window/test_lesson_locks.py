"""What a lesson's page locks, in the real window: refused in a sentence, and free again when it is left."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.experiment.line_text import to_line
from nnviz.experiment.specification import DrawnPoint, replace
from nnviz.resources import resource
from nnviz.ui.main_window import MainWindow

LESSON = """---
nnviz-lesson: 1
title: Mine
---
# Locked

```load
preset: vanishing
lock: network, data
```

# Waiting

```load
preset: zeros
lock: panels
```

```predict
ask: How many?
measure: distinct_units 1
steps: 5
```
"""


def wait(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        QApplication.processEvents()
        time.sleep(0.002)


@pytest.fixture
def window(open_window, tmp_path) -> MainWindow:
    made = open_window()
    wait(lambda: made.session.snapshot is not None)
    path = tmp_path / "mine.md"
    path.write_text(LESSON, encoding="utf-8")
    made.lesson_menu.dock.open_file(path)
    wait(lambda: len(made.session.spec.network.hidden) == 6 and made.session.snapshot.step == 0)
    wait(lambda: not made.lesson_menu._loading)
    return made


def test_gestures_on_canvas_and_map_are_refused_in_a_sentence_that_stays(window: MainWindow) -> None:
    lab, session = window.workspaces["lab"], window.session
    spec, theta = session.spec, session.snapshot.theta.copy()
    lab.map.point_added.emit(DrawnPoint((0.1, 0.1), 1.0))
    assert window.notice.sentence.startswith("The lesson's page holds the data fixed.")
    lab.canvas.weight_edited.emit(0, 5.0)
    assert window.notice.sentence.startswith("The lesson's page holds the network fixed.")
    assert session.spec == spec
    assert (session.snapshot.theta == theta).all()
    assert not session.undo_stack.canUndo()
    session.edit(replace(spec, training=replace(spec.training, learning_rate=0.9)), "learning rate")
    assert session.spec.training.learning_rate == 0.9


def test_a_remedy_of_the_network_cannot_be_pressed_and_says_why(window: MainWindow) -> None:
    controls, session = window.workspaces["lab"].controls, window.session
    session.play()
    wait(lambda: controls.why_line.remedy is not None and not controls.why_line.remedy_button.isHidden())
    session.pause()
    assert not controls.why_line.remedy_button.isEnabled()
    assert controls.why_line.remedy_button in window.workspaces["lab"].held._widgets
    window.lesson_menu.dock.show_list()
    assert controls.why_line.remedy_button.isEnabled()


def test_a_pasted_line_is_an_edit_of_what_is_open(window: MainWindow) -> None:
    spec = window.session.spec
    window.file_menu.open_line(to_line(replace(spec, data=replace(spec.data, noise=0.4))))
    wait(lambda: window.notice.sentence.startswith("The lesson's page holds the data fixed."))
    assert window.session.spec == spec


def test_another_file_is_free_and_the_next_page_locks_again(window: MainWindow) -> None:
    lab, session = window.workspaces["lab"], window.session
    assert not lab.sections[1].isEnabled()
    window.file_menu.open_preset(resource("presets", "circle.nnviz"))
    wait(lambda: len(session.spec.network.hidden) == 1 and lab.sections[1].isEnabled())
    assert session.fixed == frozenset()
    window.lesson_menu.dock.frame.forth.click()
    wait(lambda: not window.lesson_menu._loading and session.fixed == {"panels"})
    assert not any(section.isEnabled() for section in lab.sections)


def test_play_that_waits_for_a_prediction_says_so(window: MainWindow) -> None:
    bar = window.workspaces["lab"].controls.bar
    assert bar.play.toolTip() == "Let the network learn, or pause it (F5)"
    window.lesson_menu.dock.frame.forth.click()
    wait(lambda: not window.lesson_menu._loading)
    assert "Commit to your prediction first" in bar.play.toolTip()
    assert bar.play.statusTip().startswith("Commit to your prediction first")
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert window.statusBar().currentMessage().startswith("Commit to your prediction first")
    window.lesson_menu.dock.close()
    assert bar.play.toolTip() == "Let the network learn, or pause it (F5)"
    assert bar.play.statusTip() == ""
