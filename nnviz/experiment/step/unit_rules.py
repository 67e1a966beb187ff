"""What an activation does to one number, and its derivative, as arithmetic with the numbers put in."""

import math

from nnviz.engine.activations import Activation
from nnviz.experiment.step.formula import Words, words
from nnviz.experiment.step.nodes import Call, LnOnePlus, Negative, Node, Number, Power, Product, Quotient, Sum, exp

ONE = Number(1.0)
LARGE = 700.0
"""Beyond this e^z is more than a number can hold."""
Rule = tuple[Words, Node | None]
"""In symbols, and with the numbers; None where the numbers are the value itself."""


def _sigmoid(of: Node) -> Call:
    return Call("σ", r"\sigma({})", lambda z: 1.0 / (1.0 + math.exp(-z)) if z > -LARGE else 0.0, [of])


def _phi(of: Node) -> Call:
    return Call("Φ", r"\Phi({})", lambda z: 0.5 * math.erfc(-z / math.sqrt(2.0)), [of])


def _density(of: Node) -> Call:
    return Call("φ", r"\varphi({})", lambda z: math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi), [of])


def value_rule(activation: Activation, z: float, name: Words) -> Rule:
    """f(z) for a z that is called ``name``; not softmax, which needs the whole layer."""
    t, x, at = name.text, name.latex, Number(z)
    alpha = activation.alpha or 0.0
    match activation.name:
        case "sigmoid":
            rule = Words(f"σ({t}) = 1/(1 + exp(−{t}))", rf"\sigma({x}) = \frac{{1}}{{1 + e^{{{{-}}{x}}}}}")
            return rule, Quotient(ONE, Sum([ONE, exp(Negative(at))])) if z > -LARGE else None
        case "tanh":
            return Words(f"tanh({t})", rf"\tanh({x})"), Call("tanh", r"\tanh({})", math.tanh, [at])
        case "relu":
            return Words(f"max(0, {t})", rf"\max(0,\,{x})"), Call("max", r"\max({})", max, [Number(0.0), at])
        case "leaky_relu":
            rule = Words(f"{t}" if z > 0.0 else f"α·{t}", x if z > 0.0 else rf"\alpha \cdot {x}")
            return rule, None if z > 0.0 else Product([Number(alpha), at])
        case "elu":
            if z > 0.0:
                return name, None
            rule = Words(f"α·(exp({t}) − 1)", rf"\alpha \cdot (e^{{{x}}} - 1)")
            return rule, Product([Number(alpha), Sum([exp(at), Number(-1.0)])])
        case "softplus":
            rule = Words(f"ln(1 + exp({t}))", rf"\ln(1 + e^{{{x}}})")
            return rule, LnOnePlus(exp(at)) if z < LARGE else None
        case "silu":
            return Words(f"{t}·σ({t})", rf"{x} \cdot \sigma({x})"), Product([at, _sigmoid(at)])
        case "gelu":
            return Words(f"{t}·Φ({t})", rf"{x} \cdot \Phi({x})"), Product([at, _phi(at)])
        case "threshold":
            return Words(f"step({t})", rf"\mathrm{{step}}({x})"), Call(
                "step", r"\mathrm{step}({})", lambda z: float(z > 0.0), [at]
            )
    return name, None


def slope_rule(activation: Activation, z: float, a: float, names: tuple[Words, Words]) -> Rule:
    """f′(z), with z and a = f(z) called by ``names``."""
    (t, x), (u, v) = ((name.text, name.latex) for name in names)
    at, made = Number(z), Number(a)
    alpha = activation.alpha or 0.0
    match activation.name:
        case "sigmoid" | "softmax":
            rule = Words(f"{u}·(1 − {u})", rf"{v} \cdot (1 - {v})")
            return rule, Product([made, Sum([ONE, Negative(made)])])
        case "tanh":
            return Words(f"1 − ({u})²", rf"1 - ({v})^2"), Sum([ONE, Negative(Power(made, 2))])
        case "relu" | "leaky_relu":
            sign, low = (">", "1") if z > 0.0 else ("≤", "0" if activation.name == "relu" else "α")
            tex = rf"\text{{{'1' if z > 0.0 else low}, since }}{x} {'>' if z > 0.0 else chr(92) + 'leq'} 0"
            if low == "α":
                tex = rf"\alpha\text{{, since }}{x} \leq 0"
            return Words(f"{low}, since {t} {sign} 0", tex), None
        case "elu":
            if z > 0.0:
                return Words(f"1, since {t} > 0", rf"\text{{1, since }}{x} > 0"), None
            return Words(f"{u} + α", rf"{v} + \alpha"), Sum([made, Number(alpha)])
        case "softplus":
            return Words(f"σ({t})", rf"\sigma({x})"), _sigmoid(at)
        case "silu":
            rule = Words(f"σ({t}) + {u}·(1 − σ({t}))", rf"\sigma({x}) + {v} \cdot (1 - \sigma({x}))")
            return rule, Sum([_sigmoid(at), Product([made, Sum([ONE, Negative(_sigmoid(at))])])])
        case "gelu":
            rule = Words(f"Φ({t}) + {t}·φ({t})", rf"\Phi({x}) + {x} \cdot \varphi({x})")
            return rule, Sum([_phi(at), Product([at, _density(at)])])
        case "threshold":
            return words("0, everywhere", r"\text{0, everywhere}"), None
    return words("1", "1"), None


def softmax_rule(z: list[float], k: int, names: list[Words]) -> Rule:
    """e^{z_k} / Σ e^{z_j}; from the largest z downwards where e^z would be too large."""
    largest = max(z)
    if not all(map(math.isfinite, z)):
        return words("softmax(z)", r"\mathrm{softmax}(z)"), None
    if max(abs(value) for value in z) > 30.0:
        rule = Words(
            f"exp({names[k].text} − m)/Σⱼ exp(zⱼ − m)", rf"\frac{{e^{{{names[k].latex} - m}}}}{{\sum_j e^{{z_j - m}}}}"
        )
        powers = [exp(Number(value - largest)) for value in z]
    else:
        rule = Words(f"exp({names[k].text})/Σⱼ exp(zⱼ)", rf"\frac{{e^{{{names[k].latex}}}}}{{\sum_j e^{{z_j}}}}")
        powers = [exp(Number(value)) for value in z]
    return rule, Quotient(powers[k], Sum(powers))
