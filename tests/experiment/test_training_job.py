"""A run is decided by its specification alone, however steps are grouped, wherever one travels, whatever is changed."""

from functools import cache

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.experiment.files import dump_document, parse_document
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import (
    Change,
    DataSpec,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    StopSpec,
    TrainingSpec,
    WeightEdit,
    replace,
)
from nnviz.experiment.training_job import TrainingJob

SPEC = Experiment(
    data=DataSpec("circle", size=55, train_share=0.8),
    network=NetworkSpec(hidden=(LayerSpec(4),)),
    training=TrainingSpec(optimizer="momentum", learning_rate=0.05, batch_size=10),
)


def job(spec: Experiment = SPEC, steps: int = 0) -> TrainingJob:
    made = TrainingJob(resolve(spec))
    made.advance(steps)
    return made


def training(**settings_) -> TrainingSpec:
    return replace(SPEC.training, **settings_)


def same(a: TrainingJob, b: TrainingJob) -> None:
    """The same moment of the same run: parameters, what the optimizer carries, what is shown, and the end."""
    assert a.step == b.step
    assert numpy.array_equal(a.trainer.theta, b.trainer.theta, equal_nan=True)
    assert len(a.trainer.slots) == len(b.trainer.slots)
    assert all(map(numpy.array_equal, a.trainer.slots, b.trainer.slots))
    assert a.trainer.batches.position == b.trainer.batches.position
    assert numpy.array_equal(a.trainer.gradient, b.trainer.gradient, equal_nan=True)
    assert numpy.array_equal(a.trainer.delta_theta, b.trainer.delta_theta, equal_nan=True)
    assert a.training == b.training
    assert (a.status, a.reason) == (b.status, b.reason)
    assert numpy.array_equal(a.moment().layers, b.moment().layers, equal_nan=True)
    assert a.moment().row() == pytest.approx(b.moment().row(), rel=0, abs=0, nan_ok=True)


def same_record(a: TrainingJob, b: TrainingJob) -> None:
    assert numpy.array_equal(a.curves().values, b.curves().values, equal_nan=True)
    assert numpy.array_equal(a.curves().layers, b.curves().layers, equal_nan=True)


def changed_run() -> TrainingJob:
    """Every kind of hot change, within epochs and at recorded steps and between them."""
    made = job(steps=7)
    made.tune(training(learning_rate=0.2))
    made.advance(6)
    made.tune(training(batch_size=7, l2=0.01))
    made.advance(9)
    made.tune(training(optimizer="adam", learning_rate=0.01, batch_size=None))
    made.set_weights([WeightEdit(3, 0.5), WeightEdit(0, -1.0)])
    made.advance(1010)
    made.set_weights([WeightEdit(3, 2.5)])
    made.tune(training(optimizer="rmsprop", learning_rate=0.01, l1=0.001))
    made.advance(77)
    return made


@cache
def changed_spec() -> Experiment:
    return changed_run().spec


def test_the_same_specification_gives_the_same_run():
    same(job(steps=300), job(steps=300))
    same_record(job(steps=300), job(steps=300))
    assert not numpy.array_equal(job(steps=9).trainer.theta, job(replace(SPEC, seed=43), 9).trainer.theta)


@settings(max_examples=5, deadline=None)
@given(groups=st.lists(st.integers(1, 400), min_size=2, max_size=6))
def test_how_steps_are_grouped_does_not_matter(groups):
    spec = changed_spec()
    whole, ragged = job(spec, sum(groups)), job(spec)
    for steps in groups:
        ragged.advance(steps)
    same(whole, ragged)
    same_record(whole, ragged)


def test_a_thousand_steps_are_a_thousand_times_one():
    whole, single = job(steps=1100), job()
    for _ in range(1100):
        single.advance(1)
    same(whole, single)
    same_record(whole, single)


def test_a_run_with_changes_replays_from_its_saved_file():
    live = changed_run()
    assert [change.step for change in live.spec.changes] == [7, 13, 22, 1032]
    replayed = job(parse_document(dump_document(live.spec), "run"), live.step)
    same(live, replayed)
    same_record(live, replayed)


