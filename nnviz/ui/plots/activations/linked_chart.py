"""A small chart among many that share z: it says where the mouse is, and shows a cross-hair where it is told."""

import math

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent

from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.crosshair import Crosshair, Readout
from nnviz.ui.theme import Theme


class BareAxis(NumberAxis):
    """An axis without a name, which the legend above says once for all: there is more room for the curves."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, "")

    def restyle(self, theme: Theme) -> None:
        """The theme's colours and sizes."""
        super().restyle(theme)
        self.showLabel(False)
        if self.orientation == "bottom":
            self.setHeight(round(theme.text_pixels * 1.7))

    def labels_that_fit(self, pixels: float) -> int:
        """A few more than elsewhere: −1, 0, 1, 2 are what the eye looks for."""
        if self.orientation == "left":
            return max(2, int(pixels / (2.2 * self.text_pixels)))
        return super().labels_that_fit(pixels)

    def reserve(self, low: float, high: float, pixels: float) -> None:
        """As wide as its labels."""
        if self.orientation == "left":
            metrics = QFontMetricsF(self.style["tickFont"] or self.font())
            spacing, places = self.tickValues(low, high, pixels)[0]
            texts = self.tickStrings(places, 1.0, spacing)
            widest = max((metrics.horizontalAdvance(text) for text in texts), default=0.0)
            wanted = 8.0 * math.ceil((widest + 10.0) / 8.0)
            if wanted != self.width():
                self.setWidth(wanted)


class LinkedChart(Chart):
    """pointed: the x under the mouse; nan when it has left."""

    pointed = Signal(float)

    def __init__(self, left: NumberAxis | None = None, bottom: NumberAxis | None = None) -> None:
        super().__init__(left or BareAxis("left"), bottom or BareAxis("bottom"))
        self.link = Crosshair()
        self.add(self.link)
        # The figure has the keys: it moves the cross-hair of all its charts.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def mark(self, readout: Readout | None) -> None:
        """A cross-hair there, or none."""
        self.link.show_readout(readout)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells where the mouse is."""
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            inside = self._in_plot(event.position())
            place = self.box.mapSceneToView(self.mapToScene(event.position().toPoint()))
            self.pointed.emit(place.x() if inside else math.nan)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self.pointed.emit(math.nan)
