"""The views of what happens inside the network, in the real window: what they ask for comes, what is set is kept."""

import time
from collections.abc import Callable

import numpy
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.experiment.remedies import LOWER_RATE
from nnviz.ui.main_window import MainWindow
from nnviz.ui.plots.course.stability_view import StabilityView
from nnviz.ui.plots.layers.gradient_flow_view import GradientFlowView
from nnviz.ui.plots.layers.ledger_view import LedgerView
from nnviz.ui.plots.units.symmetry_view import SymmetryView
from nnviz.ui.plots.units.units_view import UnitsView
from nnviz.ui.preferences import Preferences
from nnviz.ui.widgets.note import Note


@pytest.fixture
def window(open_window) -> MainWindow:
    made = open_window("vanishing.nnviz", speed=100)
    wait(lambda: made.session.snapshot is not None and made.session.snapshot.step > 200)
    made.session.pause()
    wait(lambda: not made.session.snapshot.playing)
    return made


def wait(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        QApplication.processEvents()
        time.sleep(0.002)


def test_the_spread_of_delta_comes_also_while_the_run_stands(window: MainWindow) -> None:
    flow = window.workspaces["lab"].view(GradientFlowView)
    flow.choice.setCurrentIndex(2)
    flow.choice.activated.emit(2)
    wait(lambda: bool(numpy.isfinite(flow.bars.bars.spread).all()))
    assert "unit_deltas" in window.session.snapshot.readings


def test_the_edge_of_a_zone_is_dragged_and_remembered(window: MainWindow) -> None:
    chart = window.workspaces["lab"].view(GradientFlowView).bars
    lower = float(chart.zones.edges()[0][0])
    start = chart.pixel_of(1.5, lower)
    QTest.mousePress(chart.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for down in (5, 10, 15):
        QTest.mouseMove(chart.viewport(), start - QPoint(0, down))
        QApplication.processEvents()
    end = start - QPoint(0, 15)
    QTest.mouseRelease(chart.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    moved = window.workspaces["lab"].view(GradientFlowView).zone.value()
    assert moved < 3.0
    wait(lambda: Preferences().zones == moved)


def test_the_former_runs_sharpness_is_kept_with_its_ghost(window: MainWindow) -> None:
    wait(lambda: len(window.session.snapshot.sharpness) > 0)
    before = window.session.snapshot.sharpness
    window.session.apply(LOWER_RATE)
    window.session.step()
    wait(lambda: window.session.snapshot.ghost is not None)
    ghost = window.session.snapshot.ghost
    assert len(ghost.sharpness) >= len(before)
    assert ghost.sizes == tuple(window.session.problem.network.sizes)
    lab = window.workspaces["lab"]
    for view in (
        lab.view(GradientFlowView),
        lab.view(LedgerView),
        lab.view(UnitsView),
        lab.view(SymmetryView),
        lab.view(StabilityView),
    ):
        lab.show_figure(view.key)
        QApplication.processEvents()
        view.draw(window.session.snapshot)


def test_the_note_on_deep_sigmoids_brings_the_ledger_that_shows_its_cost(window: MainWindow) -> None:
    lab = window.workspaces["lab"]
    lab.show_figure("gradient-flow")
    note = next(note for note in lab.network.findChildren(Note) if "hidden layers of sigmoids" in note.text())
    QTest.mouseClick(note.button, Qt.MouseButton.LeftButton)
    assert lab.view(LedgerView).isVisible()
    assert not window.session.playing
    way = lab.view(LedgerView).shares.activations
    assert (way < 0.0).all(), "each of its layers costs gradient"