@settings(max_examples=4, deadline=None)
@given(steps=st.lists(st.integers(-3, 1300), min_size=1, max_size=4))
def test_one_may_travel_anywhere_and_back(steps):
    live = job(changed_spec(), 1109)
    end, horizon = job(live.spec, live.step), live.horizon
    for step in steps:
        live.seek(step)
        same(live, job(live.spec, min(max(step, 0), horizon)))
        assert live.horizon == horizon
    live.seek(horizon)
    same(live, end)
    same_record(live, end)


def test_a_seek_to_a_key_frame_shows_the_step_that_led_there():
    live = job(steps=50)
    live.seek(20)
    assert live.trainer.tape is not None
    assert numpy.isfinite(live.moment().layers[:, 0]).all()
    live.seek(0)
    assert live.trainer.tape is None
    assert not live.trainer.gradient.any()


def test_a_change_after_rewinding_drops_the_future():
    live = job(steps=300)
    future = live.trainer.theta.copy()
    live.seek(100)
    live.tune(training(learning_rate=0.5))
    assert live.horizon == 100
    assert live.curves().column("step")[-1] == 100
    live.advance(200)
    assert not numpy.array_equal(live.trainer.theta, future)
    same(live, job(live.spec, 300))
    same_record(live, job(live.spec, 300))


def test_a_change_before_others_drops_them():
    live = changed_run()
    live.seek(10)
    live.set_weights([WeightEdit(1, 0.1)])
    assert [change.step for change in live.spec.changes] == [7, 10]
    live.advance(50)
    same(live, job(live.spec, 60))


def test_another_optimizer_and_back_at_the_same_step_changes_nothing():
    live = job(steps=30)
    live.tune(training(optimizer="adam"))
    live.tune(SPEC.training)
    live.advance(10)
    same(live, job(live.spec, 40))
    assert numpy.array_equal(live.trainer.theta, job(steps=40).trainer.theta)


@pytest.mark.parametrize("step", [30, 1101])
def test_changes_at_the_same_step_are_one(step):
    live = job(steps=step)
    live.set_weights([WeightEdit(2, 1.0)])
    live.tune(training(optimizer="adam", learning_rate=0.01))
    live.set_weights([WeightEdit(2, 3.0), WeightEdit(4, -1.0)])
    assert live.trainer.theta[[2, 4]].tolist() == [3.0, -1.0]
    (change,) = live.spec.changes
    assert change == Change(
        step, training(optimizer="adam", learning_rate=0.01), (WeightEdit(2, 3.0), WeightEdit(4, -1.0))
    )
    assert live.curves().column("step")[-1] == step
    live.advance(40)
    same(live, job(live.spec, step + 40))
    same_record(live, job(live.spec, step + 40))


def test_settings_changed_before_the_first_step_are_how_the_run_begins():
    live = job()
    live.set_weights([WeightEdit(0, 1.0)])
    live.tune(training(optimizer="adam"))
    assert live.spec.training == training(optimizer="adam")
    assert live.spec.changes == (Change(0, None, (WeightEdit(0, 1.0),)),)
    assert live.trainer.theta[0] == 1.0
    live.advance(30)
    same(live, job(live.spec, 30))
    live.seek(0)
    assert live.trainer.theta[0] == 1.0
    assert live.training.optimizer == "adam"


def test_settings_at_step_0_in_a_file_apply():
    spec = replace(SPEC, changes=(Change(0, training(learning_rate=0.7)),))
    live = job(spec, 5)
    assert live.training.learning_rate == 0.7
    assert numpy.array_equal(
        live.trainer.theta, job(replace(SPEC, training=training(learning_rate=0.7)), 5).trainer.theta
    )
    live.seek(0)
    live.tune(training(learning_rate=0.9))
    assert live.spec.changes == ()
    same(live, job(live.spec))


def test_nothing_is_changed_by_the_settings_in_force():
    live = job(steps=3)
    live.tune(SPEC.training)
    live.set_weights([])
    assert live.spec == SPEC


