"""Examples set and taken away by hand: what is chosen to be set, and which example a place means."""

import numpy
from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDoubleSpinBox, QLabel

from nnviz.experiment.problem import Problem
from nnviz.experiment.specification import DrawnPoint
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.points import Points
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.folding_bar import FoldingBar

CTRL_REACH = 40.0
"""Pixels within which Ctrl+click means the nearest example."""

CLASS_TIP = "A click on the map sets an example of this kind; Ctrl+click takes the nearest example away"


class PointEditor(FoldingBar):
    """The row that chooses a class, or a value, for new points; it listens to the charts it is given."""

    point_added = Signal(object)
    point_removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.problem: Problem | None = None
        self._theme: Theme | None = None
        self._word = QLabel("Click adds")
        self.kinds = Segments("Class of new points")
        self.value = QDoubleSpinBox()
        self.value.setAccessibleName("Value of new points")
        self.value.setToolTip("A click on the map sets an example with this value; Ctrl+click takes the nearest away")
        self.value.setDecimals(3)
        self.setContentsMargins(8, 0, 8, 2)
        self.setSpacing(4)
        self._removal = QLabel("· Ctrl+click removes")
        for part in (self._word, self.kinds, self.value, self._removal):
            self.addWidget(part)
        for label in (self._word, self._removal):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)

    def listen_to(self, chart: Chart, points: Points) -> None:
        """Turns the chart's gestures into examples set and taken away."""
        chart.clicked.connect(lambda x, y, remove: self._click(chart, points, (x, y), remove=remove))

    def show_problem(self, problem: Problem, theme: Theme) -> None:
        """Offers what can be set: the classes or labels of the data, or a value in the range of their targets."""
        if problem is self.problem and theme is self._theme:
            return
        self.problem, self._theme = problem, theme
        regression, dimensions = problem.task == "regression", problem.dimensions
        self.kinds.setVisible(not regression)
        # Over one input a click has a height of its own, which is the value.
        self.value.setVisible(regression and dimensions == 2)
        self._word.setText("Click adds" if not regression or dimensions == 2 else "Click adds a point")
        if not regression:
            names = problem.data.target_names
            colors = [theme.class_color(index) for index in range(len(names))]
            self.kinds.offer([(str(index), name, CLASS_TIP) for index, name in enumerate(names)], colors)
            return
        low, high = float(numpy.min(problem.data.y)), float(numpy.max(problem.data.y))
        span = (high - low) or 1.0
        value = self.value.value()
        self.value.setRange(low - span, high + span)
        self.value.setSingleStep(span / 20.0)
        self.value.setValue(min(max(value, low), high))

    def _click(self, chart: Chart, points: Points, place: tuple[float, float], *, remove: bool) -> None:
        if remove:
            self._remove(chart, points, place)
        elif self.problem is not None and self.problem.dimensions <= 2:
            x, y = place
            if self.problem.dimensions == 1:
                value = y if self.problem.task == "regression" else float(self.kinds.key)
                self.point_added.emit(DrawnPoint((x,), value))
            else:
                value = self.value.value() if self.problem.task == "regression" else float(self.kinds.key)
                self.point_added.emit(DrawnPoint((x, y), value))

    def _remove(self, chart: Chart, points: Points, place: tuple[float, float]) -> None:
        number = self._nearest(chart, points, place)
        if number is not None:
            self.point_removed.emit(number)

    def _nearest(self, chart: Chart, points: Points, place: tuple[float, float]) -> int | None:
        """The number in problem.data of the example nearest to a place, if one is within reach."""
        if self.problem is None or self.problem.dimensions > 2 or len(points.xs) == 0:
            return None
        mapping = chart.mapping()
        x, y = mapping.at(*place)
        distance = numpy.hypot(mapping.x(points.xs) - x, mapping.y(points.ys) - y)
        nearest = int(numpy.argmin(distance))
        return nearest if distance[nearest] <= CTRL_REACH else None
