"""The cost along its own gradient, on a parabola where all is known and on networks."""

import numpy
import pytest

from nnviz.engine import Network, NetworkObjective
from nnviz.engine.line_search import line_search


class Parabola:
    """½ c theta², theta (..., 1)."""

    def __init__(self, c: float) -> None:
        self.c = c

    def value(self, theta):
        return 0.5 * self.c * numpy.asarray(theta)[..., 0] ** 2

    def value_and_gradient(self, theta):
        return self.value(theta), self.c * numpy.asarray(theta)


def objective() -> tuple[NetworkObjective, numpy.ndarray]:
    rng = numpy.random.default_rng(0)
    network = Network((2, 4, 1), ("tanh", "linear"))
    cost = NetworkObjective(network, "squared_error", rng.standard_normal((30, 2)), rng.standard_normal((30, 1)))
    return cost, network.initialize(rng=rng)


def test_on_a_parabola_the_best_step_is_one_over_the_curvature_and_twice_it_is_no_step_at_all():
    found = line_search(Parabola(4.0), [3.0], 0.1)
    assert found.curvature == pytest.approx(4.0)
    assert found.start == 18.0
    assert found.gradient_norm == 12.0
    assert found.height == pytest.approx(0.5 * 4.0 * (3.0 - 0.1 * 12.0) ** 2)
    assert found.lowest == pytest.approx(0.25, abs=0.002)
    assert found.s[-1] == pytest.approx(1.25 * 0.5)
    assert found.heights == pytest.approx(found.model, rel=1e-6, abs=1e-6)
    assert line_search(Parabola(4.0), [3.0], 0.5).height == pytest.approx(18.0)


def test_heights_are_single_evaluations_downhill_from_here():
    cost, theta = objective()
    found = line_search(cost, theta, 0.3, points=11)
    gradient = cost.value_and_gradient(theta)[1]
    for s, height in zip(found.s, found.heights, strict=True):
        assert height == pytest.approx(float(cost.value(theta - s * gradient)), rel=1e-12)
    assert found.heights[1] < found.start == found.heights[0]
    assert found.height == float(cost.value(theta - 0.3 * gradient))
    assert (found.model[1] - found.model[0]) < 0.0


def test_a_rate_out_of_all_proportion_does_not_hide_the_picture_and_is_no_error():
    cost, theta = objective()
    found = line_search(cost, theta, 1e9)
    assert found.s[-1] == pytest.approx(1.25 * 10.0 * 2.0 / found.curvature)
    assert found.height > 1e6
    assert numpy.isfinite(found.heights).all()
    assert line_search(cost, 1e-3 * theta, 1e300).rate == 1e300


def test_where_the_surface_bends_down_the_rate_alone_sets_the_reach():
    assert line_search(Parabola(-1.0), [1.0], 0.2).s[-1] == pytest.approx(0.25)
    assert line_search(Parabola(-1.0), [1.0], 0.0).s[-1] == 1.0
    assert line_search(Parabola(1.0), [1.0], 0.1, reach=7.0).s[-1] == 7.0


@pytest.mark.parametrize(
    ("theta", "rate", "sentence"),
    [([0.0], 0.1, "the gradient is 0"), ([1e200], 0.1, "not finite"), ([numpy.nan], 0.1, "nan"), ([1.0], -1.0, "rate")],
)
def test_where_there_is_no_way_down_a_sentence_says_so(theta, rate, sentence):
    with numpy.errstate(all="ignore"), pytest.raises(ValueError, match=sentence):
        line_search(Parabola(4.0), theta, rate)
