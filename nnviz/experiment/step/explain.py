"""The formula behind any number of a step: of a unit, a weight, a bias or the loss, in each of the four phases.

A weight or bias is the engine's `Parameter`; a unit is (layer 0..L, number from 0); None is the whole: loss and cost.
"""

from typing import Literal

import numpy
from numpy.typing import NDArray

from nnviz.engine.layout import Parameter
from nnviz.experiment.step.formula import (
    Formula,
    Line,
    Words,
    delta,
    derivative,
    output,
    pre_activation,
    words,
)
from nnviz.experiment.step.loss_rules import LOSS, delta_lines, loss_line, slope_name
from nnviz.experiment.step.nodes import Node, Number, Power, Product, Quotient, Sum, size
from nnviz.experiment.step.record import Pass, StepRecord
from nnviz.experiment.step.unit_rules import slope_rule, softmax_rule, value_rule
from nnviz.experiment.step.update_rules import COST, parameter_name, update_lines

Floats = NDArray[numpy.float64]
Phase = Literal["forward", "loss", "backward", "update"]
PHASES: tuple[Phase, ...] = ("forward", "loss", "backward", "update")
Place = tuple[int, int]
Thing = Place | Parameter | None

MEAN_LOSS = words("L", r"L")
MOST_WEIGHTS = 5000
"""More terms than these are not written out, not even in a copy."""


def explain(record: StepRecord, one: Pass | None, phase: Phase, thing: Thing) -> Formula:
    """The formula. one: of which single example (see `example_pass`); None: of the batch."""
    if phase == "loss" or thing is None:
        return _loss(record, one)
    if phase == "update":
        return _update(record, thing)
    if isinstance(thing, Parameter):
        if phase == "forward":
            return _share(record, one, thing)
        return _gradient(record, one, thing)
    layer, unit = thing
    if layer == 0:
        return _input(record, one, unit)
    return _unit_forward(record, one, layer, unit) if phase == "forward" else _unit_delta(record, one, layer, unit)


def _name(record: StepRecord, layer: int, unit: int) -> Words:
    return output(layer, unit, record.network.layout.depth)


def _input(record: StepRecord, one: Pass | None, unit: int) -> Formula:
    """An input is what the data say, standardized where they are."""
    problem, name = record.problem, _name(record, 0, unit)
    title = f"Input {problem.input_names[unit]}"
    scaling = problem.inputs.scaling
    if one is None:
        return Formula(
            title, [_mean_line(record.batch, name, record.batch.a[0][:, unit], record.batch.mean_a[0][unit])]
        )
    value = float(one.a[0][0, unit])
    mean, spread = float(scaling.mean[unit]), float(scaling.scale[unit])
    if (mean, spread) == (0.0, 1.0):
        return Formula(title, [Line(name, None, None, value)], "As the data have it.")
    rule = Words("(raw − mean)/spread", r"\frac{\text{raw} - \text{mean}}{\text{spread}}")
    raw = value * spread + mean
    return Formula(title, [Line(name, rule, Quotient(_minus(raw, mean), Number(spread)), value)],
                   "Standardized with mean and spread of the training examples.")  # fmt: skip


def _unit_forward(record: StepRecord, one: Pass | None, l: int, j: int) -> Formula:
    title, network = f"Forward: {_called(record, l, j)}", record.network
    depth = network.layout.depth
    z_name, a_name = pre_activation(l, j), _name(record, l, j)
    if one is None:
        batch = record.batch
        lines = [
            _mean_line(batch, z_name, batch.z[l - 1][:, j], batch.mean_z[l - 1][j]),
            _mean_line(batch, a_name, batch.a[l][:, j], batch.mean_a[l][j]),
        ]
        return Formula(title, lines, "Each example goes through by itself; choose one to see its arithmetic.")
    W, b = network.layout.weights(record.theta, l), network.layout.biases(record.theta, l)
    inputs, z, a = one.a[l - 1][0], float(one.z[l - 1][0, j]), float(one.a[l][0, j])
    products: list[Node] = [Product([Number(float(w)), Number(float(v))]) for w, v in zip(W[:, j], inputs, strict=True)]
    below = "x" if l == 1 else "a"
    rule = Words(f"Σᵢ wᵢ·{below}ᵢ + b", rf"\sum_i w_i {below}_i + b")
    activation = network.activations[l - 1]
    if activation.elementwise:
        how, numbers = value_rule(activation, z, z_name)
    else:
        how, numbers = softmax_rule(
            one.z[l - 1][0].tolist(), j, [pre_activation(depth, k) for k in range(network.sizes[l])]
        )
    return Formula(title, [
        Line(z_name, rule, Sum([*products, Number(float(b[j]))]), z),
        Line(a_name, how, numbers, a),
    ])  # fmt: skip


