"""Arithmetic as a tree of numbers: it writes itself as text or as LaTeX, with few digits or all, and works itself out.

Only what formulas of a training step need. A number is written in plain figures (0.03212, 7.123×10⁻⁶); what is
written can be read back and worked out again, which is how the tests check it.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

SUM, PRODUCT, ATOM = 0, 1, 2
"""How loosely something written holds together: what is looser than its place needs is put in parentheses."""
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Style:
    """digits: significant ones of every number, None for all. most: terms of a long sum that are written, None for all.
    latex: LaTeX instead of text."""

    digits: int | None = 4
    most: int | None = None
    latex: bool = False


def superscript(text: object) -> str:
    """Digits and minus, raised."""
    return str(text).translate(_SUPERSCRIPTS)


def subscript(text: object) -> str:
    """Digits, lowered."""
    return str(text).translate(_SUBSCRIPTS)


def figures(value: float, style: Style) -> str:
    """One number."""
    if not math.isfinite(value):
        names = ("NaN", "∞", "−∞") if not style.latex else (r"\mathrm{NaN}", r"\infty", r"-\infty")
        return names[0] if math.isnan(value) else names[1 if value > 0 else 2]
    value = value or 0.0  # no minus zero
    text = repr(value).removesuffix(".0") if style.digits is None else _short(value, style.digits)
    mantissa, _, exponent = text.partition("e")
    if style.latex:
        # A minus of its own would stand apart from the number, like one between two.
        mantissa = mantissa.replace("-", "{-}")
        return rf"{mantissa} \times 10^{{{int(exponent)}}}" if exponent else mantissa
    return (f"{mantissa}×10{superscript(int(exponent))}" if exponent else mantissa).replace("-", "−")


def rounded(value: float, digits: int | None) -> float:
    """The number that is read when it is written with so many digits."""
    return value if digits is None or not math.isfinite(value) else float(_short(value, digits))


def _short(value: float, digits: int) -> str:
    size = abs(value)
    if size and not 1e-3 <= size < 1e6:
        mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
        return f"{mantissa.rstrip('0').rstrip('.')}e{exponent}"
    text = f"{value:.{max(digits, len(str(int(size))))}g}"
    return text if "e" not in text else repr(float(text)).removesuffix(".0")


class Node:
    """A piece of arithmetic. rank: how loosely it holds together when written."""

    rank = ATOM

    def at(self, digits: int | None = None) -> float:
        """Its value when all its numbers are taken with so many digits."""
        raise NotImplementedError

    def write(self, style: Style) -> str:
        """As text or LaTeX."""
        raise NotImplementedError

    def within(self, style: Style, rank: int) -> str:
        """Written in a place that needs this rank."""
        return self.write(style) if self.rank >= rank else f"({self.write(style)})"


@dataclass(frozen=True)
class Number(Node):
    """A number."""

    value: float

    @property
    def rank(self) -> int:  # type: ignore[override]
        """A negative one needs parentheses nearly everywhere; one with a power of ten is a product."""
        if self.value < 0.0:
            return SUM
        return ATOM if self.value == 0.0 or 1e-3 <= self.value < 1e6 else PRODUCT

    def at(self, digits: int | None = None) -> float:
        return rounded(self.value, digits)

    def write(self, style: Style) -> str:
        return figures(self.value, style)


@dataclass(frozen=True)
class Sum(Node):
    """Terms added up."""

    terms: Sequence[Node]
    rank = SUM

    def at(self, digits: int | None = None) -> float:
        values = [term.at(digits) for term in self.terms]
        return math.fsum(values) if all(map(math.isfinite, values)) else sum(values)

    def write(self, style: Style) -> str:
        count, most = len(self.terms), style.most
        if most is None or count <= most:
            return _added([term.within(style, SUM) for term in self.terms])
        first = most - 1
        left = count - most
        words = rf"\cdots\,({left}\text{{ more}})\,\cdots" if style.latex else f"… {left} more …"
        return _added([*(t.within(style, SUM) for t in self.terms[:first]), words, self.terms[-1].within(style, SUM)])


@dataclass(frozen=True)
class Negative(Node):
    """Minus something."""

    of: Node
    rank = SUM

    def at(self, digits: int | None = None) -> float:
        return -self.of.at(digits)

    def write(self, style: Style) -> str:
        return ("{-}" if style.latex else "−") + self.of.within(style, PRODUCT)


@dataclass(frozen=True)
class Product(Node):
    """Factors multiplied."""

    factors: Sequence[Node]
    rank = PRODUCT

    def at(self, digits: int | None = None) -> float:
        return math.prod(factor.at(digits) for factor in self.factors)

    def write(self, style: Style) -> str:
        return (r" \cdot " if style.latex else "·").join(factor.within(style, PRODUCT) for factor in self.factors)


@dataclass(frozen=True)
class Quotient(Node):
    """One divided by another."""

    top: Node
    bottom: Node
    rank = PRODUCT

    def at(self, digits: int | None = None) -> float:
        bottom = self.bottom.at(digits)
        return self.top.at(digits) / bottom if bottom else math.nan

    def write(self, style: Style) -> str:
        if style.latex:
            return rf"\frac{{{self.top.write(style)}}}{{{self.bottom.write(style)}}}"
        return f"{self.top.within(style, PRODUCT)}/{self.bottom.within(style, ATOM)}"


@dataclass(frozen=True)
class Power(Node):
    """Something to a whole power."""

    base: Node
    exponent: int

    def at(self, digits: int | None = None) -> float:
        return float(self.base.at(digits) ** self.exponent)

    def write(self, style: Style) -> str:
        base = self.base.within(style, ATOM)
        if style.latex:
            return f"{base}^{{{self.exponent}}}"
        return base + superscript(self.exponent)


@dataclass(frozen=True)
class Call(Node):
    """A function of something. latex: has {} where the arguments go, such as \\ln({})."""

    name: str
    latex: str
    function: Callable[..., float]
    arguments: Sequence[Node]

    def at(self, digits: int | None = None) -> float:
        try:
            return self.function(*(argument.at(digits) for argument in self.arguments))
        except (OverflowError, ValueError):
            return math.nan

    def write(self, style: Style) -> str:
        separator = r",\," if style.latex else ", "
        inner = separator.join(argument.write(style) for argument in self.arguments)
        return self.latex.replace("{}", inner) if style.latex else f"{self.name}({inner})"


@dataclass(frozen=True)
class LnOnePlus(Node):
    """ln(1 + …), worked out without losing what is small beside the 1."""

    of: Node

    def at(self, digits: int | None = None) -> float:
        value = self.of.at(digits)
        return math.log1p(value) if value > -1.0 else math.nan

    def write(self, style: Style) -> str:
        inner = _added(["1", self.of.within(style, SUM)])
        return rf"\ln({inner})" if style.latex else f"ln({inner})"


def exp(of: Node) -> Call:
    """e to the power."""
    return Call("exp", "e^{{}}", math.exp, [of])


def ln(of: Node) -> Call:
    """The natural logarithm."""
    return Call("ln", r"\ln({})", math.log, [of])


def root(of: Node) -> Call:
    """The square root."""
    return Call("√", r"\sqrt{{}}", math.sqrt, [of])


def size(of: Node) -> Call:
    """The absolute value."""
    return Call("abs", "|{}|", abs, [of])


def _added(terms: Sequence[str]) -> str:
    text = terms[0]
    for term in terms[1:]:
        sign, rest = "+", term
        for minus, between in (("−", "−"), ("{-}", "-")):
            if term.startswith(minus):
                sign, rest = between, term.removeprefix(minus)
        text += f" {sign} {rest}"
    return text
