"""Numbers as they are typed and shown in fields: every digit kept, powers of ten welcome, no locale."""

import math
import re

from PySide6.QtGui import QValidator

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
BEGINNING = re.compile(r"[+-]?\d*\.?\d*(?:e[+-]?\d*)?", re.ASCII | re.IGNORECASE)
MINUS = "−"
PLAIN_FROM, PLAIN_TO = 1e-4, 1e7
"""Between these a number is written without a power of ten."""


def number_text(value: float) -> str:
    """The shortest text that reads back as exactly this value: 0.0123456789, 1e-6, 200000."""
    if value == 0.0 or not math.isfinite(value):
        return f"{value:g}"
    if PLAIN_FROM <= abs(value) < PLAIN_TO:
        return repr(value).removesuffix(".0")
    mantissa, _, exponent = _scientific(value).partition("e")
    return f"{mantissa.removesuffix('.0')}e{int(exponent)}"


def parse_number(text: str) -> float | None:
    """The finite number that a text stands for, a decimal comma and a real minus sign allowed; None when it is none."""
    text = _plain(text)
    if not NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def could_become_number(text: str) -> bool:
    """Whether more typing could make a number of it: "", "-", "1e-"."""
    return BEGINNING.fullmatch(_plain(text)) is not None


def _plain(text: str) -> str:
    return text.strip().replace(",", ".").replace(MINUS, "-")


def _scientific(value: float) -> str:
    """The fewest digits that read back as value, with a power of ten."""
    return next(text for digits in range(17) if float(text := f"{value:.{digits}e}") == value)


def validity(value: float | None, text: str, low: float, high: float) -> QValidator.State:
    """What a field says of a text being typed; value: the number it stands for, None when the field takes none such."""
    if value is not None and low <= value <= high:
        return QValidator.State.Acceptable
    return QValidator.State.Intermediate if could_become_number(text) else QValidator.State.Invalid
