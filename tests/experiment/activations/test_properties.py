"""The property table against brute force on a fine grid, and against what is known of the functions."""

import math

import numpy
import pytest

from nnviz.engine import ACTIVATIONS
from nnviz.experiment.activations.costs import COUNTED, measure_costs
from nnviz.experiment.activations.function_curve import asymptotes, function_curve
from nnviz.experiment.activations.properties import properties_of
from nnviz.experiment.activations.saturation_zones import saturation_zones, zones_text

ELEMENTWISE = [activation for activation in ACTIVATIONS.values() if activation.elementwise]
VARIANTS = [ACTIVATIONS["leaky_relu"].with_alpha(alpha) for alpha in (0.0, 0.2, 3.0)]
VARIANTS += [ACTIVATIONS["elu"].with_alpha(alpha) for alpha in (0.0, 0.5, 2.0)]
GRID = numpy.linspace(-12.0, 12.0, 480_001)


def name(own) -> str:
    return f"{own.name} {own.alpha}"


@pytest.mark.parametrize("activation", ELEMENTWISE + VARIANTS, ids=name)
def test_range_slope_and_monotony_agree_with_a_fine_grid(activation) -> None:
    f, slope = activation.f(GRID), activation.derivative(GRID)
    found = properties_of(activation)
    assert f.min() >= found.lower - 1e-6
    assert f.max() <= found.upper + 1e-6
    if found.lower_reached:
        assert f.min() == pytest.approx(found.lower, abs=1e-6)
    assert numpy.abs(slope).max() <= found.max_slope + 1e-6
    assert numpy.abs(slope).max() == pytest.approx(found.max_slope, abs=1e-5)
    near = numpy.abs(GRID) < 8.0
    falls = numpy.diff(f[near]).min() < -1e-12
    assert (found.rising == "no") == falls
    assert found.odd == bool(numpy.allclose(f[GRID > 0.0], -f[GRID < 0.0][::-1], atol=1e-12))
    if found.peak is not None and found.peak[0] == found.peak[1] != math.inf:
        assert GRID[numpy.abs(slope).argmax()] == pytest.approx(found.peak[0], abs=2e-3)


@pytest.mark.parametrize("activation", ELEMENTWISE + VARIANTS, ids=name)
def test_flat_zones_are_those_of_a_fine_grid(activation) -> None:
    slope = numpy.abs(activation.derivative(GRID))
    flat = (slope < 0.05 * activation.max_slope) & (activation.max_slope > 0.0)
    inside = numpy.zeros(len(GRID), dtype=bool)
    for low, high in saturation_zones(activation):
        inside |= (low < GRID) & (high > GRID)
    # A place on an edge may be counted to either side.
    assert (inside != flat).sum() <= 2 * len(saturation_zones(activation))


def test_the_numbers_of_the_lecture() -> None:
    sigmoid, tanh, relu, threshold = (
        properties_of(ACTIVATIONS[key]) for key in ("sigmoid", "tanh", "relu", "threshold")
    )
    assert (sigmoid.max_slope, sigmoid.peak, sigmoid.slope_at_zero) == (0.25, (0.0, 0.0), 0.25)
    assert not sigmoid.odd
    assert (tanh.max_slope, tanh.peak, tanh.slope_at_zero, tanh.odd) == (1.0, (0.0, 0.0), 1.0, True)
    assert (relu.dead, relu.peak, relu.corner, relu.slope_at_zero) == ((-math.inf, 0.0), (0.0, math.inf), "kink", 0.0)
    assert (relu.rising, relu.lower_reached) == ("weakly", True)
    assert (threshold.dead, threshold.peak, threshold.corner) == ((-math.inf, math.inf), None, "jump")
    assert threshold.two_valued
    assert not relu.two_valued


