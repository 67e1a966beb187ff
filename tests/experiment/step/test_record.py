"""A step taken apart is the step that the run takes: forward, loss, gradients and update are the engine's own."""

import numpy
import pytest

from nnviz.engine import NetworkObjective, Trainer
from nnviz.experiment.readings import READINGS, Instant
from nnviz.experiment.snapshot import take_snapshot
from nnviz.experiment.specification import Change, WeightEdit, replace
from nnviz.experiment.step import record as module
from nnviz.experiment.step.record import StepRecord, example_pass, step_record
from nnviz.experiment.watch import Watch

from .runs import KINDS, run

EVERY = pytest.mark.parametrize("kind", KINDS)


@EVERY
def test_pressing_step_gives_exactly_these_weights_gradients_and_slots(kind: str) -> None:
    job = run(**KINDS[kind])  # type: ignore[arg-type]
    for _ in range(3):
        record = step_record(job)
        job.advance(1)
        numpy.testing.assert_array_equal(job.trainer.theta, record.theta_after)
        numpy.testing.assert_array_equal(job.trainer.gradient, record.gradient)
        numpy.testing.assert_array_equal(job.trainer.delta_theta, record.delta_theta)
        for slot, after in zip(job.trainer.slots, record.slots_after, strict=True):
            numpy.testing.assert_array_equal(slot, after)


@EVERY
def test_the_forward_and_backward_numbers_are_those_of_the_step_s_own_tape(kind: str) -> None:
    job = run(**KINDS[kind])  # type: ignore[arg-type]
    record = step_record(job)
    job.advance(1)
    tape = job.trainer.tape
    assert tape is not None
    for l in range(1, tape.depth + 1):
        numpy.testing.assert_array_equal(record.batch.z[l - 1], tape.z(l))
        numpy.testing.assert_array_equal(record.batch.a[l], tape.a(l))
        numpy.testing.assert_array_equal(record.batch.delta[l - 1], tape.delta(l))
    numpy.testing.assert_array_equal(record.batch.a[0], tape.a(0))


# The derivative of a threshold is 0 everywhere and tells nothing of its differences.
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "threshold"])
def test_gradients_of_batch_and_example_are_finite_differences_of_their_losses(kind: str) -> None:
    record = step_record(run(**KINDS[kind]))  # type: ignore[arg-type]
    batch = record.batch
    one = example_pass(record, int(batch.rows[-1]))
    whole = NetworkObjective(record.network, record.loss.name, batch.a[0], batch.y, record.l1, record.l2)
    alone = NetworkObjective(record.network, record.loss.name, one.a[0], one.y)
    assert float(whole.value(record.theta)) == pytest.approx(record.cost, rel=1e-12)
    assert float(alone.value(record.theta)) == pytest.approx(one.loss, rel=1e-12)
    for objective, gradient in ((whole, record.gradient), (alone, one.gradient)):
        steps = numpy.eye(len(record.theta)) * 1e-6
        differences = (objective.value(record.theta + steps) - objective.value(record.theta - steps)) / 2e-6
        numpy.testing.assert_allclose(
            gradient, differences, atol=1e-6 * max(1.0, float(numpy.max(numpy.abs(gradient))))
        )


@EVERY
def test_the_parts_of_cost_and_gradient_add_up(kind: str) -> None:
    record = step_record(run(**KINDS[kind]))  # type: ignore[arg-type]
    batch = record.batch
    assert record.cost == pytest.approx(batch.loss + record.l1_cost + record.l2_cost, rel=1e-12)
    parts = batch.gradient + record.l1_gradient + record.l2_gradient
    numpy.testing.assert_allclose(record.gradient, parts, atol=1e-15)
    assert batch.loss == pytest.approx(float(numpy.mean(batch.losses)), rel=1e-12)
    numpy.testing.assert_array_equal(record.theta_after, record.theta + record.delta_theta)


def test_a_batch_s_gradient_is_the_mean_of_its_examples_own() -> None:
    record = step_record(run())
    own = [example_pass(record, int(row)).gradient for row in record.batch.rows]
    numpy.testing.assert_allclose(record.batch.gradient, numpy.mean(own, axis=0), atol=1e-15)


def test_an_example_that_is_not_for_training_goes_through_as_the_network_predicts_it() -> None:
    record = step_record(run("sine", output="linear", loss="squared_error"))
    problem = record.problem
    assert problem.test_objective is not None
    one = example_pass(record, int(problem.test[0]))
    numpy.testing.assert_array_equal(one.a[0], problem.test_objective.x[:1])
    numpy.testing.assert_array_equal(one.y, problem.test_objective.y[:1])
    numpy.testing.assert_allclose(one.a[-1], problem.network.predict(record.theta, problem.test_objective.x[:1]))


def test_looking_at_a_step_changes_nothing_of_the_run() -> None:
    watched, alone = run(optimizer="adam"), run(optimizer="adam")
    for _ in range(8):
        step_record(watched)
        watched.advance(1)
        alone.advance(1)
    numpy.testing.assert_array_equal(watched.trainer.theta, alone.trainer.theta)
    assert watched.trainer.batches.position == alone.trainer.batches.position


def test_after_going_back_the_step_is_the_one_that_was_taken_there() -> None:
    job = run(optimizer="momentum", steps=0)
    job.advance(6)
    before = step_record(job)
    job.advance(20)
    job.seek(6)
    numpy.testing.assert_array_equal(step_record(job).theta_after, before.theta_after)


def test_the_records_arrays_are_their_own() -> None:
    job = run()
    record = step_record(job)
    theta, slots = record.theta.copy(), [slot.copy() for slot in record.slots_before]
    job.advance(5)
    numpy.testing.assert_array_equal(record.theta, theta)
    for slot, kept in zip(record.slots_before, slots, strict=True):
        numpy.testing.assert_array_equal(slot, kept)


def test_a_step_at_whose_end_weights_are_set_by_hand_says_so() -> None:
    job = run(steps=5)
    assert not step_record(job).touched
    job.spec = replace(job.spec, changes=(Change(6, weights=(WeightEdit(0, 1.0),)),))
    assert step_record(job).touched


def test_of_a_huge_batch_only_the_first_examples_are_kept_but_all_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = step_record(run(batch=None))
    monkeypatch.setattr(module, "KEPT_NUMBERS", 60)
    part = step_record(run(batch=None))
    assert not part.batch.complete
    assert whole.batch.complete
    assert 1 <= len(part.batch.rows) < part.batch.n == whole.batch.n
    numpy.testing.assert_array_equal(part.gradient, whole.gradient)
    assert (part.cost, part.batch.loss) == (whole.cost, whole.batch.loss)
    numpy.testing.assert_array_equal(part.batch.mean_a[1], whole.batch.mean_a[1])


def test_it_is_a_reading_made_only_when_it_is_watched() -> None:
    job = run()
    assert "next_step" not in take_snapshot(job, Watch()).readings
    record = take_snapshot(job, Watch(frozenset({"next_step"}))).readings["next_step"]
    assert isinstance(record, StepRecord)
    assert record.step == job.step
    assert READINGS["next_step"](Instant(job.problem, job.trainer.theta)) is None


def test_the_engine_s_trainer_from_the_same_state_agrees() -> None:
    job = run(optimizer="adam")
    record, old = step_record(job), job.trainer
    trainer = Trainer(old.objective, old.theta, optimizer="adam", learning_rate=0.05, batch_size=7, seed=5)
    trainer.restore(old.state())
    trainer.advance()
    numpy.testing.assert_array_equal(trainer.theta, record.theta_after)
