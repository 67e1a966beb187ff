"""Unit by step as a picture: one row a unit, its colour the state, so that one sees when each of them died."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen

from nnviz.engine.unit_states import States, UnitState, place_of_unit, unit_slices
from nnviz.experiment.unit_history import NEVER, UnitHistory
from nnviz.ui.plots.charts.axes import Axis, NumberAxis, Ticks
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.charts.raster import Raster, rgb
from nnviz.ui.plots.charts.time_marks import TimeMarks
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.wording import count
from nnviz.ui.plots.layers.layer_heat import COLUMNS, nearest_indices
from nnviz.ui.plots.units.unit_state_style import NAMES, draw_cross, state_color

Indices = NDArray[numpy.intp]

ROW = 2
"""Pixels that a unit's row has at least; where there is no room for all units, some are left out."""

MANY_LAYERS = 25


class UnitRaster(Chart):
    """Rows of states, the first layer at the foot. shown: which of all units have a row, (n,)."""

    def __init__(self) -> None:
        self.layers = BlockAxis("left", "units by layer")
        super().__init__(self.layers, NumberAxis("bottom", "step"), grid="")
        self.picture, self.deaths, self.marks = Raster(smooth=False), DeathMarks(), TimeMarks()
        self.shown: Indices = numpy.zeros(0, dtype=numpy.intp)
        self._sizes: Sequence[int] = (1, 1)
        self._history = UnitHistory(numpy.zeros(0), numpy.zeros((0, 0), dtype=numpy.uint8))
        self._timeline: Timeline | None = None
        for ink in (self.picture, self.deaths, self.marks):
            self.add(ink)
        self.probe = self._readout

    def show_states(self, timeline: Timeline, states: States, sizes: Sequence[int], layers: Sequence[int]) -> None:
        """Other states (R, U) of a network of these sizes (n_0, …, n_L); layers: those whose units are shown."""
        self._timeline, self._sizes = timeline, sizes
        self.shown = units_that_fit(sizes, layers, int(self.mapping().height) // ROW)
        self._history = UnitHistory(timeline.steps, states[:, self.shown])
        end, rows = timeline.end, len(self.shown)
        columns = numpy.linspace(0.5 * end / COLUMNS, end - 0.5 * end / COLUMNS, COLUMNS)
        if len(states):
            table = numpy.stack([rgb(state_color(self.theme, state)) for state in UnitState]).astype(numpy.uint8)
            near = self._history.states[nearest_indices(timeline.places, columns)]
            self.picture.show_data(table[near.T], (0.0, end, -0.5, rows - 0.5))
        layer_of = numpy.array([place_of_unit(sizes, int(index))[0] for index in self.shown])
        edges = [float(place) + 0.5 for place in numpy.flatnonzero(numpy.diff(layer_of))]
        self.deaths.show_deaths(self._history.dead_since(), edges)
        ends = [-0.5, *edges, rows - 0.5]
        names = ["out" if l == len(sizes) - 1 else str(l) for l in layers]
        self.layers.blocks = list(zip(ends, ends[1:], names, strict=False))
        self.layers.picture = None
        self.marks.show_marks(timeline.marks, timeline.now)
        self.frame(0.0, end, -0.5, max(rows, 1) - 0.5)

    def unit_at(self, x: float, y: float) -> tuple[int, int, int] | None:
        """(layer, unit, recorded step since which it is dead there, NEVER where it is not) at a place of the chart."""
        index, row = (self._timeline.nearest(x) if self._timeline else None), round(y)
        if index is None or not 0 <= row < len(self.shown):
            return None
        return *place_of_unit(self._sizes, int(self.shown[row])), int(self._life(row, index).dead_since()[0])

    def _life(self, row: int, index: int) -> UnitHistory:
        """A shown unit's history up to a recorded moment."""
        upto = slice(0, index + 1)
        return UnitHistory(self._history.steps[upto], self._history.states[upto, row : row + 1])

    def _readout(self, x: float, y: float) -> Readout | None:
        found = self.unit_at(x, y)
        index = self._timeline.nearest(x) if self._timeline else None
        if found is None or index is None or self._timeline is None:
            return None
        life = self._life(round(y), index)
        lines = [f"layer {found[0]}, unit {found[1] + 1}: {in_words(UnitState(int(life.states[-1, 0])), found[2])}"]
        if revivals := int(life.revivals()[0]):
            lines.append(f"revived {'once' if revivals == 1 else f'{revivals} times'} before")
        lines.append(self._timeline.words(index))
        if found[2] != NEVER:
            lines.append("click: what killed it")
        if change := self.marks.near(x):
            lines.append(change)
        return Readout("\n".join(lines))


class DeathMarks(Ink):
    """A cross in each row where its unit died for good, and lines between the layers."""

    def __init__(self) -> None:
        super().__init__(depth=2.0)
        self.since: NDArray[numpy.int64] = numpy.zeros(0, dtype=numpy.int64)
        self.edges: Sequence[float] = ()

    def show_deaths(self, since: NDArray[numpy.int64], edges: Sequence[float]) -> None:
        """since: (n,) step of each row's death or NEVER; edges: heights of the lines."""
        self.since, self.edges = since, edges
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Crosses just right of the step, as large as the row allows; a dash where it is too low for one."""
        row = mapping.height / (mapping.top - mapping.bottom)
        radius = min(4.0, 0.3 * row)
        pen = QPen(self.theme.color("text"), 1.4)
        for place in numpy.flatnonzero(self.since != NEVER):
            x, y = mapping.at(float(self.since[place]), float(place))
            if radius >= 1.8:
                draw_cross(painter, QPointF(x + radius + 1.5, y), radius, pen)
            else:
                painter.setPen(pen)
                painter.drawLine(QPointF(x, y - row / 2.0), QPointF(x, y + row / 2.0))
        # Where a layer has few rows a wide line would be all that is seen.
        painter.setPen(QPen(self.theme.color("surface"), 2.0 if len(self.edges) < MANY_LAYERS else 1.0))
        for edge in self.edges:
            y = round(mapping.at(0.0, float(edge))[1])
            painter.drawLine(QPointF(0.0, y), QPointF(mapping.width, y))


class BlockAxis(Axis):
    """An axis of named stretches: each name stands in the middle of its own, where it does not touch the one before.

    blocks: (from, to, name), in order.
    """

    blocks: Sequence[tuple[float, float, str]] = ()

    def tickValues(self, low: float, high: float, pixels: float) -> Ticks:
        """The middles whose names are shown."""
        apart = 1.3 * self.text_pixels * (high - low) / max(1.0, pixels)
        places: list[float] = []
        for start, end, _ in self.blocks:
            middle = (start + end) / 2.0
            if low <= middle <= high and (not places or middle - places[-1] >= apart):
                places.append(middle)
        return [(1.0, places)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """The names."""
        del scale, spacing
        names = {(start + end) / 2.0: name for start, end, name in self.blocks}
        return [names.get(value, "") for value in values]


def in_words(state: UnitState, since: int) -> str:
    """A state, and since which step a dead one is dead."""
    return f"dead since step {count(since)}" if since != NEVER else NAMES[state]


def units_that_fit(sizes: Sequence[int], layers: Sequence[int], most: int) -> Indices:
    """Places, among all units, of the layers' units: about ``most``, evenly from each layer and at least one."""
    slices = [unit_slices(sizes)[l - 1] for l in layers]
    share = min(1.0, most / max(1, sum(place.stop - place.start for place in slices)))
    chosen = []
    for place in slices:
        n = max(1, round(share * (place.stop - place.start)))
        chosen.append(numpy.linspace(place.start, place.stop - 1, n).round().astype(numpy.intp))
    return numpy.concatenate(chosen)
