"""Directions: unit vectors, filter norms as in Li et al., principal components against singular values."""

import numpy
import pytest

from nnviz.engine import Network
from nnviz.engine.directions import filter_normalized, parameter_directions, principal_directions, through
from nnviz.engine.planes import Line, Plane

RNG = numpy.random.default_rng(1)
NETWORK = Network((3, 5, 4, 2), ("tanh", "relu", "linear"))


def theta() -> numpy.ndarray:
    return NETWORK.initialize("he_normal", "random_normal", rng=numpy.random.default_rng(2))


def test_two_parameters_are_two_unit_vectors():
    directions = parameter_directions(6, 4, 1)
    assert directions.tolist() == [[0, 0, 0, 0, 1, 0], [0, 1, 0, 0, 0, 0]]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((1, 0, 0), "needs two parameters"),
        ((6, 6, 1), "parameter 6"),
        ((6, 1, -1), "parameter -1"),
        ((6, 2, 2), "both"),
    ],
)
def test_two_parameters_must_exist_and_differ(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        parameter_directions(*arguments)


def test_every_units_part_of_a_random_direction_is_as_long_as_its_own_weights():
    own, layout = theta(), NETWORK.layout
    directions = filter_normalized(layout, own, numpy.random.default_rng(3))
    for direction in directions:
        for l in range(1, 4):
            for unit in range(NETWORK.sizes[l]):
                drawn = layout.weights(direction, l)[:, unit]
                assert numpy.linalg.norm(drawn) == pytest.approx(numpy.linalg.norm(layout.weights(own, l)[:, unit]))
            assert not layout.biases(direction, l).any()
    assert not numpy.allclose(directions[0], directions[1])


def test_with_biases_a_bias_is_one_more_incoming_weight():
    own, layout = theta(), NETWORK.layout
    (direction,) = filter_normalized(layout, own, numpy.random.default_rng(3), biases=True, count=1)
    for l in range(1, 4):
        lengths = numpy.linalg.norm(layout.block(direction, l), axis=0)
        assert lengths == pytest.approx(numpy.linalg.norm(layout.block(own, l), axis=0))


def test_random_directions_scale_with_the_network_and_follow_from_the_generator():
    once = filter_normalized(NETWORK.layout, theta(), numpy.random.default_rng(3))
    assert numpy.array_equal(once, filter_normalized(NETWORK.layout, theta(), numpy.random.default_rng(3)))
    assert filter_normalized(NETWORK.layout, 7.0 * theta(), numpy.random.default_rng(3)) == pytest.approx(7.0 * once)
    assert not numpy.allclose(once, filter_normalized(NETWORK.layout, theta(), numpy.random.default_rng(4)))


def test_a_network_of_zeros_has_no_random_direction():
    with pytest.raises(ValueError, match="all weights are 0"):
        filter_normalized(NETWORK.layout, numpy.zeros(NETWORK.parameter_count), RNG)
    with pytest.raises(ValueError, match="weights are too large"):
        filter_normalized(NETWORK.layout, 1e200 * theta(), RNG)


@pytest.mark.parametrize(("points", "count"), [(40, 6), (5, 30), (3, 2)])
def test_principal_directions_are_the_leading_right_singular_vectors(points, count):
    path = RNG.standard_normal((points, count)) @ numpy.diag(numpy.linspace(3.0, 0.1, count))
    found = principal_directions(path)
    _, values, vectors = numpy.linalg.svd(path - path.mean(axis=0))
    assert found.explained == pytest.approx(values[:2] ** 2 / (values**2).sum())
    for direction, vector in zip(found.directions, vectors, strict=False):
        assert abs(direction @ vector) == pytest.approx(1.0)
    assert found.directions @ found.directions.T == pytest.approx(numpy.eye(2), abs=1e-12)


def test_many_parameters_give_the_same_directions_by_another_way_and_straight_paths_are_no_exception(monkeypatch):
    path = numpy.cumsum(RNG.standard_normal((30, 50)), axis=0)
    straight = numpy.linspace(0.0, 1.0, 9)[:, None] * numpy.arange(1.0, 25.0)
    usual, usual_straight = principal_directions(path), principal_directions(straight)
    monkeypatch.setattr("nnviz.engine.directions.MOST_DIRECT", 10)
    found = principal_directions(path)
    assert found.directions == pytest.approx(usual.directions, abs=1e-10)
    assert found.explained == pytest.approx(usual.explained, rel=1e-12)
    assert principal_directions(straight).directions == pytest.approx(usual_straight.directions)


def test_principal_directions_point_the_way_the_run_went():
    path = numpy.cumsum(RNG.standard_normal((50, 8)) + 0.3, axis=0)
    for way in (path, -path):
        assert numpy.all(principal_directions(way).directions @ (way[-1] - way[0]) >= 0.0)


def test_a_straight_path_is_explained_by_one_direction_and_huge_ones_by_two():
    path = numpy.linspace(0.0, 1.0, 9)[:, None] * numpy.arange(1.0, 5.0)
    found = principal_directions(path)
    assert found.explained == pytest.approx([1.0, 0.0], abs=1e-12)
    assert abs(found.directions[0] @ found.directions[1]) < 1e-12
    assert principal_directions(1e200 * path).explained[0] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (numpy.zeros((1, 4)), "has 1 point so far"),
        (numpy.zeros((2, 4)), "has 2 points so far"),
        (numpy.ones((9, 4)), "has not moved"),
        (numpy.ones((9, 1)), "needs two parameters"),
        (numpy.array([[1e308, 0.0], [0.0, 0.0], [-1e308, 0.0]]), "too long"),
        (numpy.full((3, 2), numpy.inf), "holds inf"),
    ],
)
def test_a_path_that_spans_nothing_is_refused_in_a_sentence(path, sentence):
    with pytest.raises(ValueError, match=sentence):
        principal_directions(path)


def test_two_points_make_a_line_from_0_to_1():
    a, b = RNG.standard_normal((2, 6))
    line = through([a, b])
    assert isinstance(line, Line)
    assert line.points(numpy.array([0.0, 1.0])) == pytest.approx(numpy.stack([a, b]))


def test_three_points_lie_in_their_plane_which_is_drawn_to_scale():
    points = RNG.standard_normal((3, 6))
    plane = through(points)
    assert isinstance(plane, Plane)
    places = numpy.stack(plane.project(points), axis=-1)
    assert places[:2] == pytest.approx(numpy.array([[0.0, 0.0], [1.0, 0.0]]), abs=1e-12)
    assert plane.distance(points) == pytest.approx(numpy.zeros(3), abs=1e-12)
    unit = numpy.linalg.norm(points[1] - points[0])
    for i, j in ((0, 2), (1, 2)):
        seen = unit * numpy.linalg.norm(places[i] - places[j])
        assert seen == pytest.approx(numpy.linalg.norm(points[i] - points[j]))


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ([[0.0, 1.0]], "1 points are given"),
        ([[0.0, 1.0], [0.0, 1.0]], "the same"),
        ([[0.0, 0.0], [1.0, 1.0], [3.0, 3.0]], "one line"),
        ([[0.0, 0.0], [1.0, 1.0], [0.0, 0.0]], "one line"),
    ],
)
def test_points_that_span_nothing_are_refused_in_a_sentence(points, sentence):
    with pytest.raises(ValueError, match=sentence):
        through(points)
