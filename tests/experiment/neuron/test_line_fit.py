"""The line's cost, its least, and what the bias changes."""

import numpy
import pytest

from nnviz.engine.datasets.houses import HOUSE_BASE_PRICE, HOUSE_WEIGHTS
from nnviz.experiment.neuron.line_fit import (
    LineData,
    best_line,
    cost,
    data_of,
    derivatives,
    frame_of,
    heights,
    house_fit,
    knob_of,
    landscape,
    landscape_of,
    least_squares,
    turned,
)
from nnviz.experiment.neuron.specification import LineSpec
from nnviz.experiment.specification import DrawnPoint, replace

DATA = data_of(LineSpec())
EMPTY = LineData(numpy.zeros(0), numpy.zeros(0), "x", "y")


def cloud(seed: int, count: int = 30) -> LineData:
    rng = numpy.random.default_rng(seed)
    x = rng.normal(1.0, 2.0, count)
    return LineData(x, 0.7 * x + 1.5 + rng.normal(0.0, 0.5, count), "x", "y")


def test_the_cost_is_half_the_mean_square() -> None:
    data = LineData(numpy.array([1.0, 2.0]), numpy.array([2.0, 2.0]), "x", "y")
    assert cost(data, 1.0, 0.0) == 0.5 * (1.0 + 0.0) / 2.0
    assert cost(data, 0.0, 2.0) == 0.0


def test_the_derivative_of_half_the_square_is_prediction_minus_target() -> None:
    y, h = 1.3, 1e-6
    for fitted in (-2.0, 0.0, 1.3, 4.5):
        one = LineData(numpy.array([0.0]), numpy.array([y]), "x", "y")
        numeric = (cost(one, 0.0, fitted + h) - cost(one, 0.0, fitted - h)) / (2.0 * h)
        assert numeric == pytest.approx(fitted - y, abs=1e-9)
        assert derivatives(one, 0.0, fitted)[1] == pytest.approx(fitted - y)


