"""The user's own line: turned and lifted by its knobs, over points that can be moved."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QLabel

from nnviz.experiment.neuron.line_fit import best_line, cost, data_of, heights, knob_of
from nnviz.experiment.neuron.specification import LineSpec
from nnviz.ui.plots.charts.chart_figure import ChartFigure
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.drag_chart import KEYS, pixel
from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.wording import full, plain, short
from nnviz.ui.plots.neuron.line_chart import LineChart

KNOBS = 2
"""The first handles: the line's height at 0, which is b, and its far end, which turns it."""


class LineFigure(ChartFigure):
    """Total of the squares: J = ½ mean (ŷ − y)²."""

    key = "line"
    title = "Your line"

    bias_moved = Signal(float, bool)
    """(b, whether it was let go)."""
    end_moved = Signal(float, float, bool)
    """(x, y of the line's knob, whether it was let go)."""
    point_moved = Signal(int, float, float, bool)
    point_added = Signal(float, float)
    point_removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.spec = LineSpec()
        self.hint = QLabel()
        self.hint.setForegroundRole(self.hint.palette().ColorRole.PlaceholderText)
        self.controls.addWidget(self.hint)
        self.chart = LineChart("Your line over the points")
        self.chart.setAccessibleDescription(f"{KEYS}; Insert adds a point, Delete removes one")
        self.knobs = Knobs()
        self.chart.add(self.knobs)
        self.chart.probe = self._readout
        self.chart.dragged.connect(lambda handle, x, y: self._moved(handle, x, y, let_go=False))
        self.chart.dropped.connect(lambda handle, x, y: self._moved(handle, x, y, let_go=True))
        self.chart.added.connect(self._added)
        self.chart.removed.connect(self._removed)
        self.column.addWidget(self.chart, 1)
        self.set_theme(self.theme)

    def show_spec(self, spec: LineSpec) -> None:
        """Another line, or other points."""
        self.spec = spec
        self.redraw()

    def redraw(self) -> None:
        """Line, squares, knobs, and what they cost."""
        spec, theme, data = self.spec, self.theme, data_of(self.spec)
        w, b = spec.w, spec.intercept
        self.chart.show_line(data, w, b, "accent", filled=spec.squares)
        best = best_line(data, bias=spec.bias)
        flat = (best.w, best.b, "good")
        self.chart.show_others(data, [flat, flat])
        self.knobs.show_places((0.0, b), knob_of(data, w, b), free=spec.bias)
        points = [(point.x[0], point.y) for point in spec.points] if spec.source == "points" else []
        self.chart.show_handles([(0.0, b), knob_of(data, w, b), *points])
        now = cost(data, w, b)
        sign = "−" if b < 0.0 else "+"
        equation = f"ŷ = {short(w)}·x {sign} {short(abs(b))}" if spec.bias else f"ŷ = {short(w)}·x"
        self.legend.show_entries([
            Entry(equation, theme.color("accent"), "line"),
            Entry("J = ½ mean (ŷ − y)²", theme.color("bad"), "block", short(now)),
            Entry("least J" if spec.bias else "least with b = 0", theme.color("good"), "dashed", short(best.cost)),
        ])  # fmt: skip
        hand = "Drag the knobs" if spec.bias else "Drag the knob"
        more = " and the points · click adds · Ctrl+click removes" if spec.source == "points" else ""
        self.hint.setText(hand + more)
        self.chart.show_message("" if len(data.x) else "Click to set points: there is nothing to fit yet.", over=True)
        self.setAccessibleDescription(f"{equation}, J {short(now)}, least possible {short(best.cost)}")
        self.chart.refresh_readout()

    def numbers(self) -> list[tuple[str, ...]]:
        """Each point with its prediction, error and loss."""
        spec, data = self.spec, data_of(self.spec)
        w, b = spec.w, spec.intercept
        table: list[tuple[str, ...]] = [("x", "y", "predicted y", "predicted y - y", "loss = half its square")]
        for x, y, fitted in zip(data.x.tolist(), data.y.tolist(), heights(data, w, b).tolist(), strict=True):
            table.append(tuple(plain(value) for value in (x, y, fitted, fitted - y, 0.5 * (fitted - y) ** 2)))
        return table

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        """The line, and what it costs."""
        spec, data = self.spec, data_of(self.spec)
        w, b = spec.w, spec.intercept
        return {"line": [("weight w", "bias b", "loss J"), (plain(w), plain(b), plain(cost(data, w, b)))]}

    def _moved(self, handle: int, x: float, y: float, *, let_go: bool) -> None:
        if handle == 0:
            self.bias_moved.emit(y, let_go)
        elif handle == 1:
            self.end_moved.emit(x, y, let_go)
        else:
            self.point_moved.emit(handle - KNOBS, x, y, let_go)

    def _added(self, x: float, y: float) -> None:
        if self.spec.source == "points":
            self.point_added.emit(x, y)

    def _removed(self, handle: int) -> None:
        if handle >= KNOBS:
            self.point_removed.emit(handle - KNOBS)

    def _readout(self, x: float, _y: float) -> Readout:
        fitted = self.spec.w * x + self.spec.intercept
        name = self.chart.bottom.name
        return Readout(f"{name} {full(x)}\nŷ {full(fitted)}", x, [(x, fitted, self.chart.line.color)])


class Knobs(Ink):
    """Squares on the line; the one at x = 0 is closed where the bias is locked."""

    def __init__(self) -> None:
        super().__init__(depth=9.0)
        self.places = ((0.0, 0.0), (1.0, 0.0))
        self.free = True

    def show_places(self, bias: tuple[float, float], end: tuple[float, float], *, free: bool) -> None:
        """Other places."""
        self.places, self.free = (bias, end), free
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Both."""
        theme = self.theme
        for place, token, free in zip(self.places, ("warning", "accent"), (self.free, True), strict=True):
            center = pixel(mapping, place)
            painter.setPen(QPen(theme.color(token if free else "muted"), 2.4))
            painter.setBrush(theme.color("surface") if free else theme.color("muted"))
            painter.drawRect(QRectF(round(center.x()) - 6.0, round(center.y()) - 6.0, 12.0, 12.0))
