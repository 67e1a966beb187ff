"""A function of one variable: its curve with gaps, the tangent, descents on it, vectors along x."""

from collections.abc import Sequence

import numpy
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.plot_view import Table
from nnviz.ui.plots.charts.wording import full, plain, short
from nnviz.ui.plots.surface.overlays import SurfaceArrow, SurfaceMark, SurfacePath
from nnviz.ui.plots.surface.place_chart import PlaceChart
from nnviz.ui.plots.surface.surface_grid import Floats
from nnviz.ui.plots.surface.surface_view import EMPTY, SurfaceView
from nnviz.ui.theme import LIGHT, Theme

AIR = 0.06
"""Room above and below the curve, as a share of its height."""
HATCH = 8.0
BEYOND = 1e100
"""Heights that no axis can carry count as none."""


class CurvePlot1D(SurfaceView):
    """clicked: (x, f(x)) for a start at x. Heights of paths and marks are their z; their y is not read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Curve", parent)
        self.xs: Floats = numpy.zeros(0)
        self.zs: Floats = numpy.zeros(0)
        self.names = ("x", "f(x)")
        self.tangent: tuple[float, float, float] | None = None
        self.chart = PlaceChart(on_curve=True, grid="both")
        self.chart.setAccessibleName("Curve")
        self.curve, self.touching = Curve(LIGHT.color("text"), 2.2, depth=3.0), Curve(LIGHT.color("accent"), 1.8)
        self.touching.dashed = True
        self.gaps = GapInk()
        for ink in (self.gaps, self.curve, self.touching):
            self.chart.add(ink)
        self.chart.probe = self._readout
        self.chart.chosen.connect(self._choose)
        self.drawing.addWidget(self.chart, 1)
        self.reset = self.reset_button()
        self.chart.show_message(EMPTY)
        self.set_theme(self.theme)

    def show_curve(self, x: Floats, z: Floats, *, names: tuple[str, str] = ("x", "f(x)")) -> None:
        """z (n,) over increasing x (n,); what is no number below 1e100 is a gap. Empty arrays for none."""
        self.xs, self.names = x, names
        self.zs = numpy.where(numpy.abs(z) < BEYOND, z, numpy.nan)
        self.curve.show_data(self.xs, self.zs)
        self.gaps.show_gaps(gaps_of(self.xs, self.zs))
        self.chart.bottom.rename(names[0])
        self.chart.left.rename(names[1])
        self.chart.show_message("" if len(x) else EMPTY)
        if len(x):
            self.chart.frame(float(x[0]), float(x[-1]), *self._span())
        self._draw_tangent()
        self._place_marks()
        self.show_legend()

    def show_tangent(self, tangent: tuple[float, float, float] | None) -> None:
        """(x, f(x), slope) of the line that touches the curve; None for none."""
        self.tangent = tangent
        self._draw_tangent()
        self.show_legend()

    def show_paths(self, paths: Sequence[SurfacePath]) -> None:
        """Runners: points at (x, z) with the way they came."""
        super().show_paths(paths)
        self.chart.paths.show_paths(paths)

    def show_marks(self, marks: Sequence[SurfaceMark]) -> None:
        """Other marked points; without a z of their own they lie on the curve."""
        super().show_marks(marks)
        self._place_marks()

    def show_arrows(self, arrows: Sequence[SurfaceArrow]) -> None:
        """Vectors along x, each from its start's (x, y) to the same height over its end's x."""
        super().show_arrows(arrows)
        level = [SurfaceArrow(a.start, (a.end[0], a.start[1]), a.color, a.label) for a in arrows]
        self.chart.signs.show_arrows(level)

    def show_message(self, text: str) -> None:
        """Over the plot; empty takes it away."""
        self.chart.show_message(text or (EMPTY if len(self.xs) == 0 else ""))

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        self.curve.recolor(theme.color("text"))
        self.touching.recolor(theme.color("accent"))

    def forget_cursor(self) -> None:
        """Hides the cross and the readout."""
        self.chart.forget_cursor()
        self.chart.cross.show_spot(None)

    def reset_range(self) -> None:
        """All of the curve."""
        self.chart.reset_range()

    def numbers(self) -> Table:
        """The points of the curve."""
        if len(self.xs) == 0:
            return []
        rows = zip(self.xs.tolist(), self.zs.tolist(), strict=True)
        return [self.coordinates(), *((plain(x), plain(z)) for x, z in rows)]

    def more_numbers(self) -> dict[str, Table]:
        """What lies on it, and the tangent."""
        names, tables = self.coordinates(), super().more_numbers()
        if self.tangent is not None:
            tables["tangent"] = [(*names, "slope"), tuple(plain(value) for value in self.tangent)]
        return tables

    def coordinates(self) -> tuple[str, ...]:
        """As the axes are named."""
        return self.names

    def height_of(self, mark: SurfaceMark) -> float:
        """Its own, or the curve's there."""
        return self.height_at(mark.x) if mark.z is None else mark.z

    def entries(self) -> list[Entry]:
        """Curve, tangent, runners, gaps."""
        found = [Entry(self.names[1], self.theme.color("text"), "line")] if len(self.xs) else []
        if self.tangent is not None:
            slope = short(self.tangent[2])
            found.append(Entry("tangent, slope", self.theme.color("accent"), "dashed", slope))
        if numpy.any(numpy.isnan(self.zs)):
            found.append(Entry("no value here", self.theme.color("line"), "block"))
        return [*found, *super().entries()]

    def height_at(self, x: float) -> float:
        """f(x) between the points, nan outside and in gaps."""
        if len(self.xs) < 2 or not self.xs[0] <= x <= self.xs[-1]:
            return float("nan")
        return float(numpy.interp(x, self.xs, self.zs))

    def _span(self) -> tuple[float, float]:
        finite = self.zs[numpy.isfinite(self.zs)]
        if len(finite) == 0:
            return 0.0, 1.0
        low, high = float(numpy.min(finite)), float(numpy.max(finite))
        room = AIR * (high / 2.0 - low / 2.0) * 2.0
        # A constant is drawn in the middle.
        room = room if room > 1e-12 * max(abs(low), abs(high), 1.0 / BEYOND) else max(0.1 * abs(low), 0.5)
        return low - room, high + room

    def _draw_tangent(self) -> None:
        if self.tangent is None or len(self.xs) == 0 or not numpy.all(numpy.isfinite(self.tangent)):
            self.touching.show_data(numpy.zeros(0), numpy.zeros(0))
            return
        x, height, slope = self.tangent
        ends = numpy.array([self.xs[0], self.xs[-1]])
        with numpy.errstate(over="ignore", invalid="ignore"):
            self.touching.show_data(ends, height + slope * (ends - x))

    def _place_marks(self) -> None:
        places = [(mark.x, self.height_at(mark.x) if mark.z is None else mark.z) for mark in self.marks]
        kept = [(mark, place) for mark, place in zip(self.marks, places, strict=True) if numpy.isfinite(place[1])]
        self.chart.signs.show_marks([mark for mark, _ in kept], [place for _, place in kept])

    def _choose(self, x: float, _y: float) -> None:
        if len(self.xs):
            self.clicked.emit(x, self.height_at(x))

    def _readout(self, x: float, _y: float) -> Readout | None:
        if len(self.xs) == 0 or not self.xs[0] <= x <= self.xs[-1]:
            return None
        height = self.height_at(x)
        if not numpy.isfinite(height):
            return Readout(f"{self.names[0]} = {short(x)}\n{self.names[1]} = no value")
        text = f"{self.names[0]} = {short(x)}\n{self.names[1]} = {full(float(f'{height:.6g}'))}"
        return Readout(text, None, [(x, height, self.theme.color("text"))])


