"""One unit's arithmetic, and the sentence of the lecture's first example."""

import math

import numpy
import pytest

from nnviz.engine import ACTIVATIONS, Network
from nnviz.experiment.neuron.firing import activation_curve, fire
from nnviz.experiment.neuron.specification import UNIT_ACTIVATIONS, ThresholdUnit, UnitSpec
from nnviz.experiment.neuron.sums import total
from nnviz.experiment.specification import DrawnPoint


def test_the_default_neuron_sums_to_0_45_and_fires_at_0_6106() -> None:
    firing = fire(UnitSpec())
    assert firing.z == pytest.approx(0.45, abs=1e-15)
    assert firing.a == pytest.approx(1.0 / (1.0 + math.exp(-0.45)), abs=1e-15)
    assert round(firing.a, 4) == 0.6106
    assert firing.products == pytest.approx([0.21, 0.09, -0.05])


@pytest.mark.parametrize("name", UNIT_ACTIVATIONS)
def test_a_unit_answers_as_the_engine_s_network_of_one_unit(name: str) -> None:
    unit = UnitSpec(x=(0.5, -1.25), w=(0.75, 0.5), b=-0.125, activation=name)
    theta = numpy.array([*unit.w, unit.b])
    expected = Network((2, 1), (name,)).predict(theta, numpy.array([unit.x]))[0, 0]
    assert fire(unit).a == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize("name", [name for name in UNIT_ACTIVATIONS if name != "threshold"])
def test_the_slope_is_the_derivative_that_differences_find(name: str) -> None:
    unit, h = UnitSpec(x=(1.0,), w=(0.7,), b=0.3, activation=name), 1e-6
    ahead, behind = (fire(UnitSpec(x=(1.0,), w=(0.7,), b=0.3 + step, activation=name)).a for step in (h, -h))
    assert fire(unit).slope == pytest.approx((ahead - behind) / (2.0 * h), abs=1e-8)


def test_alpha_bends_the_unit() -> None:
    assert fire(UnitSpec(x=(1.0,), w=(-2.0,), b=0.0, activation="leaky_relu", alpha=0.25)).a == -0.5


def test_a_threshold_does_not_fire_on_rounding() -> None:
    assert 0.1 + 0.2 - 0.3 > 0.0
    assert total([0.1, 0.2, -0.3]) == 0.0
    assert fire(UnitSpec(x=(1.0, 1.0), w=(0.1, 0.2), b=-0.3, activation="threshold")).a == 0.0
    assert total([1.0, 1e-14, -1.0]) == pytest.approx(1e-14)


def test_the_curve_holds_z_and_its_tangent_touches_there() -> None:
    unit = UnitSpec(x=(1.0,), w=(8.0,), b=0.0)
    firing = fire(unit)
    curve = activation_curve(unit, firing)
    assert curve.z[0] < firing.z < curve.z[-1]
    across = (firing.z - curve.z[0]) / (curve.z[-1] - curve.z[0])
    assert curve.tangent[0] + across * (curve.tangent[1] - curve.tangent[0]) == pytest.approx(firing.a)


def test_the_threshold_s_curve_has_a_gap_where_it_jumps() -> None:
    unit = UnitSpec(activation="threshold")
    curve = activation_curve(unit, fire(unit))
    assert numpy.isnan(curve.f).sum() == 1
    assert set(curve.f[numpy.isfinite(curve.f)]) == {0.0, 1.0}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"x": (1.0, 2.0)}, "3 weights for 2 inputs"),
        ({"names": ("one",)}, "1 names for 3 inputs"),
        ({"activation": "softmax"}, "'softmax' is not for one unit"),
        ({"alpha": 0.5}, "alpha: .*sigmoid has no alpha"),
        ({"points": (DrawnPoint((1.0,), 0.0),)}, "two inputs and a class"),
        ({"points": (DrawnPoint((1.0, 2.0), 0.5),)}, "two inputs and a class"),
    ],
)
def test_a_unit_whose_parts_do_not_fit_is_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        UnitSpec(**wrong)  # type: ignore[arg-type]


def test_all_elementwise_activations_are_offered() -> None:
    assert set(UNIT_ACTIVATIONS) == set(ACTIVATIONS) - {"softmax"}
    assert ThresholdUnit().w == (0.0, 0.0)
