"""Sharpness against the whole Hessian, and against what it promises on a quadratic."""

import warnings

import numpy
import pytest

from nnviz.engine import Network, NetworkObjective
from nnviz.engine.curvature import PRODUCTS, hessian_product, hessian_vector, sharpness


class Quadratic:
    """½ thetaᵀ A theta. It has no exact products, so these are differences of its gradient."""

    def __init__(self, *eigenvalues: float) -> None:
        q = numpy.linalg.qr(numpy.random.default_rng(0).standard_normal((len(eigenvalues),) * 2))[0]
        self.a = q @ numpy.diag(eigenvalues) @ q.T

    def value(self, theta):
        theta = numpy.asarray(theta)
        return 0.5 * numpy.einsum("...i,ij,...j->...", theta, self.a, theta)

    def value_and_gradient(self, theta):
        return self.value(theta), numpy.asarray(theta) @ self.a


def by_differences(objective: NetworkObjective, theta: numpy.ndarray) -> numpy.ndarray:
    h = 1e-5
    columns = [
        (objective.value_and_gradient(theta + h * e)[1] - objective.value_and_gradient(theta - h * e)[1]) / (2.0 * h)
        for e in numpy.eye(len(theta))
    ]
    hessian = numpy.stack(columns)
    return 0.5 * (hessian + hessian.T)


def line(eigenvalues_of_inputs=(1.0, 1.0, 1.0)) -> NetworkObjective:
    rng = numpy.random.default_rng(1)
    x = rng.standard_normal((50, 3)) * numpy.sqrt(eigenvalues_of_inputs)
    return NetworkObjective(Network((3, 1), ("linear",)), "squared_error", x, rng.standard_normal((50, 1)))


@pytest.fixture
def objective() -> NetworkObjective:
    rng = numpy.random.default_rng(3)
    network = Network((2, 5, 1), ("tanh", "linear"))
    return NetworkObjective(network, "squared_error", rng.standard_normal((40, 2)), rng.standard_normal((40, 1)))


@pytest.mark.parametrize(
    "eigenvalues",
    [
        (4.0, 1.0, 0.5), (3.0,), (-5.0, 2.0, 1.0), (-2.0, -1.0), (7.0, -6.5, 1.0), (1.053, 0.999), (0.25, -133.0),
        (1.0, 0.999999, 0.5),
    ],
)  # fmt: skip
def test_on_a_quadratic_it_is_the_largest_eigenvalue_not_that_of_largest_size(eigenvalues) -> None:
    quadratic = Quadratic(*eigenvalues)
    found = sharpness(quadratic, numpy.ones(len(eigenvalues)))
    assert found.settled
    assert found.eigenvalue == pytest.approx(max(eigenvalues), rel=1e-6)
    assert numpy.linalg.norm(found.vector) == pytest.approx(1.0)
    assert quadratic.a @ found.vector == pytest.approx(max(eigenvalues) * found.vector, abs=1e-5)


def test_two_over_it_separates_converging_from_diverging_exactly() -> None:
    quadratic = Quadratic(6.0, 2.0, 0.3)
    limit = 2.0 / sharpness(quadratic, numpy.ones(3)).eigenvalue
    for factor, grows in ((0.9999, False), (1.0001, True)):
        theta = numpy.ones(3)
        for _ in range(40_000):
            theta = theta - factor * limit * quadratic.value_and_gradient(theta)[1]
        assert (quadratic.value(theta) > 1e3) == grows


@pytest.mark.parametrize("widths", [(1.0, 1.0, 1.0), (1.0, 0.97, 0.95), (100.0, 1.0, 0.01)])
def test_of_a_linear_neuron_it_is_the_largest_eigenvalue_of_the_inputs_second_moments(widths) -> None:
    objective = line(widths)
    extended = numpy.hstack([objective.x, numpy.ones((50, 1))])
    hessian = extended.T @ extended / 50.0
    found = sharpness(objective, numpy.zeros(4))
    assert found.settled
    assert found.eigenvalue == pytest.approx(numpy.linalg.eigvalsh(hessian)[-1], rel=1e-12)


