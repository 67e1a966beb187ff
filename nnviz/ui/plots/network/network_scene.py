"""Everything that one picture of the network shows, worked out from a snapshot before any of it is painted."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetricsF

from nnviz.engine.layout import Parameter
from nnviz.engine.symmetry import unit_classes
from nnviz.experiment.problem import Problem
from nnviz.experiment.readings import DecisionMap
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.network.network_geometry import Area, Geometry, Lines, lines, needed, place
from nnviz.ui.plots.network.network_item import Item, Unit, output_names
from nnviz.ui.plots.network.network_strokes import Quantity, Strokes, strokes
from nnviz.ui.plots.network.unit_mosaic import UnitMosaic, unit_mosaic
from nnviz.ui.theme import Theme

Floats = NDArray[numpy.float64]

SMALL = 0.85
"""Size of secondary text, in sizes of the text."""
MARGIN = 0.7
PROBE = 600.0
"""Pixels of a picture in which it is measured what the names and words around the units take."""
LABEL_SHARE = 0.24
"""The most of the width that the names of inputs, or of outputs, may take."""


LINE_REACH, BIAS_REACH = 0.7, 0.55
"""How near the mouse has to be to a line, or to the centre of a bias's dot, in heights of the text."""


@dataclass(frozen=True, eq=False)
class Frame:
    """What only depends on the network, the names, the size and the theme, and is kept from snapshot to snapshot.

    counts: how many units, over each column. kinds: what they are ("tanh"), over runs of columns (first, last, text).
    """

    problem: Problem
    theme: Theme
    width: float
    height: float
    geometry: Geometry
    lines: Lines
    counts: tuple[str, ...]
    kinds: tuple[tuple[int, int, str], ...]
    footer: float

    @property
    def text(self) -> float:
        """Height of the text in pixels."""
        return float(self.theme.text_pixels)


def frame(
    problem: Problem, theme: Theme, width: float, height: float, scrolled: Mapping[int, int] | None = None
) -> Frame:
    """The network laid out in width × height pixels. scrolled: first unit shown, of layers that do not fit."""
    text, network = float(theme.text_pixels), problem.network
    normal, small = (QFontMetricsF(theme.font(size)) for size in (1.0, SMALL))
    margin, footer = MARGIN * text, 2 * small.lineSpacing() + text
    left, right = (
        min(LABEL_SHARE * width, max(normal.horizontalAdvance(name) for name in names) + 0.5 * text)
        for names in (problem.input_names, output_names(problem))
    )
    right = min(LABEL_SHARE * width, max(right, small.horizontalAdvance("−0.00000")))  # the output's bias
    inner = Area(margin + left, 0.0, width - margin - right, height)
    columns = len(network.sizes)
    labels = [f"{network.sizes[0]} input{'s' if network.sizes[0] > 1 else ''}"]
    labels += [f"{n} {a.label}" for n, a in zip(network.sizes[1:], network.activations, strict=True)]
    room = inner.width / max(1, columns - 1) - 0.5 * text
    one_row = all(small.horizontalAdvance(label) <= room for label in labels)
    head = margin + small.lineSpacing() * (1 if one_row else 2) + 0.5 * text
    area = Area(inner.left, head, inner.right, height - footer - 1.2 * text)
    geometry = place(network.sizes, area, text, scrolled)
    return Frame(
        problem=problem,
        theme=theme,
        width=width,
        height=height,
        geometry=geometry,
        lines=lines(geometry, network.layout),
        counts=tuple(labels) if one_row else tuple(label.split(" ", 1)[0] for label in labels),
        kinds=() if one_row else _runs([label.split(" ", 1)[1] for label in labels]),
        footer=footer,
    )


def room_for(problem: Problem, theme: Theme) -> QSize:
    """Pixels in which all units are shown, or as many of a layer as ever are."""
    probe = frame(problem, theme, PROBE, PROBE)
    area = probe.geometry.area
    across, high = needed(problem.network.sizes, probe.text)
    return QSize(math.ceil(across + PROBE - area.width), math.ceil(high + PROBE - area.height))


