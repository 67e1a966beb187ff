"""A row of squares for each hidden layer, one a unit: units that are equal have one colour, the others are pale."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnviz.ui.plots.charts.axes import PlaceAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Readout
from nnviz.ui.plots.charts.ink import Ink, Mapping

Integers = NDArray[numpy.intp]

FILL, LARGEST = 0.8, 28.0
"""Share of its place that a square takes, and its largest side in pixels."""
THIN = 9.0
"""Rows thinner than this hold strips instead of squares, and so do places narrower than this."""
PALE = 0.5
"""Opacity of a strip that is like no other."""
LEAST = 1.0
"""Pixels that a unit is wide at least: of less nothing would be seen."""


class SymmetryRows(Chart):
    """Layer 1 above, the others below it; at the left in words how many units are distinct."""

    def __init__(self) -> None:
        self.rows, self.places = PlaceAxis("left", "layer"), PlaceAxis("bottom", "unit")
        super().__init__(self.rows, self.places, grid="")
        self.squares = UnitSquares()
        self.add(self.squares)
        self.probe = self._readout

    def show_classes(self, classes: Sequence[Integers]) -> None:
        """For each hidden layer the classes of its units, (n_l,)."""
        widest = max((len(units) for units in classes), default=1)
        names = [f"{l} · {in_words(units)}" for l, units in enumerate(classes, start=1)]
        self.rows.names, self.places.names = names[::-1], tuple(str(unit) for unit in range(1, widest + 1))
        self.rows.picture = self.places.picture = None
        self.squares.show_classes(classes)
        self.frame(-0.5, widest - 0.5, -0.5, max(len(classes), 1) - 0.5)

    def _readout(self, x: float, y: float) -> Readout | None:
        classes = self.squares.classes
        layer, unit = len(classes) - 1 - round(y), round(x)
        if not (0 <= layer < len(classes) and 0 <= unit < len(classes[layer])):
            return None
        twins = numpy.flatnonzero(classes[layer] == classes[layer][unit]) + 1
        others = [str(twin) for twin in twins if twin != unit + 1]
        equal = f"equal to unit{'s' if len(others) > 1 else ''} {', '.join(others)}" if others else "equal to no other"
        return Readout(f"layer {layer + 1}, unit {unit + 1}\n{equal}")


class UnitSquares(Ink):
    """The squares. A class of several units has a colour of its own; a unit that is like no other is an outline."""

    def __init__(self) -> None:
        super().__init__(depth=2.0)
        self.classes: Sequence[Integers] = ()

    def show_classes(self, classes: Sequence[Integers]) -> None:
        """Other classes, (n_l,) for each hidden layer."""
        self.classes = classes
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Each as large as its place allows."""
        slot = mapping.width / (mapping.right - mapping.left)
        row = mapping.height / (mapping.top - mapping.bottom)
        across, up = max(LEAST, min(FILL * slot, LARGEST)), min(FILL * row, LARGEST)
        strips = min(across, up) < THIN
        if not strips:
            across = up = min(across, up)
        for layer, units in enumerate(self.classes):
            sizes = numpy.bincount(units)
            shared = numpy.cumsum(sizes > 1) - 1
            for unit, number in enumerate(units):
                x, y = mapping.at(unit, len(self.classes) - 1 - layer)
                square = QRectF(x - across / 2.0, y - up / 2.0, across, up)
                if sizes[number] > 1:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(self.theme.class_color(int(shared[number])))
                else:
                    # Outlines of strips would touch.
                    painter.setPen(Qt.PenStyle.NoPen if strips else QPen(self.theme.color("muted"), 1.0))
                    painter.setBrush(self.theme.color("muted", PALE if strips else 0.15))
                painter.drawRoundedRect(square, min(2.0, across / 4.0), min(2.0, up / 4.0))


def in_words(units: Integers) -> str:
    """8 units, 1 distinct."""
    return f"{len(units)} unit{'s' if len(units) != 1 else ''}, {len(numpy.unique(units))} distinct"
