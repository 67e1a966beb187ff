"""The path on a slice: its true cost is what was recorded, and what the slice leaves out of it is told."""

import numpy
import pytest

from nnviz.engine.planes import Line, Plane
from nnviz.experiment.loss_surface import path as module
from nnviz.experiment.loss_surface.path import ProjectedPath, project_path
from nnviz.experiment.loss_surface.slices import SliceRequest, SliceSpec, pose_slice, surface_objective
from nnviz.experiment.problem import resolve
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

SPEC = Experiment(
    data=DataSpec("circle", size=80),
    network=NetworkSpec((LayerSpec(4),)),
    training=TrainingSpec(learning_rate=0.3, l2=0.001),
)
LINE = Experiment(
    data=DataSpec("sine", size=40, train_share=1.0),
    network=NetworkSpec((), OutputSpec("linear")),
    training=TrainingSpec(loss="squared_error", learning_rate=0.05),
)


def job(spec: Experiment = SPEC, steps: int = 400) -> TrainingJob:
    made = TrainingJob(resolve(spec))
    made.advance(steps)
    return made


def projected(live: TrainingJob, spec: SliceSpec | None = None, region=None) -> ProjectedPath:
    spec = spec or SliceSpec("path")
    objective = surface_objective(live.problem, live.training, spec)
    if region is None:
        asked = SliceRequest(spec, live.problem, live.training, live.trainer.theta.copy(), live.trajectory())
        posing = pose_slice(asked, objective)
        try:
            while True:
                next(posing)
        except StopIteration as ended:
            region = ended.value.region
    *_, end = project_path(region, objective, live.trajectory())
    return end


def test_the_true_cost_of_every_point_is_the_cost_that_was_recorded():
    live = job()
    path, curves = projected(live), live.curves()
    recorded = dict(zip(curves.column("step").astype(int).tolist(), curves.column("train_cost"), strict=True))
    for step, cost in zip(path.trajectory.steps.tolist(), path.cost, strict=True):
        assert cost == pytest.approx(recorded[step], rel=1e-12)
    assert path.complete


def test_height_and_distance_are_those_of_the_nearest_point_of_the_slice():
    live = job()
    objective = live.trainer.objective
    path = projected(live, SliceSpec("random"))
    for number, point in enumerate(path.trajectory.points):
        u, v = (places[number] for places in path.coordinates)
        nearest = path.region.origin + u * path.region.first + v * path.region.second
        assert path.distance[number] == pytest.approx(numpy.linalg.norm(point - nearest), abs=1e-12)
        assert path.height[number] == pytest.approx(float(objective.value(nearest)), rel=1e-12)
        for direction in (path.region.first, path.region.second):
            assert (point - nearest) @ direction == pytest.approx(0.0, abs=1e-9)
    assert path.ratio == pytest.approx(path.cost / path.height)
    assert path.ratio[path.present] == pytest.approx(1.0, rel=1e-12)
    assert numpy.abs(path.ratio - 1.0).max() > 0.01


def test_the_variance_explained_is_that_of_the_singular_values():
    live = job()
    away = live.trajectory().thetas - live.trajectory().thetas.mean(axis=0)
    squares = numpy.linalg.svd(away, compute_uv=False) ** 2
    assert projected(live).explained == pytest.approx(squares[:2].sum() / squares.sum())
    line = Line(live.trainer.theta.copy(), numpy.linalg.svd(away)[2][0])
    assert projected(live, region=line).explained == pytest.approx(squares[0] / squares.sum())


@pytest.mark.parametrize("kind", ["parameters", "random", "path", "bends"])
def test_with_two_parameters_the_picture_is_exact(kind):
    live = job(LINE)
    path = projected(live, SliceSpec(kind))
    assert path.distance == pytest.approx(numpy.zeros(len(path.distance)), abs=1e-12)
    assert path.height == pytest.approx(path.cost, rel=1e-12)
    assert path.ratio == pytest.approx(numpy.ones(len(path.ratio)), rel=1e-12)
    assert path.explained == pytest.approx(1.0, rel=1e-12)


def test_a_path_of_one_point_has_a_place_and_no_variance():
    live = job(steps=0)
    path = projected(live, SliceSpec("random"))
    assert len(path.trajectory) == 1
    assert path.distance[0] == pytest.approx(0.0, abs=1e-14)
    assert numpy.isnan(path.explained)


def test_where_it_lies_comes_first_its_costs_a_piece_at_a_time_and_closing_ends_it(monkeypatch):
    live = job(steps=20)
    region = Plane(live.trainer.theta.copy(), *numpy.eye(17)[:2])
    whole = projected(live, region=region)
    monkeypatch.setattr(module, "PIECE_BYTES", 1)
    breaths = []
    steps = project_path(region, live.trainer.objective, live.trajectory(), lambda: breaths.append(1))
    pictures = [next(steps)]
    assert pictures[0].done == 0
    assert not pictures[0].complete
    assert numpy.isnan(pictures[0].cost).all()
    assert numpy.array_equal(pictures[0].coordinates, whole.coordinates)
    pictures += steps
    assert [each.done for each in pictures] == list(range(0, 43, 2))
    assert len(breaths) == 42
    assert numpy.array_equal(pictures[-1].cost, whole.cost)
    assert numpy.array_equal(pictures[-1].height, whole.height)
    assert numpy.isfinite(pictures[1].cost).sum() == 1
    for array in (pictures[-1].cost, pictures[-1].height, pictures[-1].distance, *pictures[-1].coordinates):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0.0
    again = project_path(region, live.trainer.objective, live.trajectory(), lambda: breaths.append(1))
    next(again)
    again.close()
    assert list(again) == []


def test_the_path_of_another_network_is_refused_in_a_sentence():
    other = job(replace(SPEC, network=NetworkSpec((LayerSpec(2),))), 10)
    live = job(steps=10)
    region = Plane(live.trainer.theta.copy(), *numpy.eye(17)[:2])
    with pytest.raises(ValueError, match="theta has shape"):
        list(project_path(region, live.trainer.objective, other.trajectory()))
