"""The arithmetic written out, as text and as LaTeX."""

from nnviz.experiment.neuron.firing import fire
from nnviz.experiment.neuron.specification import UnitSpec
from nnviz.ui.plots.neuron.arithmetic_text import latex, pieces, sentence


def test_the_default_neuron_reads_as_in_the_lecture() -> None:
    unit = UnitSpec()
    assert sentence(unit, fire(unit)) == "0.7·0.3 + 0.9·0.1 + 0.5·(−0.1) + 0.2 = 0.45 → σ(0.45) = 0.6106"


def test_negative_factors_are_in_parentheses_and_a_negative_bias_is_subtracted() -> None:
    unit = UnitSpec(x=(-2.0,), w=(-1.5,), b=-0.5, activation="relu")
    assert sentence(unit, fire(unit)) == "(−2)·(−1.5) − 0.5 = 2.5 → ReLU(2.5) = 2.5"
    unit = UnitSpec(x=(1.0,), w=(1.0,), b=0.0, activation="threshold")
    assert sentence(unit, fire(unit)) == "1·1 + 0 = 1 → step(1) = 1"


def test_products_have_the_colour_of_their_sign() -> None:
    unit = UnitSpec(x=(1.0, 1.0, 0.0), w=(2.0, -2.0, 5.0), b=0.0)
    tones = [piece.tone for piece in pieces(unit, fire(unit)) if "·" in piece.text]
    assert tones == ["positive", "negative", ""]


def test_latex_has_no_signs_that_latex_does_not_know() -> None:
    unit = UnitSpec(x=(1e-6, -2.0), w=(-0.5, 12345.0), b=-0.25, activation="leaky_relu")
    text = latex(unit, fire(unit))
    assert text.isascii()
    assert r"1.000 \times 10^{-6} \cdot (-0.5) + (-2) \cdot 12{,}345 - 0.25" in text
    assert r"\mathrm{leaky ReLU}" in text
    default = UnitSpec()
    assert latex(default, fire(default)).endswith(r"a = \sigma(0.45) = 0.6106")
