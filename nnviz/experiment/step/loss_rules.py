"""The loss of one example and the delta of its outputs, with the numbers put in."""

import math

import numpy
from numpy.typing import NDArray

from nnviz.engine.activations import Activation
from nnviz.engine.losses import CLIP, Loss
from nnviz.experiment.step.formula import Line, Words, delta, derivative, output, pre_activation, target, words
from nnviz.experiment.step.nodes import LnOnePlus, Negative, Node, Number, Power, Product, Quotient, Sum, exp, ln, size
from nnviz.experiment.step.unit_rules import LARGE, ONE, Rule, slope_rule

Floats = NDArray[numpy.float64]
Indices = NDArray[numpy.intp]

LOSS = words("ℓ", r"\ell")
_ALL_SLOPES = r"\sum_j \hat{y}_j \frac{\partial \ell}{\partial \hat{y}_j}"
SURE = 1e-5
"""Nearer to 0 or 1 than this an output has lost the digits that its logarithm needs; it is written by z instead."""


def loss_line(loss: Loss, activation: Activation, z: Floats, a: Floats, y: Floats, value: float) -> Line:
    """ℓ of one example with the outputs a = f(z) and targets y, (K,) each; value: the engine's."""
    rule, numbers = LOSS_RULES[loss.name](activation.name if activation.name in loss.exact else "", z, a, y)
    return Line(LOSS, rule, numbers, value)


def _squared(_exact: str, _z: Floats, a: Floats, y: Floats) -> Rule:
    terms = [Power(_difference(p, t), 2) for p, t in zip(a, y, strict=True)]
    rule = _over_outputs(len(a), Words("½·(ŷ − y)²", r"\tfrac{1}{2}(\hat{y} - y)^2"),
                         Words("½·Σₖ (ŷₖ − yₖ)²", r"\tfrac{1}{2}\sum_k (\hat{y}_k - y_k)^2"))  # fmt: skip
    return rule, Product([Number(0.5), Sum(terms) if len(terms) > 1 else terms[0]])


def _absolute(_exact: str, _z: Floats, a: Floats, y: Floats) -> Rule:
    rule = _over_outputs(len(a), Words("abs(ŷ − y)", r"|\hat{y} - y|"),
                         Words("Σₖ abs(ŷₖ − yₖ)", r"\sum_k |\hat{y}_k - y_k|"))  # fmt: skip
    return rule, Sum([size(_difference(p, t)) for p, t in zip(a, y, strict=True)])


def _binary(exact: str, z: Floats, a: Floats, y: Floats) -> Rule:
    if exact and numpy.any(numpy.minimum(a, 1.0 - a) < SURE):
        # The same number twice: for a z above 0 it is written so that e^z cannot be too large.
        one = Words("ln(1 + exp(z)) − y·z", r"\ln(1 + e^{z}) - y \cdot z")
        if z[0] > 0.0:
            one = Words("(1 − y)·z + ln(1 + exp(−z))", r"(1 - y) \cdot z + \ln(1 + e^{{-}z})")
        many = Words("Σₖ [ln(1 + exp(zₖ)) − yₖ·zₖ]", r"\sum_k [\ln(1 + e^{z_k}) - y_k z_k]")
        rule = _over_outputs(len(a), one, many)
        terms: list[Node] = [node for v, t in zip(z.tolist(), y.tolist(), strict=True) for node in _from_z(v, t)]
        return rule, Sum(terms)
    p = numpy.clip(a, CLIP, 1.0 - CLIP)
    rule = _over_outputs(
        len(a),
        Words("−[y·ln(ŷ) + (1 − y)·ln(1 − ŷ)]", r"{-}[\,y \cdot \ln(\hat{y}) + (1 - y) \cdot \ln(1 - \hat{y})\,]"),
        Words(
            "−Σₖ [yₖ·ln(ŷₖ) + (1 − yₖ)·ln(1 − ŷₖ)]",
            r"{-}\sum_k [\,y_k \ln(\hat{y}_k) + (1 - y_k) \ln(1 - \hat{y}_k)\,]",
        ),
    )
    parts: list[Node] = []
    for v, t in zip(p.tolist(), y.tolist(), strict=True):
        parts += [Product([Number(t), ln(Number(v))]), Product([Number(1.0 - t), ln(Number(1.0 - v))])]
    return rule, Negative(Sum(parts))


