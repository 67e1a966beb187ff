"""The ground of the map: colours, the hatching of holes, and the lines of equal height.

It changes seldom while paths grow on it sixty times a second, so a screen gets a picture of it that is kept.
"""

import numpy
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from nnviz.ui.plots.charts.ink import Ink, Mapping, device_scale, is_vector
from nnviz.ui.plots.charts.raster import Raster, rgb
from nnviz.ui.plots.surface.height_scale import HeightScale
from nnviz.ui.plots.surface.level_lines import LevelInk, hatch, level_lines
from nnviz.ui.plots.surface.overlays import ClassMap
from nnviz.ui.plots.surface.surface_grid import Extent, SurfaceGrid
from nnviz.ui.theme import Theme


class Backdrop(Ink):
    """heat, contours: whether the colours and the lines of the heights are drawn."""

    def __init__(self) -> None:
        super().__init__(depth=0.0)
        self.grid: SurfaceGrid | None = None
        self.heights = HeightScale()
        self.classes: ClassMap | None = None
        self.heat = self.contours = True
        self.levels = LevelInk()
        self._cells, self._smooth = Raster(smooth=False), Raster(smooth=True)
        self._lines = PrimitiveArray(QLineF, 4)
        self._version = 0
        self._kept: tuple[tuple[object, ...], QPixmap] | None = None

    def show_ground(self, grid: SurfaceGrid | None, scale: HeightScale, classes: ClassMap | None, theme: Theme) -> None:
        """Other heights, colours or classes."""
        self.grid, self.heights, self.classes, self.theme = grid, scale, classes, theme
        self.levels.theme = theme
        self.levels.plain = QColor(theme.color("text", 0.45)) if classes is not None or not self.heat else None
        self.levels.lines = level_lines(grid, scale) if grid is not None and self.contours else []
        if grid is not None:
            table = theme.sequential()
            colors = table[scale.colors(grid.z, table)]
            if not self.heat:
                colors = numpy.broadcast_to(rgb(theme.color("surface")).astype(numpy.uint8), colors.shape).copy()
            colors[~numpy.isfinite(grid.z)] = rgb(hole_color(theme))
            self._smooth.show_data(colors, cell_extent(grid.x, grid.y))
        if classes is not None:
            self._cells.show_data(class_colors(classes, theme), cell_extent(classes.x, classes.y))
        self._version += 1
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """From the kept picture; on vector devices anew."""
        if self.grid is None and self.classes is None:
            return
        scale = device_scale(painter)
        if is_vector(painter):
            self._draw(painter, mapping)
            return
        key = mapping, scale, self._version
        if self._kept is None or self._kept[0] != key:
            wide, high = round(mapping.width * scale), round(mapping.height * scale)
            picture = QPixmap(max(1, wide), max(1, high))
            picture.setDevicePixelRatio(scale)
            picture.fill(Qt.GlobalColor.transparent)
            inner = QPainter(picture)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(inner, mapping)
            inner.end()
            self._kept = key, picture
        painter.drawPixmap(0, 0, self._kept[1])

    def _draw(self, painter: QPainter, mapping: Mapping) -> None:
        if self.classes is not None:
            self._cells.draw(painter, mapping)
        elif self.grid is not None:
            self._smooth.draw(painter, mapping)
        if self.grid is None:
            return
        if self.grid.holes:
            lines = hatch(~numpy.isfinite(self.grid.z), mapping, self.grid)
            painter.setPen(QPen(self.theme.color("muted", 0.7), 1.0))
            self._lines.resize(len(lines))
            self._lines.ndarray()[:] = lines
            if len(lines):
                painter.drawLines(*self._lines.drawargs())
        self.levels.draw(painter, mapping)


def hole_color(theme: Theme) -> QColor:
    """The ground of what has no value."""
    return theme.color("line")


def classless_color(theme: Theme) -> QColor:
    """The colour of starts that reach nothing."""
    red, green, blue = (0.6 * rgb(theme.color("dead")) + 0.4 * rgb(theme.color("surface"))).round().astype(int).tolist()
    return QColor(red, green, blue)


def cell_extent(x: NDArray[numpy.float64], y: NDArray[numpy.float64]) -> Extent:
    """The outer edges of the cells around samples: half a spacing beyond the outermost."""
    half_x, half_y = (x[-1] - x[0]) / (2 * len(x) - 2), (y[-1] - y[0]) / (2 * len(y) - 2)
    return float(x[0] - half_x), float(x[-1] + half_x), float(y[0] - half_y), float(y[-1] + half_y)


def class_colors(classes: ClassMap, theme: Theme) -> NDArray[numpy.uint8]:
    """(m, n, 3). Whatever has no class is grey."""
    palette = [
        rgb(hole_color(theme)),
        *(0.82 * rgb(color) + 0.18 * rgb(theme.color("surface")) for color in classes.colors),
    ]
    index = numpy.where((classes.classes >= 0) & (classes.classes < len(classes.colors)), classes.classes + 1, 0)
    return numpy.array(palette).round().astype(numpy.uint8)[index]
