"""The confusion matrix: which class was taken for which."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from nnviz.ui.plots.charts.axes import PlaceAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.charts.raster import Raster, rgb
from nnviz.ui.plots.charts.wording import full

Counts = NDArray[numpy.intp]


class ConfusionPlot(Chart):
    """A row for each true class, from above, a column for each predicted one; the colour is the share of the row."""

    def __init__(self) -> None:
        self.true, self.predicted = PlaceAxis("left", "true class"), PlaceAxis("bottom", "predicted class")
        super().__init__(self.true, self.predicted, grid="")
        self.cells, self.numbers = Raster(smooth=False), CellNumbers()
        self.names: Sequence[str] = ()
        self.counts: Counts = numpy.zeros((0, 0), dtype=numpy.intp)
        self.add(self.cells)
        self.add(self.numbers)
        self.probe = self._readout

    def show_counts(self, counts: Counts, names: Sequence[str]) -> None:
        """Other counts (K, K): row the true class, column the predicted one."""
        self.counts, self.names = counts, names
        self.true.names, self.predicted.names = list(reversed(names)), list(names)
        share = counts / numpy.maximum(1, numpy.sum(counts, axis=-1, keepdims=True))
        ground = rgb(self.theme.color("surface"))
        right, wrong = rgb(self.theme.color("positive")), rgb(self.theme.color("negative"))
        full_color = numpy.where(numpy.eye(len(counts), dtype=bool)[..., None], right, wrong)
        # From 0 on the colour starts faintly, so that a single mistake among hundreds is seen.
        strength = numpy.where(counts > 0, 0.12 + 0.78 * share, 0.0)[..., None]
        colors = (ground + (full_color - ground) * strength).round().astype(numpy.uint8)
        self.cells.show_data(colors[::-1], (-0.5, len(counts) - 0.5, -0.5, len(counts) - 0.5))
        self.numbers.show_data(counts, share)
        self.frame(-0.5, len(counts) - 0.5, -0.5, len(counts) - 0.5)

    def _readout(self, x: float, y: float) -> Readout | None:
        column, row = round(x), len(self.counts) - 1 - round(y)
        if not (0 <= row < len(self.counts) and 0 <= column < len(self.counts)):
            return None
        count, total = int(self.counts[row, column]), int(numpy.sum(self.counts[row]))
        lines = [f"true {self.names[row]}", f"predicted {self.names[column]}", f"{count:,} of {total:,}"]
        return Readout("\n".join([*lines, f"share {full(count / total)}"] if total else lines))


class CellNumbers(Ink):
    """The count in each cell, and a thin gap between cells."""

    def __init__(self) -> None:
        super().__init__(depth=2.0)
        self.counts: Counts = numpy.zeros((0, 0), dtype=numpy.intp)

    def show_data(self, counts: Counts, share: NDArray[numpy.float64]) -> None:
        """Other counts."""
        self.counts, self._share = counts, share
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Zeros are left out where there are many cells: what is seen is where something went."""
        count = len(self.counts)
        if count == 0:
            return
        width, height = mapping.width / (mapping.right - mapping.left), mapping.height / (mapping.top - mapping.bottom)
        painter.setPen(self.theme.color("surface"))
        for line in range(count + 1):
            x, y = mapping.at(line - 0.5, line - 0.5)
            painter.drawLine(round(x), 0, round(x), round(mapping.height))
            painter.drawLine(0, round(y), round(mapping.width), round(y))
        painter.setFont(self.theme.font(1.0 if min(width, height) > 24 else 0.8))
        painter.setPen(self.theme.color("text"))
        for row in range(count):
            for column in range(count):
                number = int(self.counts[row, column])
                if number == 0 and count > 4:
                    continue
                x, y = mapping.at(column, count - 1 - row)
                cell = QRectF(x - width / 2.0, y - height / 2.0, width, height)
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, f"{number:,}")
