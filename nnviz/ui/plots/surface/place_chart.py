"""A chart of places: a cross at the cursor, or moved by the arrow keys; marks that can be dragged."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from nnviz.ui.plots.charts.axes import NumberAxis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.surface.path_ink import PathInk
from nnviz.ui.plots.surface.sign_ink import CrossInk, SignInk

STEPS = 50.0
"""An arrow key moves the cross by this part of what is seen; with Shift by a tenth of that."""
ZOOM = 1.25

_MOVES = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}


class PlaceChart(Chart):
    """chosen: a click, or Enter at the cross. mark_moved: index, x, y, while a mark is dragged. mark_dropped: let go.

    on_curve: paths are heights over x.
    """

    chosen = Signal(float, float)
    mark_moved = Signal(int, float, float)
    mark_dropped = Signal(int, float, float)

    def __init__(self, *, on_curve: bool = False, grid: str = "") -> None:
        super().__init__(NumberAxis("left", ""), NumberAxis("bottom", ""), grid=grid)
        self.paths, self.signs, self.cross = PathInk(on_curve=on_curve), SignInk(), CrossInk()
        self._held: int | None = None
        self._dragged = False
        for ink in (self.paths, self.signs, self.cross):
            self.add(ink)
        self.clicked.connect(self._choose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription(
            "Arrow keys move a cross, Enter chooses its place, plus and minus zoom, Home resets"
        )

    def refresh_readout(self) -> None:
        """The cross is where the readout is taken."""
        super().refresh_readout()
        if hasattr(self, "cross"):
            place = None
            if self._cursor is not None and self.readout_text:
                point = self.box.mapSceneToView(self.mapToScene(self._cursor.toPoint()))
                place = point.x(), point.y()
            self.cross.show_spot(place)

    def move_cross(self, x: float, y: float) -> None:
        """Puts the cross at a place and says what is there."""
        self._cursor = QPointF(self.pixel_of(x, y))
        self.refresh_readout()
        # A pixel is coarser than what was asked for.
        self.cross.show_spot((x, y))

    def zoom(self, factor: float) -> None:
        """Shows so many times less, around the middle."""
        (left, right), (bottom, top) = self.box.viewRange()
        x, y = (left + right) / 2.0, (bottom + top) / 2.0
        half_x, half_y = (right - left) / 2.0 / factor, (top - bottom) / 2.0 / factor
        self._zoomed = True
        self.box.setRange(xRange=(x - half_x, x + half_x), yRange=(y - half_y, y + half_y), padding=0.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves the cross, chooses, zooms, resets."""
        key = Qt.Key(event.key())
        (left, right), (bottom, top) = self.box.viewRange()
        if key in _MOVES:
            part = STEPS * (10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0)
            x, y = self.cross.spot or ((left + right) / 2.0, (bottom + top) / 2.0)
            x += _MOVES[key][0] * (right - left) / part
            y += _MOVES[key][1] * (top - bottom) / part
            self.move_cross(min(max(x, left), right), min(max(y, bottom), top))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.cross.spot is not None:
            self.chosen.emit(*self.cross.spot)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1.0 / ZOOM)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_0):
            self.reset_range()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of a mark, else what a chart does."""
        self._held = self._mark_under(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if self._held is None:
            super().mousePressEvent(event)
        else:
            self._dragged = False
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves the mark that is held."""
        if self._held is None:
            super().mouseMoveEvent(event)
            over = self._mark_under(event.position()) is not None
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor if over else Qt.CursorShape.ArrowCursor)
            return
        self._dragged = True
        self.mark_moved.emit(self._held, *self._place_under(event.position()))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go of the mark."""
        if self._held is None:
            super().mouseReleaseEvent(event)
            return
        held, self._held = self._held, None
        if self._dragged:
            self.mark_dropped.emit(held, *self._place_under(event.position()))

    def _mark_under(self, position: QPointF) -> int | None:
        return self.signs.mark_at(self.box.mapFromScene(self.mapToScene(position.toPoint())))

    def _place_under(self, position: QPointF) -> tuple[float, float]:
        place = self.box.mapSceneToView(self.mapToScene(position.toPoint()))
        return place.x(), place.y()

    def _choose(self, x: float, y: float, _remove: object) -> None:
        self.chosen.emit(x, y)