def test_the_cost_is_that_of_the_penalties_in_force():
    live = job(steps=10)
    plain = live.moment().train_cost, live.moment().test_cost
    live.tune(training(l2=2.0))
    mask = live.problem.network.layout.weight_mask
    penalty = (live.trainer.theta**2) @ mask
    assert live.moment().train_cost == pytest.approx(plain[0] + penalty, rel=1e-12)
    assert live.moment().test_cost == pytest.approx(plain[1] + penalty, rel=1e-12)
    assert live.curves().column("train_cost")[-1] == live.moment().train_cost


def test_wrong_changes_are_refused():
    live = job(steps=3)
    with pytest.raises(ValueError, match="the loss cannot change during a run; start a new one"):
        live.tune(training(loss="squared_error"))
    last = len(live.trainer.theta) - 1
    for index in (-1, last + 1):
        with pytest.raises(ValueError, match=f"a weight is set that does not exist; there are 0 to {last}"):
            live.set_weights([WeightEdit(index, 1.0)])
    for value in (numpy.inf, numpy.nan, 1e13):
        with pytest.raises(ValueError, match="allowed are numbers up to 1e"):
            live.set_weights([WeightEdit(0, 0.0), WeightEdit(1, value)])
    assert live.spec == SPEC
    with pytest.raises(ValueError, match="changes: the loss cannot change during a run, as it would at step 4"):
        job(replace(SPEC, changes=(Change(4, training(loss="squared_error")),)))
    with pytest.raises(ValueError, match="changes: weight 99 is set; this network has weights 0 to 16"):
        job(replace(SPEC, changes=(Change(4, None, (WeightEdit(99, 1.0),)),)))


# The end of a run


