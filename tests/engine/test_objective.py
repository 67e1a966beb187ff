"""Objectives: values, gradients and penalties of populations against loops, and the gradient check itself."""

import numpy
import pytest

from nnviz.engine import Network, NetworkObjective, chunks, gradient_error, numerical_gradient


def rng(seed: int = 0) -> numpy.random.Generator:
    return numpy.random.default_rng(seed)


def objective(loss: str = "categorical_cross_entropy", **penalties: float) -> NetworkObjective:
    network = Network((2, 6, 3), ("tanh", "softmax"))
    return NetworkObjective(
        network, loss, rng(1).normal(size=(10, 2)), numpy.eye(3)[rng(2).integers(0, 3, 10)], **penalties
    )


def test_the_contract_call_of_the_design():
    network = Network(sizes=(2, 8, 3), activations=("tanh", "softmax"))
    x, y = rng(1).normal(size=(10, 2)), numpy.eye(3)[rng(2).integers(0, 3, 10)]
    cost = NetworkObjective(network, loss="categorical_cross_entropy", x=x, y=y, l1=0.0, l2=0.0)
    theta = network.initialize(rng=rng())
    value, gradient = cost.value_and_gradient(theta)
    assert value.shape == ()
    assert gradient.shape == theta.shape
    assert float(cost.value(theta)) == float(value)


