import numpy
import pytest

from nnviz.ui.plots.surface.surface_grid import SurfaceGrid

X, Y = numpy.array([0.0, 1.0, 3.0]), numpy.array([-1.0, 1.0])


def test_heights_between_samples_are_bilinear_and_nan_outside() -> None:
    x, y = numpy.meshgrid(X, Y)
    grid = SurfaceGrid(X, Y, 2.0 * x - y + x * y)
    at = numpy.array([[0.0, -1.0], [2.0, 0.5], [3.0, 1.0], [0.25, 0.0]])
    expected = 2.0 * at[:, 0] - at[:, 1] + at[:, 0] * at[:, 1]
    assert grid.at(at[:, 0], at[:, 1]) == pytest.approx(expected)
    outside = grid.at(numpy.array([-0.1, 1.0, 4.0, numpy.nan]), numpy.array([0.0, 2.0, 0.0, 0.0]))
    assert numpy.all(numpy.isnan(outside))


def test_next_to_a_hole_there_is_no_height() -> None:
    z = numpy.zeros((2, 3))
    z[0, 0] = numpy.inf
    grid = SurfaceGrid(X, Y, z)
    assert grid.holes
    assert numpy.isnan(grid.at(numpy.array(0.5), numpy.array(0.0)))
    assert grid.at(numpy.array(2.0), numpy.array(0.0)) == 0.0


def test_thinning_keeps_the_outermost_samples() -> None:
    places = numpy.linspace(-1.0, 1.0, 65)
    grid = SurfaceGrid(places, places, numpy.add.outer(places, places)).thinned(20)
    assert grid.z.shape == (20, 20)
    assert grid.extent == (-1.0, 1.0, -1.0, 1.0)
    assert grid.z[0, -1] == 0.0
    assert grid.thinned(20) is grid


@pytest.mark.parametrize(
    ("x", "y", "z"),
    [
        (X, Y, numpy.zeros((3, 2))),
        (X[:1], Y, numpy.zeros((2, 1))),
        (X[::-1], Y, numpy.zeros((2, 3))),
        (numpy.array([0.0, numpy.nan, 1.0]), Y, numpy.zeros((2, 3))),
    ],
)
def test_a_grid_that_is_none_is_refused(x: numpy.ndarray, y: numpy.ndarray, z: numpy.ndarray) -> None:
    with pytest.raises(ValueError, match=r"shape|increase"):
        SurfaceGrid(x, y, z)
