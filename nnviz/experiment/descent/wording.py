"""Numbers in sentences: four significant digits at most, a proper minus, powers as ×10ⁿ."""

import math
from collections.abc import Iterable

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int = 4) -> str:
    """A number as it is written: 3.2, −0.41, 1.5×10⁻⁷, ∞, undefined."""
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "∞" if value > 0.0 else "−∞"
    text = f"{value + 0.0:.{digits}g}"
    mantissa, _, exponent = text.partition("e")
    power = f"×10{str(int(exponent)).translate(_RAISED)}" if exponent else ""
    return f"{mantissa}{power}".replace("-", "−")


def vector(values: Iterable[float], digits: int = 4) -> str:
    """A place or a gradient: (3.2, −0.41), and a single number without parentheses."""
    texts = [number(float(value), digits) for value in values]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"
