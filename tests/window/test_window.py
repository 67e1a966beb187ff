"""The real window, driven by mouse and keys as a user would. Needs a window system: make test brings one."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz import app as composition
from nnviz.experiment.files import load_experiment, save_document
from nnviz.experiment.specification import DataSpec, Experiment, LayerSpec, NetworkSpec, replace
from nnviz.experiment.training_job import TrainingJob
from nnviz.resources import resource
from nnviz.ui.autopsy_dialog import AutopsyDialog
from nnviz.ui.main_window import MainWindow
from nnviz.ui.plots.layers.ledger_view import LedgerView
from nnviz.ui.plots.units.units_view import UnitsView
from nnviz.ui.preferences import Preferences
from nnviz.ui.theme import DARK, LIGHT


@pytest.fixture
def window(open_window) -> MainWindow:
    made = open_window(speed=100)
    wait(lambda: made.session.snapshot is not None)
    return made


def wait(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Lets the window live until the condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        QApplication.processEvents()
        time.sleep(0.002)


def step(window: MainWindow) -> int:
    return window.session.snapshot.step


def key(window: MainWindow, which: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window, which, modifier)


def pause(window: MainWindow) -> int:
    """Pauses with the key and waits until the window shows it; the step."""
    if window.session.playing:
        key(window, Qt.Key.Key_F5)
    wait(lambda: not window.session.snapshot.playing)
    return step(window)


def test_the_first_start_shows_a_network_that_learns(window: MainWindow) -> None:
    assert window.session.playing
    wait(lambda: step(window) > 500)
    assert window.session.snapshot.moment.train_cost < window.session.snapshot.curves.column("train_cost")[0]
    # Between two noisy batches it may be unsettled, and the test looks at no chosen step.
    wait(lambda: window.workspaces["lab"].controls.why_line.sentence.startswith("Learning"))
    assert window.windowTitle() == "Spiral[*] — nnviz"


def test_play_pause_step_epoch_and_reset_by_keys(window: MainWindow) -> None:
    pause(window)
    key(window, Qt.Key.Key_F8)
    wait(lambda: step(window) == 0)
    first = window.session.snapshot.theta
    key(window, Qt.Key.Key_F6)
    wait(lambda: step(window) == 1)
    key(window, Qt.Key.Key_F7)
    wait(lambda: step(window) == 25)
    key(window, Qt.Key.Key_F5)
    wait(lambda: step(window) > 100)
    assert window.workspaces["lab"].controls.bar.play.text() == "Pause"
    pause(window)
    assert window.workspaces["lab"].controls.bar.play.text() == "Play"
    key(window, Qt.Key.Key_F8)
    wait(lambda: step(window) == 0)
    assert numpy.array_equal(window.session.snapshot.theta, first)


def test_the_space_bar_plays_where_no_field_has_the_keys(window: MainWindow) -> None:
    pause(window)
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Space)
    assert window.session.playing


def test_the_timeline_goes_back_and_playing_on_repeats_the_same_steps(window: MainWindow) -> None:
    wait(lambda: step(window) > 300)
    end = pause(window)
    theta = window.session.snapshot.theta
    slider = window.workspaces["lab"].controls.timeline.slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Home)
    wait(lambda: step(window) == 0)
    QTest.keyClick(slider, Qt.Key.Key_End)
    wait(lambda: step(window) == end)
    assert numpy.array_equal(window.session.snapshot.theta, theta)


def test_the_learning_rate_changes_without_a_restart(window: MainWindow) -> None:
    wait(lambda: step(window) > 200)
    before = step(window)
    spec = window.session.spec
    window.session.edit(replace(spec, training=replace(spec.training, learning_rate=0.05)), "learning rate")
    wait(lambda: window.session.snapshot.training.learning_rate == 0.05)
    assert step(window) >= before
    assert len(window.session.snapshot.spec.changes) == 1


def test_a_removed_layer_comes_back_with_undo(window: MainWindow) -> None:
    spec = window.session.spec
    window.session.edit(replace(spec, network=NetworkSpec(hidden=(LayerSpec(4),))), "layers")
    wait(lambda: window.session.snapshot.problem.network.sizes == (2, 4, 1))
    assert "Restarted" in window.statusBar().currentMessage()
    key(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: window.session.snapshot.problem.network.sizes == (2, 8, 8, 1))


def test_a_click_on_the_map_adds_a_point_and_undo_takes_it_away(window: MainWindow) -> None:
    pause(window)
    lab = window.workspaces["lab"]
    count = len(window.session.problem.data.x)
    plane = lab.map.map
    QTest.mouseClick(plane.viewport(), Qt.MouseButton.LeftButton, pos=plane.pixel_of(2.0, -1.0))
    wait(lambda: len(window.session.problem.data.x) == count + 1)
    key(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: len(window.session.problem.data.x) == count)


def test_a_file_that_is_broken_leaves_the_window_as_it_was(window: MainWindow, tmp_path: Path) -> None:
    broken = tmp_path / "broken.nnviz"
    broken.write_text('{"format": "nnviz", "version": 99}')
    spec, before = window.session.spec, step(window)
    window.file_menu.open(broken)
    wait(lambda: "roken.nnviz" in window.notice.sentence)
    assert "newer nnviz" in window.notice.sentence
    assert window.session.spec == spec
    assert window.session.path is None
    wait(lambda: step(window) > before)


def test_settings_that_cannot_be_run_are_said_and_the_run_goes_on(window: MainWindow) -> None:
    spec = window.session.spec
    window.session.edit(replace(spec, data=replace(spec.data, source="table")), "data set")
    wait(lambda: "cannot be run" in window.notice.sentence)
    before = step(window)
    wait(lambda: step(window) > before)
    key(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.notice.sentence == ""
    assert window.session.spec == spec


def test_the_why_line_shows_the_view_and_tries_the_remedy(window: MainWindow) -> None:
    window.session.adopt(load_experiment(resource("presets", "vanishing.nnviz")), None, play=True)
    wait(lambda: window.session.snapshot.verdict.code == "vanishing")
    lab = window.workspaces["lab"]
    QTest.mouseClick(window.workspaces["lab"].controls.why_line.show_button, Qt.MouseButton.LeftButton)
    assert lab.view(LedgerView).isVisible()
    QTest.mouseClick(window.workspaces["lab"].controls.why_line.remedy_button, Qt.MouseButton.LeftButton)
    wait(lambda: window.session.snapshot.problem.network.activations[0].name == "relu")
    wait(lambda: window.session.snapshot.verdict.code == "learning")
    assert window.session.snapshot.ghost is not None


def test_a_dead_unit_is_taken_apart(window: MainWindow) -> None:
    window.session.adopt(load_experiment(resource("presets", "dying.nnviz")), None, play=True)
    wait(lambda: window.session.snapshot.problem.spec.seed == 1 and step(window) > 300)
    dead = window.session.snapshot.moment.dead
    layer = next(l for l, units in enumerate(dead, start=1) if units.any())
    lab = window.workspaces["lab"]
    lab.view(UnitsView).death_asked.emit(layer, int(numpy.flatnonzero(dead[layer - 1])[0]), step(window))
    wait(lambda: lab.findChild(AutopsyDialog) is not None)
    dialog = lab.findChild(AutopsyDialog)
    assert not window.session.playing
    dialog.buttons[0].click()
    wait(lambda: window.session.snapshot.training.learning_rate == 0.1)
    assert window.session.snapshot.ghost is not None


def test_a_good_file_is_opened_and_remembered(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "two moons.nnviz"
    save_document(Experiment(data=DataSpec(source="moons")), path)
    window.file_menu.open(path)
    wait(lambda: window.session.path == path and window.session.snapshot.problem.spec.data.source == "moons")
    assert window.preferences.recent[0] == path.resolve()
    assert window.windowTitle().startswith("two moons.nnviz")


def test_a_huge_learning_rate_diverges_cleanly(window: MainWindow) -> None:
    spec = window.session.spec
    layers = tuple(replace(layer, activation="relu") for layer in spec.network.hidden)
    training = replace(spec.training, learning_rate=1e9)
    window.session.edit(replace(spec, network=replace(spec.network, hidden=layers), training=training), "rate")
    window.session.play()
    wait(lambda: window.session.snapshot.status == "diverged" or step(window) > 2000)
    snapshot = window.session.snapshot
    assert numpy.all(numpy.isfinite(snapshot.theta))
    if snapshot.status == "diverged":
        assert window.workspaces["lab"].controls.why_line.sentence.startswith("Diverged: step ")
        assert "learning rate 1e+09" in window.workspaces["lab"].controls.why_line.sentence


def test_a_fault_in_the_worker_is_one_dialog_and_the_window_goes_on(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TrainingJob, "advance", lambda *_: 1 / 0)
    wait(lambda: window.faults.dialog is not None)
    assert "ZeroDivisionError" in window.faults.dialog.detailedText()
    monkeypatch.undo()
    window.faults.dialog.close()
    wait(lambda: window.faults.dialog is None)
    before = step(window)
    key(window, Qt.Key.Key_F5)
    wait(lambda: step(window) > before)


def test_themes_restyle_the_window_while_it_runs(window: MainWindow) -> None:
    window.set_theme(DARK)
    QApplication.processEvents()
    dark = window.grab().toImage().pixelColor(5, 200).lightness()
    window.set_theme(LIGHT)
    QApplication.processEvents()
    light = window.grab().toImage().pixelColor(5, 200).lightness()
    assert dark < 60 < 200 < light


def test_layout_and_experiment_are_remembered(window: MainWindow) -> None:
    spec = replace(window.session.spec, seed=777)
    window.session.edit(spec, "seed")
    wait(lambda: window.session.snapshot.problem.spec.seed == 777)
    window.close()
    preferences = Preferences()
    again = composition.make_window(preferences)
    composition.open_first(again, preferences, None)
    assert again.session.spec.seed == 777
    assert again.preferences.speed == 100
    again.close()
    again.deleteLater()


def test_a_crash_leaves_what_was_being_worked_on(window: MainWindow) -> None:
    window.session.edit(replace(window.session.spec, seed=31), "seed")
    wait(lambda: window.session.snapshot.problem.spec.seed == 31)
    window._autosave_timer.timeout.emit()
    wait(lambda: not window._autosave.busy)
    assert load_experiment(window.preferences.last("lab")).seed == 31


def test_closing_while_it_trains_takes_less_than_a_second(window: MainWindow) -> None:
    wait(lambda: step(window) > 50)
    began = time.monotonic()
    window.close()
    assert time.monotonic() - began < 1.0
    assert not any(thread.name == "nnviz-runner" for thread in threading.enumerate())


def test_workspace_views_stop_asking_for_what_is_hidden(window: MainWindow) -> None:
    lab = window.workspaces["lab"]
    wait(lambda: "decision_map" in window.session.snapshot.readings)
    lab.map.hide()
    lab.canvas.hide()
    wait(lambda: "decision_map" not in window.session.snapshot.readings)
    assert lab.watch().readings == frozenset()
