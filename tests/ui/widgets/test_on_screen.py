"""A window beside the main one fits the screen, and a form that does not fit scrolls."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nnviz.ui.widgets.on_screen import FRAME, ShrinkingForm, resize_on_screen


def test_a_window_is_as_large_as_wanted_but_no_larger_than_the_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    resize_on_screen(window, QSize(200, 150))
    assert window.size() == QSize(200, 150)
    room = window.screen().availableGeometry().size()
    resize_on_screen(window, QSize(200, 100_000))
    assert window.size() == QSize(200, room.height() - FRAME.height())
    resize_on_screen(window, QSize(100_000, 150))
    assert window.size() == QSize(room.width() - FRAME.width(), 150)


def test_a_form_is_as_high_as_its_rows_and_scrolls_where_there_is_less_room(qtbot: QtBot) -> None:
    form, window = QWidget(), QWidget()
    qtbot.addWidget(window)
    rows, column = QVBoxLayout(form), QVBoxLayout(window)
    for number in range(20):
        rows.addWidget(QLabel(f"row {number}"))
    scroll = ShrinkingForm(form)
    column.addWidget(scroll)
    column.addStretch(1)
    window.resize(300, 780)
    with qtbot.waitExposed(window):
        window.show()
    assert scroll.height() == form.sizeHint().height()
    assert scroll.verticalScrollBar().maximum() == 0
    rows.addWidget(QLabel("one row more"))
    qtbot.waitUntil(lambda: scroll.height() == form.sizeHint().height())
    window.resize(300, 200)
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 0)
    assert scroll.height() < form.sizeHint().height()
    assert window.height() == 200


def test_words_that_take_more_lines_get_them(qtbot: QtBot) -> None:
    words, window = QLabel("many words " * 30), QWidget()
    qtbot.addWidget(window)
    words.setWordWrap(True)
    form = QWidget()
    QVBoxLayout(form).addWidget(words)
    scroll, column = ShrinkingForm(form), QVBoxLayout(window)
    column.addWidget(scroll)
    column.addStretch(1)
    window.resize(600, 700)
    with qtbot.waitExposed(window):
        window.show()
    wide = scroll.height()
    window.resize(300, 700)
    qtbot.waitUntil(lambda: scroll.height() > wide)
    assert scroll.verticalScrollBar().maximum() == 0
