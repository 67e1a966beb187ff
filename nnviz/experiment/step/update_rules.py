"""How each optimizer makes an update of a gradient, for one entry of theta, with the numbers put in."""

from nnviz.engine.layout import Parameter
from nnviz.experiment.step.formula import Line, Words, bias, derivative, weight, words
from nnviz.experiment.step.nodes import Negative, Node, Number, Power, Product, Quotient, Sum, root
from nnviz.experiment.step.record import StepRecord

GRADIENT = words("g", "g")
RATE = words("α", r"\alpha")
COST = words("J", "J")


def parameter_name(parameter: Parameter) -> Words:
    """w₁₂⁽¹⁾ or b₂⁽¹⁾."""
    if parameter.kind == "bias":
        return bias(parameter.layer, parameter.j)
    return weight(parameter.layer, parameter.i, parameter.j)


def update_lines(record: StepRecord, parameter: Parameter) -> list[Line]:
    """From the gradient to the new value of the parameter."""
    index = record.network.layout.index(parameter.layer, parameter.i, parameter.j)
    g, step = float(record.gradient[index]), float(record.delta_theta[index])
    before = [float(slot[index]) for slot in record.slots_before]
    after = [float(slot[index]) for slot in record.slots_after]
    name = parameter_name(parameter)
    change = Words(f"Δ{name.text}", rf"\Delta {name.latex}")
    lines = [Line(GRADIENT, derivative(COST, name), None, g), *_slot_lines(record, g, before, after)]
    rule, numbers = _step_rule(record, g, after)
    lines.append(Line(change, rule, numbers, step))
    old = float(record.theta[index])
    moved = Words(f"{name.text} + {change.text}", f"{name.latex} + {change.latex}")
    lines.append(Line(name, moved, Sum([Number(old), Number(step)]), float(record.theta_after[index]), "←"))
    return lines


def _slot_lines(record: StepRecord, g: float, before: list[float], after: list[float]) -> list[Line]:
    """What the optimizer carries, renewed."""
    own, squared = record.parameters, Power(Number(g), 2)
    match record.optimizer.name:
        case "momentum" | "nesterov":
            numbers: Node = Sum([Product([Number(own["momentum"]), Number(before[0])]), Number(g)])
            return [Line(words("v"), words("μ·v + g", r"\mu \cdot v + g"), numbers, after[0], "←")]
        case "adagrad":
            return [Line(words("s"), words("s + g²", "s + g^2"), Sum([Number(before[0]), squared]), after[0], "←")]
        case "rmsprop":
            rule = words("ρ·s + (1 − ρ)·g²", r"\rho \cdot s + (1 - \rho) \cdot g^2")
            return [Line(words("s"), rule, _blend(own["rho"], before[0], squared), after[0], "←")]
        case "adam":
            first = words("β₁·m + (1 − β₁)·g", r"\beta_1 \cdot m + (1 - \beta_1) \cdot g")
            second = words("β₂·v + (1 − β₂)·g²", r"\beta_2 \cdot v + (1 - \beta_2) \cdot g^2")
            t = record.step + 1
            lines = [
                Line(words("m"), first, _blend(own["beta1"], before[0], Number(g)), after[0], "←"),
                Line(words("v"), second, _blend(own["beta2"], before[1], squared), after[1], "←"),
            ]
            for letter, number, slot in (("m", "1", after[0]), ("v", "2", after[1])):
                beta = own[f"beta{number}"]
                hat = Words(f"{letter}̂", rf"\hat{{{letter}}}")
                low = "₁" if number == "1" else "₂"
                rule = Words(f"{letter}/(1 − β{low}^t)", rf"\frac{{{letter}}}{{1 - \beta_{number}^{{t}}}}")
                bottom = Sum([Number(1.0), Negative(Power(Number(beta), t))])
                lines.append(Line(hat, rule, Quotient(Number(slot), bottom), corrected(slot, beta, t)))
            return lines
    return []


def _step_rule(record: StepRecord, g: float, after: list[float]) -> tuple[Words, Node]:
    rate, own = Number(record.learning_rate), record.parameters
    match record.optimizer.name:
        case "momentum":
            return words("−α·v", r"{-}\alpha \cdot v"), Negative(Product([rate, Number(after[0])]))
        case "nesterov":
            ahead = Sum([Product([Number(own["momentum"]), Number(after[0])]), Number(g)])
            return words("−α·(μ·v + g)", r"{-}\alpha \cdot (\mu \cdot v + g)"), Negative(Product([rate, ahead]))
        case "adagrad" | "rmsprop":
            rule = words("−α·g/(√(s) + ε)", r"{-}\alpha \cdot \frac{g}{\sqrt{s} + \varepsilon}")
            return rule, _over_root(rate, g, after[0], own["epsilon"])
        case "adam":
            t = record.step + 1
            rule = words("−α·m̂/(√(v̂) + ε)", r"{-}\alpha \cdot \frac{\hat{m}}{\sqrt{\hat{v}} + \varepsilon}")
            hats = corrected(after[0], own["beta1"], t), corrected(after[1], own["beta2"], t)
            return rule, _over_root(rate, *hats, own["epsilon"])
    return words("−α·g", r"{-}\alpha \cdot g"), Negative(Product([rate, Number(g)]))


def corrected(average: float, kept: float, t: int) -> float:
    """An average that began at 0, without the pull of that beginning."""
    share: float = 1.0 - kept**t
    return average / share


def _blend(kept: float, old: float, new: Node) -> Sum:
    return Sum([Product([Number(kept), Number(old)]), Product([Number(1.0 - kept), new])])


def _over_root(rate: Number, top: float, squares: float, epsilon: float) -> Negative:
    return Negative(Product([rate, Quotient(Number(top), Sum([root(Number(squares)), Number(epsilon)]))]))
