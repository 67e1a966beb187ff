"""Products with the Hessian against whole Hessians by finite differences, closed forms and PyTorch."""

import warnings

import numpy
import pytest

from nnviz.engine import ACTIVATIONS, LOSSES, Network, NetworkObjective, chunks
from nnviz.engine.network_hessian import NetworkHessian

SMOOTH = ("linear", "sigmoid", "tanh", "softplus", "silu", "gelu")


def rng(seed: int = 0) -> numpy.random.Generator:
    return numpy.random.default_rng(seed)


def targets(loss: str, n: int, k: int) -> numpy.ndarray:
    if loss == "categorical_cross_entropy":
        return numpy.eye(k)[rng(3).integers(0, k, n)]
    if loss == "binary_cross_entropy":
        return rng(3).integers(0, 2, (n, k)).astype(float)
    return rng(3).uniform(0.1, 0.9, (n, k))


def problem(activations, loss="squared_error", sizes=(2, 4, 3), n=6, **penalties) -> tuple:
    """An objective and a theta where no unit and no cross-entropy is near a corner."""
    network = Network(sizes, activations)
    theta = network.initialize("random_normal", "random_uniform", rng=rng(7), gain=3.0)
    x, y = rng(8).normal(size=(n, sizes[0])), targets(loss, n, sizes[-1])
    return NetworkObjective(network, loss, x, y, **penalties), theta


def by_differences(objective, theta) -> numpy.ndarray:
    """(P, P), of gradients: error of order 1e-9."""
    h = 1e-5
    columns = [
        (objective.value_and_gradient(theta + h * e)[1] - objective.value_and_gradient(theta - h * e)[1]) / (2.0 * h)
        for e in numpy.eye(len(theta))
    ]
    return numpy.stack(columns, axis=-1)


def whole(objective, theta) -> numpy.ndarray:
    return NetworkHessian(objective, theta).times(numpy.eye(len(theta)))