def _share(record: StepRecord, one: Pass | None, parameter: Parameter) -> Formula:
    """What a weight or bias adds to z."""
    l, i, j = parameter.layer, parameter.i, parameter.j
    name, value = parameter_name(parameter), _value(record, parameter)
    title = f"Forward: {_described(record, parameter)}"
    z = pre_activation(l, j)
    if parameter.kind == "bias":
        return Formula(title, [Line(name, None, None, value)], f"It is added to {z.text} whatever the inputs are.")
    source = _name(record, l - 1, i)
    a = float(record.batch.mean_a[l - 1][i] if one is None else one.a[l - 1][0, i])
    rule = Words(f"{name.text}·{source.text}", rf"{name.latex} \cdot {source.latex}")
    share = Words(f"share of {z.text}", rf"\text{{share of }}{z.latex}")
    note = "" if one else f"With the mean of {source.text} over the batch."
    return Formula(title, [Line(share, rule, Product([Number(value), Number(a)]), value * a)], note)


def _loss(record: StepRecord, one: Pass | None) -> Formula:
    network, depth = record.network, record.network.layout.depth
    if one is not None:
        line = loss_line(record.loss, network.activations[-1], one.z[depth - 1][0], one.a[depth][0], one.y[0],
                         float(one.losses[0]))  # fmt: skip
        note = "J, which the step makes smaller, is the mean over the batch"
        return Formula(f"Loss of the example: {record.loss.label}", [line],
                       f"{note}, with the penalties." if record.l1 or record.l2 else f"{note}.")  # fmt: skip
    batch = record.batch
    lines = [_mean_line(batch, LOSS, batch.losses, batch.loss, MEAN_LOSS)]
    parts: list[Node] = [Number(batch.loss)]
    text, tex = "L", "L"
    weights = record.theta[record.network.layout.weight_mask > 0.0].tolist()
    few = len(weights) <= MOST_WEIGHTS
    if record.l1:
        total = Product([Number(record.l1), Sum([size(Number(w)) for w in weights])]) if few else None
        lines.append(Line(words("R₁", "R_1"), words("λ₁·Σ abs(w)", r"\lambda_1 \sum |w|"), total, record.l1_cost))
        parts, text, tex = [*parts, Number(record.l1_cost)], f"{text} + R₁", f"{tex} + R_1"
    if record.l2:
        half = Product([Number(0.5), Number(record.l2), Sum([Power(Number(w), 2) for w in weights])]) if few else None
        lines.append(
            Line(words("R₂", "R_2"), words("½·λ₂·Σ w²", r"\tfrac{1}{2} \lambda_2 \sum w^2"), half, record.l2_cost)
        )
        parts, text, tex = [*parts, Number(record.l2_cost)], f"{text} + R₂", f"{tex} + R_2"
    lines.append(Line(COST, Words(text, tex), Sum(parts), record.cost))
    return Formula(f"Loss of the batch: {record.loss.label}", lines)


def _unit_delta(record: StepRecord, one: Pass | None, l: int, j: int) -> Formula:
    title, network = f"Backward: {_called(record, l, j)}", record.network
    depth, name = network.layout.depth, delta(l, j)
    if one is None:
        batch = record.batch
        whole = float(network.layout.biases(batch.gradient, l)[j])
        left = Words(f"Σₙ {name.text}", rf"\sum_n {name.latex}")
        line = Line(left, None, _summed(batch, batch.delta[l - 1][:, j]), whole)
        return Formula(
            title,
            [line],
            f"δ of the mean loss, over the {batch.n} examples of the batch: each has its 1/{batch.n} in it.",
        )
    value = float(one.delta[l - 1][0, j])
    activation = network.activations[l - 1]
    if l == depth:
        places = one.z[l - 1][0], one.a[l][0], one.y[0]
        return Formula(title, delta_lines(record.loss, activation, (l, j), *places, value))
    z, a = float(one.z[l - 1][0, j]), float(one.a[l][0, j])
    names = pre_activation(l, j), _name(record, l, j)
    how, numbers = slope_rule(activation, z, a, names)
    slope = float(activation.derivative(numpy.array([z]))[0])
    first = Line(slope_name(names[0]), how, numbers, slope)
    back = network.layout.weights(record.theta, l + 1)[j].tolist()
    terms: list[Node] = [Product([Number(w), Number(d)]) for w, d in zip(back, one.delta[l][0].tolist(), strict=True)]
    arrived = Sum(terms) if len(terms) > 1 else terms[0]
    rule = Words(f"(Σₖ wₖ·δₖ)·{first.left.text}", rf"(\sum_k w_k \delta_k) \cdot {first.left.latex}")
    return Formula(title, [first, Line(name, rule, Product([arrived, Number(slope)]), value)],
                   f"Each δₖ of layer {l + 1} comes back along the weight it was reached by.")  # fmt: skip


