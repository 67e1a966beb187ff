"""A typed expression: its values, its exact derivatives and its text."""

from collections.abc import Mapping, Sequence

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.checks import checked_array, checked_number
from nnviz.engine.expression.derivative import differentiate
from nnviz.engine.expression.errors import ExpressionError
from nnviz.engine.expression.notation import text_of
from nnviz.engine.expression.parser import parse
from nnviz.engine.expression.program import Program

Floats = NDArray[numpy.float64]
VARIABLES = ("x", "y")


class Expression:
    """A function of some variables. Immutable; derivatives are expressions, too, and share what they have in common.

    Values are computed in float64. Where a function is undefined they are nan (log of a negative number, 0/0) or
    infinite (overflow, 1/0), and no warning is given. source: the text as it was typed.
    """

    def __init__(
        self,
        text: str,
        variables: Sequence[str] = VARIABLES,
        parameters: Mapping[str, float] | None = None,
    ) -> None:
        """Reads a text. variables: the names it may hold; parameters: names that stand for the numbers given.

        ExpressionError (a ValueError) says in a sentence what is wrong, and where.
        """
        numbers = {name: checked_number(name, value) for name, value in (parameters or {}).items()}
        self.variables = tuple(variables)
        self.source = text
        self._graph, self._root = parse(text, self.variables, numbers)

    @property
    def text(self) -> str:
        """The expression in plain notation."""
        return text_of(self._graph, self._root)

    @property
    def used(self) -> tuple[str, ...]:
        """The variables that it depends on, in the order given."""
        parts = (self._graph[node] for node in self._graph.reachable(self._root))
        names = {part.name for part in parts if part.operation == "variable"}
        return tuple(name for name in self.variables if name in names)

    @property
    def has_kinks(self) -> bool:
        """Whether it holds abs, min or max, whose derivatives jump."""
        parts = (self._graph[node] for node in self._graph.reachable(self._root))
        return any(part.operation in ("abs", "min", "max", "sign", "choose") for part in parts)

    def derivative(self, variable: str) -> "Expression":
        """The exact derivative, simplified. It may be finite where the expression itself is undefined.

        At kinks it is the middle of the one-sided derivatives: for abs(x) 0, for max(x, 0) ½. ExpressionError when it
        grows too large.
        """
        if variable not in self.variables:
            raise ValueError(f"variable is {variable!r}; allowed are {', '.join(self.variables)}")
        try:
            root = differentiate(self._graph, self._root, variable)
        except ExpressionError as error:
            raise ExpressionError(error.message, 0, len(self.source)) from None
        other: Expression = object.__new__(Expression)
        other.variables, other.source, other._graph, other._root = self.variables, self.source, self._graph, root
        return other

    def evaluate(self, *coordinates: ArrayLike) -> Floats:
        """The values at points, one array for each variable; they broadcast to the shape of the result."""
        return evaluate((self,), *coordinates)[0]


class Evaluator:
    """Several expressions of one origin (one typed, its derivatives), evaluated together: shared parts once."""

    def __init__(self, expressions: Sequence[Expression]) -> None:
        first = expressions[0]
        graph = first._graph
        if any(each._graph is not graph for each in expressions):
            raise ValueError("expressions are of different origin; expected one and its derivatives")
        self.variables = first.variables
        self._program = Program(graph, tuple(each._root for each in expressions))

    @property
    def registers(self) -> int:
        """How many arrays an evaluation needs at a time."""
        return self._program.registers

    def run(self, coordinates: Sequence[Floats]) -> list[Floats]:
        """The values, one array of the coordinates' common shape for each expression (read it, do not write it)."""
        named = dict(zip(self.variables, coordinates, strict=True))
        shape = numpy.broadcast_shapes(*(each.shape for each in coordinates))
        return [numpy.broadcast_to(value, shape) for value in self._program.run(named)]


def evaluate(expressions: Sequence[Expression], *coordinates: ArrayLike) -> list[Floats]:
    """The values of several expressions of one origin at points; arrays of their own."""
    evaluator = Evaluator(expressions)
    if len(coordinates) != len(evaluator.variables):
        raise ValueError(f"got {len(coordinates)} coordinates; expected {', '.join(evaluator.variables)}")
    arrays = [checked_array(name, each) for name, each in zip(evaluator.variables, coordinates, strict=True)]
    return [numpy.array(value) for value in evaluator.run(arrays)]
