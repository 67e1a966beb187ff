"""Views behind tabs are made when they are needed, and the others while nothing else is to be done."""

from nnviz.ui.plots.ledger_view import LedgerView
from nnviz.ui.plots.loss_view import LossView
from nnviz.ui.plots.symmetry_view import SymmetryView
from nnviz.ui.workspaces.lab.inside_tabs import InsideTabs

KINDS = (LossView, LedgerView, SymmetryView)


def tabs(qtbot) -> tuple[InsideTabs, list[object]]:
    made = InsideTabs(KINDS)
    qtbot.addWidget(made)
    views: list[object] = []
    made.made.connect(views.append)
    return made, views


def test_only_the_view_in_front_is_made_at_once(qtbot) -> None:
    made, views = tabs(qtbot)
    assert made.views() == []
    made.begin()
    assert [type(view) for view in views] == [LossView]
    assert [made.tabText(place) for place in range(made.count())] == [kind.tab or kind.title for kind in KINDS]


def test_the_others_follow_by_themselves(qtbot) -> None:
    made, views = tabs(qtbot)
    made.begin()
    qtbot.waitUntil(lambda: len(views) == 3)
    assert [type(view) for view in made.views()] == list(KINDS)


def test_what_is_needed_earlier_is_made_then_and_once(qtbot) -> None:
    made, views = tabs(qtbot)
    symmetry = made.view(SymmetryView)
    assert made.view(SymmetryView) is symmetry
    assert views == [symmetry]
    assert made.bring("ledger")
    assert made.currentIndex() == 1
    assert [type(view) for view in made.views()] == [LedgerView, SymmetryView]
    assert not made.bring("nothing")