@pytest.mark.parametrize("grouping", [1, 7, 2000])
@pytest.mark.parametrize(
    ("stop", "step", "reason"),
    [
        (StopSpec(step=23), 23, "reached step 23"),
        (StopSpec(epoch=4), 20, "reached epoch 4"),
        (StopSpec(step=23, epoch=4), 20, "reached epoch 4"),
        (StopSpec(target_loss=10.0), 1, "reached the target 10"),
    ],
)
def test_a_run_ends_at_its_condition_and_again_after_travelling(stop, step, reason, grouping):
    live = job(replace(SPEC, training=training(stop=stop)))
    for _ in range(2000 // grouping):
        live.advance(grouping)
    assert (live.step, live.status) == (step, "finished")
    assert reason in live.reason
    ended = live.reason
    live.seek(step // 2)
    assert live.status == "running" or step == 1
    live.advance(1000)
    assert (live.step, live.status, live.reason) == (step, "finished", ended)
    live.seek(0)
    live.seek(step)
    assert (live.status, live.reason) == ("finished", ended)


def test_a_run_that_has_ended_goes_on_when_the_condition_is_changed():
    live = job(replace(SPEC, training=training(stop=StopSpec(step=20))), 100)
    live.tune(training(stop=StopSpec(step=50)))
    assert live.status == "running"
    live.advance(100)
    assert live.step == 50
    live.seek(20)
    assert live.status == "running"
    same(live, job(live.spec, 20))


@pytest.mark.parametrize("grouping", [1, 10, 5000])
def test_a_plateau_ends_the_run_at_the_same_step(grouping):
    spec = replace(SPEC, training=training(learning_rate=1e-9, stop=StopSpec(plateau=3)))
    live = job(spec)
    for _ in range(5000 // grouping):
        live.advance(grouping)
    assert (live.step, live.status) == (15, "finished")
    assert live.reason == "training loss did not improve by 0.1% for 3 epochs"


WILD = replace(
    SPEC,
    network=NetworkSpec(hidden=(LayerSpec(6, "relu"), LayerSpec(6, "relu")), output=OutputSpec("linear")),
    training=TrainingSpec(loss="squared_error", learning_rate=1e9, batch_size=10),
)


@pytest.mark.parametrize("learning_rate", [3.0, 30.0, 1e9])
def test_divergence_ends_at_the_last_finite_state_however_grouped(learning_rate):
    spec = replace(WILD, training=replace(WILD.training, learning_rate=learning_rate))
    runs = []
    for grouping in (1, 3, 1000):
        live = job(spec)
        for _ in range(1000 // grouping):
            live.advance(grouping)
        runs.append(live)
        assert live.status == "diverged"
        assert numpy.isfinite(live.trainer.theta).all()
        assert numpy.isfinite(live.moment().train_cost)
        assert live.reason == (
            f"diverged: step {live.step + 1} at learning rate {learning_rate:g} left the finite numbers; "
            f"step {live.step} is kept"
        )
        assert live.horizon == live.step
    same(runs[0], runs[1])
    same(runs[0], runs[2])
    same_record(runs[0], runs[2])
    # and that step does leave the finite numbers
    one = runs[0]
    one.trainer.advance()
    cost = one.problem.objective.value(one.trainer.theta)
    assert not (numpy.isfinite(one.trainer.theta).all() and numpy.isfinite(cost))


def test_divergence_between_two_recorded_steps_ends_at_the_same_step_however_grouped():
    runs = []
    for grouping in (1, 1000):
        live = job(replace(WILD, data=DataSpec("circle", size=9000, train_share=0.9)))
        while live.status == "running":
            live.advance(grouping)
        runs.append(live)
    assert runs[0].status == "diverged"
    assert 0 < runs[0].step < 8
    same(*runs)
    same_record(*runs)


def test_one_may_go_back_from_divergence_and_do_better():
    live = job(steps=30)
    live.tune(training(loss=SPEC.training.loss, learning_rate=0.05))
    live = job(WILD, 100)
    end = live.step
    live.seek(0)
    assert live.status == "running"
    live.advance(100)
    assert (live.step, live.status) == (end, "diverged")
    live.seek(0)
    live.tune(replace(WILD.training, learning_rate=0.01))
    live.advance(100)
    assert (live.step, live.status) == (100, "running")


def test_a_run_may_diverge_long_after_its_start():
    live = job(steps=1500)
    live.tune(training(learning_rate=1e12, l2=1.0))
    live.advance(3000)
    assert live.status == "diverged"
    same(live, job(live.spec, 5000))
    live.seek(1400)
    live.advance(5000)
    same(live, job(live.spec, 5000))


def test_initial_weights_without_a_finite_cost_end_the_run_before_its_first_step():
    huge = InitializerSpec("constant", 1e12)
    layers = tuple(LayerSpec(8, "relu", weights=huge) for _ in range(30))
    spec = replace(WILD, network=NetworkSpec(layers, OutputSpec("linear", weights=huge), gain=1e6))
    live = job(spec, 10)
    assert (live.step, live.status) == (0, "diverged")
    assert live.reason == "diverged before the first step: the cost of the initial weights is not finite"
    live.seek(0)
    assert live.status == "diverged"


def test_weights_set_by_hand_that_cost_more_than_a_number_can_hold_end_the_run_there():
    network = NetworkSpec(tuple(LayerSpec(1, "relu") for _ in range(30)), OutputSpec("linear"))
    live = job(replace(WILD, network=network, training=replace(WILD.training, learning_rate=1e-3)), 5)
    live.set_weights([WeightEdit(i, 1e12) for i in range(len(live.trainer.theta))])
    assert (live.step, live.status) == (5, "diverged")
    assert "step 6 at learning rate 0.001" in live.reason
    again = job(live.spec, 50)
    assert (again.step, again.status, again.reason) == (5, live.status, live.reason)


def test_a_run_on_many_examples_records_less_often_from_the_start():
    data = DataSpec("circle", size=9000, train_share=0.9)
    live = job(replace(SPEC, data=data, training=training(batch_size=100)), 20)
    assert live.curves().column("step").tolist() == [0, 8, 16]


def test_moments_are_nan_where_there_is_nothing_to_measure():
    live = job(replace(SPEC, data=replace(SPEC.data, train_share=1.0)))
    moment = live.moment()
    assert numpy.isnan([moment.test_cost, moment.test_score]).all()
    assert numpy.isnan(moment.layers).all()


def test_dead_units_are_those_that_give_0_on_every_training_example():
    live = job(replace(SPEC, network=NetworkSpec((LayerSpec(4, "relu"),))))
    layout = live.problem.network.layout
    live.set_weights([WeightEdit(layout.index(1, -1, 2), -1000.0)])
    assert [units.tolist() for units in live.moment().dead] == [[False, False, True, False], [False]]