@dataclass(frozen=True, eq=False)
class Scene:
    """A frame filled with the numbers of a snapshot."""

    frame: Frame
    snapshot: Snapshot
    quantity: Quantity
    pixels: float

    @property
    def map(self) -> DecisionMap | None:
        """The outputs of all units over the plane, where there is a plane."""
        reading = self.snapshot.readings.get("decision_map")
        return reading if isinstance(reading, DecisionMap) else None

    @cached_property
    def strokes(self) -> Strokes:
        """How the lines are drawn."""
        flat = self.snapshot.theta if self.quantity == "weights" else self.snapshot.gradient
        frame = self.frame
        return strokes(flat[frame.lines.index], frame.lines, frame.geometry, self.quantity, frame.text)

    @cached_property
    def mosaic(self) -> UnitMosaic | None:
        """The units' pictures; None without a plane."""
        if self.map is None:
            return None
        activations = self.frame.problem.network.activations
        return unit_mosaic(self.map, activations, self.frame.geometry, self.frame.theme, self.pixels)

    @cached_property
    def biases(self) -> dict[Unit, float]:
        """Of every unit shown, the output's too."""
        return self._of_units(self.snapshot.theta)

    @cached_property
    def bias_quantity(self) -> dict[Unit, float]:
        """What the bias markers show: the biases, or ∂J/∂b."""
        return self.biases if self.quantity == "weights" else self._of_units(self.snapshot.gradient)

    @cached_property
    def largest_bias(self) -> float:
        """The largest size among the markers' numbers; 0 when all are 0."""
        sizes = [abs(value) for value in self.bias_quantity.values() if numpy.isfinite(value)]
        return max(sizes, default=0.0)

    @cached_property
    def dead(self) -> frozenset[Unit]:
        """Rectifiers shown that give 0 on every training example."""
        moment, depth = self.snapshot.moment, self.frame.problem.network.layout.depth
        if len(moment.dead) != depth:
            return frozenset()
        return frozenset(
            unit
            for unit in self.frame.geometry.centres
            if unit.layer and unit.unit < len(marks := moment.dead[unit.layer - 1]) and marks[unit.unit]
        )

    @cached_property
    def twins(self) -> dict[Unit, int]:
        """Hidden units shown that have an equal in their layer, each with the number of its class, from 0."""
        layout = self.frame.problem.network.layout
        found: dict[Unit, int] = {}
        for l in range(1, layout.depth):
            classes = unit_classes(layout, self.snapshot.theta, l)
            shared = numpy.cumsum(numpy.bincount(classes) > 1) - 1
            several = numpy.bincount(classes)[classes] > 1
            found |= {Unit(l, int(j)): int(shared[classes[j]]) for j in numpy.flatnonzero(several)}
        return {unit: number for unit, number in found.items() if unit in self.frame.geometry.centres}

    @cached_property
    def not_finite(self) -> int:
        """How many of all parameters are not finite."""
        return int(self.snapshot.theta.size - numpy.count_nonzero(numpy.isfinite(self.snapshot.theta)))

    def _of_units(self, flat: Floats) -> dict[Unit, float]:
        layout = self.frame.problem.network.layout
        return {
            unit: float(flat[layout.index(unit.layer, -1, unit.unit)])
            for unit in self.frame.geometry.centres
            if unit.layer > 0
        }


class Stage:
    """What a view shows, made anew only where something it depends on has changed; and how far layers are scrolled."""

    def __init__(self) -> None:
        self.snapshot: Snapshot | None = None
        self._frame: Frame | None = None
        self._scene: Scene | None = None
        self._scrolled: dict[int, int] = {}

    def show(self, snapshot: Snapshot) -> bool:
        """Another snapshot; whether its network is of another shape."""
        before, self.snapshot, self._scene = self.snapshot, snapshot, None
        changed = before is None or before.problem.network.sizes != snapshot.problem.network.sizes
        if changed:
            self._scrolled.clear()
        return changed

    def forget(self) -> None:
        """Something changed that is not among the arguments of `scene`, such as a font."""
        self._frame = None

    def scene(self, theme: Theme, width: int, height: int, quantity: Quantity, ratio: float) -> Scene | None:
        """The scene at this size; ratio: device pixels a pixel. None before the first snapshot."""
        snapshot, shown = self.snapshot, self._frame
        if snapshot is None:
            return None
        wanted = (snapshot.problem, theme, float(width), float(height))
        if shown is None or (shown.problem, shown.theme, shown.width, shown.height) != wanted:
            self._frame = shown = frame(snapshot.problem, theme, width, height, self._scrolled)
            self._scene = None
        pixels = shown.geometry.tile * ratio
        if self._scene is None or (self._scene.quantity, self._scene.pixels) != (quantity, pixels):
            self._scene = Scene(shown, snapshot, quantity, pixels)
        return self._scene

    def scroll(self, layer: int, rows: int) -> bool:
        """Moves a layer's units up by so many rows; False where all of them are shown."""
        column = self._frame.geometry.columns[layer] if self._frame else None
        if column is None or not column.hidden:
            return False
        first = min(max(column.above + rows, 0), column.hidden)
        self._scrolled[layer] = first
        self._frame = None
        return True


def item_at(scene: Scene, x: float, y: float) -> Item | None:
    """What is there: a bias's dot, a unit's tile, or the nearest line drawn."""
    text, geometry, lines = scene.frame.text, scene.frame.geometry, scene.frame.lines
    if bias := geometry.bias_at(x, y, min(BIAS_REACH * text, 0.35 * geometry.tile)):
        return Parameter("bias", bias.layer, -1, bias.unit)
    if unit := geometry.unit_at(x, y):
        return unit
    row = lines.nearest(x, y, LINE_REACH * text, scene.strokes.drawn)
    return None if row is None else Parameter("weight", int(lines.layer[row]), int(lines.i[row]), int(lines.j[row]))


def anchor(scene: Scene, item: Item) -> tuple[float, float]:
    """Where an item is: a unit's centre, a bias's dot, the middle of a line; the view's where it is not shown."""
    frame, geometry, lines = scene.frame, scene.frame.geometry, scene.frame.lines
    middle = frame.width / 2, frame.height / 2
    if isinstance(item, Unit):
        return geometry.centres.get(item, middle)
    unit = Unit(item.layer, item.j)
    if item.kind == "bias" and unit in geometry.centres:
        x, y = geometry.centres[unit]
        return x - geometry.tile / 2, y + geometry.tile / 2
    rows = numpy.flatnonzero((lines.layer == item.layer) & (lines.i == item.i) & (lines.j == item.j))
    if not rows.size:
        return middle
    x0, y0, x1, y1 = lines.ends[rows[0]].tolist()
    return (x0 + x1) / 2, (y0 + y1) / 2


def _runs(words: Sequence[str]) -> tuple[tuple[int, int, str], ...]:
    """Neighbours of the same word as one: (first, last, word)."""
    made: list[tuple[int, int, str]] = []
    for place_, word in enumerate(words):
        if made and made[-1][2] == word:
            made[-1] = (made[-1][0], place_, word)
        else:
            made.append((place_, place_, word))
    return tuple(made)
