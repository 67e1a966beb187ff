"""Lines and planes: there and back, least squares at any angle, and no plane where there is none."""

import numpy
import pytest

from nnviz.engine.planes import Line, Plane, heights_at

RNG = numpy.random.default_rng(0)


def skew_plane(count: int = 7) -> Plane:
    first = RNG.standard_normal(count)
    return Plane(RNG.standard_normal(count), first, 0.8 * first + 0.1 * RNG.standard_normal(count))


def test_points_of_a_plane_have_the_coordinates_they_were_made_of_and_no_distance():
    plane = skew_plane()
    u, v = RNG.standard_normal((2, 4, 5))
    theta = plane.points(u, v)
    assert theta.shape == (4, 5, 7)
    assert theta[2, 3] == pytest.approx(plane.origin + u[2, 3] * plane.first + v[2, 3] * plane.second)
    back = plane.project(theta)
    assert back[0] == pytest.approx(u, abs=1e-11)
    assert back[1] == pytest.approx(v, abs=1e-11)
    assert plane.distance(theta) == pytest.approx(numpy.zeros((4, 5)), abs=1e-12)
    assert plane.dimensions == 2


def test_a_projection_is_the_least_squares_solution_for_directions_that_are_not_orthogonal():
    plane, theta = skew_plane(), RNG.standard_normal((6, 7))
    u, v = plane.project(theta)
    matrix = numpy.stack([plane.first, plane.second], axis=-1)
    for row, point in enumerate(theta):
        solution, squares, *_ = numpy.linalg.lstsq(matrix, point - plane.origin, rcond=None)
        assert (u[row], v[row]) == pytest.approx(tuple(solution), rel=1e-9)
        assert plane.distance(point) == pytest.approx(numpy.sqrt(squares[0]))


def test_with_two_parameters_nothing_is_away_from_the_plane():
    plane = Plane(numpy.array([3.0, -2.0]), numpy.array([1.0, 0.5]), numpy.array([0.2, 2.0]))
    theta = RNG.standard_normal((20, 2))
    assert plane.distance(theta) == pytest.approx(numpy.zeros(20), abs=1e-14)
    assert plane.points(*plane.project(theta)) == pytest.approx(theta, rel=1e-13)


def test_a_line_goes_there_and_back_and_its_distance_is_that_of_pythagoras():
    line = Line(numpy.array([1.0, 0.0, 0.0]), numpy.array([0.0, 2.0, 0.0]))
    assert line.dimensions == 1
    assert line.points(numpy.array([0.0, 1.5])).tolist() == [[1.0, 0.0, 0.0], [1.0, 3.0, 0.0]]
    assert line.project([4.0, 5.0, 4.0]) == (2.5,)
    assert line.distance([4.0, 5.0, 4.0]) == 5.0
    assert line.moved([0.0, 0.0, 9.0]).points(1.0).tolist() == [0.0, 2.0, 9.0]


def test_a_moved_plane_is_parallel():
    plane, other = skew_plane(), numpy.zeros(7)
    assert numpy.array_equal(plane.moved(other).points(1.0, -2.0), plane.first - 2.0 * plane.second)


def test_heights_are_the_objectives_however_few_points_are_held(monkeypatch):
    class Squares:
        def value(self, theta):
            return (numpy.asarray(theta) ** 2).sum(axis=-1)

    line, t = Line(numpy.ones(3), numpy.array([1.0, 2.0, 0.0])), numpy.linspace(-1.0, 1.0, 11)
    expected = (1 + t) ** 2 + (1 + 2 * t) ** 2 + 1
    assert heights_at(Squares(), line.points, t) == pytest.approx(expected)
    monkeypatch.setattr("nnviz.engine.planes.POINT_BYTES", 1)
    assert heights_at(Squares(), line.points, t) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Plane(numpy.zeros(3), numpy.ones(3), -2.0 * numpy.ones(3)), "parallel"),
        (lambda: Plane(numpy.zeros(3), numpy.zeros(3), numpy.ones(3)), "first is 0 everywhere"),
        (lambda: Plane(numpy.zeros(1), numpy.ones(1), numpy.ones(1)), "needs two parameters"),
        (lambda: Plane(numpy.array([numpy.nan, 0.0]), numpy.ones(2), numpy.ones(2)), "origin holds nan"),
        (lambda: Plane(numpy.zeros(2), numpy.ones(2), numpy.ones(3)), "second has shape"),
        (lambda: Line(numpy.zeros(2), numpy.array([1e300, 1e300])), "too long"),
        (lambda: skew_plane().project(numpy.zeros(6)), "theta has shape"),
    ],
)
def test_what_spans_nothing_is_refused_in_a_sentence(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()
