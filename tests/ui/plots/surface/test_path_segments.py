import numpy
import pytest

from nnviz.ui.plots.surface.path_segments import clipped, distinct, segments_of, split

LOW, HIGH = numpy.array([-1.0, -1.0]), numpy.array([1.0, 1.0])


def test_of_a_converged_path_few_points_are_kept_and_of_a_zigzag_all() -> None:
    still = numpy.array([0.5, 0.5]) ** numpy.arange(500)[:, None]
    kept = distinct(100.0 * still, 1.5)
    assert kept[0] == 0
    assert kept[-1] == 499
    assert len(kept) < 60
    zigzag = numpy.stack([numpy.arange(500) * 0.01, 50.0 * (-1.0) ** numpy.arange(500)], axis=-1)
    assert len(distinct(zigzag, 1.5)) == 500


def test_a_gap_stays_a_gap() -> None:
    points = numpy.array([[0.0, 0.0], [1.0, 0.0], [numpy.nan, 0.0], [2.0, 0.0], [2.1, 0.0], [3.0, 0.0]])
    kept = points[distinct(points, 1.5)]
    segments, begins = segments_of(kept)
    assert numpy.all(numpy.isfinite(segments))
    assert not numpy.any((segments[:, 0, 0] <= 1.0) & (segments[:, 1, 0] >= 2.0))
    assert len(begins) == len(segments)


def test_segments_are_cut_at_the_boundary_and_those_outside_left_out() -> None:
    segments = numpy.array(
        [
            [[0.0, 0.0], [2.0, 0.0]],
            [[-2.0, -2.0], [2.0, 2.0]],
            [[-2.0, 1.5], [2.0, 1.5]],
            [[0.5, 0.5], [0.5, 0.5]],
            [[1.5, 0.0], [2.0, 0.0]],
        ]
    )
    found, kept = clipped(segments, LOW, HIGH)
    assert kept.tolist() == [True, True, False, True, False]
    assert found[0] == pytest.approx(numpy.array([[0.0, 0.0], [1.0, 0.0]]))
    assert found[1] == pytest.approx(numpy.array([[-1.0, -1.0], [1.0, 1.0]]))


def test_a_third_coordinate_is_interpolated_where_a_segment_is_cut() -> None:
    found, _ = clipped(numpy.array([[[0.0, 0.0, 10.0], [4.0, 0.0, 50.0]]]), LOW, HIGH)
    assert found[0, 1].tolist() == [1.0, 0.0, 20.0]


def test_parts_join_up_to_the_whole_and_none_is_too_long() -> None:
    segments = numpy.random.default_rng(0).normal(size=(20, 2, 3))
    parts, of = split(segments, 0.3)
    assert numpy.max(numpy.linalg.norm(parts[:, 1] - parts[:, 0], axis=-1)) <= 0.3 + 1e-12
    for number, segment in enumerate(segments):
        own = parts[of == number]
        assert own[0, 0] == pytest.approx(segment[0])
        assert own[-1, 1] == pytest.approx(segment[1])
        assert own[1:, 0] == pytest.approx(own[:-1, 1])
