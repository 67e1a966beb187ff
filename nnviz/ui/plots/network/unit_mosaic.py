"""What each unit computes, as one picture: its output over the plane of two inputs, in the diverging colours.

The colour scale is symmetric around 0 and shared by a layer, so that its units compare; each input has its own, since
inputs are measured in different units. Functions between 0 and 1 (sigmoid, threshold, softmax) have the fixed scale
from 0 (orange) over 0.5 to 1 (blue). Grey: not a finite number.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

from nnviz.engine.activations import Activation
from nnviz.experiment.readings import DecisionMap
from nnviz.ui.plots.network.network_geometry import Geometry
from nnviz.ui.plots.network.network_item import Unit
from nnviz.ui.theme import Theme

Singles = NDArray[numpy.float32]
ROUNDNESS = 0.18
"""Radius of a tile's corners, in sides."""


@dataclass(frozen=True, eq=False)
class UnitMosaic:
    """One image with a square for every unit that is shown and known."""

    image: QImage
    squares: Mapping[Unit, QRectF]


def unit_mosaic(
    shown: DecisionMap, activations: tuple[Activation, ...], geometry: Geometry, theme: Theme, pixels: float
) -> UnitMosaic:
    """The mosaic of the units that the geometry shows. pixels: side of a tile on the device."""
    parts: list[NDArray[numpy.uint8]] = []
    places: list[Unit] = []
    for column in geometry.columns:
        values = unit_values(shown, column.layer)
        if values is None or len(values) != column.size:
            continue
        # A tile of few pixels needs no more samples than pixels.
        step = 2 if pixels <= values.shape[-1] / 2 + 8 else 1
        sampled = values[:, ::-step, ::step]
        bounded = column.layer > 0 and unit_interval(activations[column.layer - 1])
        parts.append(_levels(sampled, list(column.shown), bounded=bounded, each=column.layer == 0))
        places += [Unit(column.layer, unit) for unit in column.shown]
    if not parts:
        return UnitMosaic(QImage(), {})
    side = min(part.shape[-1] for part in parts)
    strip = numpy.concatenate([part if part.shape[-1] == side else part[:, ::2, ::2] for part in parts])
    colors = _colors(theme)[strip] * _corners(side)
    rows = numpy.ascontiguousarray(colors.reshape(-1, side))
    image = QImage(rows.data, side, len(rows), 4 * side, QImage.Format.Format_ARGB32_Premultiplied).copy()
    return UnitMosaic(image, {unit: QRectF(0, side * k, side, side) for k, unit in enumerate(places)})


def unit_values(shown: DecisionMap, layer: int) -> Singles | None:
    """(n_l, g, g) outputs of a layer's units over the plane, the inputs' own for layer 0; None if they are unknown."""
    if layer == 0:
        return shown.inputs
    return shown.units[layer - 1] if layer <= len(shown.units) else None


def unit_interval(activation: Activation) -> bool:
    """Whether its values lie between 0 and 1."""
    return (activation.lower, activation.upper) == (0.0, 1.0)


def _levels(layer: Singles, shown: list[int], *, bounded: bool, each: bool) -> NDArray[numpy.uint8]:
    """Numbers of colours (k, g, g) of the k units shown: 0 not finite, 1..255 from negative to positive.

    layer: (n_l, g, g) of all its units, which decide the scale, so that scrolling does not change colours.
    """
    finite = numpy.isfinite(layer)
    whole = bool(numpy.all(finite))
    values = layer if whole else numpy.where(finite, layer, numpy.float32(0.0))
    if bounded:
        scaled = values[shown] * numpy.float32(254.0)
    else:
        sides = (-2, -1)
        largest = numpy.maximum(numpy.max(values, sides, keepdims=True), -numpy.min(values, sides, keepdims=True))
        # An input that does not vary here is 0 but for rounding, and must not look like one that does.
        floor = numpy.max(largest) * numpy.float32(1e-3 if each else 1.0)
        largest = numpy.maximum(largest, floor)[shown]
        with numpy.errstate(under="ignore"):
            scaled = values[shown] / numpy.where(largest > 0.0, largest, numpy.float32(1.0))
        scaled = scaled * numpy.float32(127.0) + numpy.float32(127.0)
    levels = (numpy.clip(scaled, 0.0, 254.0) + numpy.float32(1.5)).astype(numpy.uint8)
    if not whole:
        levels[~finite[shown]] = 0
    return levels


def _colors(theme: Theme) -> NDArray[numpy.uint32]:
    """(256,) ARGB; the first is for what is not finite."""
    table = theme.diverging().astype(numpy.uint32)
    packed = (0xFF << 24) | (table[:, 0] << 16) | (table[:, 1] << 8) | table[:, 2]
    packed[0] = QColor(theme.dead).rgba()
    return packed.astype(numpy.uint32)


def _corners(side: int) -> NDArray[numpy.uint32]:
    """(side, side) with 0 outside the rounded corners, 1 inside."""
    at = (numpy.arange(side) + 0.5) / side
    beyond = numpy.maximum(0.0, numpy.abs(at - 0.5) - (0.5 - ROUNDNESS))
    inside = numpy.hypot(beyond[:, None], beyond[None, :]) <= ROUNDNESS
    return inside.astype(numpy.uint32)
