"""Losses: closed forms, exactness from pre-activations, and every gradient against finite differences."""

import math

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import ACTIVATIONS, LOSSES, Network, NetworkObjective, gradient_error

SMOOTH_HIDDEN = "tanh"


def rng(seed: int = 0) -> numpy.random.Generator:
    return numpy.random.default_rng(seed)


def targets(loss: str, n: int, k: int) -> numpy.ndarray:
    if loss == "categorical_cross_entropy":
        return numpy.eye(k)[rng(3).integers(0, k, n)]
    if loss == "binary_cross_entropy":
        return rng(3).integers(0, 2, (n, k)).astype(float)
    return rng(3).uniform(0.1, 0.9, (n, k))


def per_example(loss: str, a: numpy.ndarray, y: numpy.ndarray) -> float:
    """One example, written as in the books, in plain Python."""
    pairs = list(zip(a, y, strict=True))
    if loss == "squared_error":
        return 0.5 * sum((p - t) ** 2 for p, t in pairs)
    if loss == "absolute_error":
        return sum(abs(p - t) for p, t in pairs)
    if loss == "binary_cross_entropy":
        return -sum(t * math.log(p) + (1 - t) * math.log(1 - p) for p, t in pairs)
    return -sum(t * math.log(p) for p, t in pairs)


@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_the_cost_is_the_mean_of_the_formula_over_the_examples(loss, output):
    network = Network((3, 4, 3), ("tanh", output))
    theta, x, y = network.initialize("random_normal", rng=rng()), rng(1).normal(size=(7, 3)), targets(loss, 7, 3)
    a = network.predict(theta, x)
    expected = sum(per_example(loss, *row) for row in zip(a, y, strict=True)) / 7
    assert float(NetworkObjective(network, loss, x, y).value(theta)) == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("penalties", [(0.0, 0.0), (0.02, 0.0), (0.0, 0.3), (0.02, 0.3)])
@pytest.mark.parametrize("output", sorted(ACTIVATIONS))
@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_every_output_with_every_loss_has_the_gradient_of_finite_differences(loss, output, penalties):
    network = Network((2, 5, 3), (SMOOTH_HIDDEN, output))
    # No output near a kink or where a cross-entropy is cut off.
    theta = network.initialize("random_normal", "random_uniform", rng=rng(7), gain=3.0)
    x, y = rng(8).normal(size=(6, 2)), targets(loss, 6, 3)
    objective = NetworkObjective(network, loss, x, y, *penalties)
    _, gradient = objective.value_and_gradient(theta)
    assert numpy.isfinite(gradient).all()
    if output == "threshold" and penalties == (0.0, 0.0):
        assert not gradient.any()
    elif output != "threshold":
        assert gradient_error(objective, theta, 1e-6) < 1e-6


@pytest.mark.parametrize("hidden", sorted(name for name in ACTIVATIONS if ACTIVATIONS[name].elementwise))
@pytest.mark.parametrize(("loss", "output"), [(name, LOSSES[name].outputs[0]) for name in sorted(LOSSES)])
def test_every_hidden_activation_with_every_loss_has_the_gradient_of_finite_differences(hidden, loss, output):
    network = Network((2, 6, 5, 3), (hidden, hidden, output))
    theta = network.initialize("he_normal", "random_normal", rng=rng(5))
    objective = NetworkObjective(network, loss, rng(6).normal(size=(9, 2)), targets(loss, 9, 3), 0.01, 0.1)
    if hidden == "threshold":
        gradient = NetworkObjective(network, loss, objective.x, objective.y).value_and_gradient(theta)[1]
        assert not gradient[: network.layout.starts[2]].any()
        assert gradient[network.layout.starts[2] :].any()
    else:
        assert gradient_error(objective, theta) < 1e-6


def test_half_the_square_makes_the_derivative_the_plain_difference():
    a, y, h = rng(0).normal(size=(50, 1)), rng(1).normal(size=(50, 1)), 1e-5
    loss = LOSSES["squared_error"]
    numerical = (loss.value(a + h, y) - loss.value(a - h, y)) / (2 * h)
    assert numpy.allclose(numerical, (a - y)[:, 0], atol=1e-9)
    assert numpy.array_equal(loss.gradient(a, y), a - y)


@pytest.mark.parametrize("loss", ["squared_error", "absolute_error"])
def test_a_perfect_prediction_costs_nothing(loss):
    network = Network((1, 1), ("linear",))
    x = numpy.arange(5.0)[:, None]
    assert float(NetworkObjective(network, loss, x, 3.0 * x + 1.0).value([3.0, 1.0])) == 0.0