def _from_z(z: float, y: float) -> list[Node]:
    # ln(1 + e^z) = z + ln(1 + e^-z), so that e never sees a large number
    if z <= 0.0:
        return [LnOnePlus(exp(Number(z))), Negative(Product([Number(y), Number(z)]))]
    return [Product([Sum([ONE, Negative(Number(y))]), Number(z)]), LnOnePlus(exp(Negative(Number(z))))]


def _categorical(exact: str, z: Floats, a: Floats, y: Floats) -> Rule:
    told = numpy.flatnonzero(y)
    one_hot = len(told) == 1 and y[told[0]] == 1.0
    p = a if exact else numpy.clip(a, CLIP, 1.0 - CLIP)
    rule = Words("−Σₖ yₖ·ln(ŷₖ)", r"{-}\sum_k y_k \ln(\hat{y}_k)")
    if exact and numpy.any((a[told] < SURE) | (a[told] > 1.0 - SURE)):
        return _categorical_from_z(exact, z, y, told)
    if one_hot:
        name = output(1, int(told[0]), 1)
        rule = Words(f"{rule.text} = −ln({name.text})", rf"{rule.latex} = {{-}}\ln({name.latex})")
        return rule, Negative(ln(Number(float(p[told[0]]))))
    return rule, Negative(Sum([Product([Number(float(y[k])), ln(Number(float(p[k])))]) for k in told] or [Number(0.0)]))


def _categorical_from_z(exact: str, z: Floats, y: Floats, told: Indices) -> Rule:
    """−ln ŷₖ = ln(1 + Σ exp(zⱼ − zₖ)), over the other outputs j; of a sigmoid ln(1 + exp(−zₖ))."""
    terms: list[Node] = []
    for k in told.tolist():
        others = [-float(z[k])] if exact == "sigmoid" else [float(v - z[k]) for v in numpy.delete(z, k)]
        # Where exp is more than a number can hold, the logarithm undoes it.
        largest = max(others)
        if largest > LARGE:
            grown = Number(largest), ln(Sum([exp(Number(v - largest)) for v in [*others, 0.0]]))
            terms.append(Product([Number(float(y[k])), Sum(grown)]))
        else:
            powers = [exp(Number(v)) for v in others]
            terms.append(Product([Number(float(y[k])), LnOnePlus(Sum(powers) if len(powers) > 1 else powers[0])]))
    if exact == "sigmoid":
        rule = Words("Σₖ yₖ·ln(1 + exp(−zₖ))", r"\sum_k y_k \ln(1 + e^{{-}z_k})")
    else:
        rule = Words("Σₖ yₖ·ln(1 + Σⱼ exp(zⱼ − zₖ))", r"\sum_k y_k \ln(1 + \sum_{j \neq k} e^{z_j - z_k})")
    plain = Words("−Σₖ yₖ·ln(ŷₖ)", r"{-}\sum_k y_k \ln(\hat{y}_k)")
    return Words(f"{plain.text} = {rule.text}", f"{plain.latex} = {rule.latex}"), Sum(terms)


LOSS_RULES = {
    "squared_error": _squared,
    "absolute_error": _absolute,
    "binary_cross_entropy": _binary,
    "categorical_cross_entropy": _categorical,
}


