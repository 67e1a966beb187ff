"""The notes beside a surface say in words what they draw."""

import pytest

from nnviz.ui.plots.landscape.path_shades import shade_table
from nnviz.ui.plots.landscape.side_notes import Gauge, Number, Ramp, SideNotes, Words
from nnviz.ui.theme import DARK, LIGHT


@pytest.fixture
def notes(qtbot):
    notes = SideNotes()
    qtbot.addWidget(notes)
    notes.resize(notes.width(), 320)
    return notes


def test_all_is_said_to_a_screen_reader_and_in_the_tool_tip(notes) -> None:
    notes.show_items(
        [
            Words("A plane."),
            Number("true loss", "0.5"),
            Gauge("true / height", 2.0),
            Ramp("far", shade_table(LIGHT), 3.0),
        ]
    )
    said = notes.accessibleDescription()
    assert said.splitlines() == ["A plane.", "true loss: 0.5", "true / height: 2", "far: colours from 0 to 3"]
    assert notes.toolTip() == said


def needle(notes, ratio: float) -> float:
    """Where the needle of the gauge is, as a share of the width."""
    notes.show_items([Gauge("", ratio)])
    picture = notes.grab().toImage()
    text = notes.theme.color("text").rgb()
    columns = [x for x in range(picture.width()) for y in range(picture.height() // 3) if picture.pixel(x, y) == text]
    return (min(columns) + max(columns)) / 2.0 / picture.width()


def test_the_needle_stands_in_the_middle_where_the_picture_is_true(notes) -> None:
    low, true, high = (needle(notes, ratio) for ratio in (0.2, 1.0, 5.0))
    assert true == pytest.approx(0.5, abs=0.02)
    assert low == pytest.approx(1.0 - high, abs=0.02)
    assert low < 0.25


@pytest.mark.parametrize("ratio", [0.0, -1.0, float("nan"), float("inf"), 1e300, 1e-300])
def test_any_ratio_is_drawn(notes, ratio) -> None:
    notes.show_items([Gauge("ratio", ratio)])
    assert not notes.grab().isNull()


@pytest.mark.parametrize("theme", [LIGHT, DARK, LIGHT.for_lecture()])
def test_every_theme_has_room_for_the_words(notes, theme) -> None:
    notes.restyle(theme)
    notes.show_items([Words("A long sentence that needs several lines in a narrow column."), Number("a", "1" * 30)])
    assert notes.width() >= 10 * theme.text_pixels
    assert not notes.grab().isNull()
