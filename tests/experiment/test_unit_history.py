"""Since when, how often, what share: of a record written by hand, and of runs in which units die."""

import numpy
import pytest

from nnviz.engine.unit_states import UnitState
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import (
    DataSpec,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    TrainingSpec,
)
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.unit_history import NEVER, UnitHistory


def history(*units: str, steps=(0, 1, 2, 4, 8)) -> UnitHistory:
    """One word a unit, a letter a moment: a(live), i(nactive), d(ead), n(ot finite)."""
    codes = {"a": UnitState.ALIVE, "i": UnitState.INACTIVE, "d": UnitState.DEAD, "n": UnitState.NOT_FINITE}
    states = numpy.array([[codes[letter] for letter in unit] for unit in units], dtype=numpy.uint8).T
    return UnitHistory(numpy.array(steps, dtype=float), states)


def run(activation: str, steps: int, seed: int = 0) -> TrainingJob:
    hidden = LayerSpec(8, activation, weights=InitializerSpec("he_normal"))
    spec = Experiment(
        seed=seed,
        data=DataSpec("moons", size=200),
        network=NetworkSpec((hidden,), OutputSpec("linear")),
        training=TrainingSpec(loss="squared_error", learning_rate=1.0, batch_size=10),
    )
    job = TrainingJob(resolve(spec))
    job.advance(steps)
    return job


def test_a_unit_is_dead_since_the_first_record_of_its_last_unbroken_time():
    life = history("aaaaa", "aaddd", "ddadd", "ddddd", "dddda", "aaaad", "adndd")
    assert life.dead_since().tolist() == [NEVER, 2, 4, 0, NEVER, 8, 4]


def test_revivals_are_counted_and_becoming_nan_is_none():
    assert history("aaaaa", "dadad", "ddidd", "ddndd", "aaddd").revivals().tolist() == [0, 2, 1, 0, 0]


def test_shares_add_up():
    shares = history("aaddn", "aiddn", "aaaaa", "aaaai").shares()
    assert shares.shape == (5, len(UnitState))
    assert shares.sum(axis=1) == pytest.approx(1.0)
    assert shares[:, UnitState.DEAD].tolist() == [0.0, 0.0, 0.5, 0.5, 0.0]
    assert shares[4].tolist() == [0.25, 0.25, 0.0, 0.0, 0.0, 0.5]


def test_nothing_recorded_and_nothing_chosen():
    nothing = UnitHistory(numpy.zeros(0), numpy.zeros((0, 2), dtype=numpy.uint8))
    assert nothing.dead_since().tolist() == [NEVER, NEVER]
    assert nothing.revivals().tolist() == [0, 0]
    assert numpy.isnan(history("aaaaa").shares()[:, UnitState.ALIVE]).sum() == 0


def test_units_of_a_record_can_be_picked():
    curves = run("relu", 20).curves()
    assert UnitHistory.of(curves).states.shape == (21, 9)
    picked = UnitHistory.of(curves, numpy.array([1, 3]))
    assert numpy.array_equal(picked.states, curves.units[:, [1, 3]])


def test_at_rate_1_units_die_in_the_first_steps_and_stay_dead():  # row 9.10
    job = run("relu", 600)
    life = UnitHistory.of(job.curves())
    since = life.dead_since()
    assert job.status == "running"
    dead = numpy.flatnonzero(since != NEVER)
    assert len(dead) >= 4
    assert numpy.median(since[dead]) <= 4
    assert (life.revivals() == 0).all()
    assert [units.tolist() for units in job.moment().dead] == [(since != NEVER)[:8].tolist(), [False]]


def test_the_same_seeds_with_leaky_relu_have_no_dead_unit():  # row 9.11
    for seed in (0, 2, 4):
        job = run("leaky_relu", 200, seed)
        assert (UnitHistory.of(job.curves()).shares()[:, UnitState.DEAD] == 0.0).all()
        assert (UnitHistory.of(run("relu", 200, seed).curves()).shares()[-1, UnitState.DEAD]) > 0.0
