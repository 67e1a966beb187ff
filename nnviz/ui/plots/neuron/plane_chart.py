"""The plane of two inputs: what is answered where, decision lines, and points that can be moved."""

from collections.abc import Sequence

import numpy
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from nnviz.experiment.neuron.plane import Plane
from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.drag_chart import DragChart
from nnviz.ui.plots.charts.raster import Raster, rgb
from nnviz.ui.plots.neuron.plane_ink import Dot, Dots, Lines, Stroke

PALENESS = 0.62
"""How much of the ground is mixed into the colours, so that lines and dots stand out."""


class PlaneChart(DragChart):
    """Orange where the answer is 0, blue where it is 1."""

    reshaped = Signal()

    def __init__(self) -> None:
        super().__init__(NumberAxis("left", "x₂"), NumberAxis("bottom", "x₁"), grid="")
        self.raster, self.lines, self.dots = Raster(smooth=True), Lines(), Dots()
        for ink in (self.raster, self.lines, self.dots):
            self.add(ink)

    @property
    def aspect(self) -> float:
        """Width over height of the plot area: what a plane must have, so that a right angle is one."""
        mapping = self.mapping()
        return min(max(mapping.width / mapping.height, 0.2), 5.0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another shape needs another part of the plane."""
        super().resizeEvent(event)
        self.reshaped.emit()

    def show_plane(self, plane: Plane, strokes: Sequence[Stroke], dots: Sequence[Dot], *, arrows: bool = False) -> None:
        """Another plane."""
        left, right, bottom, top = plane.extent
        rows, columns = plane.values.shape
        # Values are samples at the corners of the extent: the outermost cells of the picture reach beyond it.
        half_x, half_y = (right - left) / (2 * columns - 2), (top - bottom) / (2 * rows - 2)
        table, ground = self.theme.diverging().astype(float), rgb(self.theme.color("surface"))
        table += PALENESS * (ground - table)
        place = ((numpy.nan_to_num(plane.values) + 1.0) * 127.5).round().clip(0, 255).astype(numpy.intp)
        colors = table[place].round().astype(numpy.uint8)
        self.raster.show_data(colors, (left - half_x, right + half_x, bottom - half_y, top + half_y))
        self.lines.show_lines(strokes, arrows=arrows)
        self.dots.show_dots(dots)
        self.frame(left, right, bottom, top)