def gaps_of(x: Floats, z: Floats) -> list[tuple[float, float]]:
    """The stretches (begin, end) of x without a value, to the samples that have one."""
    missing = ~numpy.isfinite(z)
    edges = numpy.diff(missing.astype(int), prepend=0, append=0)
    begins, ends = numpy.flatnonzero(edges == 1), numpy.flatnonzero(edges == -1)
    last = len(x) - 1
    return [
        (float(x[max(0, b - 1)]), float(x[min(last, e)])) for b, e in zip(begins.tolist(), ends.tolist(), strict=True)
    ]


class GapInk(Ink):
    """A hatched band over each stretch without a value."""

    def __init__(self) -> None:
        super().__init__(depth=1.0)
        self.gaps: list[tuple[float, float]] = []
        self._lines = PrimitiveArray(QLineF, 4)

    def show_gaps(self, gaps: list[tuple[float, float]]) -> None:
        """Other stretches."""
        self.gaps = gaps
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """The ground, and slanting lines cut at its edges."""
        for begin, end in self.gaps:
            left, right = max(0.0, mapping.at(begin, 0.0)[0]), min(mapping.width, mapping.at(end, 0.0)[0])
            if right <= left:
                continue
            painter.fillRect(QRectF(left, 0.0, right - left, mapping.height), self.theme.color("line", 0.5))
            sums = numpy.arange(left + HATCH, right + mapping.height, HATCH)
            x0, x1 = numpy.maximum(left, sums - mapping.height), numpy.minimum(right, sums)
            painter.setPen(QPen(self.theme.color("muted", 0.5), 1.0))
            self._lines.resize(len(sums))
            self._lines.ndarray()[:] = numpy.stack([x0, sums - x0, x1, sums - x1], axis=-1)
            painter.drawLines(*self._lines.drawargs())
