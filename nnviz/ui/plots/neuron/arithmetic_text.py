"""One neuron's arithmetic written out with its numbers: as coloured pieces, as a line of text, as LaTeX."""

from typing import NamedTuple

from nnviz.experiment.neuron.firing import Firing, activation_of
from nnviz.experiment.neuron.specification import UnitSpec
from nnviz.ui.plots.charts.wording import short, superscript

SYMBOLS = {"sigmoid": "σ", "threshold": "step", "linear": "f", "silu": "SiLU"}
LATEX = {"sigmoid": r"\sigma", "tanh": r"\tanh", "linear": "f"}
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Piece(NamedTuple):
    """Some words of the line. tone: "" for plain, "negative" or "positive" for a product, "strong" for a result."""

    text: str
    tone: str = ""


def subscript(letter: str, number: int) -> str:
    """x₁."""
    return letter + str(number).translate(_SUBSCRIPTS)


def input_name(unit: UnitSpec, index: int) -> str:
    """Its name, or x₁, x₂, … for one without."""
    return unit.names[index] if unit.names else subscript("x", index + 1)


def symbol(unit: UnitSpec) -> str:
    """How the activation is written in a formula."""
    return SYMBOLS.get(unit.activation, activation_of(unit).label)


def pieces(unit: UnitSpec, firing: Firing) -> list[Piece]:
    """The sum with a product a piece, its value, and what the activation makes of it."""
    found: list[Piece] = []
    for x, w, product in zip(unit.x, unit.w, firing.products, strict=True):
        tone = "negative" if product < 0.0 else "positive" if product > 0.0 else ""
        found += [Piece(" + ") if found else Piece(""), Piece(f"{_bare(x)}·{_bare(w)}", tone)]
    sign = " − " if unit.b < 0.0 else " + "
    found += [Piece(sign), Piece(short(abs(unit.b))), Piece(" = "), Piece(short(firing.z), "strong")]
    found += [Piece("  →  "), Piece(f"{symbol(unit)}({short(firing.z)}) = "), Piece(short(firing.a), "strong")]
    return [piece for piece in found if piece.text]


def sentence(unit: UnitSpec, firing: Firing) -> str:
    """The line as text: 0.7·0.3 + 0.9·0.1 + 0.5·(−0.1) + 0.2 = 0.45 → σ(0.45) = 0.6106."""
    return "".join(piece.text for piece in pieces(unit, firing)).replace("  ", " ")


def latex(unit: UnitSpec, firing: Firing) -> str:
    """The line for a LaTeX document."""
    products = [rf"{_tex(_bare(x))} \cdot {_tex(_bare(w))}" for x, w in zip(unit.x, unit.w, strict=True)]
    sign = "-" if unit.b < 0.0 else "+"
    name = LATEX.get(unit.activation, rf"\mathrm{{{symbol(unit)}}}")
    z, a = _tex(short(firing.z)), _tex(short(firing.a))
    return rf"z = {' + '.join(products)} {sign} {_tex(short(abs(unit.b)))} = {z}, \quad a = {name}({z}) = {a}"


def _bare(value: float) -> str:
    """A factor: in parentheses when it is negative."""
    return f"({short(value)})" if value < 0.0 else short(value)


def _tex(text: str) -> str:
    text = text.replace("−", "-").replace(",", "{,}")
    for digit in range(10):
        text = text.replace(superscript(digit), f"^{{{digit}}}") if superscript(digit) in text else text
    return text.replace("×", r" \times ").replace("⁻", "^{-}").replace("^{-}^{", "^{-").replace("}^{", "")
