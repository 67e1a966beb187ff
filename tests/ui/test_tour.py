"""The tour points at the real things at any size, is steered by keys, and ends when asked to."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from nnviz.ui.theme import DARK, LIGHT
from nnviz.ui.tour import Stop, Tour, rect_of


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


PLACES = {
    "left": QRect(0, 0, 80, 700),
    "top": QRect(100, 0, 900, 40),
    "bottom": QRect(0, 640, 1000, 50),
    "right": QRect(900, 100, 100, 600),
}


def tour_at(window: QWidget, *places: QRect) -> Tour:
    stops = [
        Stop(f"Number {n}", "Some words about it. " * 6, lambda place=place: place) for n, place in enumerate(places)
    ]
    return Tour(window, stops, LIGHT)


@pytest.mark.parametrize("side", PLACES)
def test_a_bubble_is_beside_what_it_points_at_and_inside_the_window(window: QWidget, side: str) -> None:
    tour = tour_at(window, PLACES[side])
    assert tour.bubble.side == side
    assert window.rect().contains(tour.bubble.geometry())
    assert not tour.bubble.geometry().adjusted(1, 1, -1, -1).intersects(PLACES[side])
    assert tour.ring.geometry().contains(PLACES[side])
    tour.end()


@pytest.mark.parametrize("size", [(1900, 1000), (820, 600), (420, 320)])
def test_it_stays_inside_a_window_of_any_size_in_lecture_mode(window: QWidget, size: tuple[int, int]) -> None:
    target = QPushButton("x", window)
    target.setGeometry(5, 5, 60, 30)
    target.show()
    tour = Tour(window, [Stop("A", "Words. " * 20, lambda: rect_of(target, window))], LIGHT)
    tour.set_theme(DARK.for_lecture())
    window.resize(*size)
    QApplication.processEvents()
    assert window.rect().contains(tour.bubble.geometry())
    target.move(200, 90)
    window.resize(size[0] + 10, size[1])
    QApplication.processEvents()
    assert tour.ring.geometry().center() == target.geometry().center()
    tour.end()


def test_keys_go_on_back_and_out(window: QWidget, qtbot) -> None:
    tour = tour_at(window, *PLACES.values())
    focus = tour.bubble.forth
    QTest.keyClick(focus, Qt.Key.Key_Return)
    QTest.keyClick(focus, Qt.Key.Key_Right)
    assert tour.place == 2
    QTest.keyClick(focus, Qt.Key.Key_Left)
    assert tour.place == 1
    QTest.keyClick(tour.bubble.back, Qt.Key.Key_Return)
    assert tour.place == 0
    with qtbot.waitSignal(tour.ended):
        QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert not [child for child in window.findChildren(QPushButton) if child.isVisible()]


def test_skip_and_the_last_button_end_it(window: QWidget, qtbot) -> None:
    tour = tour_at(window, PLACES["left"])
    assert tour.bubble.forth.text() == "Begin"
    with qtbot.waitSignal(tour.ended):
        tour.bubble.forth.click()
    tour = tour_at(window, PLACES["left"], PLACES["top"])
    with qtbot.waitSignal(tour.ended):
        QTest.keyClick(tour.bubble.skip, Qt.Key.Key_Return)


def test_bubbles_are_painted_in_both_themes(window: QWidget) -> None:
    tour = tour_at(window, PLACES["left"])
    for theme in (LIGHT, DARK):
        tour.set_theme(theme)
        image = tour.bubble.grab().toImage()
        middle = image.pixelColor(image.width() // 2, image.height() - 16)
        assert middle.name() == theme.surface
    tour.end()
