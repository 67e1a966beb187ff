"""Exact derivatives: each node's derivative from those of its parts, in one walk along the graph.

At kinks: abs′(0) = 0, and where two arguments of min or max are equal, the derivative is the mean of theirs; both are
the middle of the two one-sided derivatives. (Of three and more arguments the means are taken pair by pair, from the
left.) sign′ is 0 everywhere.
"""

from collections.abc import Callable

from nnviz.engine.expression.graph import Graph, Node
from nnviz.engine.expression.simplification import Algebra

Rule = Callable[[Algebra, Node, Node, Node], Node]
"""(algebra, the node f(u), u, u′) → f′(u) · u′."""


def differentiate(graph: Graph, root: Node, variable: str) -> Node:
    """The node of d root / d variable, simplified. ExpressionError when the graph outgrows its bound."""
    algebra = Algebra(graph)
    slopes: dict[Node, Node] = {}
    for node in graph.reachable(root):
        part = graph[node]
        if part.operation == "variable" and part.name == variable:
            slopes[node] = algebra.one
        elif all(slopes[each] == algebra.zero for each in part.parts):
            slopes[node] = algebra.zero
        elif part.operation in _OF_ONE:
            (u,) = part.parts
            slopes[node] = _OF_ONE[part.operation](algebra, node, u, slopes[u])
        else:
            slopes[node] = _OF_SEVERAL[part.operation](algebra, node, part.parts, tuple(slopes[u] for u in part.parts))
    return slopes[root]


def _exp(algebra: Algebra, node: Node, _u: Node, du: Node) -> Node:
    return algebra.multiply(du, node)


def _log(algebra: Algebra, _node: Node, u: Node, du: Node) -> Node:
    return algebra.divide(du, u)


def _sin(algebra: Algebra, _node: Node, u: Node, du: Node) -> Node:
    return algebra.multiply(du, algebra.apply("cos", u))


def _cos(algebra: Algebra, _node: Node, u: Node, du: Node) -> Node:
    return algebra.negate(algebra.multiply(du, algebra.apply("sin", u)))


def _tan(algebra: Algebra, node: Node, _u: Node, du: Node) -> Node:
    return algebra.multiply(du, algebra.add(algebra.one, _square(algebra, node)))


def _tanh(algebra: Algebra, node: Node, _u: Node, du: Node) -> Node:
    return algebra.multiply(du, algebra.subtract(algebra.one, _square(algebra, node)))


def _sqrt(algebra: Algebra, node: Node, _u: Node, du: Node) -> Node:
    return algebra.divide(du, algebra.multiply(algebra.number(2.0), node))


def _abs(algebra: Algebra, _node: Node, u: Node, du: Node) -> Node:
    return algebra.multiply(du, algebra.apply("sign", u))


def _sign(algebra: Algebra, _node: Node, _u: Node, _du: Node) -> Node:
    return algebra.zero


def _negate(algebra: Algebra, _node: Node, _u: Node, du: Node) -> Node:
    return algebra.negate(du)


def _square(algebra: Algebra, node: Node) -> Node:
    return algebra.power(node, algebra.number(2.0))


_OF_ONE: dict[str, Rule] = {
    "exp": _exp,
    "log": _log,
    "sin": _sin,
    "cos": _cos,
    "tan": _tan,
    "tanh": _tanh,
    "sqrt": _sqrt,
    "abs": _abs,
    "sign": _sign,
    "negate": _negate,
}

Nodes = tuple[Node, ...]


def _add(algebra: Algebra, _node: Node, _parts: Nodes, slopes: Nodes) -> Node:
    return algebra.add(*slopes)


def _subtract(algebra: Algebra, _node: Node, _parts: Nodes, slopes: Nodes) -> Node:
    return algebra.subtract(*slopes)


def _multiply(algebra: Algebra, _node: Node, parts: Nodes, slopes: Nodes) -> Node:
    (u, v), (du, dv) = parts, slopes
    return algebra.add(algebra.multiply(du, v), algebra.multiply(u, dv))


def _divide(algebra: Algebra, node: Node, parts: Nodes, slopes: Nodes) -> Node:
    """(u/v)′ = (u′ - (u/v) v′) / v, which reuses the quotient."""
    (_, v), (du, dv) = parts, slopes
    if dv == algebra.zero:
        return algebra.divide(du, v)
    return algebra.divide(algebra.subtract(du, algebra.multiply(node, dv)), v)


def _power(algebra: Algebra, node: Node, parts: Nodes, slopes: Nodes) -> Node:
    """(u^v)′ = v u^(v-1) u′ + u^v log(u) v′; the second term needs u > 0, and is there only where v varies."""
    (u, v), (du, dv) = parts, slopes
    terms = algebra.zero
    if du != algebra.zero:
        lower = algebra.power(u, algebra.subtract(v, algebra.one))
        terms = algebra.multiply(algebra.multiply(v, lower), du)
    if dv != algebra.zero:
        growth = algebra.multiply(algebra.multiply(node, algebra.apply("log", u)), dv)
        terms = algebra.add(terms, growth)
    return terms


def _max(algebra: Algebra, _node: Node, parts: Nodes, slopes: Nodes) -> Node:
    return algebra.choose(*parts, *slopes)


def _min(algebra: Algebra, _node: Node, parts: Nodes, slopes: Nodes) -> Node:
    return algebra.choose(*parts[::-1], *slopes)


def _choose(algebra: Algebra, _node: Node, parts: Nodes, slopes: Nodes) -> Node:
    return algebra.choose(*parts[:2], *slopes[2:])


_OF_SEVERAL: dict[str, Callable[[Algebra, Node, Nodes, Nodes], Node]] = {
    "add": _add,
    "subtract": _subtract,
    "multiply": _multiply,
    "divide": _divide,
    "power": _power,
    "max": _max,
    "min": _min,
    "choose": _choose,
}
