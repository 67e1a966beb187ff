"""Panels step aside where there is no room for them; what the user chose is kept."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from nnviz.ui.widgets.side_room import SideRoom

WIDE, NARROW = 1200, 620


@pytest.fixture
def room(qtbot) -> Iterator[SideRoom]:
    side, main = QWidget(), QLabel("plots")
    side.setMinimumWidth(300)
    main.setMinimumWidth(200)
    # As in a window, which asks for its least size and not for its children's.
    window = QWidget()
    window.resize(WIDE, 500)
    made = SideRoom(side, main, window)
    made.resize(WIDE, 500)
    qtbot.addWidget(window)
    window.show()
    yield made
    window.close()


def resize(room: SideRoom, width: int) -> None:
    room.resize(width, 500)
    QApplication.processEvents()


def test_they_step_aside_and_come_back(room) -> None:
    told, chosen = [], []
    room.shown_changed.connect(told.append)
    room.chosen.connect(chosen.append)
    assert room.side.isVisible()
    resize(room, NARROW)
    assert not room.side.isVisible()
    assert room.main.width() == NARROW
    resize(room, WIDE)
    assert room.side.isVisible()
    assert told == [False, True]
    assert chosen == []


def test_the_users_choice_outlives_a_narrow_window(room) -> None:
    chosen = []
    room.chosen.connect(chosen.append)
    room.toggle()
    assert not room.side.isVisible()
    resize(room, NARROW)
    resize(room, WIDE)
    assert not room.side.isVisible()
    assert chosen == [False]


def test_asked_for_in_a_narrow_window_they_come_and_that_is_no_choice(room) -> None:
    chosen = []
    room.chosen.connect(chosen.append)
    room.choose(False)
    resize(room, NARROW)
    room.toggle()
    assert room.side.isVisible()
    assert room.main.isVisible()
    room.toggle()
    assert not room.side.isVisible()
    room.toggle()
    resize(room, WIDE)
    assert not room.side.isVisible()
    assert chosen == []


def test_where_no_plot_fits_beside_them_they_have_all_the_room(room) -> None:
    resize(room, 420)
    room.toggle()
    assert room.side.isVisible()
    assert not room.main.isVisible()
    room.toggle()
    assert room.main.isVisible()


def test_larger_text_needs_more_room(room, qtbot) -> None:
    font = room.font()
    font.setPixelSize(20)
    room.setFont(font)
    assert not room.side.isVisible()


def test_where_the_border_was_drawn_it_is_again(room) -> None:
    room.setSizes([400, 800])
    resize(room, NARROW)
    resize(room, WIDE)
    assert room.sizes()[0] == pytest.approx(400, abs=3)


def test_they_never_keep_a_window_from_being_small(room) -> None:
    assert room.minimumSizeHint().width() == room.main.minimumSizeHint().width()
