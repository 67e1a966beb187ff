"""Sums, products and powers of nodes as one would write them by hand: for derivatives, never for what was typed.

x·0 becomes 0 and x/x becomes 1 also where x is undefined, so that whoever uses a derivative asks first whether the
function itself is defined there. Numbers are merged only where the result is exact: 1/3 stays 1/3.
"""

import math
from fractions import Fraction

from nnviz.engine.expression.graph import Graph, Node


class Algebra:
    """Makes simplified nodes in a graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.zero, self.one = graph.number(0.0), graph.number(1.0)

    def number(self, value: float) -> Node:
        """A constant number."""
        return self.graph.number(value)

    def apply(self, operation: str, *parts: Node) -> Node:
        """An operation for which there is nothing to simplify."""
        return self.graph.apply(operation, *parts)

    def negate(self, a: Node) -> Node:
        """-a."""
        part = self.graph[a]
        if part.operation == "number":
            return self.number(-part.value)
        if part.operation == "negate":
            return part.parts[0]
        if part.operation == "subtract":
            return self.subtract(part.parts[1], part.parts[0])
        factor, rest = self._split(a)
        return self.multiply(self.number(-factor), rest) if factor != 1.0 else self.apply("negate", a)

    def add(self, a: Node, b: Node) -> Node:
        """a + b."""
        if a == self.zero:
            return b
        if b == self.zero:
            return a
        (first, u), (second, v) = self._split(a), self._split(b)
        if u == v and _exactly(Fraction(first) + Fraction(second), first + second):
            return self._scaled(first + second, u)
        if second < 0.0:
            return self.subtract(a, self._scaled(-second, v))
        if first == -1.0:
            return self.subtract(b, u)
        return self.apply("add", a, b)

    def subtract(self, a: Node, b: Node) -> Node:
        """a - b."""
        if b == self.zero:
            return a
        if a == self.zero:
            return self.negate(b)
        (first, u), (second, v) = self._split(a), self._split(b)
        if u == v and _exactly(Fraction(first) - Fraction(second), first - second):
            return self._scaled(first - second, u)
        if second < 0.0:
            return self.add(a, self._scaled(-second, v))
        return self.apply("subtract", a, b)

    def multiply(self, a: Node, b: Node) -> Node:
        """a · b, with numbers in front and a sign before all."""
        if self.zero in (a, b):
            return self.zero
        (first, a), (second, b) = self._split(a), self._split(b)
        factor = first * second
        if not _exactly(Fraction(first) * Fraction(second), factor):
            return self.apply("multiply", self._scaled(first, a), self._scaled(second, b))
        return self._scaled(factor, self._product(a, b))

    def divide(self, a: Node, b: Node) -> Node:
        """a / b."""
        if a == self.zero or b == self.one:
            return a
        if a == b:
            return self.one
        (above, top), (below, bottom) = self._split(a), self._split(b)
        quotient = above / below
        if not _exactly(Fraction(above) / Fraction(below), quotient):
            return self.apply("divide", a, b)
        if bottom == self.one:
            return self._scaled(quotient, top)
        if quotient.is_integer():
            part = self.graph[bottom]
            if top == bottom:
                return self.number(quotient)
            if part.operation == "divide":
                return self._scaled(quotient, self.divide(self.multiply(top, part.parts[1]), part.parts[0]))
            if quotient < 0.0:
                return self.negate(self.divide(self._scaled(-quotient, top), bottom))
            return self.apply("divide", self._scaled(quotient, top), bottom)
        return self.apply("divide", a, b)

    def power(self, a: Node, b: Node) -> Node:
        """a to the power of b."""
        if b == self.zero:
            return self.one
        return a if b == self.one else self.apply("power", a, b)

    def choose(self, a: Node, b: Node, p: Node, q: Node) -> Node:
        """p where a > b, q where a < b, their mean where a = b."""
        return p if p == q else self.apply("choose", a, b, p, q)

    def _split(self, a: Node) -> tuple[float, Node]:
        """(c, u) with a = c · u; a number is (c, 1), what has no number in front (1, a)."""
        part = self.graph[a]
        if part.operation == "number" and part.value != 0.0:
            return part.value, self.one
        if part.operation == "negate":
            factor, rest = self._split(part.parts[0])
            return -factor, rest
        if part.operation == "multiply":
            front = self.graph.value_of(part.parts[0])
            if front:
                return front, part.parts[1]
        return 1.0, a

    def _scaled(self, factor: float, a: Node) -> Node:
        if factor == 0.0:
            return self.zero
        if factor == 1.0 or a == self.zero:
            return a
        if a == self.one:
            return self.number(factor)
        if self.graph[a].operation == "divide":
            top, bottom = self.graph[a].parts
            return self.divide(self.multiply(self.number(factor), top), bottom)
        return self.apply("negate", a) if factor == -1.0 else self.apply("multiply", self.number(factor), a)

    def _product(self, a: Node, b: Node) -> Node:
        if a == self.one:
            return b
        if b == self.one:
            return a
        (base, exponent), (other, more) = self._power_of(a), self._power_of(b)
        if base == other and exponent + more > 0.0:
            return self.power(base, self.number(exponent + more))
        for first, second in ((a, b), (b, a)):
            part = self.graph[second]
            if part.operation == "divide":
                return self.divide(self.multiply(first, part.parts[0]), part.parts[1])
        return self.apply("multiply", a, b)

    def _power_of(self, a: Node) -> tuple[Node, float]:
        """(u, n) with a = u^n, n a whole number above 0; else (a, 1)."""
        part = self.graph[a]
        if part.operation == "power":
            exponent = self.graph.value_of(part.parts[1])
            if exponent is not None and exponent > 0.0 and exponent.is_integer():
                return part.parts[0], exponent
        return a, 1.0


def _exactly(exact: Fraction, value: float) -> bool:
    return math.isfinite(value) and Fraction(value) == exact
