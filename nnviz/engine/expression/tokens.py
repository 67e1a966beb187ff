"""A typed expression cut into numbers, names and signs, each with its place in the text."""

import math
import re
from dataclasses import dataclass
from typing import Literal

from nnviz.engine.expression.errors import ExpressionError

MAX_CHARACTERS = 500

Kind = Literal["number", "name", "sign", "end"]

_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
_SIGN = re.compile(r"\*\*|[-+*/^(),]")
_PASTED = {"−": "-", "–": "-", "·": "*", "×": "*", "÷": "/", "π": "pi"}
"""Characters of printed formulas; each is read as what stands beside it."""
_SUPERSCRIPTS = {"²": "2", "³": "3"}


@dataclass(frozen=True)
class Token:
    """One piece: what it is, its text (`**` is told as `^`), the characters from start to before end."""

    kind: Kind
    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The pieces of a text, an "end" behind the last. ExpressionError for what no expression holds."""
    if len(text) > MAX_CHARACTERS:
        raise ExpressionError(
            f"the expression has {len(text)} characters; at most {MAX_CHARACTERS} are allowed",
            MAX_CHARACTERS,
            len(text),
        )
    tokens, place = [], 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        token = _token_at(text, place)
        tokens.append(token)
        place = token.end
    if not tokens:
        raise ExpressionError("type an expression in x, such as x^2", 0, len(text))
    tokens.append(Token("end", "", len(text), len(text) + 1))
    return tokens


def _token_at(text: str, place: int) -> Token:
    letter = text[place]
    if pasted := _PASTED.get(letter):
        return Token("name" if pasted.isalpha() else "sign", pasted, place, place + 1)
    if found := _NUMBER.match(text, place):
        if not math.isfinite(float(found[0])):
            raise ExpressionError("this number is too large; at most 1.8e308 is allowed", place, found.end())
        return Token("number", found[0], place, found.end())
    if found := _NAME.match(text, place):
        return Token("name", found[0], place, found.end())
    if found := _SIGN.match(text, place):
        return Token("sign", "^" if found[0] == "**" else found[0], place, found.end())
    raise ExpressionError(_refusal(letter), place, place + 1)


def _refusal(letter: str) -> str:
    if power := _SUPERSCRIPTS.get(letter):
        return f"write a power with ^, here ^{power}"
    if letter == "=":
        return "type only what stands to the right of ="
    if letter in "[]{}":
        return "only round parentheses ( ) are allowed"
    shown = letter if letter.isprintable() else repr(letter)[1:-1]
    return f"{shown} is not allowed; allowed are numbers, x, y, + - * / ^, parentheses, commas and functions"
