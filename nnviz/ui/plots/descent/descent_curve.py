"""A surface over one coordinate: its curve, the tangent at the chosen runner, the runners' way down."""

from functools import partial

import numpy
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from nnviz.experiment.descent.basins import Basins
from nnviz.experiment.descent.ground import Ground
from nnviz.experiment.descent.samples import curve_samples
from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.charts.wording import plain
from nnviz.ui.plots.descent.basin_colors import basin_table, classes_of
from nnviz.ui.plots.descent.basin_switch import BasinSwitch
from nnviz.ui.plots.descent.land import Land
from nnviz.ui.plots.descent.race_numbers import Table, coordinate_names
from nnviz.ui.plots.surface.curve_plot_1d import CurvePlot1D
from nnviz.ui.theme import Theme

BAND = 12.0
"""Pixels that the basins are high at the foot of the plot."""


class DescentCurve(Land, CurvePlot1D):
    """Click: a start. Drag a ring: move a start."""

    key = "descent-curve"
    title = "Curve"

    def __init__(self) -> None:
        self.found: Basins | None = None
        self.band = BandInk()
        super().__init__()
        self.setObjectName(self.key)
        self.chart.add(self.band)
        self.basins = BasinSwitch()
        self.controls.insertWidget(0, self.basins)
        self.basins.asked.connect(self.basins_asked)
        self.clicked.connect(self.put)
        self.chart.mark_moved.connect(partial(self.drag, let_go=False))
        self.chart.mark_dropped.connect(partial(self.drag, let_go=True))

    def draw_ground(self, ground: Ground) -> None:
        """Its curve."""
        if ground.dimension == 1:
            self.reset_range()
            name = ground.title if len(ground.title) < 18 else "f(x)"
            self.show_curve(*curve_samples(ground), names=("x", "J = f(x)" if " " in name else f"J = {name}"))

    def show_basins(self, found: Basins | None, share: float | None = None) -> None:
        """A coloured band at the foot; None takes it away."""
        self.found = found
        self.basins.show_share(share)
        self.basins.show_on(found is not None or share is not None)
        self._draw_band()
        self.show_legend()

    def heights(self) -> tuple[float, float]:
        """What the axis spans."""
        bottom, top = self.chart.home[2:]
        return bottom, top

    def entries(self) -> list[Entry]:
        """Curve, tangent, runners, basins."""
        found = super().entries()
        if self.found is not None:
            _, names, colors = classes_of(self.found, self.theme)
            found += [Entry(f"leads to {name}", color, "block") for name, color in zip(names, colors, strict=True)]
        return found

    def more_numbers(self) -> dict[str, Table]:
        """With the basins, where they lead and which starts do."""
        tables = super().more_numbers()
        if self.found is not None:
            (name,), (classes, labels, _) = coordinate_names(self.spec), classes_of(self.found, self.theme)
            pairs = zip(self.found.axes[0].tolist(), classes.tolist(), strict=True)
            starts = [(plain(x), labels[which]) for x, which in pairs if which >= 0]
            tables |= {"basins": basin_table(self.found, (name,)), "starts": [(name, "leads to"), *starts]}
        return tables

    def set_theme(self, theme: Theme) -> None:
        """Restyles everything."""
        super().set_theme(theme)
        self._draw_band()
        self.recolor()

    def _draw_band(self) -> None:
        if self.found is None:
            self.band.show_parts([])
            return
        classes, _, colors = classes_of(self.found, self.theme)
        x = self.found.axes[0]
        half = float(x[1] - x[0]) / 2.0
        edges = numpy.flatnonzero(numpy.diff(classes)) + 1
        begins, ends = [0, *edges.tolist()], [*edges.tolist(), len(classes)]
        self.band.show_parts([
            (float(x[begin]) - half, float(x[end - 1]) + half, colors[classes[begin]])
            for begin, end in zip(begins, ends, strict=True)
            if classes[begin] >= 0
        ])  # fmt: skip


class BandInk(Ink):
    """Stretches of x in colours, at the foot of the plot."""

    def __init__(self) -> None:
        super().__init__(depth=0.5)
        self.parts: list[tuple[float, float, QColor]] = []

    def show_parts(self, parts: list[tuple[float, float, QColor]]) -> None:
        """Other stretches: (begin, end, colour)."""
        self.parts = parts
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """A band of blocks; what lies above is tinted."""
        for begin, end, color in self.parts:
            left, right = max(0.0, mapping.at(begin, 0.0)[0]), min(mapping.width, mapping.at(end, 0.0)[0])
            if right > left:
                faint = QColor(color)
                faint.setAlphaF(0.12)
                painter.fillRect(QRectF(left, 0.0, right - left, mapping.height - BAND), faint)
                painter.fillRect(QRectF(left, mapping.height - BAND, right - left, BAND), color)
