"""Slices: each kind goes through the present parameters, shows what it is for, and refuses what cannot be."""

import numpy
import pytest

from nnviz.engine import Network, NetworkObjective
from nnviz.engine.planes import Line, Plane
from nnviz.experiment.loss_surface.saved_points import MOST_SAVED, save_point, saved_thetas
from nnviz.experiment.loss_surface.slices import (
    KINDS,
    SliceRequest,
    SliceSpec,
    SurfaceSlice,
    example_count,
    pose_slice,
    surface_objective,
)
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import (
    DataSpec,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    TrainingSpec,
    replace,
)
from nnviz.experiment.training_job import TrainingJob

SPEC = Experiment(
    data=DataSpec("circle", size=80), network=NetworkSpec((LayerSpec(3),)), training=TrainingSpec(learning_rate=0.3)
)


def job(spec: Experiment = SPEC, steps: int = 300) -> TrainingJob:
    made = TrainingJob(resolve(spec))
    made.advance(steps)
    return made


def request(live: TrainingJob, spec: SliceSpec, saved=()) -> SliceRequest:
    return SliceRequest(spec, live.problem, live.training, live.trainer.theta.copy(), live.trajectory(), saved)


def posed(asked: SliceRequest) -> SurfaceSlice:
    posing = pose_slice(asked, surface_objective(asked.problem, asked.training, asked.spec))
    while True:
        try:
            assert next(posing) > 0
        except StopIteration as ended:
            return ended.value


def three_saved(live: TrainingJob):
    saved = ()
    for name, place in (("start", 0), ("early", 9), ("late", -1)):
        way = live.trajectory()
        saved = save_point(saved, name, live.problem, int(way.steps[place]), way.points[place])
    return saved


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "points"])
def test_a_slice_goes_through_the_present_parameters_which_are_seen_on_it(kind):
    live = job()
    chosen = posed(request(live, SliceSpec(kind)))
    assert isinstance(chosen.region, Plane)
    theta = live.trainer.theta
    assert chosen.region.distance(theta) == pytest.approx(0.0, abs=1e-12)
    (u, v), (left, right, bottom, top) = chosen.region.project(theta), chosen.extent
    assert left <= u <= right
    assert bottom <= v <= top
    assert right - left == pytest.approx(top - bottom)
    assert len(chosen.names) == 2


def test_two_parameters_are_their_own_coordinates_and_the_whole_path_is_seen():
    live = job()
    chosen = posed(request(live, SliceSpec("parameters", (4, 1))))
    for point in live.trajectory().points:
        u, v = chosen.region.project(point)
        assert (u, v) == pytest.approx((point[4], point[1]), abs=1e-12)
        assert chosen.extent[0] < u < chosen.extent[1]
        assert chosen.extent[2] < v < chosen.extent[3]
    assert chosen.names == ("weight 1 → 1, layer 1", "weight 0 → 1, layer 1")
    near = posed(request(live, SliceSpec("parameters", (4, 8), half_width=0.25)))
    assert near.extent[1] - near.extent[0] == pytest.approx(0.5)
    assert near.names[1] == "bias of unit 2, layer 1"
    alone = SliceRequest(SliceSpec("parameters"), live.problem, live.training, live.trainer.theta)
    assert posed(alone).extent[0] <= live.trainer.theta[0] <= posed(alone).extent[1]


def test_the_seed_decides_the_random_directions_and_one_is_the_length_of_the_weights():
    live = job()
    one, same, other = (posed(request(live, SliceSpec("random", seed=seed))) for seed in (1, 1, 2))
    assert numpy.array_equal(one.region.first, same.region.first)
    assert not numpy.allclose(one.region.first, other.region.first)
    weights = live.problem.network.layout.weight_mask * live.trainer.theta
    assert numpy.linalg.norm(one.region.second) == pytest.approx(numpy.linalg.norm(weights))
    assert one.extent == (-1.0, 1.0, -1.0, 1.0)


def test_the_paths_plane_is_that_of_its_singular_vectors():
    live = job()
    chosen = posed(request(live, SliceSpec("path")))
    away = live.trajectory().thetas - live.trajectory().thetas.mean(axis=0)
    _, values, vectors = numpy.linalg.svd(away)
    assert chosen.explained == pytest.approx(values[:2] ** 2 / (values**2).sum())
    assert abs(chosen.region.first @ vectors[0]) == pytest.approx(1.0)
    assert posed(request(live, SliceSpec("path", half_width=3.0))).extent == (-3.0, 3.0, -3.0, 3.0)


