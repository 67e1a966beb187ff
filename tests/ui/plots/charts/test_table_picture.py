"""A table that is wider than its place goes on below itself, with every column and every row."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnviz.ui.plots.charts.table_picture import Row, TablePicture
from nnviz.ui.plots.figure import WIDEST
from nnviz.ui.theme import LIGHT


def table(qtbot: QtBot, columns: int, rows: int = 3) -> TablePicture:
    owner = QWidget()
    qtbot.addWidget(owner)
    picture = TablePicture(owner)
    picture.setParent(None)
    qtbot.addWidget(picture)
    headings = ["name", *(f"a heading of some words {column}" for column in range(columns))]
    picture.show_table(LIGHT, headings, [Row([f"{row}"] * len(headings)) for row in range(rows)])
    return picture


@pytest.mark.parametrize("width", [60, 300, WIDEST, 5000])
def test_each_column_is_in_one_part_and_the_first_in_all(qtbot: QtBot, width: int) -> None:
    picture = table(qtbot, 7)
    parts = picture._parts(picture._widths(), width)
    assert all(part[0] == 0 and len(part) > 1 for part in parts)
    assert [column for part in parts for column in part[1:]] == list(range(1, 8))


def test_a_part_is_no_wider_than_its_place_unless_it_is_a_single_column(qtbot: QtBot) -> None:
    picture = table(qtbot, 7)
    widths = picture._widths()
    for part in picture._parts(widths, WIDEST):
        assert len(part) == 2 or sum(widths[column] for column in part) <= WIDEST + 0.5


def test_a_legible_table_has_room_for_all_rows_of_all_parts(qtbot: QtBot) -> None:
    narrow, wide = table(qtbot, 1), table(qtbot, 7)
    assert narrow.legible(100).width() == narrow.width()
    assert 0 < narrow.legible(100).height() - narrow.height() <= 2
    assert wide.legible(100).width() == WIDEST
    parts = len(wide._parts(wide._widths(), WIDEST))
    assert parts > 1
    assert wide.legible(100).height() == pytest.approx(parts * narrow.legible(100).height(), abs=parts)


def test_rows_beyond_the_most_are_no_part_of_its_height(qtbot: QtBot) -> None:
    assert table(qtbot, 1, 90).legible(10).height() == pytest.approx(table(qtbot, 1, 12).height(), abs=2)
