"""Nodes of a graph as a list of array calls: each distinct part is computed once, for any number of points."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy
from numpy.typing import NDArray

from nnviz.engine.expression.functions import CONSTANTS
from nnviz.engine.expression.graph import Graph, Node, Part

Floats = NDArray[numpy.float64]


def _choose(a: Floats, b: Floats, p: Floats, q: Floats) -> Floats:
    """p where a > b, q where a < b, their mean where a = b, nan where either is nan."""
    tie = numpy.where(a == b, 0.5 * (p + q), numpy.nan)
    return numpy.where(a > b, p, numpy.where(a < b, q, tie))


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": numpy.add,
    "subtract": numpy.subtract,
    "multiply": numpy.multiply,
    "divide": numpy.divide,
    "power": numpy.power,
    "negate": numpy.negative,
    "exp": numpy.exp,
    "log": numpy.log,
    "sin": numpy.sin,
    "cos": numpy.cos,
    "tan": numpy.tan,
    "tanh": numpy.tanh,
    "sqrt": numpy.sqrt,
    "abs": numpy.abs,
    "min": numpy.minimum,
    "max": numpy.maximum,
    "sign": numpy.sign,
    "choose": _choose,
    # numpy.power costs ten times a product; these have the same bits as a product by hand.
    "square": numpy.square,
    "cube": lambda a: a * a * a,
    "fourth": lambda a: numpy.square(numpy.square(a)),
}
_WHOLE_POWERS = {2.0: "square", 3.0: "cube", 4.0: "fourth"}


class Program:
    """Computes some nodes of a graph together. Immutable; needs ``registers`` arrays at a time."""

    def __init__(self, graph: Graph, roots: tuple[Node, ...]) -> None:
        nodes = graph.reachable(*roots)
        place = {node: index for index, node in enumerate(nodes)}
        last_use = {node: node for node in nodes}
        for node in nodes:
            for each in graph[node].parts:
                last_use[each] = node
        self._roots = [place[root] for root in roots]
        # What each place holds at first: a number, the name of a variable, or nothing yet.
        self._start: list[float | str | None] = []
        self._steps: list[tuple[Callable[..., Any], tuple[int, ...], int, tuple[int, ...]]] = []
        live = self.registers = 0
        for node in nodes:
            part = graph[node]
            self._start.append(_beginning(part))
            live += 1
            self.registers = max(self.registers, live)
            if not part.parts:
                continue
            operation, parts = part.operation, part.parts
            if operation == "power" and (whole := _WHOLE_POWERS.get(graph.value_of(parts[1]) or 0.0)):
                operation, parts = whole, parts[:1]
            done = tuple(place[each] for each in set(part.parts) if last_use[each] == node and each not in roots)
            live -= len(done)
            arguments = tuple(place[each] for each in parts)
            self._steps.append((_OPERATIONS[operation], arguments, place[node], done))

    def run(self, variables: Mapping[str, Floats]) -> list[Floats]:
        """The roots' values for the variables' values, which broadcast. Undefined places are nan or inf, no warning."""
        held: list[Any] = [
            variables[start] if isinstance(start, str) else None if start is None else numpy.float64(start)
            for start in self._start
        ]
        with numpy.errstate(all="ignore"):
            for operation, arguments, target, done in self._steps:
                held[target] = operation(*(held[argument] for argument in arguments))
                for each in done:
                    held[each] = None
        return [held[root] for root in self._roots]


def _beginning(part: Part) -> float | str | None:
    if part.operation == "number":
        return part.value
    return CONSTANTS[part.name] if part.operation == "constant" else part.name or None
