"""What a unit, or a network of three, answers all over the plane of two inputs."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.experiment.neuron.decision_line import DecisionLine, Extent, line_of
from nnviz.experiment.neuron.firing import activation_of
from nnviz.experiment.neuron.specification import ThresholdUnit, UnitSpec
from nnviz.experiment.neuron.two_layers import outputs

Floats = NDArray[numpy.float64]
SIDE = 121
"""Samples along each side of the plane."""
GATE_EXTENT: Extent = (-0.75, 1.75, -0.75, 1.75)
"""Around the four corners of a truth table."""


@dataclass(frozen=True, eq=False)
class Plane:
    """values (rows, columns) over the extent, first row at the bottom, from -1 (surely 0) to 1 (surely 1), and the
    lines that part them."""

    extent: Extent
    values: Floats
    lines: tuple[DecisionLine, ...]


def plane_of_unit(unit: UnitSpec, extent: Extent) -> Plane:
    """The unit's output f(z); its middle is f(0), where it is undecided."""
    line = line_of(unit)
    z = _sums(line, extent)
    activation = activation_of(unit)
    f = activation.f(z) - activation.f(0.0 if unit.activation != "threshold" else [0.0]).item()
    if unit.activation == "threshold":
        f = numpy.sign(f - 0.5)
    size = numpy.max(numpy.abs(f), axis=(-2, -1))
    return Plane(extent, f / (size if size > 0.0 else 1.0), (line,))


def unit_extent(unit: UnitSpec) -> Extent:
    """A square around the origin that holds the points and the input."""
    places = [*(point.x for point in unit.points), unit.x[:2]]
    reach = max(2.0, *(1.15 * abs(part) for place in places for part in place))
    return -reach, reach, -reach, reach


def plane_of_line(line: DecisionLine, aspect: float = 1.0) -> Plane:
    """A threshold unit's two halves."""
    extent = fitted(GATE_EXTENT, aspect)
    return Plane(extent, numpy.where(_sums(line, extent) > 0.0, 1.0, -1.0), (line,))


def plane_of_network(units: tuple[ThresholdUnit, ThresholdUnit, ThresholdUnit], aspect: float = 1.0) -> Plane:
    """The output of two hidden units and one above them, with the hidden units' lines."""
    extent = fitted(GATE_EXTENT, aspect)
    x, y = _grid(extent)
    answers = outputs(units, numpy.stack([x.ravel(), y.ravel()], axis=-1))[1].reshape(x.shape)
    lines = tuple(DecisionLine(unit.w, unit.b) for unit in units[:2])
    return Plane(extent, 2.0 * answers - 1.0, lines)


def fitted(extent: Extent, aspect: float) -> Extent:
    """The extent, longer on one side, so that a unit is as long on both axes of a picture of that aspect."""
    left, right, bottom, top = extent
    more_x = max(0.0, aspect * (top - bottom) - (right - left)) / 2.0
    more_y = max(0.0, (right - left) / aspect - (top - bottom)) / 2.0
    return left - more_x, right + more_x, bottom - more_y, top + more_y


def _sums(line: DecisionLine, extent: Extent) -> Floats:
    x, y = _grid(extent)
    sums: Floats = line.w[0] * x + line.w[1] * y + line.b
    return sums


def _grid(extent: Extent) -> tuple[Floats, Floats]:
    left, right, bottom, top = extent
    x, y = numpy.meshgrid(numpy.linspace(left, right, SIDE), numpy.linspace(bottom, top, SIDE))
    return x, y
