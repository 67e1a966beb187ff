"""A line a layer over the steps: colours of the layers, and what is said of them under the cursor."""

from collections.abc import Sequence

import numpy
from PySide6.QtGui import QColor

from nnviz.ui.plots.charts.course import Course, Moment
from nnviz.ui.plots.charts.wording import full, short
from nnviz.ui.theme import Theme

MANY = 16
"""From so many layers on, the readout speaks of the nearest one alone."""


def layer_hues(theme: Theme, depth: int) -> list[QColor]:
    """Of a network of so many layers, the output's among them."""
    return [theme.layer_color(l, depth) for l in range(1, depth + 1)]


def said_of_layers(
    course: Course, at: Moment, y: float, names: Sequence[str]
) -> tuple[list[str], list[tuple[float, float, QColor]]]:
    """A line for each layer, and a dot where it has a place; of many layers for the one nearest to y."""
    heights = numpy.array([curve.ys[at.index] for curve in course.curves])
    layers = range(len(heights))
    if len(heights) >= MANY:
        nearest = int(numpy.argmin(numpy.nan_to_num(numpy.abs(heights - y), nan=numpy.inf)))
        layers = range(nearest, nearest + 1)
    lines = [f"{names[l]}: {full(float(course.values[at.index, l]))}{_before(course, at, l)}" for l in layers]
    dots = [(at.place, float(heights[l]), course.curves[l].color) for l in layers if numpy.isfinite(heights[l])]
    return lines, dots


def _before(course: Course, at: Moment, layer: int) -> str:
    """The former run's value there, in brackets; empty where it has other layers or was over."""
    if course.former is None or at.former is None or course.former[0].depth != len(course.curves):
        return ""
    return f" (before: {short(float(course.former[1][at.former, layer]))})"
