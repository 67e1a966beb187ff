"""Sharpness along a run that is over: what an eigenvalue solver finds, and a job that is left as it was."""

import numpy

from nnviz.engine.curvature import sharpness
from nnviz.experiment import sharpness_track as module
from nnviz.experiment.problem import resolve
from nnviz.experiment.sharpness_track import MEASUREMENTS, sharpness_track
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

LINE = Experiment(
    data=DataSpec(source="plane", size=60),
    network=NetworkSpec((), OutputSpec("linear")),
    training=TrainingSpec(loss="squared_error", learning_rate=0.1, batch_size=None),
)


def test_of_one_linear_layer_it_is_the_largest_eigenvalue_of_the_inputs_second_moments() -> None:
    job = TrainingJob(resolve(LINE))
    job.advance(50)
    track = sharpness_track(job)
    x = job.problem.objective.x
    rows = numpy.hstack([x, numpy.ones((len(x), 1))])
    expected = numpy.linalg.eigvalsh(rows.T @ rows / len(x))[-1]
    assert len(track) == MEASUREMENTS
    assert track[0, 0] == 0.0
    assert track[-1, 0] == 50.0
    # At every step, since a quadratic has the same curvature everywhere; two eigenvalues of this cloud are close.
    assert numpy.allclose(track[:, 1], expected, rtol=1e-9)


def test_a_penalty_that_came_on_the_way_is_in_it_from_then_on() -> None:
    job = TrainingJob(resolve(LINE))
    job.advance(20)
    job.tune(replace(job.training, l2=3.0))
    job.advance(20)
    track = sharpness_track(job)
    before, after = track[track[:, 0] < 20.0, 1], track[track[:, 0] >= 20.0, 1]
    assert numpy.max(before) + 1.0 < numpy.min(after)


def test_the_job_ends_where_it_stood() -> None:
    job = TrainingJob(resolve(replace(LINE, network=NetworkSpec((LayerSpec(4),), OutputSpec("linear")))))
    job.advance(30)
    theta, recorded = job.trainer.theta.copy(), len(job.curves())
    track = sharpness_track(job)
    assert job.step == job.horizon == 30
    assert numpy.array_equal(job.trainer.theta, theta)
    assert len(job.curves()) == recorded
    assert track[-1, 1] == sharpness(job.problem.objective, theta).eigenvalue


def test_before_the_first_step_there_is_one_measurement() -> None:
    track = sharpness_track(TrainingJob(resolve(LINE)))
    assert track[:, 0].tolist() == [0.0]


def test_what_is_large_is_measured_seldom_and_what_is_too_large_not_at_all(monkeypatch) -> None:
    job = TrainingJob(resolve(LINE))
    job.advance(30)
    work = job.trainer.theta.size * len(job.problem.objective.x)
    monkeypatch.setattr(module, "ALL_WORK", work / 5.0)
    assert len(sharpness_track(job)) == 5
    monkeypatch.setattr(module, "MAX_WORK", work - 1.0)
    assert sharpness_track(job).shape == (0, 2)
