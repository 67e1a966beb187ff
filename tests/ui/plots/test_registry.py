"""What tabs are told of a view is what its class says."""

import pytest

from nnviz.ui.plots.registry import EXPORTED, VIEWS


@pytest.mark.parametrize("key", EXPORTED)
def test_a_kind_is_as_its_class(qtbot, key: str) -> None:
    kind, view = EXPORTED[key], EXPORTED[key]()
    qtbot.addWidget(view)
    assert (kind.key, kind.title, kind.tab) == (key, view.title, view.tab)
    assert view.key == key
    assert type(view).__name__ in kind.home


def test_each_view_is_there_once() -> None:
    assert len({kind.home for kind in EXPORTED.values()}) == len(EXPORTED)
    assert VIEWS.items() < EXPORTED.items()
