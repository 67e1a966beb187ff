"""What the public functions ask of their arguments.

Each check returns the argument in the form that the code works with, or raises a ValueError that names it, says what it
is and what is allowed. They stand where something is made or set, never in what a trainer does at every step.
"""

import math
import operator
from collections.abc import Mapping
from typing import Any, TypeVar

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]
T = TypeVar("T")

MOST_SHOWN = 80
"""Characters of a wrong value that are told."""
REAL = "biuf"
"""NumPy's kinds of real numbers; an array of truth values is one of zeros and ones."""
LARGEST = float(numpy.finfo(numpy.float64).max)
MOST_WHOLE = 2**63 - 1


def shown(value: object) -> str:
    """A wrong value as Python writes it, on one line and not too long."""
    text = " ".join(repr(value.item() if isinstance(value, numpy.generic) else value).split())
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def known(name: str, value: object, registry: Mapping[str, T]) -> T:
    """The registry's record of that name, or a ValueError that lists the names allowed."""
    if not isinstance(value, str) or value not in registry:
        raise ValueError(f"{name} is {shown(value)}; allowed are {', '.join(registry)}")
    return registry[value]


def checked_instance(name: str, value: object, kind: type[T]) -> T:
    """value, which must be of that class."""
    if not isinstance(value, kind):
        raise ValueError(f"{name} is {shown(value)}; expected is a {kind.__name__}")
    return value


def checked_number(name: str, value: object, low: float = -math.inf, high: float = math.inf) -> float:
    """A finite number from low to high, as a float."""
    numbers = checked_numbers(name, value, low, high)
    if not isinstance(numbers, float):
        raise ValueError(f"{name} is {shown(value)}; expected {_range_in_words(low, high)}")
    return numbers


def checked_numbers(name: str, value: object, low: float = -math.inf, high: float = math.inf) -> float | Floats:
    """One finite number from low to high as a float, or several as an array, for the members of a population."""
    array = None if isinstance(value, bool) else _real_array(value)
    # NaN fails every comparison.
    if array is None or not numpy.all((array >= max(low, -LARGEST)) & (array <= min(high, LARGEST))):
        raise ValueError(f"{name} is {shown(value)}; expected {_range_in_words(low, high)}")
    return array if array.ndim else float(array)


def _range_in_words(low: float, high: float) -> str:
    if high < math.inf:
        return f"a number from {low:g} to {high:g}"
    return "a finite number" + (f" of at least {low:g}" if low > -math.inf else "")


def checked_whole(name: str, value: object, low: int = 0) -> int:
    """A whole number of at least low, as an int; True and 2.0 are none."""
    whole = whole_number(value)
    if whole is None or not low <= whole <= MOST_WHOLE:
        raise ValueError(f"{name} is {shown(value)}; expected a whole number of at least {low}")
    return whole


def whole_number(value: Any) -> int | None:
    """value as an int where it is a whole number by its type, else None."""
    if isinstance(value, bool | numpy.bool_):
        return None
    try:
        return operator.index(value)
    except TypeError:
        return None


def checked_array(name: str, value: object, shape: tuple[int | str, ...] = ("...",), *, finite: bool = False) -> Floats:
    """value as an array of float64, a copy only where it is not one yet.

    shape: a number where the length is fixed, a word where it is free; it may begin with "..." for any leading axes.
    """
    array = _real_array(value)
    if array is None:
        raise ValueError(f"{name} is {shown(value)}; expected an array of real numbers")
    lengths = shape[1:] if (open_ended := shape[0] == "...") else shape
    given = array.shape[max(0, array.ndim - len(lengths)) :] if open_ended else array.shape
    if len(given) != len(lengths) or any(
        isinstance(wanted, int) and length != wanted for length, wanted in zip(given, lengths, strict=True)
    ):
        raise ValueError(f"{name} has shape {array.shape}; expected {_shape_in_words(shape)}")
    if finite and not numpy.isfinite(array).all():
        wrong = array[~numpy.isfinite(array)][0]
        raise ValueError(f"{name} holds {wrong}; expected finite numbers")
    return array


def _real_array(value: object) -> Floats | None:
    """value as an array of float64, None for words, complex numbers, ragged lists and the like."""
    try:
        array = numpy.asarray(value)
    except (ValueError, TypeError):
        return None
    return array.astype(numpy.float64, copy=False) if array.dtype.kind in REAL else None


def _shape_in_words(shape: tuple[int | str, ...]) -> str:
    """A shape as the field writes it, such as (N, 2)."""
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def checked_fit(name: str, array: Floats, shape: tuple[int, ...], *, widen: bool = False) -> tuple[int, ...]:
    """The shape that array and one of ``shape`` take together; widen: whether that may be another than ``shape``."""
    try:
        together = numpy.broadcast_shapes(array.shape, shape)
    except ValueError:
        together = None
    if together is None or (together != shape and not widen):
        raise ValueError(f"{name} has shape {array.shape}; expected a number, or one that fits {shape}")
    return together
