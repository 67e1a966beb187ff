"""Sharpness of shipped experiments: against all eigenvalues of the whole Hessian, and what gradient descent does."""

import numpy
import pytest

from nnviz.engine.curvature import sharpness
from nnviz.engine.network_hessian import NetworkHessian
from nnviz.experiment.files import load_experiment
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import replace
from nnviz.experiment.training_job import TrainingJob
from nnviz.resources import resource


def preset(name: str, **training) -> TrainingJob:
    spec = load_experiment(resource("presets", f"{name}.nnviz"))
    return TrainingJob(resolve(replace(spec, training=replace(spec.training, **training))))


def by_differences(job: TrainingJob, h: float) -> numpy.ndarray:
    """The whole Hessian's eigenvalues, from gradients."""
    objective, theta = job.trainer.objective, job.trainer.theta
    columns = [
        (objective.value_and_gradient(theta + h * e)[1] - objective.value_and_gradient(theta - h * e)[1]) / (2.0 * h)
        for e in numpy.eye(len(theta))
    ]
    hessian = numpy.stack(columns)
    return numpy.linalg.eigvalsh(0.5 * (hessian + hessian.T))


@pytest.mark.parametrize(
    ("name", "steps"), [("edge", 0), ("edge", 300), ("dying", 0), ("dying", 10), ("dying", 638), ("iris", 20)]
)
def test_it_is_the_largest_eigenvalue_of_the_whole_hessian(name: str, steps: int) -> None:
    job = preset(name)
    job.advance(steps)
    found = sharpness(job.trainer.objective, job.trainer.theta)
    assert found.settled
    assert found.eigenvalue == pytest.approx(by_differences(job, 1e-6)[-1], rel=1e-6)
    whole = NetworkHessian(job.trainer.objective, job.trainer.theta).times(numpy.eye(len(job.trainer.theta)))
    assert found.eigenvalue == pytest.approx(numpy.linalg.eigvalsh(whole)[-1], rel=1e-9)


def test_the_corners_of_dead_units_are_not_taken_for_curvature() -> None:
    # Units without any input are exactly at their corner: the gradient jumps there, and a difference of gradients is
    # the larger the smaller the step.
    job = preset("dying")
    job.advance(638)
    coarse, fine = by_differences(job, 1e-5)[0], by_differences(job, 1e-7)[0]
    assert fine < 50.0 * coarse < -1000.0
    theta = job.trainer.theta
    whole = numpy.linalg.eigvalsh(NetworkHessian(job.trainer.objective, theta).times(numpy.eye(len(theta))))
    assert whole[0] == pytest.approx(0.0, abs=1e-9)


def test_at_the_edge_a_displacement_along_its_vector_shrinks_below_two_over_it_and_grows_above() -> None:
    job = preset("edge")
    job.advance(300)
    objective, theta = job.trainer.objective, job.trainer.theta.copy()
    found = sharpness(objective, theta)
    limit, small = 2.0 / found.eigenvalue, 1e-6
    there, here = (objective.value_and_gradient(each)[1] for each in (theta + small * found.vector, theta))
    for factor in (0.9, 0.99, 0.9999, 1.0001, 1.01, 1.1):
        moved = small * found.vector - factor * limit * (there - here)
        assert (numpy.linalg.norm(moved) > small) == (factor > 1.0)


def test_the_edge_preset_climbs_to_two_over_its_rate_and_a_tenth_of_the_rate_stays_far_below() -> None:
    job = preset("edge")
    job.advance(300)
    values = []
    for _ in range(20):
        job.advance(10)
        values.append(sharpness(job.trainer.objective, job.trainer.theta).eigenvalue)
    edge = 2.0 / job.training.learning_rate
    assert numpy.median(values) == pytest.approx(edge, rel=0.05)
    slow = preset("edge", learning_rate=0.12)
    slow.advance(500)
    costs = slow.curves().column("train_cost")
    assert numpy.all(numpy.diff(costs) < 0.0)
    assert sharpness(slow.trainer.objective, slow.trainer.theta).eigenvalue < 0.3 * 2.0 / 0.12
