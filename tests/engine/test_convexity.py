"""Chords find what is not convex and nothing else; a swapped twin is the same function behind a barrier."""

import numpy
import pytest

from nnviz.engine import Network, NetworkObjective, Trainer
from nnviz.engine.convexity import around, barrier, chords, least_alike, swapped_twin, within
from nnviz.engine.planes import Line, Plane


def data(n: int = 40) -> tuple[numpy.ndarray, numpy.ndarray]:
    rng = numpy.random.default_rng(0)
    x = rng.standard_normal((n, 2))
    return x, numpy.sin(2.0 * x[:, :1]) * x[:, 1:]


def cost(hidden: int = 6, activation: str = "tanh", **settings) -> NetworkObjective:
    sizes, activations = ((2, hidden, 1), (activation, "linear")) if hidden else ((2, 1), ("linear",))
    return NetworkObjective(Network(sizes, activations), "squared_error", *data(), **settings)


def trained(objective: NetworkObjective, steps: int = 2000) -> numpy.ndarray:
    theta = objective.network.initialize(rng=numpy.random.default_rng(1))
    trainer = Trainer(objective, theta, optimizer="adam", learning_rate=0.02, batch_size=40)
    trainer.advance_many(steps)
    return trainer.theta


def last(steps):
    *_, end = steps
    return end


class Function:
    """Any function of theta (..., P)."""

    def __init__(self, f) -> None:
        self.f = f

    def value(self, theta):
        return self.f(numpy.asarray(theta))


def test_a_linear_network_with_squared_error_violates_no_chord_of_ten_thousand():
    objective = cost(hidden=0)
    for half_width in (1e-3, 1.0, 1e4):
        end = last(chords(objective, around(numpy.zeros(3), half_width)))
        assert (end.done, end.violations, end.undefined, end.worst) == (10_000, 0, 0, None)
        assert end.complete


def test_with_more_inputs_than_examples_flat_directions_are_no_violation_either():
    rng = numpy.random.default_rng(5)
    objective = NetworkObjective(
        Network((30, 1), ("linear",)),
        "squared_error",
        rng.standard_normal((4, 30)),
        rng.standard_normal((4, 1)),
        l2=1e-9,
    )
    assert last(chords(objective, around(numpy.zeros(31), 3.0), 5000)).violations == 0


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "linear"])
def test_a_network_with_hidden_units_violates_chords_on_the_same_data(activation):
    objective = cost(activation=activation)
    end = last(chords(objective, around(numpy.zeros(objective.network.parameter_count), 2.0), 2000))
    assert 0 < end.violations < 2000
    a, b = end.worst
    t = end.worst_t
    above = objective.value((1 - t) * a + t * b) - ((1 - t) * objective.value(a) + t * objective.value(b))
    assert above == pytest.approx(end.excess)
    assert above > 0.0


def test_the_count_is_that_of_single_evaluations_and_the_pieces_do_not_matter():
    objective, ends = cost(hidden=3), []
    theta = numpy.zeros(objective.network.parameter_count)
    for piece in (1, 7, 1000):
        pictures = list(chords(objective, around(theta, 2.0), 100, seed=4, piece=piece))
        assert [each.done for each in pictures] == [min(100, piece * k) for k in range(1, len(pictures) + 1)]
        ends.append(pictures[-1])
    assert len({(end.violations, end.worst_t, end.excess) for end in ends}) == 1
    points = around(theta, 2.0)(numpy.random.default_rng(4), 200)
    count = 0
    for a, b in points.reshape(100, 2, -1):
        count += any(
            objective.value((1 - t) * a + t * b) > ((1 - t) * objective.value(a) + t * objective.value(b)) * (1 + 1e-9)
            for t in (0.25, 0.5, 0.75)
        )
    assert ends[0].violations == count


def test_on_a_slice_the_ends_lie_in_what_is_seen_of_it():
    plane = Plane(numpy.arange(4.0), numpy.eye(4)[0], numpy.eye(4)[1] + numpy.eye(4)[0])
    points = within(plane, (-1.0, 2.0, 5.0, 6.0))(numpy.random.default_rng(0), 500)
    u, v = plane.project(points)
    assert plane.distance(points).max() < 1e-12
    assert -1.0 <= u.min() < -0.9
    assert 1.9 < u.max() <= 2.0
    assert 5.0 <= v.min() < v.max() <= 6.0
    t = Line(numpy.zeros(2), numpy.ones(2)).project(
        within(Line(numpy.zeros(2), numpy.ones(2)), (3.0, 4.0))(numpy.random.default_rng(0), 50)
    )[0]
    assert 3.0 <= t.min() < t.max() <= 4.0