@pytest.mark.parametrize("output", sorted(ACTIVATIONS))
@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_every_output_with_every_loss_has_the_hessian_of_finite_differences(loss, output):
    objective, theta = problem(("tanh", output), loss, l1=0.02, l2=0.3)
    found = whole(objective, theta)
    assert numpy.allclose(found, by_differences(objective, theta), rtol=1e-6, atol=1e-7)
    assert numpy.allclose(found, found.T, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("hidden", [name for name in ACTIVATIONS if name != "softmax"])
def test_every_hidden_activation_has_the_hessian_of_finite_differences_also_three_layers_deep(hidden):
    objective, theta = problem(
        (hidden, hidden, "softmax"), "categorical_cross_entropy", sizes=(2, 4, 3, 3), n=8, l2=0.1
    )
    found = whole(objective, theta)
    assert numpy.allclose(found, by_differences(objective, theta), rtol=1e-6, atol=1e-7)
    assert numpy.allclose(found, found.T, rtol=1e-12, atol=1e-14)


def test_of_a_linear_neuron_it_is_the_second_moments_of_the_inputs_to_rounding():
    objective, theta = problem(("linear",), sizes=(3, 1), n=50)
    rows = numpy.hstack([objective.x, numpy.ones((50, 1))])
    assert numpy.allclose(whole(objective, theta), rows.T @ rows / 50.0, rtol=1e-13, atol=1e-15)


def test_of_logistic_regression_it_is_the_closed_form_to_rounding_however_sure_it_is():
    objective, theta = problem(("sigmoid",), "binary_cross_entropy", sizes=(3, 1), n=50)
    rows = numpy.hstack([objective.x, numpy.ones((50, 1))])
    for gain in (1.0, 10.0, 100.0):
        p = 1.0 / (1.0 + numpy.exp(-(rows @ (gain * theta))))
        expected = rows.T @ (rows * (p * (1.0 - p))[:, None]) / 50.0
        assert numpy.allclose(whole(objective, gain * theta), expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("hidden", ["relu", "leaky_relu", "elu", *SMOOTH[1:]])
@pytest.mark.parametrize(
    ("loss", "output"),
    [("squared_error", "linear"), ("binary_cross_entropy", "sigmoid"), ("categorical_cross_entropy", "softmax")],
)
def test_pytorch_has_the_same_hessian(hidden, loss, output):
    torch = pytest.importorskip("torch")
    functional = torch.nn.functional
    objective, theta = problem((hidden, output), loss, n=10, l2=0.05)
    layout, (x, y) = objective.network.layout, (torch.tensor(each) for each in (objective.x, objective.y))
    costs = {
        "squared_error": lambda z: 0.5 * ((z - y) ** 2).sum(-1).mean(),
        "binary_cross_entropy": lambda z: (
            functional.binary_cross_entropy_with_logits(z, y, reduction="none").sum(-1).mean()
        ),
        "categorical_cross_entropy": lambda z: functional.cross_entropy(z, y),
    }
    function = {"sigmoid": torch.sigmoid, "tanh": torch.tanh}.get(hidden) or getattr(functional, hidden)

    def cost(flat):
        first, second = flat[: layout.starts[1]].reshape(3, 4), flat[layout.starts[1] :].reshape(5, 3)
        z = function(x @ first[:-1] + first[-1]) @ second[:-1] + second[-1]
        return costs[loss](z) + 0.025 * ((first[:-1] ** 2).sum() + (second[:-1] ** 2).sum())

    theirs = torch.autograd.functional.hessian(cost, torch.tensor(theta)).numpy()
    assert numpy.allclose(whole(objective, theta), theirs, rtol=1e-10, atol=1e-12)


def test_a_corner_that_a_step_would_cross_is_not_taken_for_curvature():
    # One of its examples is at the corner of the unit, z = 0: to both sides the cost is a parabola or level.
    network = Network((1, 1, 1), ("relu", "linear"))
    objective = NetworkObjective(network, "squared_error", [[0.0], [2.0]], [[5.0], [3.0]])
    theta = numpy.array([1.0, 0.0, 1.0, 0.0])
    w, b, v, c = theta
    z = 2.0 * w + b
    # Of (v z + c - 3)²/4 by (w, b, v, c), and (c - 5)²/4 of the example at the corner.
    by = numpy.array([2.0 * v, v, z, 1.0])
    error = v * z + c - 3.0
    expected = numpy.outer(by, by)
    expected[0, 2] = expected[2, 0] = expected[0, 2] + 2.0 * error
    expected[1, 2] = expected[2, 1] = expected[1, 2] + error
    expected[3, 3] += 1.0
    assert numpy.allclose(whole(objective, theta), expected / 2.0, rtol=1e-14)


def test_a_vector_alone_is_what_it_is_among_others_however_many_are_worked_on_at_a_time(monkeypatch):
    objective, theta = problem(("tanh", "softmax"), "categorical_cross_entropy", l2=0.1)
    hessian = NetworkHessian(objective, theta)
    v = rng(1).normal(size=(3, 4, len(theta)))
    for size in (1, 1000, 2**21):
        monkeypatch.setattr(chunks, "CHUNK_BYTES", size)
        products = hessian.times(v)
        assert products.shape == v.shape
        for place in numpy.ndindex(3, 4):
            assert numpy.allclose(products[place], hessian.times(v[place]), rtol=1e-12, atol=1e-14)
    assert hessian.times(numpy.zeros(len(theta))).tolist() == [0.0] * len(theta)


def test_it_is_the_mean_over_mini_batches_of_theirs():
    objective, theta = problem(("gelu", "sigmoid"), "binary_cross_entropy", n=12)
    v = rng(1).normal(size=len(theta))
    batches = [
        NetworkObjective(objective.network, "binary_cross_entropy", objective.x[rows], objective.y[rows])
        for rows in numpy.split(rng(2).permutation(12), 3)
    ]
    mean = numpy.mean([NetworkHessian(batch, theta).times(v) for batch in batches], axis=0)
    assert numpy.allclose(NetworkHessian(objective, theta).times(v), mean, rtol=1e-12, atol=1e-15)


def test_what_becomes_of_theta_afterwards_changes_nothing():
    objective, theta = problem(("tanh", "linear"))
    v, moved = rng(1).normal(size=len(theta)), theta.copy()
    hessian = NetworkHessian(objective, moved)
    before = hessian.times(v)
    moved[:] = 0.0
    assert numpy.array_equal(hessian.times(v), before)


@pytest.mark.parametrize("hidden", ["relu", "tanh", "gelu", "silu", "elu"])
def test_where_theta_is_no_number_or_too_large_the_product_says_so_and_nothing_warns(hidden):
    objective, theta = problem((hidden, "linear"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for wrong in (numpy.full(len(theta), numpy.nan), 1e200 * theta):
            product = NetworkHessian(objective, wrong).times(numpy.ones(len(theta)))
            assert product.shape == theta.shape
            assert not numpy.isfinite(product).all()
        saturated, bias = problem(("sigmoid",), sizes=(2, 1))[0], numpy.array([0.0, 0.0, numpy.inf])
        assert numpy.isnan(NetworkHessian(saturated, bias).times(numpy.ones(3))).all()


def test_wrong_shapes_are_refused_by_name():
    objective, theta = problem(("tanh", "linear"))
    with pytest.raises(ValueError, match=r"theta has shape \(2, 27\); expected \(27,\)"):
        NetworkHessian(objective, numpy.stack([theta, theta]))
    with pytest.raises(ValueError, match=r"v has shape \(3,\); expected \(\.\.\., 27\)"):
        NetworkHessian(objective, theta).times(numpy.zeros(3))
