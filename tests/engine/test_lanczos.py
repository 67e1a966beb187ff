"""Largest eigenvalues against matrices whose eigenvalues are chosen, and against what the remainders promise."""

import itertools

import numpy
import pytest

from nnviz.engine import lanczos
from nnviz.engine.lanczos import largest_eigenpairs


def matrix(eigenvalues) -> tuple[numpy.ndarray, numpy.ndarray]:
    """A symmetric one, and its eigenvectors as columns in the same order."""
    q = numpy.linalg.qr(numpy.random.default_rng(0).standard_normal((len(eigenvalues),) * 2))[0]
    return q @ numpy.diag(eigenvalues) @ q.T, q


def estimates(a, count=1, products=500, tolerance=1e-6, **settings):
    return list(largest_eigenpairs(lambda v: a @ v, len(a), count, products=products, tolerance=tolerance, **settings))


SPECTRA = {
    "one": (3.0,),
    "close": (1.053, 0.999, 0.2),
    "closer": (1.0, 1.0 - 1e-4, *numpy.linspace(0.0, 0.9, 60)),
    "equal": (2.0, 2.0, 2.0, -1.0),
    "a larger one below": (0.25, 0.0, -133.0),
    "all below": (-1.0, -2.0, -3.0, -1e3),
    "flat": (0.0, 0.0, 0.0),
    "mostly flat": (0.5, *numpy.zeros(200)),
    "both ends alike": (7.0, -6.999, 1.0),
    "decades": tuple(numpy.logspace(-8, 3, 120)),
    "small": tuple(1e-12 * numpy.linspace(-1.0, 1.0, 30)),
    "large": tuple(1e100 * numpy.linspace(-1.0, 1.0, 30)),
}


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("name", [name for name in SPECTRA if name != "one"])
def test_they_are_the_algebraically_largest_with_their_vectors(name, count):
    a, _ = matrix(SPECTRA[name])
    size = numpy.max(numpy.abs(SPECTRA[name]))
    last = estimates(a, count)[-1]
    assert last.settled
    assert last.values == pytest.approx(sorted(SPECTRA[name])[: -count - 1 : -1], rel=1e-9, abs=1e-9 * size)
    assert last.vectors @ last.vectors.T == pytest.approx(numpy.eye(count), abs=1e-12)
    left = last.vectors @ a - last.values[:, None] * last.vectors
    assert numpy.linalg.norm(left, axis=-1) == pytest.approx(last.remainders, abs=1e-13 * size)


def test_a_single_number_is_its_own_eigenvalue():
    (only,) = estimates(numpy.array([[-4.0]]))
    assert (only.values.tolist(), only.products, only.settled) == ([-4.0], 1, True)


@pytest.mark.parametrize("name", sorted(SPECTRA))
def test_at_every_product_an_eigenvalue_lies_within_the_remainder_and_none_is_overestimated(name):
    a, _ = matrix(SPECTRA[name])
    eigenvalues = numpy.array(SPECTRA[name])
    slack = 1e-12 * numpy.max(numpy.abs(eigenvalues))
    for found in estimates(a):
        assert numpy.min(numpy.abs(eigenvalues - found.values[0])) <= found.remainders[0] + slack
        assert found.values[0] <= numpy.max(eigenvalues) + slack


@pytest.mark.parametrize("count", [1, 2])
def test_a_full_space_is_begun_anew_from_the_best_and_nothing_is_lost(count, monkeypatch):
    monkeypatch.setattr(lanczos, "LARGEST_SPACE", 8)
    eigenvalues = numpy.concatenate([[9.0, 6.0], numpy.linspace(0.0, 4.0, 60)])
    a, q = matrix(eigenvalues)
    found = estimates(a, count)
    assert found[-1].settled
    assert found[-1].products > 8
    assert found[-1].values == pytest.approx([9.0, 6.0][:count], rel=1e-9)
    assert abs(found[-1].vectors[0] @ q[:, 0]) == pytest.approx(1.0, abs=1e-9)
    sums = [estimate.values.sum() for estimate in found]
    assert all(later >= earlier - 1e-9 for earlier, later in itertools.pairwise(sums))


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(lanczos, "SPACE_BYTES", 16 * 300 * 10)
    a, _ = matrix(numpy.linspace(0.0, 1.0, 300) ** 4)
    found = estimates(a, tolerance=1e-4)
    assert found[-1].settled
    assert found[-1].values[0] == pytest.approx(1.0, rel=1e-6)


def test_the_number_of_products_is_bounded_and_each_is_preceded_by_a_breath():
    a, _ = matrix(numpy.linspace(0.0, 1.0, 100))
    breaths, calls = [], []

    def product(v):
        assert len(breaths) == len(calls) + 1
        calls.append(1)
        return a @ v

    *_, last = largest_eigenpairs(product, 100, 1, products=7, tolerance=1e-6, breathe=lambda: breaths.append(1))
    assert last.products == len(calls) == 7
    assert not last.settled
    assert last.values[0] < 1.0


def test_the_seed_decides_the_way_and_not_the_answer():
    a, _ = matrix(numpy.linspace(-1.0, 2.0, 40))
    one, same, other = (estimates(a, seed=seed)[-1] for seed in (0, 0, 1))
    assert numpy.array_equal(one.vectors, same.vectors)
    assert not numpy.array_equal(one.vectors, other.vectors)
    assert one.values[0] == pytest.approx(other.values[0], rel=1e-11)


@pytest.mark.parametrize("wrong", [numpy.nan, numpy.inf, -numpy.inf, 1e200])
def test_what_is_no_number_or_cannot_be_squared_ends_it_as_nan_without_a_warning(wrong):
    a = numpy.diag([wrong, 1.0, 2.0])
    a[0, 1] = a[1, 0] = wrong
    for count in (1, 2):
        with numpy.errstate(invalid="ignore"):
            last = estimates(a, count)[-1]
        assert not last.settled
        assert numpy.isnan(last.values).all()
        assert numpy.isnan(last.remainders).all()
        assert numpy.isfinite(last.vectors).all()
