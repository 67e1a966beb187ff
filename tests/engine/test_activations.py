"""Activation functions against closed forms of the standard library, finite differences and PyTorch."""

import math

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import ACTIVATIONS

Z = numpy.linspace(-12.0, 12.0, 2401)
KINKED = ("threshold", "relu", "leaky_relu", "elu")


def logistic(z: float) -> float:
    return 1.0 / (1.0 + math.exp(-z)) if z >= 0 else math.exp(z) / (1.0 + math.exp(z))


ORACLES = {
    "linear": lambda z: z,
    "threshold": lambda z: 1.0 if z > 0 else 0.0,
    "sigmoid": logistic,
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "elu": lambda z: z if z > 0 else math.expm1(z),
    "softplus": lambda z: max(z, 0.0) + math.log1p(math.exp(-abs(z))),
    "silu": lambda z: z * logistic(z),
    "gelu": lambda z: 0.5 * z * math.erfc(-z / math.sqrt(2.0)),
}
ELEMENTWISE = sorted(ORACLES)


def test_the_registry_holds_what_was_promised_under_its_own_names():
    assert list(ACTIVATIONS) == [
        "linear", "threshold", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus", "silu", "gelu", "softmax"
    ]  # fmt: skip
    assert all(name == record.name for name, record in ACTIVATIONS.items())


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_values_agree_with_the_standard_library(name):
    expected = [ORACLES[name](float(z)) for z in Z]
    assert numpy.allclose(ACTIVATIONS[name].f(Z), expected, rtol=1e-14, atol=1e-15)


def test_gelu_is_exact_to_rounding_where_the_weight_of_rounding_is_one():
    z = numpy.linspace(-38.0, 8.0, 20001)
    erf = [0.5 * v * (1.0 + math.erf(v / math.sqrt(2.0))) for v in z]
    assert numpy.max(numpy.abs(ACTIVATIONS["gelu"].f(z) - erf) / numpy.maximum(1.0, numpy.abs(z))) <= 1e-15


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_derivatives_agree_with_central_differences(name):
    activation, h = ACTIVATIONS[name], 1e-6
    z = Z[numpy.abs(Z) > 1e-3] if name in KINKED else Z
    numerical = (activation.f(z + h) - activation.f(z - h)) / (2 * h)
    assert numpy.max(numpy.abs(activation.derivative(z) - numerical)) < 2e-8


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_second_derivatives_agree_with_central_differences_of_the_first(name):
    activation, h = ACTIVATIONS[name], 1e-6
    z = Z[numpy.abs(Z) > 1e-3] if name in KINKED else Z
    numerical = (activation.derivative(z + h) - activation.derivative(z - h)) / (2 * h)
    assert numpy.max(numpy.abs(activation.second_derivative(z) - numerical)) < 2e-8


def test_at_a_corner_the_second_derivative_is_that_of_the_piece_below():
    at_zero = {name: float(ACTIVATIONS[name].second_derivative(0.0)) for name in KINKED}
    assert at_zero == {"threshold": 0.0, "relu": 0.0, "leaky_relu": 0.0, "elu": 1.0}
    assert ACTIVATIONS["elu"].with_alpha(2.0).second_derivative([-1.0, 1.0]).tolist() == [2.0 * math.exp(-1.0), 0.0]


def test_softmax_bends_by_its_own_z_as_by_central_differences():
    z, h = numpy.array([[0.3, -1.0, 2.0], [5.0, 5.0, -3.0]]), 1e-6
    softmax = ACTIVATIONS["softmax"]
    for k, shift in enumerate(h * numpy.eye(3)):
        numerical = (softmax.derivative(z + shift) - softmax.derivative(z - shift))[:, k] / (2 * h)
        assert numpy.allclose(softmax.second_derivative(z)[:, k], numerical, atol=1e-9)


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_the_largest_slope_and_the_limits_are_those_recorded(name):
    activation = ACTIVATIONS[name]
    if activation.elementwise:
        fine = numpy.linspace(-40.0, 40.0, 400_001)
        assert numpy.max(numpy.abs(activation.derivative(fine))) == pytest.approx(activation.max_slope, abs=1e-7)
        values = activation.f(fine)
        assert activation.lower - 1e-7 <= values.min()
        assert values.max() <= activation.upper
        if math.isfinite(activation.lower):
            assert values.min() == pytest.approx(activation.lower, abs=1e-7)


def test_sigmoid_has_its_largest_slope_a_quarter_at_zero():
    sigmoid = ACTIVATIONS["sigmoid"]
    slope = sigmoid.derivative(numpy.linspace(-5, 5, 1001))
    assert slope.max() == 0.25
    assert slope.argmax() == 500
    assert numpy.allclose(slope, sigmoid.f(numpy.linspace(-5, 5, 1001)) * (1 - sigmoid.f(numpy.linspace(-5, 5, 1001))))


def test_tanh_is_a_shifted_and_scaled_sigmoid():
    shifted = 2.0 * ACTIVATIONS["sigmoid"].f(2.0 * Z) - 1.0
    assert numpy.max(numpy.abs(ACTIVATIONS["tanh"].f(Z) - shifted)) <= 1e-15
    assert ACTIVATIONS["tanh"].derivative(0.0) == 1.0


