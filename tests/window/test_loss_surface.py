"""The network's own loss surface in the real window: it follows the run, and the run goes on."""

import time
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from nnviz.ui.export.view_menu import copy_numbers
from nnviz.ui.main_window import MainWindow
from nnviz.ui.plots.landscape.landscape_view import LandscapeView


@pytest.fixture
def window(open_window) -> MainWindow:
    made = open_window("spiral.nnviz", speed=100)
    wait(lambda: made.session.snapshot is not None and made.session.snapshot.step > 50)
    return made


def wait(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        QApplication.processEvents()
        time.sleep(0.002)


def test_the_surface_comes_while_the_run_goes_on_and_the_path_follows(window: MainWindow) -> None:
    lab = window.workspaces["lab"]
    view = lab.view(LandscapeView)
    assert view.surface.picture is None, "nothing is computed behind another tab"
    lab.show_figure("surface")
    wait(lambda: view.surface.picture is not None and view.surface.picture.complete)
    begun = window.session.snapshot.step
    wait(lambda: view.surface.path is not None and view.surface.path.trajectory.steps[-1] > begun + 100)
    window.session.pause()
    wait(lambda: not window.session.snapshot.playing)
    step = window.session.snapshot.step
    wait(lambda: int(view.surface.path.trajectory.steps[view.surface.path.present]) == step)
    window.session.seek(step // 2)
    wait(lambda: int(view.surface.path.trajectory.steps[view.surface.path.present]) == step // 2)
    copy_numbers(view)
    copied = QApplication.clipboard().text().splitlines()
    assert copied == ["\t".join(row) for row in view.numbers()]
    assert len(copied) == 1 + view.surface.picture.surface.heights.size


def test_following_keeps_the_slice_with_the_run(window: MainWindow) -> None:
    lab = window.workspaces["lab"]
    view = lab.view(LandscapeView)
    lab.show_figure("surface")
    wait(lambda: view.surface.picture is not None and view.surface.picture.complete)
    view.surface.panel.follow.click()
    window.session.pause()
    wait(lambda: not window.session.snapshot.playing)
    theta = window.session.snapshot.theta
    wait(lambda: view.surface.slice is not None and view.surface.slice.region.distance(theta) < 1e-9)
    wait(lambda: view.surface.picture.surface.side == 65)


def test_a_reset_is_another_surface_and_nothing_is_left_of_the_former(window: MainWindow) -> None:
    lab = window.workspaces["lab"]
    view = lab.view(LandscapeView)
    lab.show_figure("surface")
    wait(lambda: view.surface.picture is not None and view.surface.picture.complete)
    former = view.surface.slice
    window.session.reset()
    wait(lambda: view.surface.slice is not None and view.surface.slice is not former)
    lab.show_figure("loss")
    assert not view.busy
