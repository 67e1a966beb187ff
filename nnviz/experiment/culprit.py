"""Who makes the gradient of layer 1 so much smaller or larger than the output layer's: slopes, weights or inputs.

∂J/∂W_l is made of the layer's inputs a_{l-1} and of δ_l. What δ loses on its way back the ledger divides between the
weights and the slopes f'; what remains of the ratio is that layer 1's inputs have another size than the output layer's.
The three add up to the whole.
"""

import math

import numpy

from nnviz.engine.ledger import ledger
from nnviz.experiment.evidence import Evidence

GATES, WEIGHTS, INPUTS = "gates", "weights", "inputs"
SAID = 0.5
"""Inputs that make up fewer decades than this are not worth a word."""


def first_over_last(e: Evidence) -> float:
    """log10 of RMS dJ/dW of layer 1 over that of the output layer; nan before the first step or with one layer."""
    gradient = e.recent("gradient_W_rms")
    if e.moment.step == 0 or len(gradient) < 2:
        return math.nan
    with numpy.errstate(all="ignore"):
        return float(numpy.log10(gradient[0] / gradient[-1]))


def culprits(e: Evidence, ratio: float) -> dict[str, float]:
    """Decades that each part adds to the ratio, the one that does most for it first."""
    ways = ledger(e.recent("delta_rms"), e.recent("signal_before_gate"))
    gates, weights = float(numpy.sum(ways.activations)), float(numpy.sum(ways.weights))
    parts = {GATES: gates, WEIGHTS: weights, INPUTS: ratio - gates - weights}
    return dict(sorted(parts.items(), key=lambda part: part[1], reverse=ratio > 0.0))


def in_words(e: Evidence, parts: dict[str, float]) -> str:
    """The parts with their decades, in their order."""
    if not all(math.isfinite(value) for value in parts.values()):
        return "on the way nothing at all is left of it"
    labels = {activation.label for activation in e.job.problem.network.activations[:-1]}
    names = {
        GATES: f"{labels.pop()}′" if len(labels) == 1 else "the activations' slope",
        WEIGHTS: "weights",
        INPUTS: "the size of the layers' inputs",
    }
    said = [name for name in parts if name != INPUTS or abs(parts[name]) >= SAID]
    words = [f"{names[name]} {_does(name, parts[name])} {abs(parts[name]):.1f}" for name in said]
    return f"{words[0]} decades, {' and '.join(words[1:])}"


def power(exponent: float) -> str:
    """10 to a power, as 7.1×10⁻⁶; 0 where there is nothing."""
    if exponent == -math.inf:
        return "nothing (0)"
    mantissa, _, whole = f"{10.0 ** (exponent - math.floor(exponent)):.1e}".partition("e")
    digits = str(math.floor(exponent) + int(whole)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{mantissa}×10{digits}"


def _does(name: str, decades: float) -> str:
    several = name == WEIGHTS
    if decades < 0.0:
        return "cost" if several else "costs"
    return "add" if several else "adds"
