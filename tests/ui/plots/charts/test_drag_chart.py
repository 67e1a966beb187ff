"""What can be moved on a chart: by the mouse, and by the keyboard alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.drag_chart import DragChart


@pytest.fixture
def chart(qtbot: QtBot) -> Iterator[DragChart]:
    chart = DragChart(NumberAxis("left", "y"), NumberAxis("bottom", "x"))
    # pyqtgraph's plots fall apart when they are closed as windows.
    holder = QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(chart)
    holder.resize(500, 400)
    holder.show()
    chart.frame(0.0, 4.0, 0.0, 4.0)
    chart.show_handles([(1.0, 1.0), (3.0, 2.0)])
    yield chart
    holder.close()


def mouse(chart: DragChart, kind: QEvent.Type, place: QPoint, *, held: bool = True, ctrl: bool = False) -> None:
    viewport = chart.viewport()
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    buttons = Qt.MouseButton.LeftButton if held else Qt.MouseButton.NoButton
    modifiers = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    at = QPointF(place)
    event = QMouseEvent(kind, at, QPointF(viewport.mapToGlobal(place)), button, buttons, modifiers)
    QApplication.sendEvent(viewport, event)


def test_a_handle_is_dragged_many_times_and_dropped_once(chart: DragChart) -> None:
    dragged, dropped = [], []
    chart.dragged.connect(lambda *what: dragged.append(what))
    chart.dropped.connect(lambda *what: dropped.append(what))
    mouse(chart, QEvent.Type.MouseButtonPress, chart.pixel_of(1.0, 1.0))
    for x in (1.2, 1.4, 1.6):
        mouse(chart, QEvent.Type.MouseMove, chart.pixel_of(x, 2.0))
    mouse(chart, QEvent.Type.MouseButtonRelease, chart.pixel_of(1.6, 2.0), held=False)
    assert [handle for handle, _, _ in dragged] == [0, 0, 0]
    assert len(dropped) == 1
    assert dropped[0] == (0, pytest.approx(1.6, abs=0.02), pytest.approx(2.0, abs=0.02))
    # As few digits as the mouse can tell apart.
    assert all(len(str(value)) <= 5 for value in dropped[0][1:])


def test_a_press_without_a_move_edits_nothing_and_chooses(chart: DragChart) -> None:
    dropped = []
    chart.dropped.connect(lambda *what: dropped.append(what))
    mouse(chart, QEvent.Type.MouseButtonPress, chart.pixel_of(3.0, 2.0))
    mouse(chart, QEvent.Type.MouseButtonRelease, chart.pixel_of(3.0, 2.0), held=False)
    assert (dropped, chart.chosen) == ([], 1)


def test_a_double_click_switches_a_handle(chart: DragChart) -> None:
    toggled = []
    chart.toggled.connect(toggled.append)
    mouse(chart, QEvent.Type.MouseButtonDblClick, chart.pixel_of(3.0, 2.0))
    assert toggled == [1]


def test_clicks_beside_the_handles_add_and_ctrl_clicks_on_them_remove(chart: DragChart) -> None:
    added, removed = [], []
    chart.added.connect(lambda x, y: added.append((x, y)))
    chart.removed.connect(removed.append)
    chart.clicked.emit(2.0, 3.0, False)
    chart.clicked.emit(3.0, 2.0, True)
    chart.clicked.emit(0.2, 3.9, True)
    assert added == [(2.0, 3.0)]
    assert removed == [1]


def test_the_keyboard_does_all_of_it(chart: DragChart, qtbot: QtBot) -> None:
    told = []
    chart.dropped.connect(lambda *what: told.append(what))
    chart.toggled.connect(lambda handle: told.append(("toggled", handle)))
    chart.removed.connect(lambda handle: told.append(("removed", handle)))
    chart.added.connect(lambda x, y: told.append(("added", x, y)))
    qtbot.keyClick(chart, Qt.Key.Key_Right)  # nothing is chosen yet
    qtbot.keyClick(chart, Qt.Key.Key_PageDown)
    qtbot.keyClick(chart, Qt.Key.Key_PageDown)
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    qtbot.keyClick(chart, Qt.Key.Key_PageUp)
    qtbot.keyClick(chart, Qt.Key.Key_Delete)
    qtbot.keyClick(chart, Qt.Key.Key_Insert)
    assert told == [
        (1, pytest.approx(3.08), 2.0),
        (1, 3.0, pytest.approx(1.992)),
        ("toggled", 1),
        ("removed", 0),
        ("added", 2.0, 2.0),
    ]


def test_what_is_not_movable_stays_and_can_be_switched(chart: DragChart, qtbot: QtBot) -> None:
    told = []
    chart.movable = False
    chart.dropped.connect(lambda *what: told.append(what))
    chart.toggled.connect(told.append)
    qtbot.keyClick(chart, Qt.Key.Key_PageDown)
    qtbot.keyClick(chart, Qt.Key.Key_Up)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert told == [0]


def test_a_choice_that_is_gone_is_forgotten(chart: DragChart, qtbot: QtBot) -> None:
    qtbot.keyClick(chart, Qt.Key.Key_PageUp)
    assert chart.chosen == 1
    chart.show_handles([(1.0, 1.0)])
    assert chart.chosen is None
