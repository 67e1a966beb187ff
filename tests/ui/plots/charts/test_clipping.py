"""A line is cut where it leaves its plot, and nowhere else."""

import numpy
from hypothesis import given
from hypothesis import strategies as st

from nnviz.ui.plots.charts.clipping import inside


def parts(x: list[float], y: list[float]) -> list[list[tuple[float, float]]]:
    across, up = inside(numpy.array(x, dtype=float), numpy.array(y, dtype=float), 10.0, 5.0)
    found: list[list[tuple[float, float]]] = [[]]
    for point in zip(across.tolist(), up.tolist(), strict=True):
        if numpy.isnan(point[0]):
            found.append([])
        else:
            found[-1].append(point)
    return [part for part in found if part]


def test_a_line_inside_stays_as_it_is() -> None:
    assert parts([0, 5, 10], [0, 5, 1]) == [[(0, 0), (5, 5), (10, 1)]]


def test_a_line_that_leaves_and_comes_back_is_in_two_parts_that_end_on_the_border() -> None:
    assert parts([0, 2, 4, 6], [1, 9, 9, 1]) == [[(0, 1), (1, 5)], [(5, 5), (6, 1)]]


def test_a_line_that_crosses_the_whole_plot_keeps_its_middle() -> None:
    assert parts([-5, 15], [2, 2]) == [[(0, 2), (10, 2)]]
    assert parts([3, 3], [-5, 10]) == [[(3, 0), (3, 5)]]


def test_a_line_elsewhere_is_nothing_and_gaps_stay_gaps() -> None:
    assert parts([20, 30], [1, 2]) == []
    assert parts([1, float("nan"), 3], [1, 1, 1]) == [[(1, 1)], [(3, 1)]]


@given(st.lists(st.tuples(st.floats(-30, 30), st.floats(-30, 30)), min_size=2, max_size=20))
def test_nothing_is_ever_outside(points: list[tuple[float, float]]) -> None:
    x, y = inside(*numpy.array(points, dtype=float).T, 10.0, 5.0)
    kept = ~numpy.isnan(x) & ~numpy.isnan(y)
    assert numpy.all((x[kept] >= 0.0) & (x[kept] <= 10.0))
    assert numpy.all((y[kept] >= -1e-9) & (y[kept] <= 5.0 + 1e-9))