@pytest.mark.parametrize("seed", range(3))
def test_the_derivatives_are_what_differences_find(seed: int) -> None:
    data, w, b, h = cloud(seed), 0.3, -0.4, 1e-6
    by_w = (cost(data, w + h, b) - cost(data, w - h, b)) / (2.0 * h)
    by_b = (cost(data, w, b + h) - cost(data, w, b - h)) / (2.0 * h)
    assert derivatives(data, w, b) == pytest.approx((by_w, by_b), abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_the_best_line_is_the_closed_form(seed: int) -> None:
    """Slope = covariance / variance, b = mean y − w mean x; through the origin Σxy / Σx²."""
    data = cloud(seed)
    x, y = data.x, data.y
    slope = ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()
    free, locked = best_line(data, bias=True), best_line(data, bias=False)
    assert (free.w, free.b) == pytest.approx((slope, y.mean() - slope * x.mean()), abs=1e-12)
    assert locked.w == pytest.approx((x * y).sum() / (x * x).sum(), abs=1e-12)
    assert derivatives(data, free.w, free.b) == pytest.approx((0.0, 0.0), abs=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_without_a_bias_it_never_costs_less(seed: int) -> None:
    data = cloud(seed)
    assert best_line(data, bias=False).cost >= best_line(data, bias=True).cost


def test_both_cost_the_same_where_the_best_line_passes_the_origin() -> None:
    x = numpy.array([-2.0, -1.0, 1.0, 2.0])
    y = numpy.array([-1.1, -0.2, 0.2, 1.1])
    data = LineData(x, y, "x", "y")
    free, locked = best_line(data, bias=True), best_line(data, bias=False)
    assert free.b == pytest.approx(0.0, abs=1e-15)
    assert locked.cost == pytest.approx(free.cost, rel=1e-12)
    assert locked.cost > 0.0


def test_without_a_bias_the_prediction_at_zero_is_exactly_zero() -> None:
    locked = best_line(DATA, bias=False)
    assert heights(LineData(numpy.zeros(1), numpy.zeros(1), "x", "y"), locked.w, locked.b)[0] == 0.0
    assert LineSpec(b=3.0, bias=False).intercept == 0.0
    assert LineSpec(b=3.0).intercept == 3.0


def test_the_landscape_is_least_at_the_best_line() -> None:
    land, best = landscape(DATA, LineSpec()), best_line(DATA, bias=True)
    assert land.cost.min() >= best.cost
    row, column = numpy.unravel_index(land.cost.argmin(), land.cost.shape)
    assert land.w[column] == pytest.approx(best.w, abs=land.w[1] - land.w[0])
    assert land.b[row] == pytest.approx(best.b, abs=2.0 * (land.b[1] - land.b[0]))
    assert land.cost[3, 5] == pytest.approx(cost(DATA, land.w[5], land.b[3]))


def test_the_landscape_holds_the_present_line_and_both_best_ones() -> None:
    land = landscape(DATA, LineSpec(w=-7.0, b=19.0))
    lines = [best_line(DATA, bias=True), best_line(DATA, bias=False)]
    for w, b in [(-7.0, 19.0), *((line.w, line.b) for line in lines)]:
        assert land.w[0] <= w <= land.w[-1]
        assert land.b[0] <= b <= land.b[-1]


@pytest.mark.parametrize("seed", range(3))
def test_the_landscape_is_the_mean_over_the_points(seed: int) -> None:
    data, rng = cloud(seed), numpy.random.default_rng(seed)
    w, b = rng.normal(size=7), rng.normal(size=5)
    plain = [[0.5 * ((one * data.x + other - data.y) ** 2).mean() for one in w] for other in b]
    assert landscape_of(data, w, b).cost == pytest.approx(numpy.array(plain), rel=1e-12)


def test_without_points_every_line_costs_nothing() -> None:
    assert cost(EMPTY, 3.0, 4.0) == 0.0
    assert derivatives(EMPTY, 3.0, 4.0) == (0.0, 0.0)
    assert best_line(EMPTY, bias=True).w == 0.0
    assert not landscape_of(EMPTY, numpy.zeros(2), numpy.zeros(3)).cost.any()
    left, right, bottom, top = frame_of(EMPTY)
    assert left < 0.0 < right
    assert bottom < 0.0 < top


def test_one_point_alone_has_a_finite_best_line() -> None:
    one = LineData(numpy.array([2.0]), numpy.array([3.0]), "x", "y")
    assert best_line(one, bias=True).cost == pytest.approx(0.0)
    assert best_line(one, bias=False).w == pytest.approx(1.5)


def test_turning_the_line_keeps_its_bias_and_leads_it_through_the_place() -> None:
    spec = LineSpec(w=0.3, b=1.5)
    assert turned(DATA, spec, (3.0, 4.0)) * 3.0 + 1.5 == pytest.approx(4.0, rel=1e-3)
    assert turned(DATA, replace(spec, bias=False), (3.0, 4.0)) * 3.0 == pytest.approx(4.0, rel=1e-3)
    # No line goes through two places above each other.
    assert turned(DATA, spec, (0.0, 4.0)) == 0.3


@pytest.mark.parametrize("w", [-8.0, -0.5, 0.0, 0.3, 8.0])
def test_the_knob_is_on_the_line_and_in_the_picture(w: float) -> None:
    x, y = knob_of(DATA, w, 1.5)
    left, right, bottom, top = frame_of(DATA)
    assert y == pytest.approx(w * x + 1.5)
    assert left < x < right
    assert bottom < y < top
    assert abs(x) > 0.0


def test_a_knob_of_a_line_out_of_sight_is_out_of_sight_and_of_data_left_of_0_at_the_left() -> None:
    assert knob_of(DATA, 0.0, 100.0)[1] == 100.0
    left = LineData(numpy.array([-5.0, -1.0]), numpy.array([0.0, 1.0]), "x", "y")
    assert knob_of(left, 1.0, 0.0)[0] < 0.0


def test_houses_without_a_bias_cost_nothing_without_features_and_are_fitted_worse() -> None:
    """LECTURE 3.2: with noise the base price comes out near the truth; without a bias the error is far larger."""
    fit = house_fit()
    assert fit.base_price == pytest.approx(HOUSE_BASE_PRICE, rel=0.15)
    assert fit.weights == pytest.approx(list(HOUSE_WEIGHTS.values()), rel=0.15)
    assert fit.error_without > 4.0 * fit.error
    data = data_of(LineSpec(source="houses"))
    assert best_line(data, bias=True).b > 20.0
    assert best_line(data, bias=False).cost > best_line(data, bias=True).cost


def test_least_squares_finds_an_exact_rule() -> None:
    """LECTURE 2.1: to 1e-6, features of very different sizes."""
    rng = numpy.random.default_rng(3)
    x = rng.uniform(0.0, 1.0, (40, 5)) * numpy.array([260.0, 10.0, 60.0, 1.0, 1.0])
    w = numpy.array(list(HOUSE_WEIGHTS.values()))
    found = least_squares(x, x @ w + HOUSE_BASE_PRICE, bias=True)
    assert found == pytest.approx([*w, HOUSE_BASE_PRICE], rel=1e-6)
    assert least_squares(x, x @ w, bias=False) == pytest.approx(w, rel=1e-6)


def test_a_point_of_a_line_has_one_input() -> None:
    with pytest.raises(ValueError, match="one input and a value"):
        replace(LineSpec(), points=(DrawnPoint((1.0, 2.0), 0.0),))
