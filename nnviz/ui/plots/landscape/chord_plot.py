"""The cost along a straight way through the space of parameters, and the chord between its ends."""

import math

import numpy
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from nnviz.engine.convexity import Barrier
from nnviz.ui.plots.charts.legend import Entry
from nnviz.ui.plots.landscape.drawable import drawable
from nnviz.ui.plots.surface.curve_plot_1d import CurvePlot1D
from nnviz.ui.plots.surface.overlays import SurfaceMark
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.column import in_column

TOO_HIGH = "The loss is above 10¹⁰⁰ or not finite at the ends: there is no chord to be drawn."


class ChordPlot(QWidget):
    """A sentence above a curve. shown: what is drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: Barrier | None = None
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setContentsMargins(8, 4, 8, 0)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.plot = _Straight()
        self.plot.bar.hide()
        in_column(self, self.sentence, self.plot)

    def say(self, sentence: str) -> None:
        """Above the curve."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.setAccessibleName(sentence)

    def show_way(self, way: Barrier | None, message: str = "", ends: tuple[str, str] = ("a", "b")) -> None:
        """Another way, with what its ends are called; None leaves the message alone."""
        if way is not None and numpy.any(numpy.isnan(drawable(way.heights[[0, -1]]))):
            way, message = None, TOO_HIGH
        self.shown = way
        if way is None:
            empty = numpy.zeros(0)
            self.plot.show_curve(empty, empty)
            self.plot.show_tangent(None)
            self.plot.show_marks([])
            self.plot.show_message(message)
            return
        first, last = float(way.heights[0]), float(way.heights[-1])
        self.plot.show_message("")
        self.plot.show_curve(way.t, way.heights, names=(f"t, from {ends[0]} to {ends[1]}", "J"))
        self.plot.show_tangent((0.0, first, last - first))
        marks = [SurfaceMark("start", 0.0, 0.0, first, ends[0]), SurfaceMark("start", 1.0, 0.0, last, ends[1])]
        if way.height > 0.0 and math.isfinite(way.height):
            marks.append(SurfaceMark("current", way.at, 0.0, None, "", self.plot.theme.color("bad")))
        self.plot.show_marks(marks)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours and sizes."""
        self.sentence.setFont(theme.font())
        self.plot.set_theme(theme)


class _Straight(CurvePlot1D):
    """Its straight line is a chord."""

    def entries(self) -> list[Entry]:
        """The curve and its chord."""
        found = super().entries()
        chord = Entry("chord", self.theme.color("accent"), "dashed")
        return [chord if entry.text == "tangent, slope" else entry for entry in found]
