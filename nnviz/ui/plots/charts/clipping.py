"""Lines cut off at the border of their plot by their numbers, for files whose format knows no clipping.

Qt's SVG of version Tiny, the only one whose drawings it places right, has none.
"""

import numpy
from numpy.typing import NDArray
from PySide6.QtGui import QPaintEngine, QPainter

Floats = NDArray[numpy.float64]


def clips_nothing(painter: QPainter) -> bool:
    """Whether what is painted becomes a file in which nothing is cut off."""
    engine = painter.paintEngine()
    return engine is not None and engine.type() == QPaintEngine.Type.SVG


def inside(x: Floats, y: Floats, width: float, height: float) -> tuple[Floats, Floats]:
    """The parts of a line (N,) within 0 … width and 0 … height, ends on the border included; nan between parts."""
    x, y = _within(x, y, width)
    y, x = _within(y, x, height)
    return x, y


def _within(first: Floats, second: Floats, high: float) -> tuple[Floats, Floats]:
    """Cuts along the first coordinate: points where the line crosses 0 or ``high`` are added, those beyond are nan."""
    for bound in (0.0, high):
        with numpy.errstate(invalid="ignore"):
            crossed = numpy.flatnonzero((first[:-1] - bound) * (first[1:] - bound) < 0.0)
        share = (bound - first[crossed]) / (first[crossed + 1] - first[crossed])
        there = second[crossed] + share * (second[crossed + 1] - second[crossed])
        first = numpy.insert(first, crossed + 1, bound)
        second = numpy.insert(second, crossed + 1, there)
    with numpy.errstate(invalid="ignore"):
        beyond = ~((first >= 0.0) & (first <= high))
    return numpy.where(beyond, numpy.nan, first), numpy.where(beyond, numpy.nan, second)
