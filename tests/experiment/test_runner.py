"""The worker: commands in, snapshots out. Most tests step it by hand; a few use the thread."""

import threading
import time
from collections.abc import Iterator

import numpy
import pytest

from nnviz.experiment import runner as runner_module
from nnviz.experiment.commands import Advance, Examine, Look, Pause, Play, Quit, Seek, SetWeights, Speed, Start, Tune
from nnviz.experiment.files import load_experiment
from nnviz.experiment.mailbox import Mailbox
from nnviz.experiment.problem import resolve
from nnviz.experiment.runner import FRAME_SECONDS, PAUSE_SECONDS, Runner, Worker
from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.specification import DataSpec, Experiment, StopSpec, TrainingSpec, WeightEdit, replace
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch
from nnviz.resources import resource

SPEC = Experiment()


class Clock:
    """Stands still until told otherwise."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def worker(clock: Clock) -> Worker:
    worker = Worker(Mailbox(), clock)
    worker.obey(Start(1, SPEC))
    worker.slice()
    worker.mailbox.take()
    return worker


def theta_after(steps: int, spec: Experiment = SPEC) -> numpy.ndarray:
    job = TrainingJob(resolve(spec))
    job.advance(steps)
    return job.trainer.theta


def finish(worker: Worker, most: int = 10_000) -> Snapshot:
    """Slices until there is nothing left to do; the last snapshot."""
    for _ in range(most):
        if worker.idle:
            break
        worker.slice()
    snapshot = worker.mailbox.take()
    assert snapshot is not None
    return snapshot


def test_a_started_run_shows_step_0_and_then_waits(clock: Clock) -> None:
    worker = Worker(Mailbox(), clock)
    assert worker.idle
    worker.obey(Start(7, SPEC))
    assert not worker.idle
    worker.slice()
    snapshot = worker.mailbox.take()
    assert snapshot is not None
    assert (snapshot.run_id, snapshot.step, snapshot.playing) == (7, 0, False)
    assert worker.idle


def test_a_worker_without_a_run_ignores_what_steers_one(clock: Clock) -> None:
    worker = Worker(Mailbox(), clock)
    for command in (Play(), Pause(), Advance(3), Seek(2), Look(Watch())):
        worker.obey(command)
    worker.slice()
    assert worker.mailbox.take() is None
    assert worker.idle


def test_playing_takes_steps_until_paused(worker: Worker) -> None:
    worker.obey(Play())
    for _ in range(10):
        worker.slice()
    assert worker.job is not None
    reached = worker.job.step
    assert reached >= 10
    worker.obey(Pause())
    snapshot = finish(worker)
    assert (snapshot.step, snapshot.playing) == (reached, False)
    assert numpy.array_equal(snapshot.theta, theta_after(reached))


@pytest.mark.parametrize(("command", "steps"), [(Advance(1), 1), (Advance(7), 7), (Advance(epoch=True), 25)])
def test_so_many_steps_are_taken_and_no_more(worker: Worker, command: Advance, steps: int) -> None:
    worker.obey(command)
    snapshot = finish(worker)
    assert (snapshot.step, snapshot.playing) == (steps, False)
    assert numpy.array_equal(snapshot.theta, theta_after(steps))


def test_quick_presses_add_up_and_a_step_ends_playing(worker: Worker) -> None:
    for _ in range(5):
        worker.obey(Advance(1))
    assert finish(worker).step == 5
    worker.obey(Play())
    worker.obey(Advance(2))
    assert finish(worker).step == 7


def test_an_epoch_is_completed_from_where_the_run_stands(worker: Worker) -> None:
    worker.obey(Advance(3))
    finish(worker)
    worker.obey(Advance(epoch=True))
    assert finish(worker).step == 25


def test_seeking_back_shows_the_same_weights_as_then(worker: Worker) -> None:
    worker.obey(Advance(60))
    finish(worker)
    worker.obey(Seek(17))
    snapshot = finish(worker)
    assert (snapshot.step, snapshot.horizon, snapshot.playing) == (17, 60, False)
    assert numpy.array_equal(snapshot.theta, theta_after(17))


def test_a_run_can_be_started_at_a_later_step(clock: Clock) -> None:
    worker = Worker(Mailbox(), clock)
    worker.obey(Start(1, SPEC, step=700))
    snapshot = finish(worker)
    assert snapshot.step == 700
    assert numpy.array_equal(snapshot.theta, theta_after(700))


def test_a_seek_beyond_the_end_of_a_run_stops_at_the_end(clock: Clock) -> None:
    spec = replace(SPEC, training=replace(SPEC.training, stop=StopSpec(step=30)))
    worker = Worker(Mailbox(), clock)
    worker.obey(Start(1, spec, step=100))
    snapshot = finish(worker)
    assert (snapshot.step, snapshot.status) == (30, "finished")


def test_playing_ends_with_the_run(clock: Clock) -> None:
    spec = replace(SPEC, training=replace(SPEC.training, stop=StopSpec(step=40)))
    worker = Worker(Mailbox(), clock)
    worker.obey(Start(1, spec, play=True))
    snapshot = finish(worker)
    assert (snapshot.step, snapshot.status, snapshot.playing) == (40, "finished", False)
    worker.obey(Play())
    assert finish(worker).playing is False


def test_new_settings_take_effect_from_the_present_step(worker: Worker) -> None:
    worker.obey(Advance(10))
    finish(worker)
    training = replace(SPEC.training, learning_rate=0.01)
    worker.obey(Tune(training))
    snapshot = finish(worker)
    assert snapshot.training == training
    assert [change.step for change in snapshot.spec.changes] == [10]


def test_a_change_waits_for_the_step_that_was_asked_for_before_it(worker: Worker) -> None:
    worker.obey(Advance(60))
    finish(worker)
    worker.obey(Seek(17))
    worker.obey(Tune(replace(SPEC.training, learning_rate=0.01)))
    snapshot = finish(worker)
    assert [change.step for change in snapshot.spec.changes] == [17]
    assert snapshot.horizon == 17


def test_a_dead_unit_is_examined_and_the_answer_goes_with_the_next_gesture(clock: Clock) -> None:
    worker = Worker(Mailbox(), clock)
    worker.obey(Start(1, load_experiment(resource("presets", "dying.nnviz"))))
    worker.obey(Advance(60))
    snapshot = finish(worker)
    layer = next(l for l, dead in enumerate(snapshot.moment.dead, start=1) if dead.any())
    unit = int(numpy.flatnonzero(snapshot.moment.dead[layer - 1])[0])
    worker.obey(Examine(layer, unit, snapshot.step))
    found = finish(worker)
    assert found.autopsy is not None
    assert (found.autopsy.layer, found.autopsy.unit) == (layer, unit)
    assert found.step == max(0, found.autopsy.step - 1)
    assert not found.moment.dead[layer - 1][unit] or found.autopsy.step == 0
    worker.obey(Advance(1))
    after = finish(worker)
    assert after.autopsy is None
    assert after.moment.dead[layer - 1][unit]


def test_weights_set_by_hand_are_the_weights_used(worker: Worker) -> None:
    worker.obey(SetWeights((WeightEdit(3, 0.125), WeightEdit(0, -2.5))))
    snapshot = finish(worker)
    assert snapshot.theta[[3, 0]].tolist() == [0.125, -2.5]


def test_at_a_set_speed_steps_come_when_they_are_due(worker: Worker, clock: Clock) -> None:
    worker.obey(Speed(10.0))
    worker.obey(Play())
    worker.slice()
    assert worker.job is not None
    assert worker.job.step == 1
    worker.slice()
    assert worker.job.step == 1
    assert PAUSE_SECONDS <= worker.pause_seconds <= FRAME_SECONDS
    for _ in range(20):
        clock.now += 0.05
        worker.slice()
    assert worker.job.step == 11
    worker.obey(Speed(None))
    assert worker.pause_seconds == PAUSE_SECONDS


def test_a_slow_moment_is_not_made_up_for_without_end(worker: Worker, clock: Clock) -> None:
    worker.obey(Speed(100.0))
    worker.obey(Play())
    worker.slice()
    clock.now += 60.0
    for _ in range(200):
        worker.slice()
    assert worker.job is not None
    assert worker.job.step < 100


def test_while_it_moves_a_snapshot_is_made_only_when_the_last_was_taken_and_a_frame_has_passed(
    worker: Worker, clock: Clock
) -> None:
    worker.obey(Play())
    clock.now += 2.0 * FRAME_SECONDS
    worker.slice()
    first = worker.mailbox.take()
    assert first is not None
    worker.slice()
    assert worker.mailbox.empty, "the frame has not passed"
    clock.now += 2.0 * FRAME_SECONDS
    worker.slice()
    second = worker.mailbox._newest
    assert second is not None
    clock.now += 2.0 * FRAME_SECONDS
    worker.slice()
    assert worker.mailbox.take() is second, "the last one was not taken yet"


def test_steps_per_second_are_measured(worker: Worker, clock: Clock) -> None:
    worker.obey(Play())
    rates = []
    for _ in range(100):
        clock.now += 0.02
        worker.slice()
        if snapshot := worker.mailbox.take():
            rates.append(snapshot.steps_per_second)
    assert rates[-1] > 0.0


def test_only_what_is_watched_is_computed(worker: Worker) -> None:
    worker.obey(Look(Watch(frozenset({"decision_map"}))))
    assert set(finish(worker).readings) == {"decision_map"}
    worker.obey(Look(Watch()))
    assert dict(finish(worker).readings) == {}


def test_a_specification_that_cannot_be_run_is_refused_and_the_run_goes_on(worker: Worker) -> None:
    worker.obey(Play())
    worker.guarded(lambda: worker.obey(Start(2, replace(SPEC, data=DataSpec(source="nothing")))))
    (failure,) = worker.mailbox.take_failures()
    assert failure.sentence.startswith("data.source is 'nothing'; allowed are circle")
    assert failure.report == ""
    assert failure.run_id == 2
    assert worker.run_id == 1
    assert worker.playing


def test_a_refused_change_leaves_the_run_as_it_is(worker: Worker) -> None:
    worker.guarded(lambda: worker.obey(Tune(TrainingSpec(loss="squared_error"))))
    (failure,) = worker.mailbox.take_failures()
    assert "the loss cannot change" in failure.sentence
    assert failure.report == ""


def test_a_fault_of_the_program_is_reported_with_its_traceback_and_pauses(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault")

    worker.obey(Play())
    monkeypatch.setattr(TrainingJob, "advance", broken)
    worker.guarded(worker.slice)
    (failure,) = worker.mailbox.take_failures()
    assert failure.sentence == "RuntimeError: a fault"
    assert "Traceback" in failure.report
    assert worker.idle
    monkeypatch.undo()
    worker.obey(Advance(2))
    assert finish(worker).step == 2, "the worker lives on"


def test_quit_ends_the_work(worker: Worker) -> None:
    worker.obey(Quit())
    assert worker.quit


@pytest.fixture
def runner() -> Iterator[Runner]:
    runner = Runner()
    runner.start()
    yield runner
    assert runner.close(5.0)
    assert not any(thread.name == "nnviz-runner" for thread in threading.enumerate())


def wait_for(runner: Runner, condition: object) -> Snapshot:
    deadline = time.monotonic() + 20.0
    while time.monotonic() < deadline:
        snapshot = runner.mailbox.take()
        if snapshot is not None and condition(snapshot):  # type: ignore[operator]
            return snapshot
        time.sleep(0.002)
    raise AssertionError("nothing came of it in 20 seconds")


def test_the_thread_trains_and_ends_when_told(runner: Runner) -> None:
    runner.send(Start(1, SPEC, play=True))
    snapshot = wait_for(runner, lambda s: s.step > 200)
    assert numpy.array_equal(snapshot.theta, theta_after(snapshot.step))


def test_a_closed_gate_holds_the_worker_but_not_for_ever(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner_module, "GATE_SECONDS", 0.01)
    runner.gate.clear()
    runner.send(Start(1, SPEC, play=True))
    assert wait_for(runner, lambda s: s.step > 0).step > 0


def test_a_runner_that_was_never_started_closes_too() -> None:
    assert Runner().close()