def test_relu_has_no_slope_at_zero_and_threshold_nowhere():
    assert ACTIVATIONS["relu"].derivative([-1.0, -0.0, 0.0, 1e-300, 2.0]).tolist() == [0, 0, 0, 1, 1]
    assert ACTIVATIONS["threshold"].f([-1.0, 0.0, 1e-300]).tolist() == [0, 0, 1]
    assert not ACTIVATIONS["threshold"].derivative(Z).any()


def test_softmax_rows_are_probabilities_whatever_is_added_to_a_row():
    z = numpy.random.default_rng(0).normal(0, 3, (4, 7, 5))
    a = ACTIVATIONS["softmax"].f(z)
    assert numpy.allclose(a.sum(axis=-1), 1.0, atol=1e-15)
    assert numpy.allclose(a, numpy.exp(z) / numpy.exp(z).sum(axis=-1, keepdims=True), rtol=1e-13)
    assert numpy.allclose(ACTIVATIONS["softmax"].f(z + 1e4), a, rtol=1e-9)
    assert numpy.allclose(ACTIVATIONS["softmax"].derivative(z), a * (1 - a))


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
@given(z=st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=6))
def test_large_numbers_stay_finite_and_warn_of_nothing(name, z):
    assert numpy.isfinite(ACTIVATIONS[name].f(z)).all()
    assert numpy.isfinite(ACTIVATIONS[name].derivative(z)).all()
    assert numpy.isfinite(ACTIVATIONS[name].second_derivative(z)).all()


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_what_is_not_a_number_stays_so(name):
    assert numpy.isnan(ACTIVATIONS[name].f([numpy.nan, numpy.nan])).all()


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_arguments_are_left_alone(name):
    z = numpy.linspace(-2, 2, 5)
    before = z.copy()
    ACTIVATIONS[name].f(z)
    ACTIVATIONS[name].derivative(z)
    ACTIVATIONS[name].second_derivative(z)
    assert numpy.array_equal(z, before)


def test_alpha_is_the_slope_of_leaky_relu_and_the_depth_of_elu():
    leaky = ACTIVATIONS["leaky_relu"].with_alpha(0.2)
    assert leaky.f([-1.0, 0.0, 3.0]).tolist() == [-0.2, 0.0, 3.0]
    assert leaky.derivative([-1.0, 3.0]).tolist() == [0.2, 1.0]
    elu = ACTIVATIONS["elu"].with_alpha(2.0)
    assert elu.f(-50.0) == pytest.approx(-2.0)
    assert elu.derivative(-1.0) == pytest.approx(2.0 * math.exp(-1.0))
    assert (elu.lower, elu.max_slope) == (-2.0, 2.0)
    assert ACTIVATIONS["leaky_relu"].with_alpha(3.0).max_slope == 3.0
    assert ACTIVATIONS["leaky_relu"].with_alpha(None) is ACTIVATIONS["leaky_relu"]


@pytest.mark.parametrize("name", ["leaky_relu", "elu"])
def test_with_alpha_0_a_unit_can_die_as_with_relu(name):
    rectifier = ACTIVATIONS[name].with_alpha(0.0)
    assert rectifier.rectifier
    assert numpy.array_equal(rectifier.f(Z), ACTIVATIONS["relu"].f(Z))


def test_alpha_is_refused_where_there_is_none_and_out_of_range():
    with pytest.raises(ValueError, match=r"alpha is 0\.5; tanh has no alpha, only leaky_relu and elu have one"):
        ACTIVATIONS["tanh"].with_alpha(0.5)
    for alpha in (-0.1, 11.0, math.nan, math.inf):
        with pytest.raises(ValueError, match=f"alpha is {alpha}; expected a number from 0 to 10"):
            ACTIVATIONS["elu"].with_alpha(alpha)


@pytest.mark.parametrize("name", [name for name in ELEMENTWISE if name != "threshold"])
def test_pytorch_has_the_same_functions_and_slopes(name):
    torch = pytest.importorskip("torch")
    functional = torch.nn.functional
    theirs = {"linear": lambda z: z * 1.0, "sigmoid": torch.sigmoid, "tanh": torch.tanh}.get(name) or getattr(
        functional, name
    )
    z = torch.tensor(Z, requires_grad=True)
    a = theirs(z)
    a.sum().backward()
    assert numpy.allclose(ACTIVATIONS[name].f(Z), a.detach().numpy(), rtol=1e-13, atol=1e-14)
    assert numpy.allclose(ACTIVATIONS[name].derivative(Z), z.grad.numpy(), rtol=1e-12, atol=1e-14)


def test_the_slope_of_silu_is_one_far_out():
    z = numpy.array([1e3, 1e15, 1e16, 1e17, 1e300])
    assert ACTIVATIONS["silu"].derivative(z).tolist() == [1.0] * 5
    assert numpy.allclose(ACTIVATIONS["silu"].derivative(-z), 0.0, atol=1e-300)


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_far_out_every_function_is_straight(name):
    assert numpy.abs(ACTIVATIONS[name].second_derivative([[1e300, -1e300]])).max() == 0.0
