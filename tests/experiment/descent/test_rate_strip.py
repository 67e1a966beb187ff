"""The learning-rate strip: the lecture's factors and verdicts, and 2/λ as the exact border on quadratics."""

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.experiment.descent.rate_strip import VERDICTS, RateStrip, rate_strip
from nnviz.experiment.descent.specification import Descent, RateStripSpec, SurfaceSpec


def strip(surface: SurfaceSpec | str, start: tuple[float, ...], rates: tuple[float, ...], steps: int = 30) -> RateStrip:
    spec = SurfaceSpec("expression", expression=surface) if isinstance(surface, str) else surface
    return rate_strip(Descent(surface=spec, start=start, runners=(), strip=RateStripSpec(rates, steps)))


def verdicts(surface: SurfaceSpec | str, start: tuple[float, ...], *rates: float, steps: int = 30) -> list[str]:
    return [path.verdict for path in strip(surface, start, rates, steps).paths]


def test_the_lectures_three_rates():
    answer = rate_strip(Descent())
    assert [path.factors[0] for path in answer.paths] == pytest.approx([0.9, 0.6, -1.2], rel=1e-15)
    assert [path.verdict for path in answer.paths] == ["slow", "fast", "diverging"]
    assert (answer.smooth_limit, answer.stability_limit, answer.exact) == (0.5, 1.0, True)
    for path in answer.paths:
        expected = 2.0 * path.factors[0] ** numpy.arange(13)
        assert path.positions[:, 0] == pytest.approx(expected, rel=1e-12)
        assert path.values == pytest.approx(expected**2, rel=1e-12)
    assert answer.paths[2].sentence == (
        "α = 1.1, diverging: each step lands further away; each step multiplies the distance by 1 − αf″ = −1.2."
    )


def test_between_one_and_two_over_the_curvature_it_oscillates():
    assert verdicts("x^2", (1.0,), 0.49, 0.51, 0.9, 1.0) == ["fast", "oscillating", "oscillating", "oscillating"]


@settings(deadline=None, max_examples=30)
@given(st.floats(0.01, 100.0), st.floats(0.01, 100.0), st.floats(-1.0, 1.0))
def test_on_a_quadratic_two_over_lambda_parts_converging_from_diverging_exactly(a, b, tilt):
    text = f"{a!r}*x^2 + {b!r}*y^2 + {tilt * min(a, b)!r}*x*y"
    limit = strip(text, (1.0, 0.7), (1.0,)).stability_limit
    below, above = strip(text, (1.0, 0.7), (limit * (1 - 1e-6), limit * (1 + 1e-6))).paths
    assert below.verdict == "oscillating"
    assert above.verdict == "diverging"
    # And so it is: after enough steps the cost is lower, or higher and ever higher.
    calm, wild = strip(text, (1.0, 0.7), (limit * 0.97, limit * 1.05), 400).paths
    assert calm.values[-1] < 1e-3 * calm.values[0]
    assert not wild.values[-1] < 1e3 * wild.values[0]


def test_a_direction_in_which_there_is_no_way_to_go_does_not_count():
    surface = SurfaceSpec("ravine", {"condition": 100.0})
    assert verdicts(surface, (1.0, 0.0), 0.5) == ["fast"]
    assert verdicts(surface, (1.0, 1e-3), 0.5) == ["diverging"]
    assert verdicts(surface, (0.0, 0.0), 0.5) == ["resting"]


@pytest.mark.parametrize(
    ("text", "start", "rate", "verdict"),
    [
        ("x^4/4 - x^2/2", (1.5,), 0.01, "slow"),
        ("x^4/4 - x^2/2", (1.5,), 0.2, "fast"),
        ("x^4/4 - x^2/2", (1.2,), 0.85, "oscillating"),
        ("x^4/4 - x^2/2", (1.5,), 5.0, "diverging"),
        ("abs(x)", (1.03,), 0.5, "oscillating"),
        ("log(x)", (0.5,), 0.5, "undefined"),
        ("log(x)", (-1.0,), 0.5, "undefined"),
        ("-exp(x)", (0.0,), 0.1, "diverging"),
        ("x^3 - 9*x", (4.0,), 0.2, "diverging"),
        ("1 - exp(-x^2/2)", (4.0,), 0.1, "slow"),
        ("cos(x)", (0.0,), 0.1, "resting"),
        ("0*abs(x)", (0.5,), 0.1, "resting"),
        ("x^4", (1.0,), 1e9, "diverging"),
        ("sin(x) + x/2", (0.1,), 0.001, "slow"),
    ],
)
def test_elsewhere_the_path_decides(text, start, rate, verdict):
    answer = strip(text, start, (rate,))
    assert not answer.exact
    assert answer.paths[0].verdict == verdict
    assert answer.paths[0].verdict in VERDICTS
    assert answer.paths[0].sentence.startswith("α = ")


def test_it_is_diverging_to_end_higher_outside_the_domain():
    surface = SurfaceSpec("expression", expression="cos(x) - x^2/100 + y^4*0", domain=((-1.0, 1.0), (-1.0, 1.0)))
    rising = SurfaceSpec("expression", expression="max(x, -2*x)", domain=((-1.0, 1.0),))
    assert verdicts(surface, (0.5, 0.0), 1.0) != ["undefined"]
    assert verdicts(rising, (0.9,), 4.0, steps=1) == ["diverging"]


def test_both_eigenvalues_are_told_and_where_there_is_no_curvature_there_is_no_limit():
    answer = strip(SurfaceSpec("ravine", {"condition": 20.0}), (1.0, 1.0), (0.05,))
    assert answer.eigenvalues == pytest.approx([1.0, 20.0])
    assert answer.paths[0].factors == pytest.approx([0.95, 0.0])
    assert "1 − αλ = (0.95, 0)" in answer.paths[0].sentence
    assert strip("abs(x)", (1.0,), (0.1,)).stability_limit == numpy.inf
    undefined = strip("log(x)", (-1.0,), (0.1,))
    assert numpy.isnan(undefined.eigenvalues).all()
    assert undefined.stability_limit == numpy.inf
    assert "multiplies" not in undefined.paths[0].sentence
    assert "near the start" in strip("x^4", (1.0,), (0.01,)).paths[0].sentence


def test_the_verdict_of_a_path_agrees_with_the_factors_where_both_hold():
    # x² typed so that it is not seen to be a quadratic.
    hidden = "x^2 + 0*max(x, 1)"
    for rate in (0.05, 0.2, 0.7, 1.1):
        assert verdicts(hidden, (2.0,), rate, steps=60) == verdicts("x^2", (2.0,), rate, steps=60)


def test_where_nothing_bends_no_factor_is_claimed_and_on_undefined_ground_no_step():
    straight = strip("abs(x)", (2.0,), (0.2,)).paths[0].sentence
    assert "multiplies" not in straight
    assert "does not bend at the start" in straight
    assert "undefined at the start" in strip("1/x", (0.0,), (0.2,)).paths[0].sentence
    assert "undefined at the start" not in strip("log(x)", (1.0,), (1.1,)).paths[0].sentence
