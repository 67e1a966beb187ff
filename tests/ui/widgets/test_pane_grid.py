"""One of four places can be enlarged, and put back; the borders are remembered."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from nnviz.ui.widgets.pane import Pane
from nnviz.ui.widgets.pane_grid import PaneGrid


def grid(qtbot) -> PaneGrid:
    made = PaneGrid([Pane(str(place), QLabel(str(place))) for place in range(4)], (11, 9))
    made.resize(800, 600)
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_enlarged_place_has_all_the_room(qtbot) -> None:
    four = grid(qtbot)
    told = []
    four.enlarged.connect(told.append)
    for place in four.places:
        four.enlarge(place)
        assert [other.isVisible() for other in four.places] == [other is place for other in four.places]
        qtbot.waitUntil(lambda place=place: place.width() > 700 and place.height() > 500)
    four.toggle(four.places[3])
    assert all(place.isVisible() for place in four.places)
    assert told == [*four.places, None]
    four.enlarge(None)
    assert told == [*four.places, None]


def test_the_button_and_a_double_click_on_the_title_ask_for_it(qtbot) -> None:
    four = grid(qtbot)
    pane = four.places[0]
    assert isinstance(pane, Pane)
    qtbot.waitUntil(lambda: pane.content.geometry().top() > 10)
    asked = []
    pane.enlarge_asked.connect(lambda: asked.append(True))
    QTest.mouseClick(pane.button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(pane, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    QTest.mouseDClick(pane, Qt.MouseButton.LeftButton, pos=pane.rect().center())
    assert len(asked) == 2
    words = pane.button.toolTip()
    pane.button.show_large(True)
    assert pane.button.toolTip() != words


def test_the_borders_are_remembered(qtbot) -> None:
    first, second = grid(qtbot), grid(qtbot)
    first._rows[0].setSizes([100, 700])
    assert first.places[0].width() != second.places[0].width()
    second.restore(first.state())
    assert [place.width() for place in second.places] == [place.width() for place in first.places]
