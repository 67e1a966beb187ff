"""The session: edits become commands, snapshots become signals; run without a thread by draining the worker by hand."""

from pathlib import Path

import numpy
import pytest

from nnviz.experiment.files import load_experiment
from nnviz.experiment.problem import resolve
from nnviz.experiment.remedies import LEAKY, LOWER_RATE, RELU_AND_HE, STANDARDIZED, he_in_layer
from nnviz.experiment.specification import DataSpec, DrawnPoint, Experiment, LayerSpec, NetworkSpec, replace
from nnviz.experiment.training_job import TrainingJob
from nnviz.ui.session import Session

SPEC = Experiment()


def test_a_hot_edit_goes_on_with_the_same_run(session: Session, runner) -> None:
    session.step()
    assert runner.settle(session).step == 1
    session.edit(replace(SPEC, training=replace(SPEC.training, learning_rate=0.5)), "learning rate")
    snapshot = runner.settle(session)
    assert snapshot.step == 1
    assert snapshot.training.learning_rate == 0.5
    assert [change.step for change in snapshot.spec.changes] == [1]


def test_any_other_edit_restarts_and_says_so(session: Session, runner) -> None:
    session.step()
    runner.settle(session)
    said: list[str] = []
    session.said.connect(said.append)
    session.edit(replace(SPEC, network=NetworkSpec(hidden=(LayerSpec(3),))), "units")
    snapshot = runner.settle(session)
    assert (snapshot.step, snapshot.problem.network.sizes) == (0, (2, 3, 1))
    assert said == ["Restarted from step 0: the network changed."]


def test_an_edit_while_playing_restarts_playing(session: Session, runner) -> None:
    session.play()
    session.edit(replace(SPEC, data=replace(SPEC.data, noise=0.3)), "noise")
    runner.settle(session)
    assert session.playing


def test_undo_and_redo_restore_settings_and_run(session: Session, runner) -> None:
    changed = replace(SPEC, data=replace(SPEC.data, noise=0.3))
    session.edit(changed, "noise")
    session.undo_stack.undo()
    assert session.spec == SPEC
    assert runner.settle(session).problem.spec.data.noise == 0.1
    session.undo_stack.redo()
    assert session.spec == changed
    assert runner.settle(session).problem.spec.data.noise == 0.3


def test_a_drag_is_one_step_of_undo(session: Session) -> None:
    for rate in (0.2, 0.3, 0.4):
        training = replace(session.spec.training, learning_rate=rate)
        session.edit(replace(session.spec, training=training), "learning rate")
    session.edit(replace(session.spec, seed=7), "seed")
    assert session.undo_stack.count() == 2
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.spec == SPEC


def test_points_set_quickly_are_edits_of_their_own(session: Session) -> None:
    for x in (1.0, 2.0, 3.0):
        added = (*session.spec.data.added, DrawnPoint((x, 0.0), 1.0))
        session.edit(replace(session.spec, data=replace(session.spec.data, added=added)), "draw point")
    assert session.undo_stack.count() == 3
    session.undo_stack.undo()
    assert len(session.spec.data.added) == 2


def test_two_sliders_moved_quickly_are_two_edits(session: Session) -> None:
    for key in ("l1", "l2", "l2"):
        before = getattr(session.spec.training, key)
        training = replace(session.spec.training, **{key: before + 0.01})
        session.edit(replace(session.spec, training=training), "penalty")
    assert session.undo_stack.count() == 2


def test_an_edit_that_changes_nothing_is_none(session: Session) -> None:
    session.edit(replace(SPEC), "nothing")
    assert session.undo_stack.count() == 0
    assert not session.dirty


def test_a_weight_set_by_hand_is_used_and_can_be_undone(session: Session, runner) -> None:
    before = float(session.snapshot.theta[4])
    session.set_weight(4, 1.23456789012345)
    assert runner.settle(session).theta[4] == 1.23456789012345
    session.undo_stack.undo()
    assert runner.settle(session).theta[4] == before
    session.set_weight(10**6, 1.0)
    assert session.undo_stack.count() == 1, "a weight that does not exist is not set"


