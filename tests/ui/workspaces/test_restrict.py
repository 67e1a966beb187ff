"""A lesson's lock on Play holds in every workspace, whatever its own bar says meanwhile."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QToolButton

from nnviz.ui.open_document import OpenDocument
from nnviz.ui.run_bar import RunBar
from nnviz.ui.workspaces.activations.workspace import ActivationsWorkspace
from nnviz.ui.workspaces.neuron.workspace import NeuronWorkspace
from nnviz.ui.workspaces.workspace import Workspace

NOTHING: frozenset[str] = frozenset()


class Plain(Workspace):
    """A workspace with two actions."""

    def __init__(self) -> None:
        super().__init__(OpenDocument())
        self.document.setParent(self)
        self.actions_of_it = [QAction("Play", self), QAction("Back", self)]
        self.paused = 0

    def run_actions(self) -> list[QAction]:
        return self.actions_of_it

    def pause(self) -> None:
        self.paused += 1


@pytest.mark.parametrize("kind", [Plain, NeuronWorkspace, ActivationsWorkspace])
def test_no_action_can_be_used_while_play_is_locked(qtbot, kind: type[Workspace]) -> None:
    place = kind()
    qtbot.addWidget(place)
    place.restrict(NOTHING, NOTHING, False)
    assert not place.may_play
    for action in place.run_actions():
        action.setEnabled(True)
        assert not action.isEnabled()
    place.restrict(NOTHING, NOTHING, True)
    assert place.may_play


def test_each_action_is_afterwards_as_its_bar_said_last(qtbot) -> None:
    place = Plain()
    qtbot.addWidget(place)
    play, back = place.run_actions()
    back.setEnabled(False)
    place.restrict(NOTHING, NOTHING, False)
    assert place.paused == 1
    place.restrict(NOTHING, NOTHING, True)
    assert (play.isEnabled(), back.isEnabled()) == (True, False)
    assert place.paused == 1


def test_the_perceptron_rule_stops_and_stays_locked_as_it_goes(qtbot) -> None:
    place = NeuronWorkspace()
    qtbot.addWidget(place)
    place.show_page("perceptron")
    place.toggle()
    place.restrict(NOTHING, NOTHING, False)
    assert not place._timer.isActive()
    place.show_page("perceptron")
    assert not place.bar.play.isEnabled()
    place.restrict(NOTHING, NOTHING, True)
    assert place.bar.play.isEnabled()


def test_every_control_of_the_run_bar_says_what_it_is(qtbot) -> None:
    bar = RunBar()
    qtbot.addWidget(bar)
    for widget in (bar.seed, bar.speed, bar.speed_text, bar.counters, *bar.findChildren(QToolButton)):
        if widget.objectName() != "qt_toolbar_ext_button":
            assert len(widget.toolTip()) > 20


@pytest.mark.parametrize("part", ["seed", "speed"])
def test_seed_and_speed_are_locked_and_hidden_with_their_captions(qtbot, part: str) -> None:
    bar = RunBar()
    qtbot.addWidget(bar)
    bar.resize(1200, 40)
    bar.show()
    field = getattr(bar, part)
    bar.restrict(part, usable=False, shown=True)
    assert field.isVisible()
    assert not field.isEnabled()
    bar.restrict(part, usable=True, shown=False)
    QApplication.processEvents()  # a toolbar lays its widgets out then
    assert not field.isVisible()
    assert bar.new_seed.isVisible() == (part == "speed")
    bar.restrict(part, usable=True, shown=True)
    QApplication.processEvents()
    assert field.isVisible()
    assert field.isEnabled()
