"""What can be pointed at in the picture of a network: a unit, a weight or a bias.

Weights and biases are the engine's `Parameter`. On screen units are counted from 1, in the engine's indices from 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nnviz.engine.layout import Layout, Parameter
from nnviz.experiment.problem import Problem

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Unit:
    """Unit number ``unit`` = 0.. of layer ``layer`` = 0..L; layer 0 are the inputs."""

    layer: int
    unit: int


Item = Unit | Parameter


def exists(item: Item, sizes: Sequence[int]) -> bool:
    """Whether a network of these sizes has it."""
    if isinstance(item, Unit):
        return 0 <= item.layer < len(sizes) and 0 <= item.unit < sizes[item.layer]
    return 1 <= item.layer < len(sizes) and item.i < sizes[item.layer - 1] and item.j < sizes[item.layer]


def editable(item: Item | None) -> Parameter | None:
    """The parameter that editing the item changes: itself, or a unit's bias; None for an input."""
    if isinstance(item, Unit):
        return Parameter("bias", item.layer, -1, item.unit) if item.layer > 0 else None
    return item


def index_of(parameter: Parameter, layout: Layout) -> int:
    """Its place in theta."""
    return layout.index(parameter.layer, parameter.i, parameter.j)


def units_of(item: Item) -> tuple[Unit, ...]:
    """The units it belongs to: itself, both ends of a weight, or the one whose bias it is."""
    if isinstance(item, Unit):
        return (item,)
    target = Unit(item.layer, item.j)
    return (target,) if item.kind == "bias" else (Unit(item.layer - 1, item.i), target)


def unit_name(problem: Problem, unit: Unit) -> str:
    """What it is called: the input's or output's own name, or its number."""
    if unit.layer == 0:
        return problem.input_names[unit.unit]
    if unit.layer == problem.network.layout.depth:
        return output_names(problem)[unit.unit]
    return f"unit {unit.unit + 1}"


def output_names(problem: Problem) -> tuple[str, ...]:
    """One name for each output. Binary data name two classes, and the one output says how sure the second is."""
    names = tuple(problem.data.target_names)
    return names[1:] if problem.task == "binary" else names


def described(problem: Problem, item: Item) -> str:
    """In a few words: "W₂ · unit 3 → unit 1", "b₂ · unit 1", "layer 1 · unit 3", "input x"."""
    if isinstance(item, Unit):
        if item.layer == 0:
            return f"input {unit_name(problem, item)}"
        place = "output" if item.layer == problem.network.layout.depth else f"layer {item.layer} ·"
        return f"{place} {unit_name(problem, item)}"
    ends = " → ".join(unit_name(problem, unit) for unit in units_of(item))
    return f"{symbol(item)} · {ends}"


def symbol(parameter: Parameter) -> str:
    """W₂ or b₂."""
    letter = "b" if parameter.kind == "bias" else "W"
    return letter + str(parameter.layer).translate(_SUBSCRIPTS)
