"""The lines of the run that was left: thin and pale, each in the hue of what it is compared with."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.curve import Curve

Floats = NDArray[numpy.float64]

PALE = 0.5
"""Opacity."""
WIDTH = 1.0
"""Wider lines of many points are slow to stroke."""


class GhostCurves:
    """Lines below all others of a chart; there are as many as were last shown."""

    def __init__(self, chart: Chart, *, dashed: bool = False) -> None:
        self.chart, self.dashed = chart, dashed
        self.curves: list[Curve] = []

    def show_lines(self, places: Floats, values: Sequence[Floats], colors: Sequence[QColor]) -> None:
        """Other lines: places (R,), and for each line its values (R,) as places on the left axis, and its hue."""
        self.chart.keep(self.curves, len(values), lambda: Curve(QColor(), WIDTH, dashed=self.dashed, depth=1.0))
        for curve, line, color in zip(self.curves, values, colors, strict=True):
            curve.recolor(pale(color))
            curve.show_data(places, line)


def pale(color: QColor) -> QColor:
    """The colour of a ghost's line."""
    faint = QColor(color)
    faint.setAlphaF(PALE)
    return faint
