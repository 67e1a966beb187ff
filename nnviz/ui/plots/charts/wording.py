"""Numbers as the screen writes them: four significant digits, all of them on hover, powers as ×10ⁿ."""

import math

import numpy
from numpy.typing import NDArray

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def short(value: float, digits: int = 4) -> str:
    """The value with so many significant digits: 0.03212, 12,346, 7.123×10⁻⁶, NaN, ∞."""
    if not math.isfinite(value):
        return _not_finite(value)
    size = abs(value)
    if 9999.5 <= size < 1e7:
        return _minus(f"{value:,.0f}")
    text = f"{value:.{digits - 1}e}" if size and not 1e-3 <= size < 9999.5 else f"{value:.{digits}g}"
    return _powers(text)


def round_number(value: float) -> str:
    """A number that is known to be round, such as a tick's: as many digits as it has, up to six."""
    return _powers(f"{value:.6g}")


def full(value: float) -> str:
    """The value with every digit that tells it from its neighbours."""
    if not math.isfinite(value):
        return _not_finite(value)
    return _powers(repr(float(value)))


def plain(value: float) -> str:
    """Every digit, as programs and spreadsheets read it: 7.123e-06, nan."""
    return repr(float(value)).removesuffix(".0")


def plain_rows(values: NDArray[numpy.float64]) -> list[tuple[str, ...]]:
    """The rows (N, K) in the same way; for many numbers, which take half the time so."""
    texts = iter([text[:-2] if text.endswith(".0") else text for text in map(repr, values.ravel().tolist())])
    return list(zip(*[texts] * values.shape[-1], strict=True))


def power(exponent: int) -> str:
    """10ⁿ."""
    return "10" + superscript(exponent)


def superscript(exponent: int) -> str:
    """The number, raised."""
    return str(exponent).translate(_SUPERSCRIPTS)


def count(value: float) -> str:
    """A whole number with its thousands apart."""
    return f"{round(value):,}"


def _powers(text: str) -> str:
    mantissa, _, exponent = text.partition("e")
    return _minus(f"{mantissa}×{power(int(exponent))}" if exponent else mantissa)


def _minus(text: str) -> str:
    return "−" + text[1:] if text.startswith("-") else text


def _not_finite(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return "∞" if value > 0 else "−∞"
