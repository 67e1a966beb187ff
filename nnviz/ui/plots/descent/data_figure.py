"""The points of a linear regression, and the line that each place on its surface stands for."""

import numpy
from PySide6.QtCore import Signal

from nnviz.experiment.descent.race import RaceRecord
from nnviz.experiment.descent.specification import Descent
from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart_figure import ChartFigure
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.drag_chart import KEYS, DragChart
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.points import Points
from nnviz.ui.plots.charts.wording import full, plain, short
from nnviz.ui.plots.descent.runner_colors import runner_color

ROOM = 0.15
"""Air around the points, as a share of their extent."""


class DataFigure(ChartFigure):
    """point_moved: (index, x, y, whether let go). point_added: (x, y). point_removed: index."""

    key = "descent-data"
    title = "Points and lines"
    tab = "Points"

    point_moved = Signal(int, float, float, bool)
    point_added = Signal(float, float)
    point_removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.spec, self.step = Descent(), 0
        self.record: RaceRecord | None = None
        self.chart = DragChart(NumberAxis("left", "y"), NumberAxis("bottom", "x"))
        self.chart.setAccessibleName("Points of the regression and the runners' lines")
        self.chart.setAccessibleDescription(f"{KEYS}; Insert adds a point, Delete removes one")
        self.chart.setToolTip("Drag a point; a click adds one, Ctrl+click removes one")
        self.points = Points(diameter=9.0)
        self.chart.add(self.points)
        self.lines: list[Curve] = []
        self.chart.probe = self._readout
        self.chart.dragged.connect(lambda index, x, y: self.point_moved.emit(index, x, y, False))
        self.chart.dropped.connect(lambda index, x, y: self.point_moved.emit(index, x, y, True))
        self.chart.added.connect(self.point_added)
        self.chart.removed.connect(self.point_removed)
        self.column.addWidget(self.chart, 1)
        self.set_theme(self.theme)

    def show_race(self, spec: Descent, record: RaceRecord, step: int) -> None:
        """Other points, or lines further on their way."""
        self.spec, self.record, self.step = spec, record, step
        self.redraw()

    def redraw(self) -> None:
        """Points, and a line for each runner; that of the start is dashed."""
        spec, record, theme = self.spec, self.record, self.theme
        self.points.recolor([theme.color("text", 0.85)], theme.color("surface"))
        if record is None:
            return
        x, y = numpy.array(spec.surface.points).T
        self.points.show_data(x, y, numpy.zeros(len(x), dtype=bool), numpy.zeros(len(x), dtype=numpy.intp))
        self.chart.show_handles(spec.surface.points)
        left, right = _around(float(numpy.min(x)), float(numpy.max(x)))
        bottom, top = _around(float(numpy.min(y)), float(numpy.max(y)))
        self.chart.frame(left, right, bottom, top)
        places = self._places(record)
        colors = [theme.color("muted"), *(runner_color(theme, runner.colour) for runner in spec.runners)]
        self.chart.keep(self.lines, len(places), lambda: Curve(theme.color("text"), 2.0, depth=3.0))
        ends = numpy.array([left, right])
        entries = []
        for number, (line, (name, (w, b)), color) in enumerate(zip(self.lines, places, colors, strict=True)):
            line.dashed = dashed = number == 0
            line.recolor(color)
            with numpy.errstate(all="ignore"):
                line.show_data(ends, w * ends + b)
            sign = "−" if b < 0.0 else "+"
            equation = f"ŷ = {short(w, 3)}·x {sign} {short(abs(b), 3)}"
            entries.append(Entry(name, color, "dashed" if dashed else "line", equation))
        self.legend.show_entries(entries)
        self.chart.refresh_readout()

    def numbers(self) -> list[tuple[str, ...]]:
        """The points."""
        return [("x", "y"), *((plain(x), plain(y)) for x, y in self.spec.surface.points)]

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        """The lines: that of the start, and each runner's at the step shown."""
        if self.record is None:
            return {}
        rows = [(name, *(plain(value) for value in place)) for name, place in self._places(self.record)]
        return {"lines": [("line", "slope w", "height at 0 b"), *rows]}

    def _places(self, record: RaceRecord) -> list[tuple[str, tuple[float, ...]]]:
        """(whose line, (w, b)): of the start, then of each runner."""
        row = min(self.step, record.last_step)
        places: list[tuple[str, tuple[float, ...]]] = [("start", self.spec.start)]
        for number, runner in enumerate(self.spec.runners):
            stop = int(record.stopped_at[number])
            at = row if stop < 0 else min(row, stop)
            places.append((runner.title, tuple(record.positions[at, number].tolist())))
        return places

    def _readout(self, x: float, y: float) -> Readout:
        return Readout(f"x {full(float(f'{x:.5g}'))}\ny {full(float(f'{y:.5g}'))}")


def _around(low: float, high: float) -> tuple[float, float]:
    room = ROOM * (high - low) or 1.0
    return low - room, high + room