def test_imported_weights_are_all_set(session: Session, runner) -> None:
    theta = numpy.linspace(-1.0, 1.0, len(session.snapshot.theta))
    session.set_weights(theta)
    assert numpy.array_equal(runner.settle(session).theta, theta)


def test_reset_gives_the_same_initial_weights_and_a_new_seed_others(session: Session, runner) -> None:
    first = session.snapshot.theta
    session.epoch()
    assert runner.settle(session).step == 25
    session.reset()
    snapshot = runner.settle(session)
    assert snapshot.step == 0
    assert numpy.array_equal(snapshot.theta, first)
    session.new_seed()
    assert not numpy.array_equal(runner.settle(session).theta, first)


def test_reset_drops_the_changes_on_the_way_and_undo_brings_the_run_back(session: Session, runner) -> None:
    session.epoch()
    runner.settle(session)
    session.edit(replace(session.spec, training=replace(session.spec.training, learning_rate=0.7)), "learning rate")
    session.epoch()
    changed = runner.settle(session)
    session.reset()
    begun = runner.settle(session)
    assert (begun.step, begun.training.learning_rate, begun.spec.changes) == (0, 0.7, ())
    assert session.dirty
    session.undo_stack.undo()
    back = runner.settle(session)
    assert back.step == changed.step
    assert back.spec.changes == changed.spec.changes
    assert numpy.array_equal(back.theta, changed.theta)


def test_a_weight_of_a_run_that_is_over_is_not_set_in_another(session: Session, runner) -> None:
    session.step()
    runner.settle(session)
    session.set_weight(3, 9.0)
    runner.settle(session)
    session.edit(replace(session.spec, seed=5), "seed")
    runner.settle(session)
    session.undo_stack.undo()
    first = runner.settle(session)
    session.undo_stack.undo()
    after = runner.settle(session)
    assert numpy.array_equal(after.theta, first.theta)
    assert after.spec.changes == ()


def test_more_weights_than_a_file_should_hold_are_not_imported(session: Session) -> None:
    said: list[str] = []
    session.said.connect(said.append)
    session.set_weights(numpy.zeros(20_001))
    assert said == ["20,001 weights are more than an experiment keeps: 20,000."]
    assert session.undo_stack.count() == 0


def test_settings_that_cannot_be_run_are_refused_and_the_former_run_stays(session: Session, runner) -> None:
    refused: list[str] = []
    session.refused.connect(refused.append)
    session.edit(replace(SPEC, data=DataSpec(source="drawn")), "data set")
    runner.drain()
    session.poll()
    assert refused == ["there are no points to learn from yet; draw some on the decision map"]
    assert session.spec.data.source == "drawn", "the edit is kept, to be completed or undone"
    assert session.snapshot.problem.spec == SPEC
    session.step()
    assert runner.settle(session).step == 1, "the former run is still there"
    assert session.to_save() == SPEC, "a file that cannot be run would be of no use"
    session.undo_stack.undo()
    assert session.spec == SPEC
    assert runner.settle(session).step == 1, "and was never left"


def test_news_of_a_former_run_is_dropped(session: Session, runner) -> None:
    session.step()
    runner.drain()
    session.edit(replace(SPEC, seed=1), "seed")
    assert session.poll() is None
    assert runner.settle(session).problem.spec.seed == 1


def test_the_panels_follow_replayed_changes(qapp, runner, tmp_path: Path) -> None:
    job = TrainingJob(resolve(SPEC))
    job.advance(30)
    job.tune(replace(SPEC.training, learning_rate=0.01))
    session = Session(runner)
    session.adopt(job.spec, None, play=False)
    runner.settle(session)
    assert session.spec.training.learning_rate == 0.1
    for _ in range(31):
        session.step()
        runner.settle(session)
    assert session.spec.training.learning_rate == 0.01
    assert session.undo_stack.count() == 0
    session.save(tmp_path / "run.nnviz")
    assert load_experiment(tmp_path / "run.nnviz") == job.spec


