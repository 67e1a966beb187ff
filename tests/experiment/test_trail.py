"""The trail of a run: within its bound, from step 0 to the present, and the very parameters that were recorded."""

import numpy
import pytest

from nnviz.experiment.problem import resolve
from nnviz.experiment.readings import READINGS, Instant
from nnviz.experiment.snapshot import take_snapshot
from nnviz.experiment.specification import (
    DataSpec,
    Experiment,
    LayerSpec,
    NetworkSpec,
    TrainingSpec,
    WeightEdit,
    replace,
)
from nnviz.experiment.trail import Trail
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch

SPEC = Experiment(
    data=DataSpec("circle", size=60), network=NetworkSpec((LayerSpec(3),)), training=TrainingSpec(learning_rate=0.3)
)


def job(spec: Experiment = SPEC, steps: int = 0) -> TrainingJob:
    made = TrainingJob(resolve(spec))
    made.advance(steps)
    return made


def assert_recorded(live: TrainingJob) -> None:
    """Every point has the cost that was recorded at its step."""
    way, curves = live.trajectory(), live.curves()
    recorded = dict(zip(curves.column("step").astype(int).tolist(), curves.column("train_cost"), strict=True))
    for step, point in zip(way.steps.tolist(), way.points, strict=True):
        if step in recorded:
            assert float(live.trainer.objective.value(point)) == pytest.approx(recorded[step], rel=1e-12)
    assert way.steps[0] == 0
    assert numpy.all(numpy.diff(way.steps) > 0)
    assert way.steps[way.present] == live.step
    assert numpy.array_equal(way.points[way.present], live.trainer.theta)


def test_a_run_starts_with_one_point_and_each_has_the_cost_that_was_recorded():
    live = job()
    assert len(live.trajectory()) == 1
    assert numpy.array_equal(live.trajectory().points[0], live.problem.theta_0)
    for steps in (1, 1, 300, 1337):
        live.advance(steps)
        assert_recorded(live)


def test_a_long_run_keeps_a_bounded_number_of_points_spread_over_the_record():
    trail = Trail(most_points=16)
    for number in range(1000):
        trail.add(number, 3 * number, numpy.full(4, float(number)))
        assert len(trail) <= 16
    way = trail.trajectory(2997, numpy.full(4, 999.0))
    assert way.steps.tolist() == [*range(0, 3000, 192), 2997]
    assert way.thetas[:, 0].tolist() == [*range(0, 1000, 64), 999.0]
    assert way.present == len(way) - 1


def test_large_networks_keep_fewer_points_but_at_least_the_first():
    trail = Trail(most_bytes=5 * 800)
    for number in range(100):
        trail.add(number, number, numpy.full(100, float(number)))
        assert len(trail) <= 5
    tiny = Trail(most_bytes=1)
    for number in range(100):
        tiny.add(number, number, numpy.zeros(100))
    assert len(tiny) <= 3
    assert tiny.trajectory(99, numpy.ones(100)).steps.tolist()[0::2] == [0, 99]


def test_after_going_back_the_future_is_still_there_behind_the_present():
    live = job(steps=900)
    live.seek(500)
    way = live.trajectory()
    assert way.steps[-1] > 500
    assert_recorded(live)
    live.seek(901)
    assert_recorded(live)


def test_a_change_forgets_the_future_and_belongs_to_its_step():
    live = job(steps=200)
    live.seek(100)
    live.set_weights([WeightEdit(0, 3.0)])
    way = live.trajectory()
    assert way.steps[-1] == 100
    assert way.points[-1][0] == 3.0
    live.advance(50)
    assert_recorded(live)
    at_the_start = job()
    at_the_start.set_weights([WeightEdit(1, -2.0)])
    at_the_start.advance(20)
    assert at_the_start.trajectory().points[0][1] == -2.0
    assert_recorded(at_the_start)


def test_a_run_that_diverges_has_a_way_of_finite_points():
    training = TrainingSpec(loss="squared_error", learning_rate=1e9, optimizer="momentum")
    spec = replace(SPEC, data=replace(SPEC.data, source="sine"), training=training)
    spec = replace(spec, network=replace(SPEC.network, output=replace(SPEC.network.output, activation="linear")))
    live = job(spec, 100)
    assert live.status == "diverged"
    assert all(numpy.isfinite(point).all() for point in live.trajectory().points)
    assert live.trajectory().steps[-1] == live.step


def test_it_is_published_only_while_somebody_watches_and_is_never_written_again():
    live = job(steps=50)
    assert "trajectory" not in take_snapshot(live, Watch()).readings
    way = take_snapshot(live, Watch(frozenset({"trajectory"}))).readings["trajectory"]
    before = way.thetas.copy()
    for array in (way.steps, way.thetas, *way.points):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    live.advance(500)
    assert numpy.array_equal(numpy.stack(way.points), before)
    again = take_snapshot(live, Watch(frozenset({"trajectory"}))).readings["trajectory"]
    assert any(again.points[3] is point for point in way.points)
    assert READINGS["trajectory"](Instant(live.problem, live.trainer.theta)) is None
