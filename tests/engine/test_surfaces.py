"""Every surface: published minima, gradients and Hessians by differences, minima by brute force."""

import numpy
import pytest

from nnviz.engine import gradient_error
from nnviz.engine.expression_objective import ExpressionObjective
from nnviz.engine.minima import distinct, minima_on_a_grid, polished
from nnviz.engine.surfaces import SURFACES

NAMES = list(SURFACES)


def edges(name: str) -> list[dict[str, float]]:
    """The parameters' defaults, and each at its ends."""
    records = SURFACES[name].parameters.items()
    return [{}, *({key: end} for key, record in records for end in (record.low, record.high))]


@pytest.mark.parametrize("name", NAMES)
def test_gradients_and_hessians_equal_differences(name):
    surface = SURFACES[name]
    low, high = numpy.array(surface.domain).T
    for parameters in edges(name):
        objective = surface.objective(**parameters)
        for theta in numpy.random.default_rng(2).uniform(low, high, (8, surface.dimension)):
            assert gradient_error(objective, theta) < 1e-5
            steps = 1e-5 * numpy.eye(surface.dimension)
            forth, back = (objective.value_and_gradient(theta + sign * steps)[1] for sign in (1.0, -1.0))
            hessian = objective.hessian(theta)
            size = numpy.abs(hessian).max() + 1.0
            assert numpy.abs(hessian - (forth - back) / 2e-5).max() < 1e-5 * size


@pytest.mark.parametrize("name", NAMES)
def test_the_minima_are_those_that_a_search_by_brute_force_finds(name):
    surface = SURFACES[name]
    for parameters in edges(name):
        objective, minima = surface.objective(**parameters), surface.minima(**parameters)
        domain = surface.domain if surface.dimension == 1 else tuple((low - 1e-3, high) for low, high in surface.domain)
        axes = [numpy.linspace(low, high, 400 if surface.dimension == 2 else 4001) for low, high in domain]
        points = numpy.stack(numpy.meshgrid(*axes, indexing="ij"), axis=-1)
        value = objective.value(points)
        # Strictly lower than all neighbours, diagonal ones included.
        inner = (slice(1, -1),) * surface.dimension
        lowest = numpy.ones(value[inner].shape, dtype=bool)
        for shift in numpy.ndindex(*(3,) * surface.dimension):
            if any(step != 1 for step in shift):
                rows = tuple(slice(step, step + length - 2) for step, length in zip(shift, value.shape, strict=True))
                lowest &= value[inner] < value[rows]
        found = points[inner][lowest]
        spacing = max(axis[1] - axis[0] for axis in axes)
        if name in ("rosenbrock", "beale", "ravine"):
            # A grid makes minima of its own along a narrow valley; the lowest one is the minimum.
            found = found[[numpy.argmin(objective.value(found))]] if len(found) else found
            spacing *= 12
        inside = [each for each in minima if all(low < c < high for c, (low, high) in zip(each, domain, strict=True))]
        assert len(found) == len(inside)
        for each in inside:
            assert numpy.linalg.norm(found - each, axis=-1).min() < 1.5 * spacing


@pytest.mark.parametrize("name", NAMES)
def test_at_every_minimum_the_gradient_vanishes_to_the_last_digits(name):
    surface = SURFACES[name]
    for parameters in edges(name):
        objective, minima = surface.objective(**parameters), surface.minima(**parameters)
        assert minima.shape[1:] == (surface.dimension,)
        for theta in minima:
            assert numpy.abs(objective.value_and_gradient(theta)[1]).max() < 1e-9
            assert name == "absolute" or numpy.linalg.eigvalsh(objective.hessian(theta))[0] > 0.0


def test_published_values():
    himmelblau = SURFACES["himmelblau"]
    published = [[-3.779310, -3.283186], [-2.805118, 3.131312], [3.0, 2.0], [3.584428, -1.848127]]
    assert himmelblau.minima() == pytest.approx(numpy.array(published), abs=1e-6)
    assert himmelblau.objective().value(himmelblau.minima()) == pytest.approx(numpy.zeros(4), abs=1e-20)
    for name, minimum in (("rosenbrock", [1.0, 1.0]), ("beale", [3.0, 0.5])):
        assert SURFACES[name].objective().value(minimum) == 0.0
        assert SURFACES[name].minima().tolist() == [minimum]
    assert float(SURFACES["rosenbrock"].objective().value([-1.2, 1.0])) == pytest.approx(24.2)
    assert float(SURFACES["beale"].objective().value([1.0, 1.0])) == pytest.approx(14.203125)
    assert len(SURFACES["rastrigin"].minima()) == 25
    assert float(SURFACES["rastrigin"].objective().value([0.0, 0.0])) == 0.0
    assert SURFACES["saddle"].minima(walls=0.0).shape == (0, 2)


def test_the_ravines_condition_number_is_that_of_its_hessian():
    for condition in (1.0, 25.0, 1000.0):
        eigenvalues = numpy.linalg.eigvalsh(SURFACES["ravine"].objective(condition=condition).hessian([0.3, -1.0]))
        assert eigenvalues[1] / eigenvalues[0] == pytest.approx(condition)


@pytest.mark.parametrize("name", NAMES)
def test_the_start_is_in_the_domain_and_the_words_are_there(name):
    surface = SURFACES[name]
    assert surface.name == name
    assert len(surface.domain) == surface.dimension
    assert all(low < each < high for each, (low, high) in zip(surface.start, surface.domain, strict=True))
    assert surface.title
    assert surface.teaches.endswith(".")
    assert surface.parameters.keys() == {key for key in surface.parameters if key in surface.expression}


def test_wrong_parameters_are_refused_by_name():
    with pytest.raises(ValueError, match="parabola has no parameter a; allowed are none"):
        SURFACES["parabola"].objective(a=1.0)
    with pytest.raises(ValueError, match="condition is 0; expected a number from 1 to 1000"):
        SURFACES["ravine"].minima(condition=0)


def test_polishing_goes_no_further_than_it_may_and_finds_minima_only():
    objective = ExpressionObjective("x^3 - 3*x")  # minimum at 1, maximum at -1
    places, found = polished(objective, [[0.9], [5.0], [-1.1], [0.0]], 0.5)
    assert found.tolist() == [True, False, False, False]
    assert places.ravel().tolist() == pytest.approx([1.0, 5.0, -1.1, 0.0], abs=1e-12)
    assert not polished(ExpressionObjective("x^2*y^2"), [[0.0, 2.0]], 1.0)[1].any()
    assert not polished(ExpressionObjective("log(x)"), [[-1.0]], 1.0)[1].any()


def test_points_met_twice_are_told_once():
    assert distinct([[0.0], [0.05], [1.0], [-0.05]], 0.1).tolist() == [[0.0], [1.0]]
    assert distinct(numpy.empty((0, 2)), 0.1).shape == (0, 2)


def test_minima_are_found_beside_holes():
    minima = minima_on_a_grid(ExpressionObjective("x - log(x)"), ((-2.0, 4.0),), 301)
    assert minima == pytest.approx(numpy.array([[1.0]]))