def test_a_saved_run_replays_to_the_same_weights(session: Session, runner, tmp_path: Path) -> None:
    session.epoch()
    runner.settle(session)
    session.edit(replace(session.spec, training=replace(session.spec.training, batch_size=32)), "batch size")
    session.epoch()
    snapshot = runner.settle(session)
    assert session.dirty
    session.save(tmp_path / "run.nnviz")
    assert not session.dirty
    job = TrainingJob(resolve(load_experiment(tmp_path / "run.nnviz")))
    job.advance(snapshot.step)
    assert numpy.array_equal(job.trainer.theta, snapshot.theta)


def test_seeking_shows_an_earlier_step(session: Session, runner) -> None:
    session.epoch()
    runner.settle(session)
    session.seek(3)
    snapshot = runner.settle(session)
    assert (snapshot.step, snapshot.horizon) == (3, 25)


def test_a_fault_of_the_worker_is_passed_on(session: Session, runner, monkeypatch: pytest.MonkeyPatch) -> None:
    failures: list[object] = []
    session.failed.connect(failures.append)
    monkeypatch.setattr(TrainingJob, "advance", lambda *_: 1 / 0)
    session.play()
    runner.drain()
    session.poll()
    assert len(failures) == 1
    assert "ZeroDivisionError" in failures[0].report
    assert not session.playing


def test_a_remedy_leaves_the_run_that_needed_it_as_a_ghost(session: Session, runner) -> None:
    session.epoch()
    curves = runner.settle(session).curves
    session.apply(RELU_AND_HE)
    snapshot = runner.settle(session)
    assert snapshot.step == 0
    assert [layer.activation for layer in session.spec.network.hidden] == ["relu", "relu"]
    assert snapshot.ghost.label == "without ReLU with He weights"
    assert snapshot.ghost.curves is curves
    session.edit(replace(session.spec, data=replace(session.spec.data, noise=0.5)), "noise")
    assert runner.settle(session).ghost is None, "costs of other data are not comparable"


def test_a_fork_of_the_training_goes_on_from_the_step(session: Session, runner) -> None:
    session.epoch()
    runner.settle(session)
    session.fork(10, LOWER_RATE)
    snapshot = runner.settle(session)
    assert snapshot.step == 10
    assert snapshot.training.learning_rate == pytest.approx(SPEC.training.learning_rate / 10.0)
    assert [change.step for change in snapshot.spec.changes] == [10]
    assert snapshot.ghost.curves.column("step")[-1] == 25
    session.fork(4, RELU_AND_HE)
    assert runner.settle(session).problem.network.activations[0].name == "relu"
    session.undo_stack.undo()
    session.undo_stack.undo()
    back = runner.settle(session)
    assert (back.step, back.spec.changes, session.spec) == (25, (), SPEC), "undo brings the former run back"


# A fork with another network

RELU = replace(
    SPEC, network=NetworkSpec((LayerSpec(5, "relu"), LayerSpec(4, "relu"))), data=replace(SPEC.data, train_share=0.8)
)
LEAKY_RELU = LEAKY.apply(RELU, "binary").network


@pytest.fixture
def forked(qapp, runner) -> Session:
    """At step 10 of 40, leaky from there on, and five steps further."""
    session = Session(runner)
    session.adopt(RELU, None, play=False)
    session.epoch()
    assert runner.settle(session).horizon == 40
    session.fork(10, LEAKY)
    runner.settle(session)
    for _ in range(5):
        session.step()
    runner.settle(session)
    return session


def ran(spec: Experiment, steps: int) -> TrainingJob:
    job = TrainingJob(resolve(spec))
    job.advance(steps)
    return job


def test_a_fork_with_another_activation_goes_on_from_the_step(forked: Session, runner) -> None:
    snapshot = forked.snapshot
    assert snapshot.step == snapshot.horizon == 15
    assert [(change.step, change.network) for change in snapshot.spec.changes] == [(10, LEAKY_RELU)]
    assert snapshot.problem.spec.network == forked.spec.network == LEAKY_RELU
    assert snapshot.spec.network == RELU.network, "it still begins with ReLU"
    by_hand = ran(RELU, 10)
    by_hand.rewire(LEAKY_RELU)
    by_hand.advance(5)
    assert numpy.array_equal(snapshot.theta, by_hand.trainer.theta)
    assert snapshot.ghost.label == "without leaky ReLU"
    assert snapshot.ghost.curves.column("step")[-1] == 40
    assert forked.dirty
    assert forked.undo_stack.undoText() == "leaky ReLU"