def test_where_the_smooth_rectifiers_are_steepest() -> None:
    assert properties_of(ACTIVATIONS["gelu"]).peak[0] == pytest.approx(math.sqrt(2.0), abs=1e-5)
    assert properties_of(ACTIVATIONS["silu"]).peak[0] == pytest.approx(2.3994, abs=1e-4)
    assert properties_of(ACTIVATIONS["softplus"]).peak == (math.inf, math.inf)
    assert properties_of(ACTIVATIONS["linear"]).peak == (-math.inf, math.inf)
    assert properties_of(VARIANTS[2]).peak == (-math.inf, 0.0)


def test_only_at_alpha_1_has_elu_no_kink() -> None:
    assert properties_of(ACTIVATIONS["elu"]).corner == "bend"
    assert [properties_of(own).corner for own in VARIANTS[3:]] == ["kink", "kink", "kink"]
    smooth = [own.name for own in ELEMENTWISE if properties_of(own).corner == "none"]
    assert smooth == ["linear", "sigmoid", "tanh", "softplus", "silu", "gelu"]


def test_softmax_has_no_properties_of_one_number() -> None:
    with pytest.raises(ValueError, match="whole layer"):
        properties_of(ACTIVATIONS["softmax"])


def test_the_ends_of_the_flat_zones_solve_the_equation_by_hand() -> None:
    # σ(1 - σ) = 0.05 / 4, and 1 - tanh² = 0.05.
    a = (1.0 + math.sqrt(1.0 - 0.05)) / 2.0
    assert saturation_zones(ACTIVATIONS["sigmoid"])[1][0] == pytest.approx(math.log(a / (1.0 - a)), rel=1e-13)
    assert saturation_zones(ACTIVATIONS["tanh"])[0][1] == pytest.approx(-math.atanh(math.sqrt(0.95)), rel=1e-13)
    assert saturation_zones(ACTIVATIONS["elu"])[0][1] == pytest.approx(math.log(0.05), rel=1e-13)
    assert saturation_zones(ACTIVATIONS["relu"]) == ((-math.inf, 0.0),)
    assert saturation_zones(ACTIVATIONS["threshold"]) == ()


def test_zones_in_words() -> None:
    texts = {own.name: zones_text(saturation_zones(own)) for own in ELEMENTWISE}
    assert texts["sigmoid"] == "|z| > 4.36"
    assert texts["relu"] == "z < 0"
    assert texts["linear"] == "none"
    assert texts["gelu"] == "z < −2.28, −0.903 < z < −0.633"
    assert zones_text(saturation_zones(VARIANTS[2])) == "none"
    assert zones_text(((1.5, math.inf),)) == "z > 1.5"
    assert zones_text(((-math.inf, -1.0), (2.0, math.inf))) == "z < −1, z > 2"


@pytest.mark.parametrize("activation", ELEMENTWISE + VARIANTS, ids=name)
def test_far_out_every_function_lies_on_its_asymptotes(activation) -> None:
    for line, z in zip(asymptotes(activation), (-400.0, 400.0), strict=True):
        assert float(activation.f(z)) == pytest.approx(line.slope * z + line.intercept, abs=1e-6)


def test_a_curve_has_both_sides_of_every_corner_and_a_jump_is_a_gap() -> None:
    curve = function_curve(ACTIVATIONS["threshold"], 3.0)
    gap = numpy.flatnonzero(numpy.isnan(curve.f))
    assert len(gap) == 1
    assert (curve.f[gap[0] - 1], curve.f[gap[0] + 1]) == (0.0, 1.0)
    relu = function_curve(ACTIVATIONS["relu"], 3.0)
    assert (relu.z[0], relu.z[-1]) == (-3.0, 3.0)
    assert numpy.diff(relu.z)[numpy.argmax(numpy.diff(relu.slope))] < 1e-8


def test_costs_are_counted_for_all_and_measured_as_multiples_of_the_reference() -> None:
    assert set(COUNTED) == set(ACTIVATIONS)
    chosen = (ACTIVATIONS["relu"], ACTIVATIONS["tanh"])
    found = measure_costs(chosen, ACTIVATIONS["relu"])
    assert list(found) == ["relu", "tanh"]
    assert all(0.0 < times < math.inf for times in found.values())
