"""One place can be enlarged, and put back; borders are remembered; where all are too small, some are seen at a time."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from nnviz.ui.widgets.pane import Pane
from nnviz.ui.widgets.pane_grid import PaneGrid

NAMES = ("Network", "Map", "Loss", "Units")


def grid(qtbot, width: int = 800, height: int = 600) -> PaneGrid:
    named = [(name, Pane(name, QLabel(name))) for name in NAMES]
    made = PaneGrid([named[:2], named[2:]])
    made.resize(width, height)
    qtbot.addWidget(made)
    made.show()
    return made


def seen(four: PaneGrid) -> list[str]:
    return [name for name, place in zip(NAMES, four.places, strict=True) if place.isVisible()]


def words(four: PaneGrid) -> list[str]:
    return [four.tabs.tabText(tab) for tab in range(four.tabs.count())] if four.tabs.isVisible() else []


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
    tip = pane.button.toolTip()
    pane.button.show_large(True)
    assert pane.button.toolTip() != tip


def test_the_borders_are_remembered(qtbot) -> None:
    first, second = grid(qtbot), grid(qtbot)
    first._rows[0].setSizes([100, 700])
    assert first.places[0].width() != second.places[0].width()
    second.restore(first.state())
    assert [place.width() for place in second.places] == [place.width() for place in first.places]


def test_too_low_for_two_rows_it_shows_one_at_a_time(qtbot) -> None:
    four = grid(qtbot, 800, 300)
    assert seen(four) == ["Network", "Map"]
    assert words(four) == ["Network · Map", "Loss · Units"]
    told = []
    four.turned.connect(lambda: told.append(seen(four)))
    four.tabs.setCurrentIndex(1)
    assert seen(four) == ["Loss", "Units"]
    assert told == [["Loss", "Units"]]
    four.resize(800, 700)
    assert seen(four) == list(NAMES)
    assert words(four) == []


def test_too_narrow_for_two_columns_it_shows_one_column_and_then_one_place(qtbot) -> None:
    four = grid(qtbot, 400, 700)
    assert words(four) == ["Network · Loss", "Map · Units"]
    four.resize(400, 300)
    assert words(four) == list(NAMES)
    assert seen(four) == ["Network"]
    four.bring(four.places[2])
    assert seen(four) == ["Loss"]
    # The tab has the title, and there is nothing to be enlarged.
    assert not four.places[2].button.isVisible()
    four.resize(800, 700)
    assert all(place.button.isVisible() for place in four.places)


def test_a_line_more_or_less_elsewhere_turns_nothing(qtbot) -> None:
    four = grid(qtbot, 800, 700)
    while not words(four):
        four.resize(800, four.height() - 1)
    four.resize(800, four.height() + 20)
    assert words(four)


def test_a_place_brought_forward_takes_the_room_of_an_enlarged_one(qtbot) -> None:
    four = grid(qtbot)
    four.bring(four.places[1])
    assert seen(four) == list(NAMES)
    four.enlarge(four.places[0])
    four.bring(four.places[1])
    assert four.large is four.places[1]
    assert seen(four) == ["Map"]


def test_a_place_that_is_not_offered_has_no_tab(qtbot) -> None:
    four = grid(qtbot, 400, 300)
    four.offer(four.places[0], False)
    assert words(four) == list(NAMES[1:])
    assert seen(four) == ["Map"]
    four.offer(four.places[0], True)
    assert words(four) == list(NAMES)


def test_it_never_keeps_a_window_from_being_small(qtbot) -> None:
    four = grid(qtbot)
    assert four.minimumSizeHint().width() < 300
    assert four.minimumSizeHint().height() < 150
