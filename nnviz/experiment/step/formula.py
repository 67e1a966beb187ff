"""A formula with its symbols, then with the numbers put in, then its value; as text and as LaTeX."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from nnviz.experiment.step.nodes import Node, Style, figures, rounded, subscript, superscript

DIGITS, MOST_DIGITS = 4, 17
"""Significant digits of the numbers put in; more only where rounding would lead to another result."""
SLACK = 2.0
"""How far the result of the numbers written may be from the result written, in units of its last digit."""


@dataclass(frozen=True)
class Words:
    """Something in symbols, as text and as LaTeX."""

    text: str
    latex: str

    def write(self, *, latex: bool) -> str:
        """One of the two."""
        return self.latex if latex else self.text


@dataclass(frozen=True)
class Line:
    """left = rule = numbers = result. numbers is None where the numbers are the result, or too many to write.

    sign: "=" or "←", of what replaces itself.
    """

    left: Words
    rule: Words | None
    numbers: Node | None
    result: float
    sign: str = "="

    @property
    def digits(self) -> int:
        """As many as it takes for the numbers written to give the result written."""
        if self.numbers is None or not math.isfinite(self.result):
            return DIGITS
        shown = rounded(self.result, DIGITS)
        unit = 10.0 ** (math.floor(math.log10(abs(shown))) - DIGITS + 1) if shown else 1e-15
        for digits in range(DIGITS, MOST_DIGITS):
            if abs(self.numbers.at(digits) - shown) <= SLACK * unit:
                return digits
        return MOST_DIGITS

    def parts(self, *, latex: bool = False, most: int | None = None) -> tuple[str, ...]:
        """Left side, then each of the things that it equals. most: terms written of a long sum."""
        style = Style(self.digits, most, latex)
        found = [self.left.write(latex=latex)]
        if self.rule:
            found.append(self.rule.write(latex=latex))
        if self.numbers:
            found.append(self.numbers.write(style))
        result = figures(self.result, Style(DIGITS, latex=latex))
        return tuple(found) if found[-1] == result and len(found) > 1 else (*found, result)

    def text(self, most: int | None = None) -> str:
        """On one line."""
        first, *rest = self.parts(most=most)
        return f"{first} {self.sign} {' = '.join(rest)}"

    def latex(self, most: int | None = None) -> str:
        """On one line."""
        first, *rest = self.parts(latex=True, most=most)
        return f"{first} {self._arrow} {' = '.join(rest)}"

    def rows(self) -> list[str]:
        """For an aligned environment, one row for each thing that it equals."""
        first, *rest = self.parts(latex=True)
        signs = [self._arrow, *["="] * (len(rest) - 1)]
        return [
            f"{first if place == 0 else ''} &{sign} {part}"
            for place, (sign, part) in enumerate(zip(signs, rest, strict=True))
        ]

    @property
    def exact(self) -> str:
        """The result with every digit."""
        return figures(self.result, Style(None))

    @property
    def _arrow(self) -> str:
        return r"\leftarrow" if self.sign == "←" else "="


@dataclass(frozen=True)
class Formula:
    """What is explained, the lines that lead to it (the last one is the answer), and a remark or nothing."""

    title: str
    lines: Sequence[Line]
    note: str = ""

    @property
    def result(self) -> float | None:
        """Of the last line; None where there is nothing to work out."""
        return self.lines[-1].result if self.lines else None

    def text(self) -> str:
        """All of it, sums complete, the results with every digit at the end of their lines."""
        body = [f"{line.text()}    (exactly {line.exact})" for line in self.lines]
        return "\n".join([self.title, *body, *([self.note] if self.note else [])])

    def latex(self) -> str:
        """All of it for a document that uses amsmath, sums complete."""
        if not self.lines:
            return rf"\text{{{self.title}}}"
        return (
            "\\begin{aligned}\n"
            + " \\\\\n".join(row for line in self.lines for row in line.rows())
            + "\n\\end{aligned}"
        )


def words(text: str, latex: str | None = None) -> Words:
    """The same in both, unless told."""
    return Words(text, text if latex is None else latex)


def mark(letter: Words, layer: int | None, place: str = "") -> Words:
    """A letter with the number of its unit (or units) below and its layer above: z₃⁽²⁾."""
    below, above = subscript(place), "" if layer is None else superscript(layer)
    lower = f"_{{{place}}}" if place else ""
    upper = "" if layer is None else f"^{{({layer})}}"
    return Words(f"{letter.text}{below}{f'⁽{above}⁾' if above else ''}", f"{letter.latex}{upper}{lower}")


def weight(layer: int, i: int, j: int) -> Words:
    """w₁₂⁽¹⁾, from unit i to unit j (from 0) of the layer."""
    between = "" if max(i, j) < 9 else ","
    return mark(words("w"), layer, f"{i + 1}{between}{j + 1}")


def bias(layer: int, j: int) -> Words:
    """b₂⁽¹⁾."""
    return mark(words("b"), layer, str(j + 1))


def pre_activation(layer: int, j: int) -> Words:
    """z₂⁽¹⁾."""
    return mark(words("z"), layer, str(j + 1))


def delta(layer: int, j: int) -> Words:
    """δ₂⁽¹⁾."""
    return mark(words("δ", r"\delta"), layer, str(j + 1))


def output(layer: int, j: int, depth: int) -> Words:
    """x₁ of an input, a₂⁽¹⁾ of a hidden unit, ŷ₁ of an output."""
    if layer == 0:
        return mark(words("x"), None, str(j + 1))
    if layer == depth:
        return mark(words("ŷ", r"\hat{y}"), None, str(j + 1))
    return mark(words("a"), layer, str(j + 1))


def target(j: int) -> Words:
    """y₁."""
    return mark(words("y"), None, str(j + 1))


def derivative(of: Words, by: Words) -> Words:
    """∂J/∂w."""
    return Words(f"∂{of.text}/∂{by.text}", rf"\frac{{\partial {of.latex}}}{{\partial {by.latex}}}")
