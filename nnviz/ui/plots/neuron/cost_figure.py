"""The cost over (w, b): the present line is one point of this plane, and moving the point moves the line."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.experiment.neuron.line_fit import best_line, cost, data_of, landscape
from nnviz.experiment.neuron.specification import LineSpec
from nnviz.ui.plots.charts.dress import dress
from nnviz.ui.plots.charts.wording import plain
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.surface.contour_map import ContourMap
from nnviz.ui.plots.surface.overlays import SurfaceMark
from nnviz.ui.plots.surface.surface_grid import SurfaceGrid
from nnviz.ui.plots.surface.tables import grid_table
from nnviz.ui.theme import Theme

SETTLED_MS = 250
"""A point that has not moved for so long has been let go."""

HEADINGS = ("weight w", "bias b", "loss J")


class CostFigure(Figure):
    """A click sets the line too."""

    key = "line-cost"
    title = "Cost J over w and b"

    line_moved = Signal(float, float, bool)
    """(w, b, whether it was let go)."""

    def __init__(self) -> None:
        super().__init__()
        self.spec = LineSpec()
        self.map = ContourMap()
        self.map.setAccessibleName("Cost over weight and bias; a click moves the line there")
        self.map.set_looks(logarithmic=True)
        # w and b have different units, and the context menu resets the range.
        self.map.equal.hide()
        self.map.reset.hide()
        self.map.clicked.connect(lambda w, b: self._take(w, b, let_go=True))
        self.map.mark_moved.connect(lambda _mark, w, b: self._take(w, b, let_go=False))
        self._place: tuple[float, float] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLED_MS)
        self._timer.timeout.connect(self._settle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.map)
        self.set_theme(self.theme)

    def show_spec(self, spec: LineSpec) -> None:
        """Another line, or other points."""
        self.spec = spec
        data = data_of(spec)
        if len(data.x) == 0:
            self.map.show_marks([])
            self.map.show_grid(None)
            self.map.show_message("Without points every line costs nothing: set some.")
            return
        free, locked = best_line(data, bias=True), best_line(data, bias=False)
        self.map.show_message("")
        if self._place is None:
            # While the point is dragged the map stays: one that grew under the mouse would run away from it.
            land = landscape(data, spec)
            self.map.show_grid(SurfaceGrid(land.w, land.b, land.cost, "weight w", "bias b", "J"))
        self.map.show_marks([
            SurfaceMark("minimum", free.w, free.b, free.cost, "argmin J"),
            SurfaceMark("minimum", locked.w, 0.0, locked.cost, "best with b = 0", self.theme.color("warning")),
            SurfaceMark("current", spec.w, spec.intercept, None, "your line", self.theme.color("accent"), movable=True),
        ])  # fmt: skip

    def numbers(self) -> list[tuple[str, ...]]:
        """The samples of the cost."""
        return grid_table(self.map.grid, HEADINGS)

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        """The three marked lines."""
        data = data_of(self.spec)
        if len(data.x) == 0:
            return {}
        lines = [("best", best_line(data, bias=True)), ("best with b = 0", best_line(data, bias=False))]
        rows = [(name, plain(line.w), plain(line.b), plain(line.cost)) for name, line in lines]
        w, b = self.spec.w, self.spec.intercept
        rows.append(("yours", plain(w), plain(b), plain(cost(data, w, b))))
        return {"lines": [("line", *HEADINGS), *rows]}

    def picture_part(self) -> QWidget:
        """The map without its switches."""
        return self.map.picture_part()

    def forget_cursor(self) -> None:
        """Hides cross and readout."""
        self.map.forget_cursor()

    def reset_range(self) -> None:
        """Back from where the user zoomed to."""
        self.map.reset_range()

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        dress(self, theme)
        self.map.set_theme(theme)
        self.show_spec(self.spec)

    def _take(self, w: float, b: float, *, let_go: bool) -> None:
        w, b = float(f"{w:.4g}"), float(f"{b:.4g}") if self.spec.bias else 0.0
        self._place = None if let_go else (w, b)
        self.line_moved.emit(w, b, let_go)
        if not let_go:
            self._timer.start()

    def _settle(self) -> None:
        if self._place is not None:
            place, self._place = self._place, None
            self.line_moved.emit(*place, True)
