"""What a lesson's page locks holds against every gesture, by one rule where the document takes an edit."""

from pathlib import Path

import numpy
import pytest

from nnviz.experiment.descent.specification import Descent
from nnviz.experiment.neuron.specification import LineSpec, Neuron
from nnviz.experiment.remedies import LOWER_RATE, RELU_AND_HE, he_in_layer
from nnviz.experiment.specification import DrawnPoint, Experiment, LayerSpec, NetworkSpec, replace
from nnviz.ui.session import Session
from nnviz.ui.sheet import Sheet

SPEC = Experiment()
WIDER = replace(SPEC, network=NetworkSpec(hidden=(LayerSpec(units=9),)))
WITH_POINT = replace(SPEC, data=replace(SPEC.data, added=(DrawnPoint((0.1, 0.2), 1.0),)))
FASTER = replace(SPEC, training=replace(SPEC.training, learning_rate=0.5))


class Heard:
    """What a document said. shown: how often the panels were told what is."""

    def __init__(self, document: Session | Sheet) -> None:
        self.sentences: list[str] = []
        self.shown = 0
        document.held_fixed.connect(self.sentences.append)
        document.spec_changed.connect(self._count)

    def _count(self, *_: object) -> None:
        self.shown += 1


@pytest.mark.parametrize(
    ("lock", "edit"), [("network", WIDER), ("panels", WIDER), ("data", WITH_POINT), ("training", FASTER)]
)
def test_an_edit_of_what_is_locked_is_refused_and_the_panels_show_what_is(session: Session, lock: str, edit) -> None:
    heard = Heard(session)
    session.fixed = frozenset([lock])
    session.edit(edit, "edit")
    assert session.spec == SPEC
    assert session.undo_stack.count() == 0
    assert heard.shown == 1
    assert len(heard.sentences) == 1
    assert heard.sentences[0].startswith("The lesson's page holds the ")


def test_what_is_not_locked_can_be_edited(session: Session) -> None:
    heard = Heard(session)
    session.fixed = frozenset(["network", "data", "seed"])
    session.edit(FASTER, "learning rate")
    assert session.spec == FASTER
    assert heard.sentences == []


def test_a_new_seed_is_refused_where_the_seed_is_locked(session: Session) -> None:
    session.fixed = frozenset(["seed"])
    session.new_seed()
    assert session.spec.seed == SPEC.seed


def test_no_weight_is_set_by_hand_in_a_locked_network(session: Session, runner) -> None:
    theta = session.snapshot.theta.copy()
    session.fixed = frozenset(["network"])
    heard = Heard(session)
    session.set_weight(0, 3.0)
    session.set_weights(theta + 1.0)
    runner.settle(session)
    assert numpy.array_equal(session.snapshot.theta, theta)
    assert len(heard.sentences) == 2


def test_a_remedy_that_touches_what_is_locked_is_refused_and_nothing_is_set_going(session: Session, runner) -> None:
    session.fixed = frozenset(["network"])
    session.play()
    assert session.may_apply(LOWER_RATE)
    assert not session.may_apply(RELU_AND_HE)
    session.pause()
    heard = Heard(session)
    session.apply(RELU_AND_HE)
    assert not session.fork(3, he_in_layer(1))
    assert not session.playing
    assert len(heard.sentences) == 2
    assert session.undo_stack.count() == 0
    session.apply(LOWER_RATE)
    assert session.spec.training.learning_rate < SPEC.training.learning_rate
    session.fixed = frozenset()
    assert session.may_apply(RELU_AND_HE)


def test_undo_and_redo_of_what_is_locked_change_nothing_and_are_there_again_later(session: Session, runner) -> None:
    session.edit(WIDER, "units")
    runner.settle(session)
    heard = Heard(session)
    session.fixed = frozenset(["network"])
    session.undo_stack.undo()
    assert session.spec == WIDER
    assert session.undo_stack.index() == 1
    assert len(heard.sentences) == 1
    session.fixed = frozenset()
    session.undo_stack.undo()
    assert session.spec == SPEC
    session.fixed = frozenset(["network"])
    session.undo_stack.redo()
    assert session.spec == SPEC
    assert session.undo_stack.index() == 0
    session.fixed = frozenset()
    session.undo_stack.redo()
    assert session.spec == WIDER


def test_undo_of_what_is_free_stops_at_what_is_locked(session: Session) -> None:
    session.edit(WIDER, "units")
    session.fixed = frozenset(["network"])
    faster = replace(WIDER, training=FASTER.training)
    session.edit(faster, "learning rate")
    session.undo_stack.undo()
    assert session.spec == WIDER
    session.undo_stack.undo()
    assert session.spec == WIDER
    session.undo_stack.redo()
    assert session.spec == faster


def test_weights_set_before_the_lock_stay_through_undo(session: Session, runner) -> None:
    session.set_weight(0, 3.0)
    runner.settle(session)
    session.fixed = frozenset(["network"])
    session.undo_stack.undo()
    runner.settle(session)
    assert session.snapshot.theta[0] == 3.0
    assert session.undo_stack.index() == 1
    session.fixed = frozenset()
    session.undo_stack.undo()
    runner.settle(session)
    assert session.snapshot.theta[0] != 3.0


def test_a_fork_made_before_the_lock_stays_through_undo(session: Session, runner) -> None:
    assert session.fork(0, LOWER_RATE)
    runner.settle(session)
    forked = session.spec
    session.fixed = frozenset(["training"])
    session.undo_stack.undo()
    runner.settle(session)
    assert session.spec == forked
    session.fixed = frozenset()
    session.undo_stack.undo()
    assert session.spec.training == SPEC.training
    session.fixed = frozenset(["training"])
    session.undo_stack.redo()
    assert session.spec.training == SPEC.training


def test_another_file_is_not_asked_about(session: Session, tmp_path: Path) -> None:
    session.fixed = frozenset(["panels", "seed"])
    session.adopt(WIDER, None, play=False)
    assert session.spec == WIDER


@pytest.mark.parametrize(
    ("first", "then"),
    [(Neuron(), Neuron(line=LineSpec(w=2.0))), (Descent(), Descent(start=(1.0,)))],
)
def test_a_sheet_holds_what_its_panels_set(qapp, first, then) -> None:
    sheet = Sheet(first)
    heard = Heard(sheet)
    sheet.fixed = frozenset(["panels"])
    sheet.edit(then, "edit")
    assert sheet.spec == first
    assert heard.shown == 1
    assert heard.sentences == [
        "The lesson's page holds the panels' settings fixed. Another page, the end of the lesson, or another file sets "
        "it free."
    ]
    sheet.fixed = frozenset()
    sheet.edit(then, "edit")
    sheet.fixed = frozenset(["panels"])
    sheet.undo_stack.undo()
    assert sheet.spec == then
    assert sheet.undo_stack.canUndo()
