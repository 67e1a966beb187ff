"""A legend takes at most about a quarter of what it belongs to, and says how many entries it left out."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.ui.plots.charts.legend import Entry, Legend
from nnviz.ui.theme import LIGHT

ENTRIES = [Entry(f"runner number {number}", LIGHT.color("accent")) for number in range(9)]


def owned(qtbot, width: int, height: int) -> tuple[QWidget, Legend]:
    owner, legend = QWidget(), Legend()
    column = QVBoxLayout(owner)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(legend)
    column.addStretch(1)
    qtbot.addWidget(owner)
    owner.resize(width, height)
    legend.show_entries(ENTRIES)
    owner.show()
    return owner, legend


def said(legend: Legend) -> list[str]:
    return [entry.text for entry, _ in legend._places()]


def rows(legend: Legend) -> int:
    return len({place.top() for _, place in legend._places()})


def test_a_low_plot_keeps_its_room(qtbot) -> None:
    owner, legend = owned(qtbot, 400, 500)
    assert rows(legend) == 3
    owner.resize(400, 200)
    assert rows(legend) == 2
    assert legend.height() < 0.28 * owner.height()
    owner.resize(400, 100)
    assert rows(legend) == 1


def test_what_is_left_out_is_counted_and_the_description_has_it(qtbot) -> None:
    for width in (160, 250, 400, 700):
        owner, legend = owned(qtbot, width, 100)
        *shown, rest = said(legend)
        assert rest == f"+ {len(ENTRIES) - len(shown)} more"
        assert shown == [entry.text for entry in ENTRIES[: len(shown)]]
        places = [place for _, place in legend._places()]
        assert places[-1].right() <= owner.width()
        assert all(entry.text in legend.accessibleDescription() for entry in ENTRIES)


def test_with_room_for_all_nothing_is_counted(qtbot) -> None:
    _, legend = owned(qtbot, 1600, 400)
    assert said(legend) == [entry.text for entry in ENTRIES]
