"""A chart with the zones behind it, whose edges can be taken by the mouse and moved."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from nnviz.ui.plots.charts.axes import Axis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.wording import short
from nnviz.ui.plots.charts.zones import NARROWEST, WIDEST, Zones

GRIP = 6.0
"""Pixels around an edge in which it is taken."""


class ZoneChart(Chart):
    """The left axis is of decades. The two edges lie equally far from the output layer's value, so each moves both.

    zone_dragged: decades from the output layer's value, while the user drags. While that goes on the range stays.
    """

    zone_dragged = Signal(float)
    zone_settled = Signal()
    """The edge was let go."""

    def __init__(self, left: Axis, bottom: Axis, *, grid: str = "both") -> None:
        self._side = 0
        super().__init__(left, bottom, grid=grid)
        self.zones = Zones()
        self.add(self.zones)

    def frame(self, left: float, right: float, bottom: float, top: float) -> None:
        """Another range, but not under the hand that drags an edge."""
        if not self._side:
            super().frame(left, right, bottom, top)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes an edge; elsewhere the plot itself is dragged."""
        side = self._edge_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and side:
            self._side = side
            self.forget_cursor()
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves the edge that was taken, or shows by the cursor that one can be."""
        if self._side:
            place = self._place_of(event.position())
            wanted = self._side * (place.y() - self.zones.reference_at(place.x()))
            self.zone_dragged.emit(min(max(round(wanted, 1), NARROWEST), WIDEST))
            return
        super().mouseMoveEvent(event)
        if self._edge_at(event.position()):
            self.viewport().setCursor(Qt.CursorShape.SizeVerCursor)
        else:
            self.viewport().unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets the edge go."""
        if self._side:
            self._side = 0
            self.zone_settled.emit()
            return
        super().mouseReleaseEvent(event)

    def zone_words(self, x: float, y: float) -> list[str]:
        """What is to be said where an edge is under the cursor."""
        side = self.zones.side_at(x, y, self._grip())
        if not side or self.zones.limits is None:
            return []
        name, where = ("exploding", "above") if side > 0 else ("vanishing", "below")
        far = abs(self.zones.limits.exploding if side > 0 else self.zones.limits.vanishing)
        return [f"{name} from here on: {short(far)} decades {where} the output layer (drag to move)"]

    def _grip(self) -> float:
        mapping = self.mapping()
        return GRIP * (mapping.top - mapping.bottom) / mapping.height

    def _place_of(self, position: QPointF) -> QPointF:
        return self.box.mapSceneToView(self.mapToScene(position.toPoint()))

    def _edge_at(self, position: QPointF) -> int:
        if not self._in_plot(position):
            return 0
        place = self._place_of(position)
        return self.zones.side_at(place.x(), place.y(), self._grip())
