"""What becomes of a distribution: against closed forms, and against a million samples."""

import math
from itertools import pairwise

import numpy
import pytest

from nnviz.engine import ACTIVATIONS
from nnviz.engine.diagnostics import saturated
from nnviz.experiment.activations.inputs import cells, density, ends, quadrature, share_below, share_between
from nnviz.experiment.activations.passage import output_density, passage
from nnviz.experiment.activations.signal import signal_through
from nnviz.experiment.activations.specification import InputSpec

ELEMENTWISE = [activation for activation in ACTIVATIONS.values() if activation.elementwise]
SAMPLES = 400_000
INPUTS = [InputSpec("normal", 0.0, 1.0), InputSpec("normal", 0.7, 3.0), InputSpec("uniform", -0.4, 2.0)]


def drawn(inputs: InputSpec, seed: int = 0) -> numpy.ndarray:
    rng = numpy.random.default_rng(seed)
    if inputs.kind == "normal":
        return rng.normal(inputs.mean, inputs.width, SAMPLES)
    half = math.sqrt(3.0) * inputs.width
    return rng.uniform(inputs.mean - half, inputs.mean + half, SAMPLES)


@pytest.mark.parametrize("inputs", INPUTS, ids=str)
@pytest.mark.parametrize("activation", ELEMENTWISE, ids=lambda own: own.name)
def test_all_numbers_agree_with_samples(activation, inputs) -> None:
    z = drawn(inputs)
    f, slope = activation.f(z), activation.derivative(z)
    found = passage(activation, inputs)
    spread = 5.0 / math.sqrt(SAMPLES)  # five standard errors

    assert found.mean == pytest.approx(f.mean(), abs=spread * (f.std() + 1e-9))
    assert found.std == pytest.approx(f.std(), rel=0.01)
    assert found.gate == pytest.approx(slope.mean(), abs=spread * (slope.std() + 1e-9))
    assert found.gate_size == pytest.approx(numpy.abs(slope).mean(), abs=spread * (slope.std() + 1e-9))
    assert found.gate_rms == pytest.approx(math.sqrt((slope**2).mean()), abs=0.01)
    assert found.zero == pytest.approx((f == 0.0).mean(), abs=spread)
    if activation.max_slope:
        assert found.saturated == pytest.approx(saturated(activation, z, f).mean(), abs=spread)
    else:
        assert math.isnan(found.saturated)


@pytest.mark.parametrize("width", [0.01, 1.0, 30.0])
def test_relu_of_a_centred_normal_has_the_known_mean_spread_and_half_zeros(width: float) -> None:
    found = passage(ACTIVATIONS["relu"], InputSpec("normal", 0.0, width))
    assert found.mean == pytest.approx(width / math.sqrt(2.0 * math.pi), rel=1e-12)
    assert found.std == pytest.approx(width * math.sqrt(0.5 - 0.5 / math.pi), rel=1e-12)
    assert found.zero == 0.5
    assert found.gate == pytest.approx(0.5, rel=1e-12)
    assert found.gate_rms == pytest.approx(math.sqrt(0.5), rel=1e-12)


def test_a_normal_goes_through_gelu_as_steins_lemma_says() -> None:
    # E[z Φ(z)] = E[φ(z)] = 1 / (2 sqrt π) for a standard normal.
    found = passage(ACTIVATIONS["gelu"], InputSpec("normal", 0.0, 1.0))
    assert found.mean == pytest.approx(0.5 / math.sqrt(math.pi), rel=1e-12)


def test_the_gate_of_a_uniform_input_is_the_difference_of_f_at_its_ends() -> None:
    inputs = InputSpec("uniform", 0.5, 2.0)
    low, high = ends(inputs)
    for activation in ELEMENTWISE:
        if activation.name != "threshold":
            f = activation.f([low, high])
            assert passage(activation, inputs).gate == pytest.approx((f[1] - f[0]) / (high - low), rel=1e-11)


