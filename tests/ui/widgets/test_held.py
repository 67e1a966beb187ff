"""A control that a lesson holds is disabled and says why, whatever its own tooltip is."""

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip, QVBoxLayout, QWidget

from nnviz.ui.widgets.held import Held


def tip_of(widget: QWidget) -> str:
    QToolTip.hideText()
    at = QPoint(1, 1)
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
    return QToolTip.text()


def test_a_held_control_and_what_is_in_it_say_why(qtbot) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    column = QVBoxLayout(outer)
    button = QPushButton("Units")
    button.setToolTip("How many units")
    column.addWidget(button)
    outer.show()
    held = Held(outer)
    held.hold(outer, held=True)
    assert not button.isEnabled()
    assert "holds this fixed" in tip_of(button)
    late = QPushButton("Late")
    late.setToolTip("Added later")
    column.addWidget(late)
    assert "holds this fixed" in tip_of(late)
    held.hold(outer, held=False)
    assert button.isEnabled()
    assert tip_of(button) == "How many units"
    QToolTip.hideText()


def test_holding_twice_is_given_back_at_once(qtbot) -> None:
    button = QPushButton("Units")
    qtbot.addWidget(button)
    button.setToolTip("How many units")
    button.show()
    held = Held(button)
    for on in (True, True, False):
        held.hold(button, held=on)
    assert button.isEnabled()
    assert tip_of(button) == "How many units"
    QToolTip.hideText()
