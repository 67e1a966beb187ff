"""What is shown: readings that equal the engine's numbers, a sentence on the run, and snapshots nobody writes to."""

import numpy
import pytest

from nnviz.experiment.problem import resolve
from nnviz.experiment.readings import CURVE_POINTS, MAP_POINTS, READINGS, UNIT_POINTS, Instant
from nnviz.experiment.snapshot import Ghost, take_snapshot
from nnviz.experiment.specification import (
    DataSpec,
    Experiment,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    TrainingSpec,
    replace,
)
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch

SPEC = Experiment(
    data=DataSpec("circle", size=100), network=NetworkSpec((LayerSpec(4),)), training=TrainingSpec(learning_rate=0.3)
)
LINE = replace(
    SPEC,
    data=DataSpec("sine", size=60, standardize_target=True),
    network=NetworkSpec((LayerSpec(5),), OutputSpec("linear")),
    training=TrainingSpec(loss="squared_error", learning_rate=0.05),
)
HOUSES = replace(LINE, data=DataSpec("houses", size=60, standardize_target=True))
ALL = Watch(frozenset(READINGS))


def job(spec: Experiment = SPEC, steps: int = 0) -> TrainingJob:
    made = TrainingJob(resolve(spec))
    made.advance(steps)
    return made


# Readings


def test_the_decision_map_holds_the_networks_own_outputs():
    live = job(steps=50)
    problem, theta = live.problem, live.trainer.theta
    reading = READINGS["decision_map"](Instant(problem, theta))
    assert reading.values.shape == (MAP_POINTS, MAP_POINTS, 1)
    assert reading.extent == (-6.0, 6.0, -6.0, 6.0)
    assert [units.shape for units in reading.units] == [(4, UNIT_POINTS, UNIT_POINTS), (1, UNIT_POINTS, UNIT_POINTS)]
    assert reading.inputs.shape == (2, UNIT_POINTS, UNIT_POINTS)
    side = numpy.linspace(-6.0, 6.0, MAP_POINTS)
    for row, column in ((0, 0), (3, 70), (99, 98), (40, 2)):
        tape = problem.network.forward(theta, problem.inputs.apply(numpy.array([[side[column], side[row]]])))
        assert reading.values[row, column, 0] == pytest.approx(tape.a(2)[0, 0], rel=1e-6)
        if row % 2 == column % 2 == 0:
            assert numpy.allclose(reading.units[0][:, row // 2, column // 2], tape.a(1)[0], rtol=1e-5, atol=1e-6)
            assert numpy.allclose(reading.inputs[:, row // 2, column // 2], tape.a(0)[0], rtol=1e-5, atol=1e-6)


def test_a_map_of_many_inputs_spans_the_two_chosen():
    live = job(HOUSES, 20)
    assert READINGS["decision_map"](Instant(live.problem, live.trainer.theta, Watch(axes=(2, 0)))).axes == (2, 0)
    for axes in ((0, 0), (0, 99)):
        assert READINGS["decision_map"](Instant(live.problem, live.trainer.theta, Watch(axes=axes))).axes == (0, 1)
    values = READINGS["decision_map"](Instant(live.problem, live.trainer.theta, Watch(axes=(0, 1)))).values
    assert values.mean() == pytest.approx(live.problem.data.y.mean(), rel=0.5)  # in the units of the targets


def test_the_fitted_curve_and_what_its_units_add():
    live = job(LINE, 200)
    curve = READINGS["fit_curve"](Instant(live.problem, live.trainer.theta, Watch(axes=(0, 1))))
    assert curve.x.shape == (CURVE_POINTS,)
    assert curve.units.shape == (5, CURVE_POINTS)
    predicted = live.problem.network.predict(live.trainer.theta, live.problem.inputs.apply(curve.x[:, None]))
    assert numpy.allclose(curve.y, live.problem.targets.invert(predicted))
    bias = live.problem.network.layout.biases(live.trainer.theta, 2)
    assert numpy.allclose(curve.units.sum(axis=0) + bias, predicted[:, 0])


def test_predictions_are_in_the_units_of_the_targets():
    live = job(LINE, 500)
    found = READINGS["predictions"](Instant(live.problem, live.trainer.theta, Watch(axes=(0, 1))))
    y = live.problem.data.y
    assert found.train.shape == (len(live.problem.train), 1)
    assert found.test.shape == (len(live.problem.test), 1)
    assert abs(found.train - y[live.problem.train]).mean() < y.std()
    alone = job(replace(SPEC, data=replace(SPEC.data, train_share=1.0)))
    assert READINGS["predictions"](Instant(alone.problem, alone.trainer.theta, Watch(axes=(0, 1)))).test.shape == (0, 1)


def test_readings_that_do_not_apply_are_none():
    plane, line = job(), job(LINE)
    assert READINGS["fit_curve"](Instant(plane.problem, plane.trainer.theta, Watch(axes=(0, 1)))) is None
    assert READINGS["decision_map"](Instant(line.problem, line.trainer.theta, Watch(axes=(0, 1)))) is None


@pytest.mark.parametrize("spec", [SPEC, LINE, HOUSES])
def test_readings_of_huge_parameters_warn_of_nothing(spec):
    problem = resolve(spec)
    for size in (1e200, 1e308, numpy.inf, numpy.nan):
        for reading in READINGS.values():
            reading(Instant(problem, numpy.full_like(problem.theta_0, size)))


# Snapshots


def test_a_snapshot_is_of_its_step_and_is_never_written_again():
    live = job(steps=30)
    snapshot = take_snapshot(live, ALL, 7, playing=True, steps_per_second=5.0)
    assert (snapshot.run_id, snapshot.step, snapshot.playing, snapshot.horizon) == (7, 30, True, 30)
    arrays = [snapshot.theta, snapshot.gradient, snapshot.delta_theta, snapshot.curves.values, snapshot.curves.layers]
    arrays += [snapshot.moment.layers, snapshot.readings["decision_map"].values, snapshot.readings["predictions"].train]
    before = [array.copy() for array in arrays]
    live.advance(300)
    live.seek(10)
    live.tune(replace(live.training, learning_rate=0.01))
    live.advance(50)
    for array, copy in zip(arrays, before, strict=True):
        assert numpy.array_equal(array, copy, equal_nan=True)
    for array in arrays[:5]:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    assert snapshot.spec == SPEC
    assert set(snapshot.readings) == set(READINGS)


def test_a_snapshot_carries_only_what_is_watched_and_zeros_before_the_first_step():
    snapshot = take_snapshot(job(), Watch())
    assert snapshot.readings == {}
    assert not snapshot.gradient.any()
    assert not snapshot.delta_theta.any()
    assert len(snapshot.curves) == 1


def test_the_update_shown_is_the_one_that_led_here():
    live = job(steps=30)
    before = live.trainer.theta.copy()
    live.advance(1)
    snapshot = take_snapshot(live, Watch())
    assert numpy.array_equal(snapshot.theta, before + snapshot.delta_theta)


def test_a_ghost_keeps_of_a_run_all_that_is_compared():
    job = TrainingJob(resolve(SPEC))
    job.advance(20)
    snapshot = take_snapshot(job, Watch())
    ghost = Ghost.of(snapshot, "without help")
    assert ghost.label == "without help"
    assert ghost.curves is snapshot.curves
    assert ghost.sizes == (2, 4, 1)
    assert ghost.sharpness is snapshot.sharpness
    assert ghost.spec == job.spec