def test_products_are_exact_for_networks_and_close_for_any_other_objective(objective) -> None:
    class Disguised:
        value, value_and_gradient = objective.value, objective.value_and_gradient

    theta = objective.network.initialize(rng=numpy.random.default_rng(0))
    v = numpy.random.default_rng(1).standard_normal(len(theta))
    exact, close = hessian_vector(objective, theta, v), hessian_vector(Disguised(), theta, v)
    assert exact == pytest.approx(by_differences(objective, theta) @ v, rel=1e-6, abs=1e-8)
    assert close == pytest.approx(exact, rel=1e-6, abs=1e-8)
    assert not numpy.array_equal(close, exact)
    assert hessian_product(Disguised(), theta)(0.0 * v).tolist() == [0.0] * len(theta)


def test_on_a_network_it_is_the_largest_eigenvalue_of_the_whole_hessian(objective: NetworkObjective) -> None:
    for seed in range(8):
        theta = objective.network.initialize("glorot_normal", "random_normal", rng=numpy.random.default_rng(seed))
        found = sharpness(objective, theta)
        assert found.settled
        assert found.products <= len(theta)
        assert found.eigenvalue == pytest.approx(numpy.linalg.eigvalsh(by_differences(objective, theta))[-1], rel=1e-6)


def test_where_the_cost_bends_down_in_every_direction_it_is_negative() -> None:
    # The square of a sigmoid bends down where a neuron is sure and wrong.
    network = Network((1, 1), ("sigmoid",))
    wrong = NetworkObjective(network, "squared_error", [[1.0], [-1.0]], [[0.0], [0.0]])
    theta = numpy.array([0.0, 3.0])
    expected = numpy.linalg.eigvalsh(by_differences(wrong, theta))
    assert expected[-1] < 0.0
    found = sharpness(wrong, theta)
    assert found.settled
    assert found.eigenvalue == pytest.approx(expected[-1], rel=1e-6)


def test_where_there_is_no_curvature_it_is_zero() -> None:
    assert sharpness(Quadratic(0.0, 0.0), numpy.ones(2)).eigenvalue == 0.0
    steps = NetworkObjective(Network((2, 3, 1), ("threshold", "sigmoid")), "absolute_error", [[1.0, 2.0]], [[0.0]])
    far = numpy.full(13, 1e4)
    dead = NetworkObjective(Network((1, 1), ("relu",)), "squared_error", [[1.0], [2.0]], [[1.0], [1.0]])
    for flat, theta in ((steps, far), (dead, numpy.array([-1.0, -1.0]))):
        found = sharpness(flat, theta)
        assert (found.eigenvalue, found.remainder, found.settled) == (0.0, 0.0, True)


def test_where_there_is_no_number_it_is_nan_and_nothing_warns(objective) -> None:
    count = objective.network.parameter_count
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for wrong in (numpy.nan, numpy.inf, 1e200):
            for cost, theta in ((objective, numpy.full(count, wrong)), (Quadratic(1.0, 2.0), numpy.full(2, wrong))):
                found = sharpness(cost, theta)
                assert numpy.isnan(found.eigenvalue) or wrong == 1e200
                assert numpy.isnan(found.eigenvalue) != found.settled


def test_products_are_bounded_and_what_has_not_settled_says_so_and_is_a_lower_bound(objective) -> None:
    theta = objective.network.initialize(rng=numpy.random.default_rng(0))
    whole = sharpness(objective, theta)
    breaths: list[int] = []
    few = sharpness(objective, theta, products=2, breathe=lambda: breaths.append(1))
    assert (few.settled, few.products, len(breaths)) == (False, 2, 3)
    assert few.eigenvalue < whole.eigenvalue
    assert few.remainder > 1e-3 * whole.eigenvalue
    assert whole.products <= PRODUCTS
