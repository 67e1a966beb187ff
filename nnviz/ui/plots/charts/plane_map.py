"""The decision map: the network's output over a plane of two inputs, under the examples."""

from collections.abc import Sequence

import numpy

from nnviz.experiment.readings import DecisionMap
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.contour import Contour, crossings
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.map_colors import MapColors
from nnviz.ui.plots.charts.points import Points
from nnviz.ui.plots.charts.raster import Raster
from nnviz.ui.plots.charts.wording import full
from nnviz.ui.plots.predictions.probing import outputs_at
from nnviz.ui.theme import LIGHT, Theme

NO_SEGMENTS = numpy.zeros((0, 2, 2))


class PlaneMap(Chart):
    """A picture of outputs, the boundary of two classes, and the examples as dots."""

    def __init__(self) -> None:
        super().__init__(NumberAxis("left", ""), NumberAxis("bottom", ""), grid="")
        self.picture, self.boundary, self.points = Raster(smooth=True), Contour(), Points()
        self.reading: DecisionMap | None = None
        self._colors: MapColors | None = None
        self._snapshot: Snapshot | None = None
        for ink in (self.picture, self.boundary, self.points):
            self.add(ink)
        self.probe = self._readout
        self.restyle(LIGHT)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours."""
        super().restyle(theme)
        if hasattr(self, "boundary"):
            self.boundary.color = theme.color("text")

    def show_map(self, snapshot: Snapshot, reading: DecisionMap, colors: MapColors, label: int | None = None) -> None:
        """Another map. label: the output whose boundary is drawn, the first unless told."""
        self.reading, self._colors, self._snapshot, problem = reading, colors, snapshot, snapshot.problem
        left, right, bottom, top = reading.extent
        values = reading.values.astype(numpy.float64)
        # Values are samples at the corners of the extent: the outermost cells of the picture reach beyond it.
        half_x, half_y = ((right - left) / (2 * values.shape[1] - 2), (top - bottom) / (2 * values.shape[0] - 2))
        self.picture.show_data(colors.picture(values), (left - half_x, right + half_x, bottom - half_y, top + half_y))
        level = colors.boundary
        self.boundary.show_segments(
            NO_SEGMENTS if level is None else crossings(values[..., label or 0], level, reading.extent)
        )
        x, (first, second) = problem.data.x, reading.axes
        hollow = numpy.zeros(len(x), dtype=bool)
        hollow[problem.test] = True
        self.points.recolor(colors.palette, colors.rim, self.theme.color("surface"))
        self.points.show_data(x[:, first], x[:, second], hollow, colors.index)
        names: Sequence[str] = problem.data.feature_names
        self.bottom.rename(names[first])
        self.left.rename(names[second])
        # Both inputs of a plane are lengths; those of a table are not comparable.
        self.square = (left, right) == (bottom, top)
        self.frame(left, right, bottom, top)

    def _readout(self, x: float, y: float) -> Readout | None:
        """The inputs, and the network's very outputs there: not the picture's, which has samples only."""
        if self.reading is None or self._colors is None or self._snapshot is None:
            return None
        left, right, bottom, top = self.reading.extent
        if not (left <= x <= right and bottom <= y <= top):
            return None
        outputs = outputs_at(self._snapshot, self.reading.axes, x, y)
        lines = [f"{self.bottom.name} {full(x)}", f"{self.left.name} {full(y)}"]
        return Readout("\n".join([*lines, *self._colors.words(outputs)]))
