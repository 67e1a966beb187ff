"""Where the surface is drawn: a map, a picture in space, or a curve for a line; with the run's path on it."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnviz.experiment.loss_surface.path import ProjectedPath
from nnviz.experiment.loss_surface.surface import Surface
from nnviz.ui.plots.landscape.drawable import drawable
from nnviz.ui.plots.landscape.path_shades import path_marks, path_parts
from nnviz.ui.plots.surface.contour_map import ContourMap
from nnviz.ui.plots.surface.curve_plot_1d import CurvePlot1D
from nnviz.ui.plots.surface.surface_3d import Surface3D
from nnviz.ui.plots.surface.surface_grid import SurfaceGrid
from nnviz.ui.plots.surface.surface_view import SurfaceView
from nnviz.ui.theme import LIGHT, Theme

FINEST_IN_SPACE = 65
"""Points a side of the picture in space: more take longer to paint than a window may be busy."""
NOTHING = numpy.zeros(0)


@dataclass(frozen=True)
class Looks:
    """form: "contour", "heat" or "space". names: of the coordinates. moving: more will follow at once."""

    form: str
    logarithmic: bool
    names: tuple[str, ...] = ()
    moving: bool = False


class SurfaceStage(QWidget):
    """map, space, curve: the plots, one of them seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.map, self.space, self.curve = ContourMap(), Surface3D(), CurvePlot1D()
        self.space.set_looks(wire=True)
        self._heights: NDArray[numpy.float64] | None = None
        self._ground: tuple[object, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for plot in (self.map, self.space, self.curve):
            plot.bar.hide()
            row.addWidget(plot)

    def show_surface(self, seen: Surface, path: ProjectedPath | None, looks: Looks) -> None:
        """Draws a surface, and the path if it is known."""
        plot = self._turn(looks.form if seen.slice.region.dimensions == 2 else "line")
        plot.show_message("")
        self._draw_ground(plot, seen, looks)
        parts = [] if path is None else path_parts(path, self.theme)
        if plot is self.space:
            # Painting the surface takes longest; while the path grows from one moment to the next it is coarse.
            self.space.show_paths(parts, animated=looks.moving)
        else:
            plot.show_paths(parts)
        plot.show_marks([] if path is None else path_marks(path, self.theme))

    def show_message(self, message: str, form: str) -> None:
        """A sentence in place of a surface."""
        plot = self._turn(form)
        if self._ground:
            self._ground, self._heights = (), None
            self.map.show_grid(None)
            self.space.show_grid(None)
            self.curve.show_curve(NOTHING, NOTHING)
            for each in (self.map, self.space, self.curve):
                each.show_paths([])
                each.show_marks([])
        plot.show_message(message)

    def _turn(self, form: str) -> SurfaceView:
        self.curve.setVisible(form == "line")
        self.space.setVisible(form == "space")
        self.map.setVisible(form in ("contour", "heat"))
        return {"line": self.curve, "space": self.space}.get(form, self.map)

    def _draw_ground(self, plot: SurfaceView, seen: Surface, looks: Looks) -> None:
        """The surface alone, and only where it is another one or in another form: it costs more than what is on it."""
        ground = (plot, looks.form, looks.logarithmic, looks.names)
        if seen.heights is self._heights and ground == self._ground:
            return
        self._heights, self._ground = seen.heights, ground
        names, heights = looks.names, drawable(seen.heights)
        if plot is self.curve:
            self.curve.show_curve(seen.axes[0], heights, names=(names[0], "J"))
            return
        grid = SurfaceGrid(seen.axes[0], seen.axes[1], heights, names[0], names[1], "J")
        if plot is self.space:
            self.space.show_grid(grid.thinned(FINEST_IN_SPACE))
            self.space.set_looks(logarithmic=looks.logarithmic)
        else:
            self.map.set_looks(logarithmic=looks.logarithmic, heat=True, lines=looks.form == "contour")
            self.map.show_grid(grid)
