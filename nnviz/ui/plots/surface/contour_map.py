"""A surface from above: colours and lines of equal height, descents on it, or which minimum each start reaches."""

from collections.abc import Sequence

import numpy
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nnviz.ui.plots.charts.color_bar import WithBar
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.plot_view import Table
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.charts.wording import full, plain, short
from nnviz.ui.plots.surface.backdrop import Backdrop, classless_color, hole_color
from nnviz.ui.plots.surface.height_scale import HeightScale
from nnviz.ui.plots.surface.overlays import CLASSLESS, ClassMap, SurfaceArrow, SurfaceMark, SurfacePath, mark_height
from nnviz.ui.plots.surface.place_chart import PlaceChart
from nnviz.ui.plots.surface.surface_grid import SurfaceGrid
from nnviz.ui.plots.surface.surface_view import EMPTY, SurfaceView
from nnviz.ui.plots.surface.tables import grid_table
from nnviz.ui.theme import Theme


class ContourMap(SurfaceView):
    """clicked: a place to start from. mark_moved: index into marks, x, y, while a movable mark is dragged."""

    mark_moved = Signal(int, float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Map of the surface", parent)
        self.grid: SurfaceGrid | None = None
        self.classes: ClassMap | None = None
        self.chart, self.backdrop = PlaceChart(), Backdrop()
        self.chart.setAccessibleName("Map of the surface")
        self.chart.add(self.backdrop)
        self.chart.probe = self._readout
        self.chart.chosen.connect(self.clicked)
        self.chart.mark_moved.connect(self.mark_moved)
        self.with_bar = WithBar(self.chart)
        self.drawing.addWidget(self.with_bar, 1)
        self.scale = Segments(
            "Levels",
            [
                ("linear", "Linear", "Colours and lines at equal distances of height"),
                ("log", "Log", "Colours and lines by powers of ten: shows the floor of a deep valley"),
            ],
        )
        self.scale.chosen.connect(self._redraw)
        self.controls.addWidget(self.scale)
        self.heat = self.switch("Colours", "Each place has the colour of its height", on=True)
        self.lines = self.switch("Lines", "Lines of equal height with their numbers", on=True)
        self.equal = self.switch("Equal axes", "One unit is as long across as it is upwards")
        for chip in (self.heat, self.lines):
            chip.toggled.connect(self._redraw)
        self.equal.toggled.connect(self._frame)
        self.reset = self.reset_button()
        self.chart.show_message(EMPTY)
        self.with_bar.bar.hide()
        self.set_theme(self.theme)

    def show_grid(self, grid: SurfaceGrid | None) -> None:
        """Another surface, None for none. The range follows it unless the user has zoomed."""
        self.grid = None if grid is None else evenly(grid)
        self.chart.show_message(EMPTY if grid is None and self.classes is None else "")
        self._redraw()
        self._frame()

    def show_classes(self, classes: ClassMap | None) -> None:
        """Basins in the colours of the minima they lead to, in place of the heights' colours; None ends that."""
        self.classes = classes
        self._redraw()

    def show_paths(self, paths: Sequence[SurfacePath]) -> None:
        """Other paths, or the same ones grown."""
        super().show_paths(paths)
        self.chart.paths.show_paths(paths)

    def show_marks(self, marks: Sequence[SurfaceMark]) -> None:
        """Other marked points."""
        super().show_marks(marks)
        self.chart.signs.show_marks(marks, [(mark.x, mark.y) for mark in marks])

    def show_arrows(self, arrows: Sequence[SurfaceArrow]) -> None:
        """Other vectors."""
        super().show_arrows(arrows)
        self.chart.signs.show_arrows(arrows)

    def show_message(self, text: str) -> None:
        """Over the map; empty takes it away."""
        self.chart.show_message(text or (EMPTY if self.grid is None else ""))

    def set_looks(
        self,
        *,
        logarithmic: bool | None = None,
        heat: bool | None = None,
        lines: bool | None = None,
        equal: bool | None = None,
    ) -> None:
        """Sets switches; None leaves one as it is."""
        if logarithmic is not None:
            self.scale.choose("log" if logarithmic else "linear")
        for chip, on in ((self.heat, heat), (self.lines, lines), (self.equal, equal)):
            if on is not None:
                chip.blockSignals(True)
                chip.setChecked(on)
                chip.blockSignals(False)
        self._redraw()
        self._frame()

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        self.with_bar.bar.restyle(theme)
        self._redraw()

    def forget_cursor(self) -> None:
        """Hides the cross and the readout."""
        self.chart.forget_cursor()
        self.chart.cross.show_spot(None)

    def reset_range(self) -> None:
        """All of the surface."""
        self.chart.reset_range()

    def numbers(self) -> Table:
        """The samples of the surface; with classes, theirs."""
        classes, names = self.classes, self.coordinates()
        if classes is None:
            return grid_table(self.grid, names)
        x, y = numpy.meshgrid(classes.x, classes.y)
        rows = zip(x.ravel().tolist(), y.ravel().tolist(), classes.classes.ravel().tolist(), strict=True)
        return [(*names[:2], "leads to"), *((plain(a), plain(b), self._class_name(c)) for a, b, c in rows)]

    def more_numbers(self) -> dict[str, Table]:
        """What lies on it; below classes the heights that the lines show."""
        heights = {} if self.classes is None else {"heights": grid_table(self.grid, self.coordinates())}
        return heights | super().more_numbers()

    def coordinates(self) -> tuple[str, ...]:
        """As the surface names them."""
        return ("x", "y", "z") if self.grid is None else (self.grid.x_name, self.grid.y_name, self.grid.z_name)

    def height_of(self, mark: SurfaceMark) -> float:
        """Its own, or the surface's there."""
        return float("nan") if self.grid is None else mark_height(mark, self.grid)

    def entries(self) -> list[Entry]:
        """Paths, classes, and what the hatching means."""
        found = super().entries()
        classes = self.classes
        if classes is not None:
            pairs = zip(classes.labels, classes.colors, strict=True)
            found += [Entry(label, color, "block") for label, color in pairs]
            if numpy.any(classes.classes == CLASSLESS):
                found.append(Entry(self._class_name(CLASSLESS), classless_color(self.theme), "block"))
        if self.grid is not None and self.grid.holes:
            found.append(Entry("no value here", hole_color(self.theme), "block"))
        return found

    def _redraw(self, *_: object) -> None:
        grid, bar = self.grid, self.with_bar.bar
        scale = HeightScale() if grid is None else HeightScale.of(grid.z, logarithmic=self.scale.key == "log")
        self.backdrop.heat, self.backdrop.contours = self.heat.isChecked(), self.lines.isChecked()
        self.backdrop.show_ground(grid, scale, self.classes, self.theme)
        shown = grid is not None and not scale.empty and self.classes is None and self.heat.isChecked()
        bar.setVisible(shown)
        if shown and grid is not None:
            title, table = scale.title(grid.z_name), self.theme.sequential()
            bar.show_scale(table, scale.low, scale.high, title, decades=scale.logarithmic)
        self.show_legend()
        self.with_bar.arrange()

    def _frame(self, *_: object) -> None:
        if self.grid is not None:
            self.chart.square = self.equal.isChecked()
            self.chart.bottom.rename(self.grid.x_name)
            self.chart.left.rename(self.grid.y_name)
            self.chart.frame(*self.grid.extent)
            self.with_bar.arrange()

    def _readout(self, x: float, y: float) -> Readout | None:
        grid = self.grid
        if grid is None:
            return None
        left, right, bottom, top = grid.extent
        if not (left <= x <= right and bottom <= y <= top):
            return None
        z = float(grid.at(numpy.array(x), numpy.array(y)))
        height = full(float(f"{z:.6g}")) if numpy.isfinite(z) else "no value"
        lines = [f"{grid.x_name} = {short(x)}", f"{grid.y_name} = {short(y)}", f"{grid.z_name} = {height}"]
        classes = self.classes
        if classes is not None:
            row, column = int(numpy.argmin(numpy.abs(classes.y - y))), int(numpy.argmin(numpy.abs(classes.x - x)))
            lines.append(f"leads to {self._class_name(int(classes.classes[row, column]))}")
        return Readout("\n".join(lines))

    def _class_name(self, number: int) -> str:
        classes = self.classes
        known = classes is not None and 0 <= number < len(classes.labels)
        return classes.labels[number] if classes is not None and known else "no minimum"


def evenly(grid: SurfaceGrid) -> SurfaceGrid:
    """The grid itself where its samples are evenly apart, as the map draws them; else one that is, interpolated."""
    if all(numpy.ptp(numpy.diff(places)) <= 1e-6 * numpy.ptp(places) for places in (grid.x, grid.y)):
        return grid
    x, y = (numpy.linspace(places[0], places[-1], len(places)) for places in (grid.x, grid.y))
    return SurfaceGrid(x, y, grid.at(*numpy.meshgrid(x, y)), grid.x_name, grid.y_name, grid.z_name)
