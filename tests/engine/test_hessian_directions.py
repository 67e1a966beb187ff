"""The two largest bends against all eigenvalues of the whole Hessian."""

import itertools

import numpy
import pytest

from nnviz.engine import Network, NetworkObjective, lanczos
from nnviz.engine.hessian_directions import largest_bends


class Quadratic:
    """½ thetaᵀ A theta with the given eigenvalues."""

    def __init__(self, eigenvalues) -> None:
        self.q = numpy.linalg.qr(numpy.random.default_rng(0).standard_normal((len(eigenvalues),) * 2))[0]
        self.a = self.q @ numpy.diag(eigenvalues) @ self.q.T
        self.products = 0

    def value(self, theta):
        return 0.5 * numpy.einsum("...i,ij,...j->...", theta, self.a, theta)

    def value_and_gradient(self, theta):
        self.products += 1
        return self.value(theta), theta @ self.a


def last(objective, theta, **settings):
    *_, end = largest_bends(objective, theta, **settings)
    return end


def dense_hessian(objective: NetworkObjective, theta: numpy.ndarray) -> numpy.ndarray:
    step = 1e-5
    columns = [
        (objective.value_and_gradient(theta + step * e)[1] - objective.value_and_gradient(theta - step * e)[1])
        / 2
        / step
        for e in numpy.eye(len(theta))
    ]
    hessian = numpy.stack(columns)
    return 0.5 * (hessian + hessian.T)


@pytest.mark.parametrize("seed", range(4))
def test_on_a_network_they_are_the_leading_eigenvectors_of_the_whole_hessian(seed):
    rng = numpy.random.default_rng(seed)
    network = Network((2, 6, 1), ("tanh", "linear"))
    objective = NetworkObjective(network, "squared_error", rng.standard_normal((40, 2)), rng.standard_normal((40, 1)))
    theta = network.initialize("glorot_normal", "random_normal", rng=rng)
    found = last(objective, theta)
    values, vectors = numpy.linalg.eigh(dense_hessian(objective, theta))
    assert found.settled
    assert found.eigenvalues == pytest.approx(values[:-3:-1], rel=1e-6)
    for direction, vector in zip(found.directions, vectors.T[:-3:-1], strict=True):
        assert abs(direction @ vector) == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize(
    "eigenvalues",
    [(5.0, 2.0, 1.0, -7.0), (3.0, 3.0, 1.0), (2.0, 1.0), (-1.0, -2.0, -3.0), tuple(numpy.linspace(-3, 5, 30))],
)
def test_they_are_the_largest_not_those_of_largest_size_and_may_be_equal(eigenvalues):
    found = last(Quadratic(eigenvalues), numpy.ones(len(eigenvalues)))
    assert found.settled
    assert found.eigenvalues == pytest.approx(sorted(eigenvalues)[:-3:-1], rel=1e-6)
    assert found.directions @ found.directions.T == pytest.approx(numpy.eye(2), abs=1e-9)


def test_a_full_space_is_begun_anew_from_the_best(monkeypatch):
    monkeypatch.setattr(lanczos, "LARGEST_SPACE", 8)
    eigenvalues = numpy.concatenate([[9.0, 6.0], numpy.linspace(0.0, 4.0, 60)])
    quadratic = Quadratic(eigenvalues)
    found = last(quadratic, numpy.ones(62))
    assert found.settled
    assert found.eigenvalues == pytest.approx([9.0, 6.0], rel=1e-6)
    assert abs(found.directions[0] @ quadratic.q[:, 0]) == pytest.approx(1.0, abs=1e-6)
    assert found.products == quadratic.products > 8


def test_each_estimate_is_at_least_as_good_as_the_one_before_and_the_number_of_products_is_bounded():
    breaths = []
    quadratic = Quadratic(numpy.linspace(0.0, 1.0, 50))
    estimates = list(largest_bends(quadratic, numpy.ones(50), products=12, breathe=lambda: breaths.append(1)))
    sums = [estimate.eigenvalues.sum() for estimate in estimates]
    assert all(later >= earlier - 1e-9 for earlier, later in itertools.pairwise(sums))
    assert len(breaths) == estimates[-1].products <= 13
    assert not estimates[-1].settled


def test_a_surface_without_curvature_has_directions_all_the_same():
    found = last(Quadratic((0.0, 0.0, 0.0, 0.0)), numpy.ones(4))
    assert found.settled
    assert found.eigenvalues.tolist() == [0.0, 0.0]
    assert found.directions @ found.directions.T == pytest.approx(numpy.eye(2), abs=1e-12)


def test_one_parameter_or_a_gradient_that_is_no_number_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="needs two parameters"):
        next(largest_bends(Quadratic((1.0,)), numpy.ones(1)))
    with pytest.raises(ValueError, match="not finite"), numpy.errstate(all="ignore"):
        next(largest_bends(Quadratic((1.0, 2.0)), numpy.full(2, numpy.inf)))
