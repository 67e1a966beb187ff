"""A chart with things on it that can be moved by the mouse and by the keyboard.

While something is moved it is `dragged`, many times; when it is let go it is `dropped`, once: that is the edit.
"""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from nnviz.ui.plots.charts.axes import Axis
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.ink import Ink, Mapping

Place = tuple[float, float]
REACH = 12.0
"""Pixels from a thing within which it is taken hold of."""
FAR = 1e5
"""Pixels beyond which nothing is seen, and which Qt can still count."""
FINENESS = 400.0
"""Places that the mouse can tell apart along an axis: coordinates have no more digits than that needs."""
NUDGE, SMALL_NUDGE = 0.02, 0.002
"""What an arrow key moves, as a share of the axis; with Shift the small one."""
ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, 1.0),
    Qt.Key.Key_Down: (0.0, -1.0),
}
KEYS = "Page Up and Page Down choose one, the arrow keys move it (Shift: finely)"


class DragChart(Chart):
    """handles: the places of what can be moved, in the order that Page Down walks through."""

    dragged = Signal(int, float, float)
    dropped = Signal(int, float, float)
    toggled = Signal(int)
    """A handle was double-clicked, or Enter pressed on it."""
    removed = Signal(int)
    """Ctrl+click, or Delete."""
    added = Signal(float, float)
    """A click where there is none, or Insert: in the middle."""

    def __init__(self, left: Axis, bottom: Axis, *, square: bool = False, grid: str = "both") -> None:
        super().__init__(left, bottom, square=square, grid=grid)
        self.handles: Sequence[Place] = ()
        self.movable = True
        """False: handles can be chosen and switched, and stay where they are."""
        self.chosen: int | None = None
        self._held: int | None = None
        self._moved = False
        self.ring = Ring()
        self.add(self.ring)
        self.clicked.connect(self._click)

    @property
    def held(self) -> bool:
        """Whether something is being dragged."""
        return self._held is not None

    def show_handles(self, handles: Sequence[Place]) -> None:
        """Other places."""
        self.handles = handles
        if self.chosen is not None and self.chosen >= len(handles):
            self.chosen = None
        self._show_ring()

    def handle_at(self, place: QPointF) -> int | None:
        """The handle nearest to a pixel of the widget, within reach."""
        scene = self.mapToScene(place.toPoint())
        near = [math.dist(self._pixel(handle), (scene.x(), scene.y())) for handle in self.handles]
        best = min(range(len(near)), key=near.__getitem__, default=None)
        return best if best is not None and near[best] <= REACH else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of the handle there is; elsewhere the range can be dragged."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        held = self.handle_at(event.position()) if event.button() == Qt.MouseButton.LeftButton and plain else None
        if held is None or not self.movable:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._held, self._moved = held, False
        self._choose(held)
        self.forget_cursor()
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves what is held."""
        if self._held is None:
            super().mouseMoveEvent(event)
            over = event.buttons() == Qt.MouseButton.NoButton and self.handle_at(event.position()) is not None
            hand = Qt.CursorShape.OpenHandCursor if self.movable else Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(hand if over else Qt.CursorShape.ArrowCursor)
            return
        self._moved = True
        self.dragged.emit(self._held, *self._rounded(self._place(event.position())))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go."""
        if self._held is None:
            super().mouseReleaseEvent(event)
            return
        held, self._held = self._held, None
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        if self._moved:
            self.dropped.emit(held, *self._rounded(self._place(event.position())))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Switches the handle there is."""
        handle = self.handle_at(event.position())
        if handle is None:
            super().mouseDoubleClickEvent(event)
        else:
            self.toggled.emit(handle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Everything that the mouse can do."""
        key = event.key()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and self.handles:
            step = 1 if key == Qt.Key.Key_PageDown else -1
            start = -1 if self.chosen is None and step > 0 else self.chosen or 0
            self._choose((start + step) % len(self.handles))
        elif key == Qt.Key.Key_Insert:
            left, right, bottom, top = self.home
            self.added.emit(*self._rounded(((left + right) / 2.0, (bottom + top) / 2.0)))
        elif self.chosen is not None and key in ARROWS:
            self._nudge(
                self.chosen, ARROWS[Qt.Key(key)], fine=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            )
        elif self.chosen is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggled.emit(self.chosen)
        elif self.chosen is not None and key == Qt.Key.Key_Delete:
            self.removed.emit(self.chosen)
        else:
            event.ignore()

    def _nudge(self, handle: int, way: Place, *, fine: bool) -> None:
        left, right, bottom, top = self.home
        if not self.movable:
            return
        share = SMALL_NUDGE if fine else NUDGE
        x, y = self.handles[handle]
        place = (x + share * way[0] * (right - left), y + share * way[1] * (top - bottom))
        self.dropped.emit(handle, *self._rounded(place, finer=fine))

    def _choose(self, handle: int) -> None:
        self.chosen = handle
        self._show_ring()

    def _show_ring(self) -> None:
        self.ring.place_at = None if self.chosen is None else self.handles[self.chosen]
        self.ring.update()

    def _click(self, x: float, y: float, remove: bool) -> None:  # noqa: FBT001 (a slot)
        if not remove:
            self.added.emit(*self._rounded((x, y)))
            return
        handle = self.handle_at(QPointF(self.pixel_of(x, y)))
        if handle is not None:
            self.removed.emit(handle)

    def _pixel(self, place: Place) -> Place:
        point = self.box.mapViewToScene(QPointF(*place))
        return point.x(), point.y()

    def _place(self, pixel: QPointF) -> Place:
        """In the chart's coordinates, inside the plot area."""
        place = self.box.mapSceneToView(self.mapToScene(pixel.toPoint()))
        (left, right), (bottom, top) = self.box.viewRange()
        return min(max(place.x(), left), right), min(max(place.y(), bottom), top)

    def _rounded(self, place: Place, *, finer: bool = False) -> Place:
        left, right, bottom, top = self.home
        return _rounded(place[0], right - left, finer=finer), _rounded(place[1], top - bottom, finer=finer)


class Ring(Ink):
    """Around the handle that the keyboard moves."""

    def __init__(self) -> None:
        super().__init__(depth=12.0)
        self.place_at: Place | None = None

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """A circle in the accent colour."""
        if self.place_at is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.color("accent"), 1.8))
        painter.drawEllipse(pixel(mapping, self.place_at), 12.0, 12.0)


def pixel(mapping: Mapping, place: tuple[float, float]) -> QPointF:
    """Where a place lies; one far outside no further away than Qt can count."""
    x, y = mapping.at(*place)
    return QPointF(min(max(x, -FAR), FAR), min(max(y, -FAR), FAR))


def _rounded(value: float, span: float, *, finer: bool) -> float:
    if not (math.isfinite(span) and span > 0.0):
        return value
    decimals = math.ceil(-math.log10(span / FINENESS)) + int(finer)
    return float(round(value, decimals)) + 0.0
