"""What a lesson can have measured: a name, the arguments it takes, and how it is found."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any

from nnviz.engine import ACTIVATIONS

Value = float | str
"""A number, or a word such as a verdict's code."""

SHARE = "share"
MAX_WHOLE = 1000
_RANGES = {"whole": "a whole number from 1", "number": "a number", "activation": "an activation's name"}


@dataclass(frozen=True)
class Quantity:
    """workspace: of the documents it can be measured in; None: it needs none. parameters: "whole", "number" or
    "activation", one for each argument. find: (what was run, *arguments) → value; without what was run where it needs
    none. words: what it is, with {0}, {1} where the arguments stand. unit: of its number, in the plural; SHARE for one
    from 0 to 1 that is told in percent, too; empty where it has none."""

    workspace: str | None
    parameters: tuple[str, ...]
    find: Callable[..., Value]
    words: str
    unit: str = ""

    def arguments(self, texts: tuple[str, ...]) -> list[Any]:
        """The arguments that the texts say. ValueError in words for others than it takes."""
        if len(texts) != len(self.parameters):
            wanted = ", ".join(_RANGES[parameter] for parameter in self.parameters) or "nothing"
            raise ValueError(f"takes {wanted}; got {len(texts)} argument{'' if len(texts) == 1 else 's'}")
        return [_argument(text, parameter) for text, parameter in zip(texts, self.parameters, strict=True)]


def _argument(text: str, parameter: str) -> Any:
    if parameter == "whole" and text.isascii() and text.isdigit() and 1 <= int(text) <= MAX_WHOLE:
        return int(text)
    if parameter == "activation" and text in ACTIVATIONS:
        return ACTIVATIONS[text]
    if parameter == "number":
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if isfinite(value):
            return value
    raise ValueError(f"got {text[:40]!r}; allowed is {_RANGES[parameter]}")