def delta_lines(
    loss: Loss, activation: Activation, place: tuple[int, int], z: Floats, a: Floats, y: Floats, value: float
) -> list[Line]:
    """δ of output k for one example; place: (L, k). z, a, y: (K,). value: the engine's."""
    depth, k = place
    left, hat, wanted = delta(depth, k), output(depth, k, depth), target(k)
    p, t = float(a[k]), float(y[k])
    if activation.name in loss.exact:
        total = float(numpy.sum(y))
        if loss.name == "categorical_cross_entropy" and activation.name == "sigmoid":
            rule = Words(f"({hat.text} − 1)·{wanted.text}", rf"({hat.latex} - 1) \cdot {wanted.latex}")
            return [Line(left, rule, Product([_difference(p, 1.0), Number(t)]), value)]
        if loss.name == "categorical_cross_entropy" and total != 1.0:
            rule = Words(f"{hat.text}·Σⱼ yⱼ − {wanted.text}", rf"{hat.latex} \sum_j y_j - {wanted.latex}")
            return [Line(left, rule, Sum([Product([Number(p), Number(total)]), Negative(Number(t))]), value)]
        rule = Words(f"{hat.text} − {wanted.text}", f"{hat.latex} - {wanted.latex}")
        return [Line(left, rule, _difference(p, t), value)]
    slopes = loss.gradient(a[None, :], y[None, :])[0]
    by_output = derivative(LOSS, hat)
    rule, numbers = _loss_slope(loss.name, p, t, float(slopes[k]), hat, wanted)
    lines = [Line(by_output, rule, numbers, float(slopes[k]))]
    if not activation.elementwise:
        rule = Words(f"{hat.text}·({by_output.text} − Σⱼ ŷⱼ·∂ℓ/∂ŷⱼ)",
                     rf"{hat.latex} ({by_output.latex} - {_ALL_SLOPES})")  # fmt: skip
        products = [Negative(Product([Number(v), Number(s)])) for v, s in zip(a.tolist(), slopes.tolist(), strict=True)]
        return [*lines, Line(left, rule, Product([Number(p), Sum([Number(float(slopes[k])), *products])]), value)]
    names = pre_activation(depth, k), hat
    slope = float(activation.derivative(z[k : k + 1])[0])
    rule, numbers = slope_rule(activation, float(z[k]), p, names)
    lines.append(Line(slope_name(names[0]), rule, numbers, slope))
    rule = Words(f"{by_output.text}·{lines[1].left.text}", rf"{by_output.latex} \cdot {lines[1].left.latex}")
    return [*lines, Line(left, rule, Product([Number(float(slopes[k])), Number(slope)]), value)]


def slope_name(z: Words) -> Words:
    """f′(z)."""
    return Words(f"f′({z.text})", f"f'({z.latex})")


def _loss_slope(name: str, p: float, t: float, slope: float, hat: Words, wanted: Words) -> Rule:
    plain = Words(f"{hat.text} − {wanted.text}", f"{hat.latex} - {wanted.latex}")
    if name == "squared_error":
        return plain, _difference(p, t)
    if name == "absolute_error":
        return Words(f"sign({plain.text})", rf"\mathrm{{sign}}({plain.latex})"), None
    if not CLIP <= p <= 1.0 - CLIP or not math.isfinite(slope):
        return words("0 beyond the limits of the logarithm", r"\text{0 beyond the limits of the logarithm}"), None
    if name == "binary_cross_entropy":
        rule = Words(f"({plain.text})/({hat.text}·(1 − {hat.text}))",
                     rf"\frac{{{plain.latex}}}{{{hat.latex}(1 - {hat.latex})}}")  # fmt: skip
        return rule, Quotient(_difference(p, t), Product([Number(p), Sum([ONE, Negative(Number(p))])]))
    rule = Words(f"−{wanted.text}/{hat.text}", rf"{{-}}\frac{{{wanted.latex}}}{{{hat.latex}}}")
    return rule, Negative(Quotient(Number(t), Number(p)))


def _difference(p: float, t: float) -> Sum:
    return Sum([Number(float(p)), Negative(Number(float(t)))])


def _over_outputs(count: int, one: Words, many: Words) -> Words:
    return one if count == 1 else many
