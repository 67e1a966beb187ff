"""Input features for data of the plane: what a network may be given besides the coordinates themselves."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import numpy

from nnviz.engine.datasets.record import Floats


class Feature(NamedTuple):
    """label for the screen; function from points (..., 2) to the feature (...)."""

    label: str
    function: Callable[[Floats], Floats]


FEATURES: Mapping[str, Feature] = MappingProxyType(
    {
        "x": Feature("x", lambda p: p[..., 0]),
        "y": Feature("y", lambda p: p[..., 1]),
        "x^2": Feature("x²", lambda p: p[..., 0] ** 2),
        "y^2": Feature("y²", lambda p: p[..., 1] ** 2),
        "xy": Feature("x·y", lambda p: p[..., 0] * p[..., 1]),
        "sin x": Feature("sin x", lambda p: numpy.sin(p[..., 0])),
        "sin y": Feature("sin y", lambda p: numpy.sin(p[..., 1])),
    }
)


def expand(x: Floats, names: Sequence[str]) -> Floats:
    """The named features of points x (..., 2), in the order of names: (..., len(names)), newly allocated.

    Raises ValueError for points that are not of the plane, for no name, and for a name that FEATURES lacks.
    """
    if x.ndim == 0 or x.shape[-1] != 2:
        raise ValueError(f"x has shape {x.shape}; allowed is (..., 2)")
    unknown = [name for name in names if name not in FEATURES]
    if unknown or not names:
        raise ValueError(f"names is {list(names)!r}; allowed is one or more of {', '.join(FEATURES)}")
    return numpy.stack([FEATURES[name].function(x) for name in names], axis=-1)