def _gradient(record: StepRecord, one: Pass | None, parameter: Parameter) -> Formula:
    l, i, j = parameter.layer, parameter.i, parameter.j
    name, index = parameter_name(parameter), _index(record, parameter)
    title = f"Backward: {_described(record, parameter)}"
    d, is_bias = delta(l, j), parameter.kind == "bias"
    source = None if is_bias else _name(record, l - 1, i)
    rule = (
        Words(d.text, d.latex)
        if source is None
        else Words(f"{d.text}·{source.text}", rf"{d.latex} \cdot {source.latex}")
    )
    if one is not None:
        value = float(one.delta[l - 1][0, j])
        numbers = None if is_bias else Product([Number(value), Number(float(one.a[l - 1][0, i]))])
        line = Line(derivative(LOSS, name), rule, numbers, float(one.gradient[index]))
        return Formula(title, [line], "Of this example's loss. The step takes the mean over the batch.")
    batch = record.batch
    deltas = batch.delta[l - 1][:, j]
    total = _summed(batch, deltas) if is_bias else _products(batch, deltas, batch.a[l - 1][:, i])
    data = float(batch.gradient[index])
    penalized = not is_bias and bool(record.l1 or record.l2)
    whole = Words(f"Σₙ {rule.text}", rf"\sum_n {rule.latex}")
    lines = [Line(derivative(MEAN_LOSS if penalized else COST, name), whole, total, data)]
    if penalized:
        lines.append(_with_penalties(record, parameter, data))
    return Formula(title, lines, f"Over the {batch.n} examples of the batch; each δ has its 1/{batch.n} in it.")


def _with_penalties(record: StepRecord, parameter: Parameter, data: float) -> Line:
    name, index = parameter_name(parameter), _index(record, parameter)
    w = float(record.theta[index])
    before = derivative(MEAN_LOSS, name)
    text, tex, parts = before.text, before.latex, [Number(data)]
    added: list[Node] = [*parts]
    if record.l2:
        text, tex = f"{text} + λ₂·{name.text}", rf"{tex} + \lambda_2 {name.latex}"
        added.append(Product([Number(record.l2), Number(w)]))
    if record.l1:
        text, tex = f"{text} + λ₁·sign({name.text})", rf"{tex} + \lambda_1 \mathrm{{sign}}({name.latex})"
        added.append(Product([Number(record.l1), Number(float(numpy.sign(w)))]))
    return Line(derivative(COST, name), Words(text, tex), Sum(added), float(record.gradient[index]))


def _update(record: StepRecord, thing: Parameter | Place) -> Formula:
    if not isinstance(thing, Parameter):
        layer, unit = thing
        if layer == 0:
            return Formula(f"Update: input {record.problem.input_names[unit]}", [], "An input has nothing to learn.")
        thing = Parameter("bias", layer, -1, unit)
    title = f"Update by {record.optimizer.label}: {_described(record, thing)}"
    note = f"α is the learning rate; g is of the whole batch ({record.batch.n})."
    if record.optimizer.name == "adam":
        note += f" t = {record.step + 1} counts the steps."
    return Formula(title, update_lines(record, thing), note)


def _mean_line(batch: Pass, name: Words, values: Floats, mean: float, left: Words | None = None) -> Line:
    """The mean over the batch of something that every example has."""
    left = left or Words(f"mean {name.text}", rf"\overline{{{name.latex}}}")
    rule = Words(f"1/B·Σₙ {name.text}", rf"\frac{{1}}{{B}}\sum_n {name.latex}")
    total = _summed(batch, values)
    return Line(left, rule, Quotient(total, Number(float(batch.n))) if total else None, float(mean))


def _summed(batch: Pass, values: Floats) -> Sum | None:
    return Sum([Number(value) for value in values.tolist()]) if batch.complete else None


def _products(batch: Pass, deltas: Floats, values: Floats) -> Sum | None:
    if not batch.complete:
        return None
    pairs = zip(deltas.tolist(), values.tolist(), strict=True)
    return Sum([Product([Number(d), Number(a)]) for d, a in pairs])


def _described(record: StepRecord, parameter: Parameter) -> str:
    """A weight with both its ends, a bias with its unit."""
    name, end = parameter_name(parameter).text, _called(record, parameter.layer, parameter.j)
    if parameter.kind == "bias":
        return f"{name}, bias of {end}"
    return f"{name}, from {_called(record, parameter.layer - 1, parameter.i)} to {end}"


def _called(record: StepRecord, layer: int, unit: int) -> str:
    if layer == 0:
        return f"input {record.problem.input_names[unit]}"
    return f"output {unit + 1}" if layer == record.network.layout.depth else f"unit {unit + 1} of layer {layer}"


def _index(record: StepRecord, parameter: Parameter) -> int:
    return record.network.layout.index(parameter.layer, parameter.i, parameter.j)


def _value(record: StepRecord, parameter: Parameter) -> float:
    return float(record.theta[_index(record, parameter)])


def _minus(a: float, b: float) -> Sum:
    return Sum([Number(a), Number(-b)])
