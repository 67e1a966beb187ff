"""A typed expression, read against a whitelist: nothing in it is ever executed.

    sum     = product (("+" | "-") product)*
    product = signed (("*" | "/") signed)*
    signed  = ("-" | "+") signed | power
    power   = primary [("^" | "**") signed]          so -x^2 is -(x^2), and 2^-x and 2^3^2 = 2^9 are as in Python
    primary = number | name | function "(" sum ("," sum)* ")" | "(" sum ")"

Nothing is implicit: 2x is refused, and 2*x proposed.
"""

import difflib
from collections.abc import Mapping, Sequence

from nnviz.engine.expression.errors import ExpressionError
from nnviz.engine.expression.functions import CONSTANTS, FUNCTIONS, Function
from nnviz.engine.expression.graph import Graph, Node
from nnviz.engine.expression.tokens import Token, tokenize

MAX_DEPTH = 50
"""Parentheses, signs and powers inside one another."""


def parse(text: str, variables: Sequence[str], parameters: Mapping[str, float] | None = None) -> tuple[Graph, Node]:
    """The graph of a text and the node that is the whole of it.

    variables: names left open; parameters: names that stand for a number. ExpressionError with its place.
    """
    return _Parser(text, tuple(variables), parameters or {}).whole()


class _Parser:
    def __init__(self, text: str, variables: tuple[str, ...], parameters: Mapping[str, float]) -> None:
        self.text, self.variables, self.parameters = text, variables, parameters
        self.graph = Graph()
        self.tokens = tokenize(text)
        self.place = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.place]

    def next(self) -> Token:
        token = self.token
        self.place += 1
        return token

    def whole(self) -> tuple[Graph, Node]:
        node = self.sum()
        token = self.token
        if token.text == ")":
            raise _error("this ) has no ( before it", token)
        if token.text == ",":
            raise _error("a comma stands only between a function's arguments; decimals are written as 0.5", token)
        return self.graph, node

    def sum(self) -> Node:
        node = self.product()
        while self.token.text in ("+", "-"):
            operation = "add" if self.next().text == "+" else "subtract"
            node = self.graph.apply(operation, node, self.product())
        return node

    def product(self) -> Node:
        node = self.signed()
        while self.token.text in ("*", "/"):
            operation = "multiply" if self.next().text == "*" else "divide"
            node = self.graph.apply(operation, node, self.signed())
        return node

    def signed(self) -> Node:
        """Whatever nests passes here, so this is where the depth is counted."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _error(f"nested too deeply; at most {MAX_DEPTH} levels are allowed", self.token)
        if self.token.text in ("+", "-"):
            minus = self.next().text == "-"
            node = self.signed()
            node = self.graph.apply("negate", node) if minus else node
        else:
            node = self.power()
        self.depth -= 1
        return node

    def power(self) -> Node:
        base = self.primary()
        self.refuse_implicit_product()
        if self.token.text == "^":
            self.next()
            return self.graph.apply("power", base, self.signed())
        return base

    def primary(self) -> Node:
        token = self.next()
        if token.kind == "number":
            return self.graph.number(float(token.text))
        if token.kind == "name":
            return self.named(token)
        if token.text == "(":
            node = self.sum()
            self.close(token)
            return node
        if token.kind == "end":
            raise _error("something is missing at the end", token)
        raise _error(f"a number, a name or ( is missing before {token.text}", token)

    def named(self, token: Token) -> Node:
        name = token.text
        if name in self.parameters:
            return self.graph.number(self.parameters[name])
        if name in self.variables:
            return self.graph.variable(name)
        if name in CONSTANTS:
            return self.graph.constant(name)
        if name in FUNCTIONS:
            return self.call(FUNCTIONS[name], token)
        raise _error(self.unknown(name), token)

    def call(self, function: Function, token: Token) -> Node:
        if self.token.text != "(":
            raise _error(f"{function.name} needs parentheses around its argument, as in {function.name}(x)", token)
        opening = self.next()
        arguments: list[Node] = []
        while self.token.text != ")":
            arguments.append(self.sum())
            if self.token.text == ",":
                comma = self.next()
                if self.token.text == ")":
                    raise _error("an argument is missing behind this comma", comma)
            elif self.token.text != ")":
                break
        self.close(opening)
        if not function.least <= len(arguments) <= function.most:
            wanted = "1 argument" if function.most == 1 else f"{function.least} to {function.most} arguments"
            last = self.tokens[self.place - 1]
            raise ExpressionError(f"{function.name} takes {wanted}, not {len(arguments)}", token.start, last.end)
        if function.most == 1:
            return self.graph.apply(function.name, *arguments)
        node, *rest = arguments
        for argument in rest:
            node = self.graph.apply(function.name, node, argument)
        return node

    def close(self, opening: Token) -> None:
        token = self.token
        if token.text == ")":
            self.next()
        elif token.text == ",":
            raise _error("a comma stands only between a function's arguments; decimals are written as 0.5", token)
        else:
            raise _error("this ( is never closed: ) is missing", opening)

    def refuse_implicit_product(self) -> None:
        """What follows a factor is a sign; 2x, x y and (x)(y) are products whose sign was left out."""
        token = self.token
        if token.kind not in ("number", "name") and token.text != "(":
            return
        before = self.tokens[self.place - 1]
        if token.text == "(" and before.kind == "name":
            known = ", ".join(FUNCTIONS)
            message = f"{before.text} is no function (those are {known}); for a product write {before.text}*(…)"
        else:
            left, right = ("(…)" if each.text in ("(", ")") else each.text for each in (before, token))
            message = f"a product needs its sign: write {left}*{right}"
        raise ExpressionError(message, before.start, token.end)

    def unknown(self, name: str) -> str:
        allowed = [*self.variables, *self.parameters, *CONSTANTS, *FUNCTIONS]
        message = f"{name} is not known"
        if len(name) > 1 and all(letter in self.variables for letter in name):
            return f"{message}; for a product write {'*'.join(name)}"
        if near := difflib.get_close_matches(name.lower(), allowed, 1, cutoff=0.5):
            return f"{message}; did you mean {near[0]}?"
        return f"{message}; allowed are {', '.join(allowed)}"


def _error(message: str, token: Token) -> ExpressionError:
    return ExpressionError(message, token.start, token.end)
