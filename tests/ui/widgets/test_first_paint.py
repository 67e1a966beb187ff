"""What can wait is done once, after a widget was seen for the first time."""

from PySide6.QtWidgets import QWidget

from nnviz.ui.widgets.first_paint import FirstPaint


def test_it_is_done_once_and_not_before_the_widget_is_seen(qtbot) -> None:
    widget, done = QWidget(), []
    qtbot.addWidget(widget)
    FirstPaint(widget, lambda: done.append(widget.isVisible()))
    qtbot.wait(50)
    assert done == []
    widget.show()
    qtbot.waitUntil(lambda: done == [True])
    widget.repaint()
    qtbot.wait(50)
    assert done == [True]


def test_a_widget_that_is_gone_is_not_waited_for(qtbot) -> None:
    widget, done = QWidget(), []
    FirstPaint(widget, lambda: done.append(1))
    widget.show()
    widget.repaint()
    widget.close()
    widget.deleteLater()
    del widget
    qtbot.wait(50)
    assert done in ([], [1])
