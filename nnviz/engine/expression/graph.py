"""Expressions as a graph: every distinct part is one node, however often it occurs.

A node knows its parts by their numbers, and parts come before what is made of them. So derivatives, evaluation and text
are single walks along the list, without recursion, and their cost follows the number of distinct parts. That number
is bounded: nothing typed can exhaust memory or time.
"""

from dataclasses import dataclass

from nnviz.engine.expression.errors import ExpressionError

MAX_NODES = 20_000
"""Of one graph, derivatives included."""

Node = int
"""A node is its number in the graph; equal numbers are equal expressions."""


@dataclass(frozen=True)
class Part:
    """What a node is: a "number" with its value, a "variable" or "constant" with its name, or an operation on parts.

    Operations: add subtract multiply divide power negate, the names of FUNCTIONS, and those that only derivatives
    have: "sign", and "choose" (a, b, p, q), which is p where a > b, q where a < b and their mean where a = b.
    """

    operation: str
    parts: tuple[Node, ...] = ()
    value: float = 0.0
    name: str = ""


class Graph:
    """An append-only list of distinct nodes."""

    def __init__(self, most: int = MAX_NODES) -> None:
        self._parts: list[Part] = []
        self._numbers: dict[tuple[str, tuple[Node, ...], str, str], Node] = {}
        self._most = most

    def __len__(self) -> int:
        return len(self._parts)

    def __getitem__(self, node: Node) -> Part:
        return self._parts[node]

    def number(self, value: float) -> Node:
        """A constant number. -0.0 counts as 0."""
        return self._node(Part("number", value=float(value) + 0.0))

    def variable(self, name: str) -> Node:
        """x, y, …"""
        return self._node(Part("variable", name=name))

    def constant(self, name: str) -> Node:
        """pi or e."""
        return self._node(Part("constant", name=name))

    def apply(self, operation: str, *parts: Node) -> Node:
        """An operation on nodes of this graph, exactly as told (nothing is simplified)."""
        return self._node(Part(operation, parts))

    def value_of(self, node: Node) -> float | None:
        """The number that a node is, None for any other node."""
        part = self._parts[node]
        return part.value if part.operation == "number" else None

    def reachable(self, *roots: Node) -> list[Node]:
        """All nodes that the roots are made of, parts before what is made of them."""
        needed = bytearray(len(self._parts))
        for root in roots:
            needed[root] = 1
        for node in range(max(roots), -1, -1):
            if needed[node]:
                for part in self._parts[node].parts:
                    needed[part] = 1
        return [node for node, wanted in enumerate(needed) if wanted]

    def _node(self, part: Part) -> Node:
        # A number's text tells it from others better than its value does: numbers in a key are compared by ==.
        key = part.operation, part.parts, part.name, repr(part.value)
        node = self._numbers.get(key)
        if node is None:
            if len(self._parts) >= self._most:
                raise ExpressionError("the expression is too complicated", 0, 1)
            node = self._numbers[key] = len(self._parts)
            self._parts.append(part)
        return node
