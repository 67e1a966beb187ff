"""The step of death is the exact one, however sparse the record; what is reported are that step's own numbers."""

import numpy
import pytest

from nnviz.engine.unit_states import UnitState
from nnviz.experiment.autopsy import autopsy
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import (
    DataSpec,
    DrawnPoint,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    TrainingSpec,
    WeightEdit,
    replace,
)
from nnviz.experiment.training_job import TrainingJob

# One unit, z = w x + b with w = 1, b = 0, and output weight 1: on x = 1 with target -1 its error is 2, so that with
# learning rate α the first step makes w and b smaller by 2α each: z = 1 - 4α, and 0 at best from α = ¼ on.
ONE = Experiment(
    data=DataSpec("sine", size=0, train_share=1.0, standardize=False, features=(), added=(DrawnPoint((1.0,), -1.0),)),
    network=NetworkSpec(
        (LayerSpec(1, "relu", weights=InitializerSpec("constant", 1.0)),),
        OutputSpec("linear", weights=InitializerSpec("constant", 1.0)),
    ),
    training=TrainingSpec(loss="squared_error", learning_rate=0.5),
)
MOONS = Experiment(
    seed=0,
    data=DataSpec("moons", size=200),
    network=NetworkSpec((LayerSpec(8, "relu", weights=InitializerSpec("he_normal")),), OutputSpec("linear")),
    training=TrainingSpec(loss="squared_error", learning_rate=1.0, batch_size=10),
)


def job(spec: Experiment, steps: int) -> TrainingJob:
    made = TrainingJob(resolve(spec))
    made.advance(steps)
    return made


def dead_at(live: TrainingJob, step: int, unit: int) -> bool:
    live.seek(step)
    return live.moment().units[unit] == UnitState.DEAD


def test_a_death_by_hand_calculation():
    live = job(ONE, 6)
    found = autopsy(live, 1, 0)
    assert (found.step, live.step, found.by_hand) == (1, 0, False)
    assert found.rows.tolist() == [0]
    assert (found.z_before.tolist(), found.z_after.tolist()) == ([1.0], [-1.0])
    assert found.learning_rate == 0.5
    assert (found.weights_before.tolist(), found.weights_after.tolist()) == ([1.0, 0.0], [0.0, -1.0])
    assert (found.gradient_before.tolist(), found.gradient_after.tolist()) == ([2.0, 2.0], [0.0, 0.0])
    assert found.update.tolist() == [-1.0, -1.0]


def test_a_living_unit_has_no_autopsy():
    live = job(replace(ONE, training=replace(ONE.training, learning_rate=0.01)), 6)
    live.seek(2)
    assert autopsy(live, 1, 0) is None
    assert live.step == 6
    assert autopsy(live, 1, 0, at=3) is None
    assert live.step == 3
    assert autopsy(live, 2, 0) is None


def test_born_dead_has_no_step_to_blame():
    live = job(replace(ONE, network=replace(ONE.network, gain=-0.0)), 3)
    found = autopsy(live, 1, 0)
    assert (found.step, live.step) == (0, 0)
    assert (len(found.rows), len(found.z_before), len(found.z_after)) == (0, 0, 0)
    assert numpy.array_equal(found.weights_before, found.weights_after)
    assert (found.update == 0.0).all()
    assert (found.gradient_before == 0.0).all()


@pytest.mark.parametrize("start", [0, 30, 600])
def test_every_number_is_that_of_the_step_itself_wherever_the_run_stands(start):
    live = job(MOONS, 600)
    live.seek(start)
    found = autopsy(live, 1, 7)
    assert live.step == found.step - 1 == 82
    problem, layout = live.problem, live.problem.network.layout
    before = live.trainer.theta.copy()
    assert not dead_at(live, found.step - 1, 7)
    assert all(dead_at(live, step, 7) for step in range(found.step, 601, 20))
    live.seek(found.step)
    x = problem.objective.x[numpy.searchsorted(problem.train, found.rows)]
    assert len(x) == 10
    assert numpy.array_equal(numpy.sort(live.trainer.tape.a(0), axis=0), numpy.sort(x, axis=0))
    assert numpy.array_equal(live.trainer.tape.a(0), x)
    assert numpy.allclose(found.z_before, problem.network.forward(before, x).z(1)[:, 7])
    assert numpy.allclose(found.gradient_before, layout.block(live.trainer.gradient, 1)[:, 7])
    assert numpy.array_equal(found.update, layout.block(live.trainer.delta_theta, 1)[:, 7])
    assert numpy.allclose(found.weights_after, found.weights_before + found.update)
    assert (found.z_after <= 0.0).all()
    assert (found.gradient_after == 0.0).all()


SPARSE = replace(MOONS, data=DataSpec("moons", size=16_000, train_share=0.1))
"""So many examples that only every eighth step is recorded."""


def test_the_exact_step_is_found_between_sparse_records():
    live = job(SPARSE, 64)
    assert live.curves().column("step").tolist() == [0, 8, 16, 24, 32, 40, 48, 56, 64]
    dead = numpy.flatnonzero(live.moment().units == UnitState.DEAD)
    steps = [autopsy(live, 1, int(unit)).step for unit in dead]
    assert len(set(steps)) > 2
    for unit, step in zip(dead, steps, strict=True):
        assert 0 < step < 8
        assert not dead_at(live, step - 1, unit)
        assert all(dead_at(live, later, unit) for later in (*range(step, 9), 16, 64))


def test_a_death_after_the_last_record_is_found_too():
    live = job(SPARSE, 5)
    assert live.curves().column("step").tolist() == [0]
    unit = int(numpy.flatnonzero(live.moment().units == UnitState.DEAD)[0])
    found = autopsy(live, 1, unit)
    assert 0 < found.step <= 5
    assert not dead_at(live, found.step - 1, unit)


def test_a_unit_killed_by_hand_is_said_so():
    live = job(replace(MOONS, training=replace(MOONS.training, learning_rate=0.01)), 5)
    assert not dead_at(live, 5, 2)
    live.set_weights([WeightEdit(live.problem.network.layout.index(1, -1, 2), -100.0)])
    live.advance(5)
    found = autopsy(live, 1, 2)
    assert (found.step, found.by_hand, live.step) == (5, True, 4)
    assert found.weights_after[-1] == -100.0


def test_of_two_deaths_the_one_is_reported_in_whose_time_the_step_lies():
    live = job(replace(MOONS, training=replace(MOONS.training, learning_rate=0.01)), 5)
    bias = live.problem.network.layout.index(1, -1, 2)
    for value in (-100.0, 1.0, -100.0):
        live.set_weights([WeightEdit(bias, value)])
        live.advance(3)
    assert autopsy(live, 1, 2, at=7).step == 5
    assert autopsy(live, 1, 2, at=9) is None
    assert autopsy(live, 1, 2).step == 11
