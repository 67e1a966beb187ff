"""How many units are in which state, over the steps: areas on top of each other, what is wrong at the foot."""

import numpy
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from nnviz.engine.unit_states import States, UnitState
from nnviz.experiment.unit_history import UnitHistory
from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.ghost_track import GhostTrack
from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.charts.time_marks import TimeMarks
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.layers.layer_heat import COLUMNS, nearest_indices
from nnviz.ui.plots.units.unit_state_style import NAMES, state_color

Floats = NDArray[numpy.float64]

FROM_THE_FOOT = (
    UnitState.NOT_FINITE,
    UnitState.DEAD,
    UnitState.INACTIVE,
    UnitState.SATURATED_LOW,
    UnitState.SATURATED_HIGH,
    UnitState.ALIVE,
)


class UnitShares(Chart):
    """From 0 to 100 % of the units. Lines over the areas: where the borders lay in the former run."""

    def __init__(self) -> None:
        super().__init__(NumberAxis("left", "units, %"), NumberAxis("bottom", "step"), grid="rows")
        self.areas, self.marks, self.ghost = Areas(), TimeMarks(), Borders()
        self._timeline: Timeline | None = None
        self._states: States = numpy.zeros((0, 0), dtype=numpy.uint8)
        self._track: GhostTrack | None = None
        self._former: States = self._states
        self.add(self.areas)
        self.add(self.ghost)
        self.add(self.marks)
        self.probe = self._readout

    def show_states(self, timeline: Timeline, states: States, ghost: tuple[GhostTrack, States] | None = None) -> None:
        """Other units, (R, n) of UnitState. ghost: the former run and its units (R', n'), which may be others."""
        self._timeline, self._states = timeline, states
        self._track, self._former = ghost or (None, states[:0])
        self.areas.show_areas(*_heights(timeline.places, states, timeline.end))
        end = self._track.end if self._track else timeline.end
        places = self._track.places if self._track else numpy.zeros(0)
        self.ghost.show_areas(*_heights(places, self._former, end))
        self.marks.show_marks(timeline.marks, timeline.now)
        self.frame(0.0, end, 0.0, 100.0)

    def _readout(self, x: float, _y: float) -> Readout | None:
        index = self._timeline.nearest(x) if self._timeline else None
        if self._timeline is None or index is None:
            return None
        lines = [self._timeline.words(index), *_words(self._states[index])]
        near = self._track.nearest(float(self._timeline.places[index])) if self._track else None
        if near is not None:
            lines += [f"before: {words}" for words in _words(self._former[near])]
        if change := self.marks.near(x):
            lines.append(change)
        return Readout("\n".join(lines), float(self._timeline.places[index]))


def _heights(places: Floats, states: States, end: float) -> tuple[Floats, Floats]:
    """Places (K,) on the time axis and the share of each state there, in % and in the order of FROM_THE_FOOT."""
    if len(places) > COLUMNS:
        # More moments than columns could be told apart: as in the raster, the nearest one stands for a column.
        columns = numpy.linspace(0.0, min(end, float(places[-1])), COLUMNS)
        places, states = columns, states[nearest_indices(places, columns)]
    return places, 100.0 * UnitHistory(places, states).shares()[:, FROM_THE_FOOT]


def _words(row: States) -> list[str]:
    """How many of the units (n,) are in which state."""
    counts = {state: int(numpy.count_nonzero(row == state)) for state in UnitState}
    return [f"{NAMES[state]}: {n} of {len(row)} units" for state, n in counts.items() if n]


class Areas(Ink):
    """Stacked areas. heights: (R, len(UnitState)) from the lowest to the topmost, in the order of FROM_THE_FOOT."""

    def __init__(self) -> None:
        super().__init__(depth=1.0)
        self.places: Floats = numpy.zeros(0)
        self.heights: Floats = numpy.zeros((0, len(UnitState)))

    def show_areas(self, places: Floats, heights: Floats) -> None:
        """Other areas."""
        self.places, self.heights = places, heights
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """From the topmost down to the foot, each over the one before: no seams between them."""
        if len(self.places) == 0:
            return
        x, tops = mapping.x(self.places), numpy.cumsum(self.heights, axis=1)
        around = numpy.concatenate([x[:1], x, x[-1:]])
        painter.setPen(Qt.PenStyle.NoPen)
        for place in reversed(range(len(FROM_THE_FOOT))):
            if numpy.any(self.heights[:, place] > 0.0):
                y = mapping.y(numpy.concatenate([[0.0], tops[:, place], [0.0]]))
                painter.setBrush(state_color(self.theme, FROM_THE_FOOT[place]))
                painter.drawPath(pyqtgraph.functions.arrayToQPath(around, y, connect="all"))


class Borders(Areas):
    """The borders between the same areas as lines, with an edge of the ground's colour so that they are seen on any."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(2.0)

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """One line below each state that the run had, but the lowest."""
        if len(self.places) == 0:
            return
        x, tops = mapping.x(self.places), numpy.cumsum(self.heights, axis=1)
        seen = [place for place in range(len(FROM_THE_FOOT)) if numpy.any(self.heights[:, place] > 0.0)]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place in seen[:-1]:
            path = pyqtgraph.functions.arrayToQPath(x, mapping.y(tops[:, place]), connect="all")
            for color, width in ((self.theme.color("surface", 0.7), 2.6), (self.theme.color("text", 0.6), 1.1)):
                painter.setPen(QPen(color, width))
                painter.drawPath(path)