def test_the_panels_follow_across_the_fork(forked: Session, runner) -> None:
    shown: list[NetworkSpec] = []
    forked.spec_changed.connect(lambda spec, problem: shown.append((spec.network, problem.spec.network)))
    forked.seek(4)
    runner.settle(forked)
    assert shown[-1] == (RELU.network, RELU.network)
    forked.seek(15)
    runner.settle(forked)
    assert shown[-1] == (LEAKY_RELU, LEAKY_RELU)
    assert forked.undo_stack.count() == 1


def test_undo_brings_the_former_run_back_and_redo_the_fork(forked: Session, runner) -> None:
    after = forked.snapshot
    for _ in range(2):
        forked.undo_stack.undo()
        back = runner.settle(forked)
        assert (back.step, back.horizon, back.spec) == (40, 40, RELU)
        assert back.ghost is None, "it is the run itself again"
        assert forked.spec == RELU
        assert numpy.array_equal(back.theta, ran(RELU, 40).trainer.theta)
        forked.undo_stack.redo()
        again = runner.settle(forked)
        assert (again.step, again.spec) == (10, after.spec)
        assert again.ghost is after.ghost
        assert forked.spec.network == LEAKY_RELU
    for _ in range(5):
        forked.step()
    assert numpy.array_equal(runner.settle(forked).theta, after.theta)


def test_after_the_fork_the_training_still_changes_in_mid_run(forked: Session, runner) -> None:
    training = replace(RELU.training, learning_rate=0.02)
    forked.edit(replace(forked.spec, training=training), "learning rate")
    snapshot = runner.settle(forked)
    assert (snapshot.step, snapshot.training) == (15, training)
    assert [change.step for change in snapshot.spec.changes] == [10, 15]
    forked.seek(4)
    runner.settle(forked)
    forked.undo_stack.undo()
    snapshot = runner.settle(forked)
    assert (snapshot.step, snapshot.training) == (4, RELU.training), "the run goes on where it stands"
    assert snapshot.problem.spec.network == forked.spec.network == RELU.network


def test_an_edit_of_the_network_after_the_fork_begins_anew_with_what_the_panel_shows(forked: Session, runner) -> None:
    said: list[str] = []
    forked.said.connect(said.append)
    wider = replace(LEAKY_RELU, hidden=(replace(LEAKY_RELU.hidden[0], units=7), LEAKY_RELU.hidden[1]))
    forked.edit(replace(forked.spec, network=wider), "units")
    snapshot = runner.settle(forked)
    assert (snapshot.step, snapshot.spec) == (0, replace(RELU, network=wider))
    assert said == ["Restarted from step 0: the network changed."]
    forked.undo_stack.undo()
    assert runner.settle(forked).spec == replace(RELU, network=LEAKY_RELU)
    forked.undo_stack.undo()
    assert runner.settle(forked).spec == RELU


def test_back_to_the_first_network_by_hand_begins_anew_too(forked: Session, runner) -> None:
    forked.edit(replace(forked.spec, network=RELU.network), "activation")
    snapshot = runner.settle(forked)
    assert (snapshot.step, snapshot.spec) == (0, RELU)


def test_reset_after_the_fork_begins_with_the_network_in_force_and_undo_brings_the_fork_back(
    forked: Session, runner
) -> None:
    before = forked.snapshot
    forked.reset()
    snapshot = runner.settle(forked)
    assert (snapshot.step, snapshot.spec) == (0, replace(RELU, network=LEAKY_RELU))
    forked.undo_stack.undo()
    back = runner.settle(forked)
    assert (back.step, back.spec) == (15, before.spec)
    assert forked.spec.network == LEAKY_RELU
    assert numpy.array_equal(back.theta, before.theta)


