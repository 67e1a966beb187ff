"""How many units are in which state, over the steps: areas on top of each other, what is wrong at the foot."""

import numpy
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from nnviz.engine.unit_states import States, UnitState
from nnviz.experiment.unit_history import UnitHistory
from nnviz.ui.plots.axes import NumberAxis
from nnviz.ui.plots.chart import Chart
from nnviz.ui.plots.crosshair import Readout
from nnviz.ui.plots.ink import Ink, Mapping
from nnviz.ui.plots.layer_heat import COLUMNS, nearest_indices
from nnviz.ui.plots.time_marks import TimeMarks
from nnviz.ui.plots.timeline import Timeline
from nnviz.ui.plots.unit_state_style import NAMES, state_color
from nnviz.ui.theme import LIGHT, Theme

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
    """From 0 to 100 % of the units."""

    def __init__(self) -> None:
        super().__init__(NumberAxis("left", "units, %"), NumberAxis("bottom", "step"), grid="rows")
        self.areas, self.marks = Areas(), TimeMarks()
        self._timeline: Timeline | None = None
        self._states: States = numpy.zeros((0, 0), dtype=numpy.uint8)
        self.add(self.areas)
        self.add(self.marks)
        self.probe = self._readout
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "marks"):
            self.marks.theme = self.areas.theme = theme

    def show_states(self, timeline: Timeline, states: States) -> None:
        """Other units, (R, n) of UnitState."""
        self._timeline, self._states = timeline, states
        places, shown = timeline.places, states
        if len(places) > COLUMNS:
            # More moments than columns could be told apart: as in the raster, the nearest one stands for a column.
            places = numpy.linspace(0.0, timeline.end, COLUMNS)
            shown = states[nearest_indices(timeline.places, places)]
        shares = UnitHistory(places, shown).shares()
        self.areas.show_areas(places, 100.0 * shares[:, FROM_THE_FOOT])
        self.marks.show_marks(timeline.marks, timeline.now)
        self.frame(0.0, timeline.end, 0.0, 100.0)

    def _readout(self, x: float, _y: float) -> Readout | None:
        index = self._timeline.nearest(x) if self._timeline else None
        if self._timeline is None or index is None:
            return None
        lines, row = [self._timeline.words(index)], self._states[index]
        counts = {state: int(numpy.count_nonzero(row == state)) for state in UnitState}
        lines += [f"{NAMES[state]}: {n} of {len(row)} units" for state, n in counts.items() if n]
        if change := self.marks.near(x):
            lines.append(change)
        return Readout("\n".join(lines), float(self._timeline.places[index]))


class Areas(Ink):
    """Stacked areas. heights: (R, len(UnitState)) from the lowest to the topmost, in the order of FROM_THE_FOOT."""

    def __init__(self) -> None:
        super().__init__(depth=1.0)
        self.theme: Theme = LIGHT
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
