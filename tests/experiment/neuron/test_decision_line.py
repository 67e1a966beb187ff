"""The line where a unit decides, and the plane around it."""

import math

import numpy
import pytest

from nnviz.experiment.neuron.decision_line import DecisionLine, line_of, right_side
from nnviz.experiment.neuron.firing import fire
from nnviz.experiment.neuron.plane import fitted, plane_of_line, plane_of_unit, unit_extent
from nnviz.experiment.neuron.specification import UnitSpec
from nnviz.experiment.specification import DrawnPoint, replace

SQUARE = (-2.0, 2.0, -2.0, 2.0)


def test_the_foot_lies_on_the_line_at_minus_b_over_the_length_of_w() -> None:
    line = DecisionLine((3.0, -4.0), 2.5)
    assert line.sum_at(line.foot) == pytest.approx(0.0, abs=1e-12)
    assert math.hypot(*line.foot) == pytest.approx(abs(line.distance))
    assert line.distance == -0.5
    # No other place of the line is nearer to the origin.
    ends = line.ends(SQUARE)
    assert ends is not None
    places = [tuple(a + t * (b - a) for a, b in zip(*ends, strict=True)) for t in numpy.linspace(0.0, 1.0, 201)]
    assert min(math.hypot(*place) for place in places) >= 0.5 - 1e-12


@pytest.mark.parametrize("w", [(1.0, 0.0), (0.0, -2.0), (1.0, 1.0), (0.3, -0.9)])
def test_the_drawn_ends_are_on_the_line_and_on_the_frame(w: tuple[float, float]) -> None:
    line = DecisionLine(w, 0.4)
    ends = line.ends(SQUARE)
    assert ends is not None
    for x, y in ends:
        assert w[0] * x + w[1] * y + 0.4 == pytest.approx(0.0, abs=1e-12)
        assert max(abs(x), abs(y)) == pytest.approx(2.0)


def test_no_line_where_all_weights_are_zero_or_it_is_out_of_sight() -> None:
    nothing = DecisionLine((0.0, 0.0), 1.0)
    assert not nothing.exists
    assert math.isnan(nothing.distance)
    assert nothing.ends(SQUARE) is None
    assert DecisionLine((1.0, 0.0), -9.0).ends(SQUARE) is None


def test_inputs_beyond_the_second_are_held_and_move_the_line() -> None:
    unit = UnitSpec(x=(0.0, 0.0, 2.0), w=(1.0, 1.0, -0.5), b=0.25)
    assert line_of(unit) == DecisionLine((1.0, 1.0), -0.75)


def test_on_the_line_the_unit_s_sum_is_zero() -> None:
    unit = UnitSpec()
    x1, x2 = line_of(unit).foot
    assert fire(replace(unit, x=(x1, x2, unit.x[2]))).z == pytest.approx(0.0, abs=1e-12)


def test_one_input_decides_at_one_place() -> None:
    line = line_of(UnitSpec(x=(1.0,), w=(2.0,), b=-3.0))
    assert line.foot == (1.5, 0.0)


def test_the_line_itself_answers_0() -> None:
    line = DecisionLine((1.0, 1.0), -1.0)
    assert right_side(line, (0.5, 0.5), 0.0)
    assert not right_side(line, (0.5, 0.5), 1.0)
    assert right_side(line, (1.0, 1.0), 1.0)


@pytest.mark.parametrize("name", ["sigmoid", "threshold", "relu", "linear"])
def test_the_plane_has_the_sign_of_the_answer(name: str) -> None:
    unit = UnitSpec(x=(1.0, 1.0), w=(1.0, 1.0), b=0.0, activation=name, points=())
    assert unit_extent(unit) == SQUARE
    plane = plane_of_unit(unit, SQUARE)
    assert plane.values[-1, -1] == 1.0
    assert plane.values[0, 0] <= 0.0
    assert numpy.abs(plane.values).max() <= 1.0


def test_a_unit_without_weights_has_an_even_plane() -> None:
    plane = plane_of_unit(UnitSpec(x=(1.0, 1.0), w=(0.0, 0.0), b=0.0), SQUARE)
    assert not plane.values.any()


def test_a_plane_shows_all_points_and_has_the_picture_s_shape() -> None:
    unit = UnitSpec(points=(DrawnPoint((5.0, -7.0), 1.0),))
    left, right, bottom, top = unit_extent(unit)
    assert left < 5.0 < right
    assert bottom < -7.0 < top
    for aspect in (0.5, 1.0, 2.0):
        left, right, bottom, top = fitted((0.0, 1.0, 0.0, 1.0), aspect)
        assert (right - left) / (top - bottom) == pytest.approx(aspect)
        assert min(-left, -bottom, right - 1.0, top - 1.0) >= 0.0


def test_a_threshold_unit_parts_the_plane_in_two() -> None:
    plane = plane_of_line(DecisionLine((0.0, 1.0), -0.5))
    assert set(plane.values.ravel()) == {-1.0, 1.0}
    assert (plane.values[0] == -1.0).all()