def test_a_fork_of_a_fork_from_before_the_first(forked: Session, runner) -> None:
    forked.fork(4, LOWER_RATE)
    snapshot = runner.settle(forked)
    assert (snapshot.step, forked.spec.network) == (4, RELU.network)
    assert [(change.step, change.network) for change in snapshot.spec.changes] == [(4, None)]
    forked.undo_stack.undo()
    back = runner.settle(forked)
    assert [change.step for change in back.spec.changes] == [10]
    assert (back.step, forked.spec.network) == (15, LEAKY_RELU)


def test_he_in_a_layer_draws_it_anew_at_the_step(forked: Session, runner) -> None:
    before = forked.snapshot
    remedy = he_in_layer(2)
    forked.fork(15, remedy)
    snapshot = runner.settle(forked)
    layout = snapshot.problem.network.layout
    fresh = resolve(remedy.apply(RELU, "binary")).theta_0
    assert numpy.array_equal(layout.block(snapshot.theta, 2), layout.block(fresh, 2))
    assert numpy.array_equal(layout.block(snapshot.theta, 1), layout.block(before.theta, 1))
    assert forked.spec.network.hidden[1].weights.name == "he_normal"
    forked.step()
    runner.settle(forked)
    forked.fork(16, remedy)
    again = runner.settle(forked)
    assert [change.redraw for change in again.spec.changes] == [(), (2,), (2,)]
    assert numpy.array_equal(layout.block(again.theta, 2), layout.block(fresh, 2))


def test_a_fork_at_step_0_is_a_run_with_the_other_network_from_its_beginning(forked: Session, runner) -> None:
    forked.undo_stack.undo()
    runner.settle(forked)
    forked.fork(0, LEAKY)
    snapshot = runner.settle(forked)
    assert (snapshot.step, forked.spec.network) == (0, LEAKY_RELU)
    assert snapshot.ghost.label == "without leaky ReLU"
    forked.epoch()
    begun = ran(replace(RELU, network=LEAKY_RELU), 40)
    assert numpy.array_equal(runner.settle(forked).theta, begun.trainer.theta)
    forked.undo_stack.undo()
    assert runner.settle(forked).spec == RELU
    count = forked.undo_stack.count()
    forked.fork(0, he_in_layer(1))
    runner.settle(forked)
    forked.fork(0, he_in_layer(1))
    runner.settle(forked)
    assert forked.undo_stack.count() == count, "He's weights already: it begins with them"


def test_what_cannot_be_had_in_mid_run_begins_anew_and_what_changes_nothing_does_nothing(
    forked: Session, runner
) -> None:
    count = forked.undo_stack.count()
    forked.fork(12, LEAKY)
    assert runner.settle(forked).step == 15, "leaky already"
    assert forked.undo_stack.count() == count
    forked.edit(replace(forked.spec, data=replace(forked.spec.data, standardize=False)), "scale")
    assert runner.settle(forked).step == 0
    forked.epoch()
    runner.settle(forked)
    forked.fork(9, STANDARDIZED)
    assert runner.settle(forked).step == 0


def test_a_fork_of_a_run_that_is_just_being_left_is_none(forked: Session, runner) -> None:
    forked.edit(replace(forked.spec, seed=3), "seed")
    count = forked.undo_stack.count()
    forked.fork(10, LOWER_RATE)
    assert forked.undo_stack.count() == count


def test_a_saved_fork_replays_and_the_panels_follow_it(forked: Session, runner, tmp_path: Path) -> None:
    theta = forked.snapshot.theta
    forked.save(tmp_path / "fork.nnviz")
    loaded = load_experiment(tmp_path / "fork.nnviz")
    other = Session(runner)
    other.adopt(loaded, None, play=False)
    runner.settle(other)
    assert other.spec.network == RELU.network
    for _ in range(15):
        other.step()
    assert numpy.array_equal(runner.settle(other).theta, theta)
    assert other.spec.network == LEAKY_RELU
    assert other.undo_stack.count() == 0