def test_the_bends_are_the_leading_eigenvectors_of_the_hessian():
    live = job()
    chosen = posed(request(live, SliceSpec("bends")))
    objective, theta, step = live.trainer.objective, live.trainer.theta, 1e-5
    rows = [
        (objective.value_and_gradient(theta + step * e)[1] - objective.value_and_gradient(theta - step * e)[1])
        / 2
        / step
        for e in numpy.eye(len(theta))
    ]
    values, vectors = numpy.linalg.eigh(0.5 * (numpy.array(rows) + numpy.array(rows).T))
    assert chosen.settled
    assert chosen.eigenvalues == pytest.approx(values[:-3:-1], rel=1e-5)
    assert abs(chosen.region.first @ vectors[:, -1]) == pytest.approx(1.0, abs=1e-5)
    assert abs(chosen.region.second @ vectors[:, -2]) == pytest.approx(1.0, abs=1e-5)


def test_saved_points_make_a_line_or_a_plane_in_which_they_are_seen():
    live = job()
    saved = three_saved(live)
    line = posed(request(live, SliceSpec("points", points=("start", "late")), saved))
    assert isinstance(line.region, Line)
    assert line.extent[0] < 0.0 < 1.0 < line.extent[1]
    assert line.names == ("from start to late",)
    plane = posed(request(live, SliceSpec("points", points=("start", "late", "early")), saved))
    for point in saved:
        assert plane.region.distance(point.theta) < 1e-12
        u, v = plane.region.project(point.theta)
        assert plane.extent[0] < u < plane.extent[1]
        assert plane.extent[2] < v < plane.extent[3]
    near = posed(request(live, SliceSpec("points", points=("start", "late", "early"), half_width=0.1), saved))
    assert near.extent[1] - near.extent[0] == pytest.approx(0.2)


def test_a_moved_slice_keeps_its_directions_and_what_its_coordinates_mean():
    live = job()
    chosen = posed(request(live, SliceSpec("parameters", (0, 1))))
    live.advance(50)
    theta = live.trainer.theta.copy()
    moved = chosen.moved_to(theta)
    assert moved.region.distance(theta) < 1e-12
    assert moved.region.project(theta) == pytest.approx((theta[0], theta[1]))
    assert moved.extent == chosen.extent
    theta[0] += 100.0
    far = chosen.moved_to(theta)
    assert far.extent[0] < theta[0] < far.extent[1]
    assert far.extent[2:] == chosen.extent[2:]


def test_a_network_of_two_parameters_has_a_plane_of_either_kind():
    line = Experiment(
        data=DataSpec("sine", size=40, train_share=1.0),
        network=NetworkSpec((), OutputSpec("linear")),
        training=TrainingSpec(loss="squared_error", learning_rate=0.05),
    )
    live = job(line)
    assert live.problem.network.sizes == (1, 1)
    for kind in ("parameters", "random", "path", "bends"):
        assert isinstance(posed(request(live, SliceSpec(kind))).region, Plane)


# Which examples


def test_the_training_cost_itself_is_looked_at_with_the_penalties_in_force():
    live = job(replace(SPEC, training=replace(SPEC.training, l2=0.1)))
    objective = surface_objective(live.problem, live.training, SliceSpec())
    assert objective.x is live.problem.objective.x
    assert float(objective.value(live.trainer.theta)) == pytest.approx(live.moment().train_cost, rel=1e-12)
    tuned = surface_objective(live.problem, replace(live.training, l2=0.0), SliceSpec())
    assert tuned.value(live.trainer.theta) < objective.value(live.trainer.theta)


def test_all_examples_or_a_bounded_part_of_them():
    live = job()
    theta, problem = live.trainer.theta, live.problem
    both = surface_objective(problem, live.training, SliceSpec(data="all"))
    assert len(both.x) == example_count(problem, SliceSpec(data="all")) == 80
    parts = [
        problem.objective.value(theta) * len(problem.train),
        problem.test_objective.value(theta) * len(problem.test),
    ]
    assert both.value(theta) == pytest.approx(sum(parts) / 80)
    few = surface_objective(problem, live.training, SliceSpec(most_examples=7))
    assert isinstance(few, NetworkObjective)
    assert len(few.x) == 7
    assert {tuple(row) for row in few.x} <= {tuple(row) for row in problem.objective.x}
    assert example_count(problem, SliceSpec(most_examples=7)) == 40
    alone = resolve(replace(SPEC, data=replace(SPEC.data, train_share=1.0)))
    assert len(surface_objective(alone, SPEC.training, SliceSpec(data="all")).x) == 80


