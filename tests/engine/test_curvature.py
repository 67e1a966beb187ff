"""Sharpness against the whole Hessian, and against what it promises on a quadratic."""

import numpy
import pytest

from nnviz.engine import Network, NetworkObjective
from nnviz.engine.curvature import hessian_vector, sharpness


class Quadratic:
    """½ thetaᵀ A theta."""

    def __init__(self, *eigenvalues: float) -> None:
        q = numpy.linalg.qr(numpy.random.default_rng(0).standard_normal((len(eigenvalues),) * 2))[0]
        self.a = q @ numpy.diag(eigenvalues) @ q.T

    def value(self, theta):
        theta = numpy.asarray(theta)
        return 0.5 * numpy.einsum("...i,ij,...j->...", theta, self.a, theta)

    def value_and_gradient(self, theta):
        return self.value(theta), numpy.asarray(theta) @ self.a


def full_hessian(objective: NetworkObjective, theta: numpy.ndarray) -> numpy.ndarray:
    columns = [hessian_vector(objective, theta, unit) for unit in numpy.eye(len(theta))]
    return numpy.stack(columns, axis=-1)


@pytest.fixture
def objective() -> NetworkObjective:
    rng = numpy.random.default_rng(3)
    network = Network((2, 5, 1), ("tanh", "linear"))
    return NetworkObjective(network, "squared_error", rng.standard_normal((40, 2)), rng.standard_normal((40, 1)))


@pytest.mark.parametrize("eigenvalues", [(4.0, 1.0, 0.5), (3.0,), (-5.0, 2.0, 1.0), (-2.0, -1.0), (7.0, -6.5, 1.0)])
def test_on_a_quadratic_it_is_the_largest_eigenvalue(eigenvalues) -> None:
    quadratic = Quadratic(*eigenvalues)
    found = sharpness(quadratic, numpy.ones(len(eigenvalues)), iterations=500)
    assert found.exact
    assert found.eigenvalue == pytest.approx(max(eigenvalues), rel=5e-3, abs=5e-3)
    assert numpy.linalg.norm(found.vector) == pytest.approx(1.0)


def test_two_over_it_separates_converging_from_diverging_exactly() -> None:
    quadratic = Quadratic(6.0, 2.0, 0.3)
    limit = 2.0 / sharpness(quadratic, numpy.ones(3), iterations=500).eigenvalue
    for factor, grows in ((0.98, False), (1.02, True)):
        theta = numpy.ones(3)
        for _ in range(2000):
            theta = theta - factor * limit * quadratic.value_and_gradient(theta)[1]
        assert (quadratic.value(theta) > 1e3) == grows


def test_the_product_is_that_of_the_hessian_of_a_linear_neuron() -> None:
    rng = numpy.random.default_rng(1)
    x = rng.standard_normal((50, 3))
    line = NetworkObjective(Network((3, 1), ("linear",)), "squared_error", x, rng.standard_normal((50, 1)))
    extended = numpy.hstack([x, numpy.ones((50, 1))])
    hessian = extended.T @ extended / 50.0
    v = rng.standard_normal(4)
    assert hessian_vector(line, rng.standard_normal(4), v) == pytest.approx(hessian @ v, rel=1e-6)
    assert sharpness(line, numpy.zeros(4), iterations=500).eigenvalue == pytest.approx(
        numpy.linalg.eigvalsh(hessian)[-1], rel=1e-3
    )
    assert hessian_vector(line, numpy.zeros(4), numpy.zeros(4)).tolist() == [0.0] * 4


def test_on_a_network_it_is_the_largest_eigenvalue_of_the_whole_hessian(objective: NetworkObjective) -> None:
    for seed in range(4):
        theta = objective.network.initialize("glorot_normal", "random_normal", rng=numpy.random.default_rng(seed))
        hessian = full_hessian(objective, theta)
        assert numpy.allclose(hessian, hessian.T, atol=1e-5)
        found = sharpness(objective, theta, iterations=500)
        assert found.eigenvalue == pytest.approx(numpy.linalg.eigvalsh(hessian)[-1], rel=5e-3)


def test_where_there_is_no_curvature_it_is_zero_and_where_there_is_no_number_it_is_nan(objective) -> None:
    assert sharpness(Quadratic(0.0, 0.0), numpy.ones(2)).eigenvalue == 0.0
    huge = sharpness(objective, numpy.full(objective.network.parameter_count, 1e200))
    assert not (numpy.isfinite(huge.eigenvalue) and huge.eigenvalue > 0.0)
    few = sharpness(Quadratic(1.0, 0.999999, 0.5), numpy.ones(3), iterations=1)
    assert not few.exact