def test_a_wide_input_saturates_the_sigmoid_and_shuts_its_gate() -> None:
    narrow, wide = (passage(ACTIVATIONS["sigmoid"], InputSpec("normal", 0.0, width)) for width in (0.5, 50.0))
    assert narrow.saturated < 1e-6
    assert wide.saturated > 0.9
    assert wide.gate < 0.01
    assert wide.std == pytest.approx(0.5, abs=0.02)


def test_the_linear_function_changes_nothing() -> None:
    found = passage(ACTIVATIONS["linear"], InputSpec("normal", -2.0, 3.0))
    assert (found.mean, found.std) == (pytest.approx(-2.0, rel=1e-13), pytest.approx(3.0, rel=1e-13))
    assert (found.saturated, found.gate, found.zero) == (0.0, pytest.approx(1.0), 0.0)


@pytest.mark.parametrize("inputs", INPUTS, ids=str)
def test_shares_and_weights_are_those_of_one_distribution(inputs: InputSpec) -> None:
    rule, (edges, shares) = quadrature(inputs), cells(inputs, 500)
    low, high = ends(inputs)
    assert rule.weights.sum() == pytest.approx(1.0, abs=1e-12)
    assert rule.mean(rule.z) == pytest.approx(inputs.mean, abs=1e-12)
    assert rule.mean((rule.z - inputs.mean) ** 2) == pytest.approx(inputs.width**2, rel=1e-12)
    assert share_between(inputs, low - 1.0, high + 1.0) == pytest.approx(1.0, abs=1e-15)
    assert 0.0 in edges
    exact = [share_between(inputs, *cell) for cell in pairwise(edges)]
    assert shares == pytest.approx(exact, abs=1e-5)
    z = numpy.linspace(low, inputs.mean + 0.3, 100_001)
    assert numpy.trapezoid(density(inputs, z), z) == pytest.approx(share_below(inputs, z[-1]), abs=1e-6)


@pytest.mark.parametrize("inputs", INPUTS, ids=str)
@pytest.mark.parametrize("activation", ELEMENTWISE, ids=lambda own: own.name)
def test_the_output_density_is_the_histogram_of_samples(activation, inputs) -> None:
    low, high = signal_through(activation, inputs).a_range
    found = output_density(activation, inputs, low, high)
    f = activation.f(drawn(inputs))
    single = numpy.isin(f, [a for a, _ in found.atoms])
    counts = numpy.histogram(f[~single], bins=found.edges)[0] / SAMPLES
    step = found.edges[1] - found.edges[0]
    assert found.density * step == pytest.approx(counts, abs=0.004)
    for a, share in found.atoms:
        assert share == pytest.approx((f == a).mean(), abs=0.004)


def test_the_sigmoids_output_density_is_the_one_of_the_change_of_variables() -> None:
    found = output_density(ACTIVATIONS["sigmoid"], InputSpec("normal", 0.0, 1.0), 0.0, 1.0)
    a = (found.edges[:-1] + found.edges[1:]) / 2.0
    z = numpy.log(a / (1.0 - a))
    exact = numpy.exp(-0.5 * z**2) / math.sqrt(2.0 * math.pi) / (a * (1.0 - a))
    assert found.density == pytest.approx(exact, abs=0.01)


def test_the_picture_of_a_bounded_function_shows_its_whole_range_and_a_jump_as_a_gap() -> None:
    signal = signal_through(ACTIVATIONS["threshold"], InputSpec("normal", 0.0, 1.0))
    assert signal.z_range == (-4.0, 4.0)
    assert signal.a_range[0] < 0.0 < 1.0 < signal.a_range[1]
    assert numpy.isnan(signal.curve.f).sum() == 1
    assert signal.outputs.atoms == ((0.0, 0.5), (1.0, 0.5))


def test_inputs_that_never_reach_the_corner_leave_no_single_values() -> None:
    signal = signal_through(ACTIVATIONS["relu"], InputSpec("uniform", 5.0, 1.0))
    assert signal.outputs.atoms == ()
    assert signal.numbers.zero == 0.0
    assert signal.a_range[0] < 0.0 < 9.0 <= signal.a_range[1]