@pytest.mark.parametrize(
    ("loss", "output", "z", "y", "cost"),
    [
        ("binary_cross_entropy", "sigmoid", [[1e4], [-1e4]], [[0.0], [1.0]], 1e4),
        ("binary_cross_entropy", "sigmoid", [[1e4], [-1e4]], [[1.0], [0.0]], 0.0),
        ("categorical_cross_entropy", "softmax", [[1e4, -1e4]], [[0.0, 1.0]], 2e4),
        ("categorical_cross_entropy", "softmax", [[1e4, -1e4]], [[1.0, 0.0]], 0.0),
        ("categorical_cross_entropy", "sigmoid", [[-1e4, 1e4]], [[1.0, 0.0]], 1e4),
    ],
)
def test_cross_entropy_of_huge_preactivations_is_finite_and_exact(loss, output, z, y, cost):
    width = len(z[0])
    network = Network((width, width), (output,))
    theta = numpy.concatenate([numpy.eye(width).ravel(), numpy.zeros(width)])
    value, gradient = NetworkObjective(network, loss, z, y).value_and_gradient(theta)
    assert float(value) == pytest.approx(cost)
    assert numpy.isfinite(gradient).all()


@given(z=st.lists(st.floats(-1e4, 1e4), min_size=3, max_size=3), pick=st.integers(0, 2))
def test_categorical_cross_entropy_agrees_with_log_sum_exp(z, pick):
    row = numpy.array([z])
    loss = LOSSES["categorical_cross_entropy"]
    value = loss.per_example(ACTIVATIONS["softmax"], row, ACTIVATIONS["softmax"].f(row), numpy.eye(3)[[pick]])[0]
    assert value == pytest.approx(numpy.logaddexp.reduce(z) - z[pick], rel=1e-12, abs=1e-11)


def test_predictions_that_cross_entropy_does_not_know_are_cut_off_and_stay_finite():
    y = numpy.array([[1.0, 0.0]])
    for name in ("binary_cross_entropy", "categorical_cross_entropy"):
        loss = LOSSES[name]
        for a in ([[-3.0, 4.0]], [[0.0, 1.0]]):
            assert numpy.isfinite(loss.value(numpy.array(a), y)).all()
            assert not loss.gradient(numpy.array(a), y).any()
        assert numpy.isnan(loss.gradient(numpy.array([[numpy.nan, numpy.nan]]), y)).all()


def test_pytorch_computes_the_same_costs_and_gradients():
    torch = pytest.importorskip("torch")
    functional = torch.nn.functional
    theirs = {
        "squared_error": lambda z, y: 0.5 * ((z - y) ** 2).sum(1).mean(),
        "absolute_error": lambda z, y: functional.l1_loss(z, y, reduction="sum") / len(y),
        "binary_cross_entropy": lambda z, y: (
            functional.binary_cross_entropy_with_logits(z, y, reduction="sum") / len(y)
        ),
        "categorical_cross_entropy": lambda z, y: functional.cross_entropy(z, y.argmax(1)),
    }
    for name, function in theirs.items():
        network = Network((3, 6, 5, 4), ("tanh", "relu", LOSSES[name].outputs[0]))
        theta, x, y = network.initialize(rng=rng(1)), rng(2).normal(size=(11, 3)), targets(name, 11, 4)
        a, parameters = torch.tensor(x), []
        for l in range(1, 4):
            w = torch.tensor(network.layout.weights(theta, l), requires_grad=True)
            b = torch.tensor(network.layout.biases(theta, l), requires_grad=True)
            parameters += [w, b]
            z = a @ w + b
            a = torch.tanh(z) if l == 1 else torch.relu(z)
        cost = function(z, torch.tensor(y))
        cost.backward()
        value, gradient = NetworkObjective(network, name, x, y).value_and_gradient(theta)
        assert float(value) == pytest.approx(cost.item(), rel=1e-13)
        flat = numpy.concatenate([parameter.grad.numpy().ravel() for parameter in parameters])
        assert numpy.allclose(gradient, flat, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_second_derivatives_by_the_prediction_agree_with_central_differences_and_are_none_where_it_is_cut_off(loss):
    record, h = LOSSES[loss], 1e-6
    a, y = rng(1).uniform(0.1, 0.9, (7, 3)), targets(loss, 7, 3)
    numerical = (record.gradient(a + h, y) - record.gradient(a - h, y)) / (2 * h)
    assert numpy.allclose(record.curvature(a, y), numerical, rtol=1e-7, atol=1e-7)
    if "entropy" in loss:
        assert not record.curvature(numpy.array([[0.0, 1.0, -2.0]]), numpy.ones((1, 3))).any()
