import numpy

from nnviz.ui.plots.charts.contour import crossings

EXTENT = (-2.0, 2.0, -2.0, 2.0)


def test_a_circle_is_found_where_it_is() -> None:
    x, y = numpy.meshgrid(numpy.linspace(-2, 2, 101), numpy.linspace(-2, 2, 101))
    segments = crossings(numpy.hypot(x, y), 1.0, EXTENT)
    assert len(segments) > 100
    assert numpy.allclose(numpy.hypot(segments[..., 0], segments[..., 1]), 1.0, atol=1e-3)
    length = numpy.sum(numpy.hypot(*(segments[:, 0] - segments[:, 1]).T))
    assert abs(length - 2 * numpy.pi) < 0.02


def test_a_saddle_gives_two_segments_and_what_is_no_number_none() -> None:
    assert len(crossings(numpy.array([[0.0, 1.0], [1.0, 0.0]]), 0.5, EXTENT)) == 2
    assert len(crossings(numpy.array([[0.0, 1.0], [numpy.nan, 0.0]]), 0.5, EXTENT)) == 0


def test_nothing_crosses_a_level_that_is_never_reached() -> None:
    assert len(crossings(numpy.zeros((5, 5)), 0.5, EXTENT)) == 0
