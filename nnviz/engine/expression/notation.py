"""A node as text in plain notation: what the parser reads, where it knows the operation."""

from nnviz.engine.expression.graph import Graph, Node, Part

MAX_CHARACTERS = 2000
"""Longer texts help nobody; parts are left out, as …"""

_SIGNS = {"add": (" + ", 1), "subtract": (" - ", 1), "multiply": ("*", 2), "divide": ("/", 2), "power": ("^", 4)}
"""Operation → sign and how tightly it binds; a minus in front binds with 3."""
_NEGATION, _ATOM = 3, 5


def text_of(graph: Graph, root: Node) -> str:
    """The node as one would type it, such as ``2*x*cos(x^2)``. "choose" is told as ``where(a > b, p, q)``."""
    texts: dict[Node, tuple[str, int]] = {}
    for node in graph.reachable(root):
        text, binding = _text(graph[node], texts)
        texts[node] = (text, binding) if len(text) <= MAX_CHARACTERS else ("…", _ATOM)
    return texts[root][0]


def _text(part: Part, texts: dict[Node, tuple[str, int]]) -> tuple[str, int]:
    given = [texts[each] for each in part.parts]
    if part.operation == "number":
        return _number(part.value)
    if part.operation in ("variable", "constant"):
        return part.name, _ATOM
    if part.operation == "negate":
        return f"-{_wrapped(given[0], _NEGATION)}", _NEGATION
    if part.operation == "choose":
        a, b, p, q = (text for text, _ in given)
        return f"where({a} > {b}, {p}, {q})", _ATOM
    if part.operation not in _SIGNS:
        return f"{part.operation}({', '.join(text for text, _ in given)})", _ATOM
    sign, binding = _SIGNS[part.operation]
    left, right = given
    if part.operation == "power":
        return f"{_wrapped(left, _ATOM)}^{_wrapped(right, _NEGATION)}", binding
    # a - (b - c) needs its parentheses; a + (b + c) reads better without, though it rounds otherwise than (a + b) + c.
    tighter = part.operation in ("subtract", "divide")
    return f"{_wrapped(left, binding)}{sign}{_wrapped(right, binding + tighter)}", binding


def _wrapped(given: tuple[str, int], at_least: int) -> str:
    text, binding = given
    return text if binding >= at_least else f"({text})"


def _number(value: float) -> tuple[str, int]:
    text = f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    return text, _NEGATION if value < 0.0 else _ATOM
