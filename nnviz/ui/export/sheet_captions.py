"""The line below a figure of Neuron, Activations or Descent: what is drawn there."""

from collections.abc import Sequence

from nnviz.engine import ACTIVATIONS
from nnviz.engine.surfaces import SURFACES
from nnviz.experiment.activations.specification import Activations, shown_activations
from nnviz.experiment.activations.tanh_stages import STAGES
from nnviz.experiment.descent.specification import EXPRESSION, REGRESSION, Descent
from nnviz.experiment.descent.wording import number, vector
from nnviz.experiment.neuron.perceptron_rule import run_rule
from nnviz.experiment.neuron.specification import LineSpec, Neuron, PerceptronSpec, UnitSpec
from nnviz.experiment.neuron.truth_tables import LABELS, gate_of

NAMED = 3
"""Runners, or rates, that are named; of more there is only the number."""
NAMED_FUNCTIONS = 6
LETTERS = 60
"""That the names of runners may have together: a caption is a line or two."""
RATES, SOFTMAX, TANH = "descent-rates", "activation-softmax", "activation-tanh"
WITH_INPUTS = ("activation-signal", "activation-depth")
"""How keys of figures begin that inputs of a distribution are sent through."""

Parts = list[str]


def descent_parts(spec: Descent, key: str, step: int | None) -> Parts:
    """Surface, runners, seed where there is noise, step; of the rates side by side, those."""
    parts = [_surface(spec)]
    if key == RATES:
        strip = spec.strip
        rates = ", ".join(map(number, strip.rates)) if len(strip.rates) <= 2 * NAMED else f"{len(strip.rates)} rates"
        return [*parts, f"gradient descent from {vector(spec.start)}", f"α = {rates}", f"{strip.steps:,} steps"]
    if spec.runners:
        parts.append(_runners(spec))
    if any(runner.noise for runner in spec.runners):
        parts.append(f"seed {spec.seed}")
    return parts if step is None else [*parts, f"step {step:,}"]


def neuron_parts(spec: Neuron) -> Parts:
    """What the page shows, with its numbers."""
    if spec.page == "neuron":
        return _unit_parts(spec.unit)
    return _perceptron_parts(spec.perceptron) if spec.page == "perceptron" else _line_parts(spec.line)


def activations_parts(spec: Activations, key: str) -> Parts:
    """The functions, and what is sent through them."""
    if key.startswith(SOFTMAX):
        return [f"z = {vector(spec.layer)}"]
    if key == TANH:
        return [f"{STAGES[spec.stage]} beside tanh z"]
    labels = [activation.label for activation in shown_activations(spec)]
    parts = [", ".join(labels) if len(labels) <= NAMED_FUNCTIONS else f"{len(labels)} functions"]
    if key.startswith(WITH_INPUTS):
        inputs = spec.inputs
        spread = f"standard deviation {number(inputs.width)}"
        parts.append(f"z {inputs.kind}, mean {number(inputs.mean)}, {spread}")
    return parts


def _surface(spec: Descent) -> str:
    surface = spec.surface
    if surface.name == EXPRESSION:
        return f"f = {surface.expression}" if len(surface.expression) <= LETTERS else "a typed expression"
    if surface.name == REGRESSION:
        return f"a line fitted to {_counted(surface.points, 'point')}"
    return SURFACES[surface.name].title


def _runners(spec: Descent) -> str:
    names = "; ".join(runner.title for runner in spec.runners)
    few = len(spec.runners) <= NAMED and len(names) <= LETTERS
    return names if few else _counted(spec.runners, "runner")


def _unit_parts(unit: UnitSpec) -> Parts:
    named = [f"{name} = {number(x)}" for name, x in zip(unit.names, unit.x, strict=True)] if unit.names else []
    inputs = ", ".join(named) if named else f"x = {vector(unit.x)}"
    return [ACTIVATIONS[unit.activation].label, inputs, f"w = {vector(unit.w)}", f"b = {number(unit.b)}"]


def _perceptron_parts(spec: PerceptronSpec) -> Parts:
    gate = LABELS.get(gate_of(spec.targets), f"targets {', '.join(map(str, spec.targets))}")
    if spec.model == "network":
        return [gate, "network of three threshold units"]
    *w, b = run_rule(spec).weights(spec.step)
    return [gate, f"perceptron rule, η = {number(spec.rate)}", f"step {spec.step:,}: w = {vector(w)}, b = {number(b)}"]


def _line_parts(spec: LineSpec) -> Parts:
    data = "area and price of houses" if spec.source == "houses" else _counted(spec.points, "point")
    bias = f"b = {number(spec.b)}" if spec.bias else "without a bias"
    return [data, f"w = {number(spec.w)}, {bias}"]


def _counted(things: Sequence[object], name: str) -> str:
    return f"{len(things):,} {name}{'' if len(things) == 1 else 's'}"
