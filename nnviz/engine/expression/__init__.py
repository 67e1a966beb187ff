"""Typed expressions in x and y: read against a whitelist, differentiated exactly, evaluated on arrays."""

from nnviz.engine.expression.errors import ExpressionError
from nnviz.engine.expression.expression import VARIABLES, Evaluator, Expression, evaluate
from nnviz.engine.expression.functions import CONSTANTS, FUNCTIONS, Function

__all__ = [
    "CONSTANTS",
    "FUNCTIONS",
    "VARIABLES",
    "Evaluator",
    "Expression",
    "ExpressionError",
    "Function",
    "evaluate",
]