# What is refused


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": "spiral"}, "kind is 'spiral'; allowed are parameters, random"),
        ({"resolution": 64}, "resolution is 64; allowed are 17, 33, 65, 129"),
        ({"data": "none"}, "data is 'none'"),
        ({"half_width": 0.0}, "half_width is 0"),
        ({"half_width": -1.0}, "half_width is -1.0"),
        ({"half_width": numpy.nan}, "half_width is nan"),
        ({"kind": "points", "points": ("a",)}, "1 saved points are chosen"),
        ({"seed": -1}, "seed is -1"),
        ({"most_examples": 0}, "most_examples is 0"),
    ],
)
def test_a_wrong_specification_is_refused_in_a_sentence(values, sentence):
    with pytest.raises(ValueError, match=sentence):
        SliceSpec(**values)


def test_what_has_no_slice_is_refused_in_a_sentence():
    live = job(steps=0)
    diverged = replace_theta(request(live, SliceSpec("random")), numpy.full(13, numpy.inf))
    huge = replace_theta(request(live, SliceSpec("random")), numpy.full(13, 1e200))
    nothing = SliceRequest(SliceSpec("path"), live.problem, live.training, live.trainer.theta)
    zero_spec = replace(SPEC, network=NetworkSpec((LayerSpec(3, weights=InitializerSpec("zeros")),),
                                                  OutputSpec(weights=InitializerSpec("zeros"))))  # fmt: skip
    zeros = request(job(zero_spec, 0), SliceSpec("random"))
    for asked, sentence in (
        (diverged, "the parameters are not finite"),
        (huge, "weights are too large"),
        (nothing, "no path is known"),
        (request(live, SliceSpec("path")), "has 1 point so far"),
        (request(live, SliceSpec("parameters", (0, 99))), "second is parameter 99"),
        (request(live, SliceSpec("points", points=("a", "b"))), "no point is saved as 'a'; there are none"),
        (zeros, "all weights are 0"),
    ):
        with pytest.raises(ValueError, match=sentence):
            posed(asked)


def replace_theta(asked: SliceRequest, theta: numpy.ndarray) -> SliceRequest:
    return SliceRequest(asked.spec, asked.problem, asked.training, theta, asked.trajectory, asked.saved)


# Saved points


def test_a_saved_point_is_a_copy_that_replaces_one_of_its_name():
    live = job(steps=5)
    theta = live.trainer.theta
    saved = save_point((), "  here and\n now ", live.problem, 5, theta)
    before = theta.copy()
    live.advance(10)
    assert (saved[0].name, saved[0].step, saved[0].sizes) == ("here and now", 5, (2, 3, 1))
    assert numpy.array_equal(saved[0].theta, before)
    with pytest.raises(ValueError, match="read-only"):
        saved[0].theta[0] = 1.0
    newer = save_point(saved, "here and now", live.problem, 15, live.trainer.theta)
    assert [point.step for point in newer] == [15]
    assert len(saved) == 1
    assert numpy.array_equal(saved_thetas(newer, ["here and now"] * 2, live.problem), [live.trainer.theta] * 2)


def test_saved_points_of_another_network_without_a_name_or_too_many_are_refused_in_a_sentence():
    live = job(steps=0)
    theta = live.trainer.theta
    other = resolve(replace(SPEC, network=NetworkSpec((LayerSpec(4),))))
    saved = save_point((), "a", live.problem, 0, theta)
    with pytest.raises(ValueError, match="'a' is of a network with"):
        saved_thetas(saved, ["a"], other)
    with pytest.raises(ValueError, match="theta has shape"):
        save_point(saved, "b", other, 0, theta)
    with pytest.raises(ValueError, match="needs a name"):
        save_point(saved, " ", live.problem, 0, theta)
    with pytest.raises(ValueError, match="holds nan"):
        save_point(saved, "b", live.problem, 0, theta * numpy.nan)
    for number in range(MOST_SAVED - 1):
        saved = save_point(saved, str(number), live.problem, 0, theta)
    with pytest.raises(ValueError, match="32 saved points already"):
        save_point(saved, "one more", live.problem, 0, theta)
    assert isinstance(live.problem.network, Network)
