"""The shipped experiments about the loss surface show what they say."""

import numpy
import pytest

from nnviz.engine.curvature import sharpness
from nnviz.experiment.files import load_experiment
from nnviz.experiment.loss_surface.convexity import chords_in_space, linear_rival, twin
from nnviz.experiment.loss_surface.slices import SliceRequest, SliceSpec
from nnviz.experiment.loss_surface.survey import survey
from nnviz.experiment.problem import resolve
from nnviz.experiment.training_job import TrainingJob
from nnviz.resources import resource


def run_of(stem: str) -> TrainingJob:
    return TrainingJob(resolve(load_experiment(resource("presets", f"{stem}.nnviz"))))


def test_the_path_of_two_weights_is_exact_and_zigzags_down() -> None:
    job = run_of("two_weights")
    job.advance(200)
    assert job.status == "finished"
    way = job.trajectory()
    assert len(way) == job.step + 1, "no step of the zigzag is left out"
    request = SliceRequest(SliceSpec("parameters", resolution=17), job.problem, job.training, job.trainer.theta, way)
    *_, last = survey(request)
    assert last.path is not None
    assert last.path.distance == pytest.approx(0.0, abs=1e-12)
    assert last.path.height == pytest.approx(last.path.cost, rel=1e-12)
    assert numpy.all(numpy.diff(last.path.cost) < 1e-12)
    # Across the ravine every step overshoots the floor: the weight's distance from where it ends changes its sign.
    across = last.path.coordinates[0][:8] - last.path.coordinates[0][-1]
    assert numpy.all(across[1:] * across[:-1] < 0.0)


def test_the_rate_of_two_weights_is_between_one_and_two_over_the_bend() -> None:
    job = run_of("two_weights")
    bend = sharpness(job.problem.objective, job.trainer.theta).eigenvalue
    assert 1.0 / bend < job.training.learning_rate < 2.0 / bend


def test_not_convex_has_chords_below_its_surface_and_its_linear_rival_none() -> None:
    job = run_of("not_convex")
    job.advance(300)
    *_, deep = chords_in_space(job.problem.objective, job.trainer.theta, count=1000)
    *_, linear = chords_in_space(*linear_rival(job.problem), count=1000)
    assert deep.violations > 100
    assert linear.violations == 0
    assert linear.undefined == 0


def test_not_convex_has_a_barrier_before_its_twin() -> None:
    job = run_of("not_convex")
    job.advance(300)
    found = twin(job.problem.objective, job.trainer.theta)
    assert found.barrier.height > 0.1 * found.cost
