"""The decision of a unit on the plane of its first two inputs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from nnviz.experiment.neuron.decision_line import line_of, right_side
from nnviz.experiment.neuron.plane import fitted, plane_of_unit, unit_extent
from nnviz.experiment.neuron.specification import UnitSpec
from nnviz.ui.plots.charts.chart_figure import ChartFigure
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.drag_chart import KEYS
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.charts.wording import full, plain, short
from nnviz.ui.plots.neuron.arithmetic_text import input_name
from nnviz.ui.plots.neuron.input_mark import InputMark
from nnviz.ui.plots.neuron.plane_chart import PlaneChart
from nnviz.ui.plots.neuron.plane_ink import Dot, Stroke

CLASS_TIP = "A click on the plane sets a point of this class"


class UnitPlane(ChartFigure):
    """The first handle is the input itself, the others are the points."""

    key = "neuron-plane"
    title = "Decision on the plane of two inputs"

    input_moved = Signal(float, float, bool)
    """(x₁, x₂, whether it was let go)."""
    point_moved = Signal(int, float, float, bool)
    point_added = Signal(float, float, int)
    """(x₁, x₂, class)."""
    point_toggled = Signal(int)
    point_removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.unit = UnitSpec()
        self._extent = unit_extent(self.unit)
        self.kinds = Segments("Class of new points", [("0", "class 0", CLASS_TIP), ("1", "class 1", CLASS_TIP)])
        self.hint = QLabel("Click adds")
        self.more = QLabel("· drag moves · Ctrl+click removes")
        self.controls.addWidget(self.hint)
        self.controls.addWidget(self.kinds)
        self.controls.addWidget(self.more)
        for label in (self.hint, self.more):
            label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
        self.more.setToolTip(
            "<p>The points and the input x can be dragged. A double click switches a point's class, Ctrl+click removes "
            "it. Without a mouse: click into the plane or reach it with Tab, then Page Up and Page Down choose, the "
            "arrow keys move, Enter switches, Insert adds and Delete removes.</p>"
        )
        self.chart = PlaneChart()
        self.chart.setAccessibleName("Plane of the first two inputs")
        self.chart.setAccessibleDescription(f"{KEYS}; Enter switches its class, Insert adds one, Delete removes it")
        self.input = InputMark()
        self.chart.add(self.input)
        self.chart.probe = self._readout
        self.chart.dragged.connect(lambda handle, x, y: self._moved(handle, x, y, let_go=False))
        self.chart.dropped.connect(lambda handle, x, y: self._moved(handle, x, y, let_go=True))
        self.chart.added.connect(lambda x, y: self.point_added.emit(x, y, int(self.kinds.key)))
        self.chart.toggled.connect(lambda handle: self.point_toggled.emit(handle - 1) if handle else None)
        self.chart.removed.connect(lambda handle: self.point_removed.emit(handle - 1) if handle else None)
        self.chart.reshaped.connect(self.redraw)
        self.column.addWidget(self.chart, 1)
        self.set_theme(self.theme)

    def show_unit(self, unit: UnitSpec) -> None:
        """Another unit."""
        self.unit = unit
        self.redraw()

    def redraw(self) -> None:
        """Regions, line, vector, points and the input."""
        theme, unit, line = self.theme, self.unit, line_of(self.unit)
        self.kinds.offer(
            [("0", "class 0", CLASS_TIP), ("1", "class 1", CLASS_TIP)], [theme.class_color(0), theme.class_color(1)]
        )
        here = self._input()
        dots = [Dot(_place(point.x), int(point.y), right_side(line, _place(point.x), point.y)) for point in unit.points]
        if not self.chart.held:
            # A plane that grew under the mouse would run away from it.
            self._extent = fitted(unit_extent(unit), self.chart.aspect)
        self.chart.show_plane(plane_of_unit(unit, self._extent), [Stroke(line, theme.color("text"))], dots, arrows=True)
        self.input.show_value(*here)
        self.chart.show_handles([here, *(dot.place for dot in dots)])
        self.chart.bottom.rename(input_name(unit, 0))
        self.chart.left.rename(input_name(unit, 1) if len(unit.x) > 1 else "(there is no second input)")
        right = sum(dot.right for dot in dots)
        entries = [Entry("z = 0", theme.color("text"), "line")]
        if dots:
            entries.append(Entry("right side", None, "", f"{right} of {len(dots)}"))
        if len(unit.x) > 2:
            held = ", ".join(f"{input_name(unit, i)} = {short(unit.x[i])}" for i in range(2, len(unit.x)))
            entries.append(Entry(f"held: {held}", None, ""))
        if line.exists:
            entries.append(Entry("line from the origin", theme.color("warning"), "dashed", short(line.distance, 3)))
        else:
            entries.append(Entry("both weights are 0: no line", None, ""))
        self.legend.show_entries(entries)
        self.chart.refresh_readout()

    def numbers(self) -> list[tuple[str, ...]]:
        """The input and the points with their sums."""
        line = line_of(self.unit)
        table: list[tuple[str, ...]] = [("point", "x1", "x2", "class", "sum z")]
        here = self._input()
        table.append(("input", plain(here[0]), plain(here[1]), "", plain(line.sum_at(here))))
        for point in self.unit.points:
            place = _place(point.x)
            table.append(("point", plain(place[0]), plain(place[1]), plain(point.y), plain(line.sum_at(place))))
        return table

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        """The line z = 0 on this plane."""
        line = line_of(self.unit)
        head = ("weight w1", "weight w2", "bias b on this plane", "distance from the origin")
        return {"line": [head, tuple(plain(part) for part in (*line.w, line.b, line.distance))]}

    def _input(self) -> tuple[float, float]:
        return self.unit.x[0], self.unit.x[1] if len(self.unit.x) > 1 else 0.0

    def _moved(self, handle: int, x: float, y: float, *, let_go: bool) -> None:
        if handle == 0:
            self.input_moved.emit(x, y, let_go)
        else:
            self.point_moved.emit(handle - 1, x, y, let_go)

    def _readout(self, x: float, y: float) -> Readout:
        z = line_of(self.unit).sum_at((x, y))
        return Readout(f"{self.chart.bottom.name} {full(x)}\n{self.chart.left.name} {full(y)}\nz {full(z)}")


def _place(x: tuple[float, ...]) -> tuple[float, float]:
    return x[0], x[1]