def test_a_concave_function_violates_every_chord_and_a_straight_one_none():
    draw = around(numpy.zeros(3), 1.0)
    assert last(chords(Function(lambda theta: -(theta**2).sum(axis=-1)), draw, 500)).violations == 500
    assert last(chords(Function(lambda theta: 1e6 + theta.sum(axis=-1)), draw, 500)).violations == 0
    assert last(chords(Function(lambda theta: numpy.full(theta.shape[:-1], 0.7)), draw, 500)).violations == 0


def test_chords_without_a_finite_cost_are_counted_by_themselves():
    def f(theta):
        return numpy.where(theta[..., 0] > 0.0, numpy.inf, theta[..., 0] ** 2)

    end = last(chords(Function(f), around(numpy.zeros(1), 1.0), 400))
    assert 200 < end.undefined < 400
    assert end.violations == 0


def test_closing_ends_the_work():
    breaths = []
    steps = chords(cost(), around(numpy.zeros(25), 1.0), breathe=lambda: breaths.append(1), piece=10)
    next(steps)
    steps.close()
    assert len(breaths) == 1
    assert list(steps) == []


def test_a_swapped_twin_is_the_same_function_at_another_point_behind_a_barrier():
    objective = cost()
    theta, layout = trained(objective), objective.network.layout
    i, j = least_alike(layout, theta, 1)
    twin = swapped_twin(layout, theta, 1, i, j)
    assert not numpy.allclose(twin, theta)
    x = numpy.random.default_rng(3).standard_normal((50, 2))
    assert objective.network.predict(twin, x) == pytest.approx(
        objective.network.predict(theta, x), rel=1e-12, abs=1e-12
    )
    assert objective.value(twin) == pytest.approx(objective.value(theta), rel=1e-12)
    found = barrier(objective, theta, twin)
    assert found.heights[[0, -1]] == pytest.approx([float(objective.value(theta))] * 2, rel=1e-12)
    assert found.height > 10.0 * objective.value(theta)
    assert found.height == pytest.approx(found.heights.max() - objective.value(theta), rel=1e-6)
    middle = barrier(objective, theta, twin, points=3)
    assert middle.at == 0.5
    assert middle.heights[1] == pytest.approx(objective.value(0.5 * (theta + twin)))


def test_swapping_in_a_deep_network_moves_weights_in_bias_and_weights_out_and_swapping_again_undoes_it():
    network = Network((2, 4, 3, 2), ("tanh", "relu", "softmax"))
    theta = network.initialize("he_normal", "random_normal", rng=numpy.random.default_rng(0), population=(5,))
    twin = swapped_twin(network.layout, theta, 2, 0, 2)
    x = numpy.random.default_rng(1).standard_normal((9, 2))
    assert network.predict(twin, x) == pytest.approx(network.predict(theta, x), rel=1e-12)
    assert numpy.count_nonzero(twin != theta) == 5 * 2 * (4 + 1 + 2)
    assert numpy.array_equal(swapped_twin(network.layout, twin, 2, 2, 0), theta)


def test_the_least_alike_units_are_the_furthest_apart():
    network = Network((1, 3, 1), ("tanh", "linear"))
    theta = numpy.zeros(10)
    network.layout.weights(theta, 1)[0] = [1.0, 5.0, -4.0]
    assert least_alike(network.layout, theta, 1) == (1, 2)
    assert least_alike(network.layout, numpy.zeros(10), 1) == (0, 1)


def test_a_barrier_between_a_point_and_itself_is_none_and_a_hole_is_higher_than_anything():
    objective = cost()
    theta = trained(objective, 10)
    assert barrier(objective, theta, theta).height == pytest.approx(0.0, abs=1e-12)

    def f(theta):
        return numpy.where(numpy.abs(theta[..., 0]) < 0.5, numpy.nan, 1.0)

    assert barrier(Function(f), [-1.0], [1.0]).height == numpy.inf
    assert numpy.isnan(barrier(Function(f), [0.0], [1.0]).height)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda layout, theta: swapped_twin(layout, theta, 2, 0, 1), "no hidden layer"),
        (lambda layout, theta: swapped_twin(layout, theta, 1, 0, 6), "cannot be swapped"),
        (lambda layout, theta: swapped_twin(layout, theta, 1, 2, 2), "cannot be swapped"),
        (lambda layout, theta: least_alike(layout, theta, 2), "no hidden layer"),
        (lambda layout, theta: least_alike(Network((2, 1, 1), ("tanh",) * 2).layout, theta[:5], 1), "single unit"),
        (lambda layout, theta: around(numpy.full(3, numpy.nan), 1.0), "holds nan"),
        (lambda layout, theta: next(chords(cost(), around(theta, 1.0), count=0)), "count is 0"),
    ],
)
def test_what_cannot_be_swapped_or_tested_is_refused_in_a_sentence(call, sentence):
    network = cost().network
    with pytest.raises(ValueError, match=sentence):
        call(network.layout, numpy.zeros(network.parameter_count))
