"""The Descent workspace in the real window, driven by mouse and keys."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.ui.main_window import MainWindow
from nnviz.ui.workspaces.descent.workspace import DescentWorkspace


@pytest.fixture
def window(open_window) -> MainWindow:
    return open_window("descent", "ravine_momentum.nnviz", play=False)


def wait(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Lets the window live until the condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        QApplication.processEvents()
        time.sleep(0.002)


def test_a_start_is_placed_played_taken_apart_and_scrubbed_back(window: MainWindow) -> None:
    place = window.workspace
    assert isinstance(place, DescentWorkspace)
    chart, clock = place.stage.map.chart, place.clock
    wait(lambda: chart.isVisible() and chart.width() > 200)
    QTest.qWait(100)

    # A click puts the start, Ctrl+Z takes it back.
    before = place.spec
    QTest.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=chart.pixel_of(3.0, 1.0))
    wait(lambda: place.spec != before)
    assert place.spec.start == pytest.approx((3.0, 1.0), abs=0.05)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: place.spec == before)

    # The ring of the start is dragged: one edit, and the race is that of its new place.
    ring = chart.pixel_of(*before.start)
    target = chart.pixel_of(-3.0, -1.0)
    QTest.mousePress(chart.viewport(), Qt.MouseButton.LeftButton, pos=ring)
    for share in (0.3, 0.6, 1.0):
        QTest.mouseMove(chart.viewport(), ring + (target - ring) * share)
        QTest.qWait(20)
    QTest.mouseRelease(chart.viewport(), Qt.MouseButton.LeftButton, pos=target)
    wait(lambda: place.spec.start != before.start)
    assert place.spec.start == pytest.approx((-3.0, -1.0), abs=0.05)
    assert place.sheet.undo_stack.count() == 1

    # Space plays and pauses; F6 is one step, F7 one phase, Shift+F6 goes back.
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Space)
    wait(lambda: clock.race.step > 5)
    QTest.keyClick(chart, Qt.Key.Key_Space)
    assert not clock.playing
    here = clock.race.step
    QTest.keyClick(window, Qt.Key.Key_F6)
    wait(lambda: clock.race.step == here + 1)
    for phase in (1, 2, 3):
        QTest.keyClick(window, Qt.Key.Key_F7)
        wait(lambda phase=phase: clock.phase == phase)
    assert place.stage.step.isVisible()
    assert [arrow.label for arrow in place.stage.map.arrows] == ["−α∇J", "step"]
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    wait(lambda: clock.phase == 2)

    # The timeline goes back to the start and again to the end.
    slider = place.timeline.slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Home)
    wait(lambda: clock.race.step == 0)
    QTest.keyClick(slider, Qt.Key.Key_End)
    wait(lambda: clock.race.step == place.spec.steps)
    assert "without momentum" in place.status.sentence
    QTest.keyClick(window, Qt.Key.Key_F8)
    wait(lambda: clock.race.step == 0)
    place.sheet.undo_stack.setClean()
