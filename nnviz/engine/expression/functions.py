"""The functions and constants that an expression may use."""

import math
from dataclasses import dataclass

MANY = 20


@dataclass(frozen=True)
class Function:
    """A function's name, how many arguments it takes (least to most), and what it is in a few words."""

    name: str
    least: int
    most: int
    meaning: str


FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        Function("exp", 1, 1, "e to the power of the argument"),
        Function("log", 1, 1, "natural logarithm, undefined for negative numbers"),
        Function("sin", 1, 1, "sine, in radians"),
        Function("cos", 1, 1, "cosine, in radians"),
        Function("tan", 1, 1, "tangent, in radians"),
        Function("tanh", 1, 1, "hyperbolic tangent"),
        Function("sqrt", 1, 1, "square root, undefined for negative numbers"),
        Function("abs", 1, 1, "distance from zero"),
        Function("min", 2, MANY, "the smallest argument"),
        Function("max", 2, MANY, "the largest argument"),
    )
}
"""Every function by name."""

CONSTANTS: dict[str, float] = {"pi": math.pi, "e": math.e}
"""Every constant by name."""
