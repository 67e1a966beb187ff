"""Views behind tabs are made when they are needed, and the others while nothing else is to be done."""

from nnviz.ui.plots.registry import VIEWS
from nnviz.ui.workspaces.lab.inside_tabs import InsideTabs

KEYS = ["loss", "ledger", "symmetry"]


def tabs(qtbot) -> tuple[InsideTabs, list[str]]:
    made = InsideTabs([VIEWS[key] for key in KEYS])
    qtbot.addWidget(made)
    keys: list[str] = []
    made.made.connect(lambda view: keys.append(view.key))
    made.begin()
    return made, keys


def test_nothing_is_made_before_the_tabs_are_seen(qtbot) -> None:
    made, keys = tabs(qtbot)
    qtbot.wait(100)
    assert keys == []
    assert [made.tabText(place) for place in range(made.count())] == ["Loss", "Ledger", "Symmetry"]
    assert made.front == "loss"


def test_the_one_in_front_comes_first_and_the_others_follow_by_themselves(qtbot) -> None:
    made, keys = tabs(qtbot)
    made.setCurrentIndex(1)
    assert keys == ["ledger"]
    made.setCurrentIndex(0)
    made.show()
    qtbot.waitUntil(lambda: len(keys) == 3)
    assert keys == ["ledger", "loss", "symmetry"]
    assert [view.key for view in made.views()] == KEYS


def test_a_view_that_is_made_moves_nothing(qtbot) -> None:
    made, _keys = tabs(qtbot)
    before = made.minimumSizeHint()
    for key in KEYS:
        made.view(key)
    assert made.minimumSizeHint() == before


def test_what_is_needed_earlier_is_made_then_and_once(qtbot) -> None:
    made, keys = tabs(qtbot)
    symmetry = made.view("symmetry")
    assert made.view("symmetry") is symmetry
    assert keys == ["symmetry"]
    assert made.bring("ledger")
    assert made.front == "ledger"
    assert [view.key for view in made.views()] == ["ledger", "symmetry"]
    assert not made.bring("nothing")
