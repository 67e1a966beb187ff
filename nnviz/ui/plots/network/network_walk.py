"""Walking through the network with the arrow keys.

Up and down go through a layer; right goes from a unit to one of its outgoing weights, and on to the unit at the other
end; left goes back. On a weight, up and down go through the weights of the unit one came from.
"""

from dataclasses import dataclass
from typing import Literal

from nnviz.engine.layout import Parameter
from nnviz.ui.plots.network.network_geometry import Column, Geometry
from nnviz.ui.plots.network.network_item import Item, Unit

Way = Literal["left", "right", "up", "down"]


@dataclass(frozen=True)
class Place:
    """Where one is; from_left: a weight was reached from the unit at its left."""

    item: Item
    from_left: bool = True


def start(geometry: Geometry) -> Place:
    """The first unit after the inputs."""
    column = geometry.columns[1]
    return Place(Unit(column.layer, column.shown[0]))


def walk(geometry: Geometry, place: Place, way: Way) -> Place:
    """The next place; the same one at the border. Only what is shown is reached."""
    item = place.item
    if isinstance(item, Unit):
        return _from_unit(geometry, place, item, way)
    if item.kind == "bias":
        return walk(geometry, Place(Unit(item.layer, item.j)), way)
    if way == "left":
        return Place(Unit(item.layer - 1, item.i))
    if way == "right":
        return Place(Unit(item.layer, item.j))
    if place.from_left:
        j = _next(geometry.columns[item.layer], item.j, way)
        return Place(Parameter("weight", item.layer, item.i, j), from_left=True)
    i = _next(geometry.columns[item.layer - 1], item.i, way)
    return Place(Parameter("weight", item.layer, i, item.j), from_left=False)


def _from_unit(geometry: Geometry, place: Place, unit: Unit, way: Way) -> Place:
    column = geometry.columns[unit.layer]
    if way in ("up", "down"):
        return Place(Unit(unit.layer, _next(column, unit.unit, way)))
    layer = unit.layer + (1 if way == "right" else -1)
    if not 0 <= layer < len(geometry.columns):
        return place
    other = _level_with(geometry, unit, geometry.columns[layer])
    if way == "right":
        return Place(Parameter("weight", layer, unit.unit, other), from_left=True)
    return Place(Parameter("weight", unit.layer, other, unit.unit), from_left=False)


def _level_with(geometry: Geometry, unit: Unit, column: Column) -> int:
    """The unit of a column that is nearest in height."""
    _, y = geometry.centres.get(unit, (0.0, column.y[0]))
    return min(zip(column.shown, column.y, strict=True), key=lambda pair: abs(pair[1] - y))[0]


def _next(column: Column, unit: int, way: Way) -> int:
    if unit not in column.shown:
        return column.shown[0]
    at = column.shown.index(unit) + (1 if way == "down" else -1)
    return column.shown[min(max(at, 0), len(column.shown) - 1)]