@pytest.mark.parametrize("bytes_at_a_time", [1, 5000, 2**21])
def test_a_population_gives_what_a_loop_over_its_members_gives(bytes_at_a_time, monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK_BYTES", bytes_at_a_time)
    cost = objective(l1=0.01, l2=0.1)
    theta = cost.network.initialize("random_normal", "random_normal", rng=rng(), gain=5.0, population=(3, 4))
    value, gradient = cost.value_and_gradient(theta)
    assert value.shape == (3, 4)
    assert gradient.shape == theta.shape
    assert numpy.allclose(cost.value(theta), value, rtol=1e-14)
    for member in numpy.ndindex(3, 4):
        one_value, one_gradient = cost.value_and_gradient(theta[member])
        assert float(value[member]) == pytest.approx(float(one_value), rel=1e-13)
        assert numpy.allclose(gradient[member], one_gradient, rtol=1e-11, atol=1e-15)


def test_a_diverged_member_leaves_the_others_as_they_are():
    cost = objective(l2=0.1)
    theta = cost.network.initialize(rng=rng(), population=(4,))
    clean_value, clean_gradient = cost.value_and_gradient(theta)
    theta[1], theta[2] = numpy.nan, 1e300
    value, gradient = cost.value_and_gradient(theta)
    assert not numpy.isfinite(value[[1, 2]]).any()
    assert not numpy.isfinite(gradient[1]).any()
    assert numpy.array_equal(value[[0, 3]], clean_value[[0, 3]])
    assert numpy.array_equal(gradient[[0, 3]], clean_gradient[[0, 3]])


def test_the_gradient_is_the_mean_of_the_gradients_of_the_examples():
    cost = objective()
    theta = cost.network.initialize(rng=rng())
    each = [
        NetworkObjective(cost.network, "categorical_cross_entropy", cost.x[[i]], cost.y[[i]]).value_and_gradient(theta)[
            1
        ]
        for i in range(10)
    ]
    assert numpy.allclose(numpy.mean(each, axis=0), cost.value_and_gradient(theta)[1], rtol=1e-12, atol=1e-16)


def test_penalties_count_weights_and_not_biases():
    plain, both = objective(), objective(l1=0.3, l2=0.5)
    theta = plain.network.initialize("random_normal", "random_normal", rng=rng())
    w = numpy.concatenate([plain.network.layout.weights(theta, l).ravel() for l in (1, 2)])
    expected = 0.3 * numpy.abs(w).sum() + 0.25 * (w**2).sum()
    assert float(both.value(theta) - plain.value(theta)) == pytest.approx(expected, rel=1e-12)
    difference = both.value_and_gradient(theta)[1] - plain.value_and_gradient(theta)[1]
    for l in (1, 2):
        w = plain.network.layout.weights(theta, l)
        assert numpy.allclose(plain.network.layout.weights(difference, l), 0.3 * numpy.sign(w) + 0.5 * w)
        assert not plain.network.layout.biases(difference, l).any()


def test_a_huge_bias_leaves_a_finite_cost_finite():
    plain = NetworkObjective(Network((1, 1), ("sigmoid",)), "squared_error", [[0.0]], [[1.0]])
    for bias in (1e160, 1e308, numpy.inf):
        theta = numpy.array([2.0, bias])
        assert float(plain.value(theta)) == 0.0
        assert float(plain.with_penalties(0.0, 0.5).value(theta)) == 1.0
        assert float(plain.with_penalties(0.5, 0.5).value(theta)) == 2.0
    # Nor does a penalty that is off multiply what would overflow.
    assert float(plain.with_penalties(0.5, 0.0).value(numpy.array([1e160, 1.0]))) == pytest.approx(5e159)


def test_other_penalties_leave_all_else_as_it_is():
    cost, theta = objective(), objective().network.initialize(rng=rng())
    other = cost.with_penalties(0.3, 0.5)
    assert float(other.value(theta)) == float(objective(l1=0.3, l2=0.5).value(theta))
    assert (cost.l1, cost.l2) == (0.0, 0.0)


def test_another_network_leaves_data_loss_and_penalties_as_they_are():
    cost, theta = objective(l1=0.3, l2=0.5), objective().network.initialize(rng=rng())
    network = Network(cost.network.sizes, [*["relu"] * (cost.network.layout.depth - 1), "softmax"])
    other = cost.with_network(network)
    expected = NetworkObjective(network, "categorical_cross_entropy", cost.x, cost.y, 0.3, 0.5)
    assert float(other.value(theta)) == float(expected.value(theta)) != float(cost.value(theta))
    assert other.x is cost.x
    with pytest.raises(ValueError, match=r"network has sizes \(2, 9, 3\); expected \(2, "):
        cost.with_network(Network((2, 9, 3), ("relu", "softmax")))


def test_wrong_use_is_refused_by_name():
    network = Network((2, 1), ("sigmoid",))
    x, y = numpy.zeros((3, 2)), numpy.zeros((3, 1))
    with pytest.raises(
        ValueError, match="loss is 'hinge'; allowed are squared_error, absolute_error, binary_cross_ent"
    ):
        NetworkObjective(network, "hinge", x, y)
    with pytest.raises(ValueError, match=r"y has shape \(3,\); expected \(3, 1\)"):
        NetworkObjective(network, "squared_error", x, numpy.zeros(3))
    with pytest.raises(ValueError, match="x has no examples; expected at least one"):
        NetworkObjective(network, "squared_error", x[:0], y[:0])
    for name in ("l1", "l2"):
        for strength in (-0.1, numpy.nan, numpy.inf):
            with pytest.raises(ValueError, match=f"{name} is {strength}; expected a finite number of at least 0"):
                NetworkObjective(network, "squared_error", x, y, **{name: strength})


# The gradient check


class Parabola:
    """Any function with these two methods is an objective."""

    def __init__(self, error: float = 0.0) -> None:
        self.error = error

    def value(self, theta):
        return (theta**2).sum(axis=-1)

    def value_and_gradient(self, theta):
        return self.value(theta), 2.0 * numpy.asarray(theta) + self.error


def test_the_check_finds_an_error_of_a_thousandth_and_passes_what_is_right():
    theta = rng().normal(size=5)
    assert numpy.allclose(numerical_gradient(Parabola(), theta), 2.0 * theta, rtol=1e-9, atol=1e-9)
    assert gradient_error(Parabola(), theta) < 1e-9
    assert gradient_error(Parabola(1e-3), theta) > 1e-4
    assert gradient_error(Parabola(), numpy.zeros(3)) == 0.0


def test_central_differences_do_not_suffer_from_a_step_that_is_too_small():
    # gradient_descent_viz takes 1e-12 in double precision and loses all but four digits.
    theta = rng().normal(size=20)
    good, bad = (numpy.abs(numerical_gradient(Parabola(), theta, h) / (2 * theta) - 1).max() for h in (1e-5, 1e-12))
    assert good < 1e-8 < 1e-5 < bad


def test_the_check_is_of_one_parameter_vector():
    with pytest.raises(ValueError, match=r"theta has shape \(2, 3\); expected \(P,\)"):
        numerical_gradient(Parabola(), numpy.zeros((2, 3)))


def test_an_evaluator_gives_what_single_values_are_however_large_the_parts(monkeypatch):
    rng = numpy.random.default_rng(0)
    network = Network((2, 4, 1), ("tanh", "linear"))
    objective = NetworkObjective(
        network, "squared_error", rng.standard_normal((9, 2)), rng.standard_normal((9, 1)), 0.1, 0.2
    )
    thetas = rng.standard_normal((25, network.parameter_count))
    singles = numpy.array([objective.value(theta) for theta in thetas])
    for size in (1, 3 * network.bytes_per_member(9), 10**9):
        monkeypatch.setattr("nnviz.engine.chunks.CHUNK_BYTES", size)
        value = objective.evaluator()
        for part in (slice(0, 7), slice(0, 25), slice(3, 4), slice(5, 5), slice(1, 12)):
            assert value(thetas[part]) == pytest.approx(singles[part], rel=1e-13)
        assert value(thetas[4]) == singles[4]
        assert value(thetas[:6].reshape(2, 3, -1)) == pytest.approx(singles[:6].reshape(2, 3), rel=1e-13)
        # A member that diverged leaves nothing behind in the buffers.
        assert not numpy.isfinite(value(numpy.full((25, network.parameter_count), numpy.inf))).any()
        assert value(thetas[:2]) == pytest.approx(singles[:2], rel=1e-13)
