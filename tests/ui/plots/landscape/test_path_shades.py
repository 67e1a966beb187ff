"""The path's colours say how far it is from the slice, and its lines run where it does."""

from dataclasses import replace

import numpy
import pytest

from nnviz.engine.planes import Plane
from nnviz.experiment.loss_surface.path import ProjectedPath
from nnviz.experiment.trail import Trajectory
from nnviz.ui.plots.landscape.path_shades import BANDS, DOTTED, furthest, path_marks, path_parts, shade_table
from nnviz.ui.theme import DARK, LIGHT


def path_of(distance: list[float], present: int | None = None) -> ProjectedPath:
    """Points along u at 0, 1, 2, …, so far from the plane of the first two of three parameters."""
    n = len(distance)
    points = tuple(numpy.array([float(k), 0.0, distance[k]]) for k in range(n))
    way = Trajectory(numpy.arange(n), points, n - 1 if present is None else present)
    plane = Plane(numpy.zeros(3), *numpy.eye(3)[:2])
    places = numpy.arange(n, dtype=float)
    return ProjectedPath(
        trajectory=way,
        region=plane,
        coordinates=(places, numpy.zeros(n)),
        distance=numpy.array(distance),
        cost=1.0 + places,
        height=numpy.ones(n),
        explained=0.5,
        done=2 * n,
    )


def segments(parts) -> list[tuple[float, float, str]]:
    """(from, to, colour) of all that is drawn along u."""
    return sorted(
        (float(part.x[k]), float(part.x[k + 1]), part.color.name())
        for part in parts
        for k in range(len(part.x) - 1)
        if numpy.isfinite(part.x[k]) and numpy.isfinite(part.x[k + 1])
    )


def test_every_segment_is_drawn_once() -> None:
    path = path_of([0.0, 3.0, 1.0, 0.5, 9.0, 0.1, 0.2])
    assert [segment[:2] for segment in segments(path_parts(path, LIGHT))] == [(k, k + 1.0) for k in range(6)]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_near_and_far_have_the_ends_of_the_ramp(theme) -> None:
    drawn = segments(path_parts(path_of([0.0, 0.0, 5.0, 5.0]), theme))
    table = shade_table(theme)
    names = ["#{:02x}{:02x}{:02x}".format(*table[row]) for row in (0, 255)]
    assert drawn[0][2] == names[0]
    assert drawn[-1][2] == names[1]


def test_a_path_on_the_slice_has_one_colour_although_distances_are_rounded() -> None:
    path = path_of([0.0, 1e-17, 3e-16, 0.0])
    assert furthest(path) == 0.0
    assert len({color for *_, color in segments(path_parts(path, LIGHT))}) == 1


def test_the_future_is_apart_from_the_past() -> None:
    parts = path_parts(path_of([0.0] * 6, present=2), LIGHT)
    future = [part for part in parts if part.current == 0]
    past = [part for part in parts if part.current is None]
    assert [segment[:2] for segment in segments(past)] == [(0.0, 1.0), (1.0, 2.0)]
    assert [segment[:2] for segment in segments(future)] == [(2.0, 3.0), (3.0, 4.0), (4.0, 5.0)]


def test_no_part_has_a_head_for_the_present_has_a_mark() -> None:
    for part in path_parts(path_of([0.0, 2.0, 4.0, 6.0], present=2), LIGHT):
        assert numpy.isnan(part.x[part.head])


def test_many_points_have_no_dots_and_few_bands_few_parts() -> None:
    rng = numpy.random.default_rng(1)
    parts = path_parts(path_of(rng.uniform(0.0, 4.0, 400).tolist()), LIGHT)
    assert len(parts) <= BANDS
    assert all(len(part.x) > DOTTED for part in parts)


def test_a_point_that_is_no_number_is_a_gap() -> None:
    path = path_of([0.0, numpy.nan, 0.0, 1.0])
    path = replace(path, coordinates=(numpy.array([0.0, numpy.nan, 2.0, 3.0]), numpy.zeros(4)))
    assert [segment[:2] for segment in segments(path_parts(path, LIGHT))] == [(2.0, 3.0)]


def test_start_and_present_are_marked_at_their_true_loss() -> None:
    start, now = path_marks(path_of([0.0, 1.0, 2.0], present=1), LIGHT)
    assert (start.kind, start.x, start.z) == ("start", 0.0, 1.0)
    assert (now.kind, now.x, now.z) == ("current", 1.0, 2.0)


def test_before_the_first_step_there_is_one_point_and_no_line() -> None:
    path = path_of([0.0])
    assert path_parts(path, LIGHT) == []
    assert [mark.kind for mark in path_marks(path, LIGHT)] == ["current"]


def test_a_loss_that_is_no_number_lets_the_mark_lie_on_the_surface() -> None:
    path = replace(path_of([0.0, 1.0]), cost=numpy.array([1.0, numpy.inf]))
    assert path_marks(path, LIGHT)[1].z is None
