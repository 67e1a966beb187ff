"""The picture of a surface in space that is turned with the mouse or the keys, and says what is under the cursor."""

import time
from dataclasses import replace
from typing import Any

import numpy
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from nnviz.ui.plots.charts.ink import device_scale, is_vector
from nnviz.ui.plots.charts.wording import short
from nnviz.ui.plots.surface.camera import Camera
from nnviz.ui.plots.surface.surface_painter import SurfacePainter
from nnviz.ui.plots.surface.surface_scene import MOVING_SIDE, SurfaceScene
from nnviz.ui.theme import LIGHT, Theme

TURN = 0.45
"""Degrees a pixel of dragging."""
KEY_TURN = 5.0
KEY_ZOOM = 1.15
REST_MS = 160
"""So long after the last motion the picture is drawn in full."""
QUICK = 0.018
"""Seconds; a surface that is painted in full within that need not be coarser in motion."""

_TURNS = {
    Qt.Key.Key_Left: (KEY_TURN, 0.0),
    Qt.Key.Key_Right: (-KEY_TURN, 0.0),
    Qt.Key.Key_Up: (0.0, KEY_TURN),
    Qt.Key.Key_Down: (0.0, -KEY_TURN),
}


class SurfaceCanvas(QWidget):
    """Drag turns, the wheel and + − zoom, arrow keys turn, Home or a double click resets, a click says where.

    clicked: the surface's (x, y) under the mouse.
    """

    clicked = Signal(float, float)
    camera_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.scene: SurfaceScene | None = None
        self.message = ""
        self.home = Camera()
        self._painter = SurfacePainter()
        self._picture: tuple[tuple[object, ...], QPixmap] | None = None
        self._full_seconds: float | None = None
        self._pressed: QPointF | None = None
        self._dragged = self._doubled = False
        self._cursor: QPointF | None = None
        self._moving = QTimer(self)
        self._moving.setSingleShot(True)
        self._moving.setInterval(REST_MS)
        self._moving.timeout.connect(self.update)
        self._bubble = QLabel(self)
        self._bubble.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._bubble.setMargin(6)
        self._bubble.hide()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Surface in space")
        self.setAccessibleDescription("Arrow keys turn it, plus and minus zoom, Home resets the view")
        self.restyle(LIGHT)

    def sizeHint(self) -> QSize:
        """As a figure on a slide."""
        return QSize(640, 480)

    def minimumSizeHint(self) -> QSize:
        """Below that nothing can be told."""
        return QSize(160, 120)

    @property
    def moving(self) -> bool:
        """Whether the next picture is a quick one."""
        return self._moving.isActive()

    @property
    def readout_text(self) -> str:
        """What is said about the place under the cursor; empty when nothing is."""
        return "" if self._bubble.isHidden() else self._bubble.text()

    def show_scene(self, scene: SurfaceScene | None, *, animated: bool = False) -> None:
        """Another scene, None for none. animated: more will follow at once, so it is drawn quickly."""
        self.scene = scene
        if animated:
            self._moving.start()
        self._say_cursor()
        self.update()

    def change(self, *, animated: bool = False, **changes: Any) -> None:
        """Replaces parts of the scene, if there is one."""
        if self.scene is not None:
            self.show_scene(replace(self.scene, **changes), animated=animated)

    def set_camera(self, camera: Camera, *, home: bool = False) -> None:
        """Looks from elsewhere; home: that is where a reset leads."""
        if home:
            self.home = camera
        if self.scene is not None and camera != self.scene.camera:
            self._moving.start()
            self.show_scene(replace(self.scene, camera=camera))
            self.camera_changed.emit()

    def reset_range(self) -> None:
        """Looks from where it looked first."""
        self.set_camera(self.home)

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours and typeface."""
        self.theme = theme
        self._bubble.setFont(theme.font(0.92))
        self._bubble.setStyleSheet(
            f"QLabel {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.line}; }}"
        )
        self.update()

    def forget_cursor(self) -> None:
        """Nothing is under the cursor until it moves again."""
        self._cursor = None
        self._say_cursor()

    def at(self, place: QPointF) -> tuple[float, float] | None:
        """The surface's (x, y) under a place of the widget."""
        if self.scene is None:
            return None
        return self._painter.pick(self.scene, QRectF(self.rect()), self.theme, place)

    def pixel_of(self, x: float, y: float) -> QPointF | None:
        """Where the surface's point over (x, y) is on the widget."""
        if self.scene is None:
            return None
        return self._painter.pixel(self.scene, QRectF(self.rect()), self.theme, x, y)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture; a screen gets the last one again where nothing has changed."""
        del event
        painter = QPainter(self)
        try:
            if self.scene is None or self.message:
                self._write_message(painter)
            elif is_vector(painter):
                self._paint(painter, self.scene)
            else:
                painter.drawPixmap(0, 0, self._kept_picture(self.scene, device_scale(painter)))
                self._draw_cursor(painter)
        finally:
            # A painter that an error leaves active would crash Qt later.
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The beginning of a click or of turning."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged, self._doubled = event.position(), False, False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turns while it is dragged; else says what is there."""
        if self._pressed is None or self.scene is None:
            self._cursor = event.position()
            self._say_cursor()
            return
        way = event.position() - self._pressed
        if self._dragged or way.manhattanLength() >= QApplication.startDragDistance():
            self._dragged, self._pressed = True, event.position()
            self.forget_cursor()
            self.set_camera(self.scene.camera.turned(-TURN * way.x(), TURN * way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click, if it was not dragged."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        pressed, self._pressed = self._pressed, None
        if pressed is not None and not self._dragged and not self._doubled:
            place = self.at(event.position())
            if place is not None:
                self.clicked.emit(*place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Resets the view."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._doubled = None, True
            self.reset_range()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Closer or farther."""
        if self.scene is not None:
            self.set_camera(self.scene.camera.zoomed(1.0015 ** event.angleDelta().y()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the cursor any more."""
        super().leaveEvent(event)
        self.forget_cursor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys, plus and minus, Home."""
        key = Qt.Key(event.key())
        if self.scene is None:
            super().keyPressEvent(event)
        elif key in _TURNS:
            self.set_camera(self.scene.camera.turned(*_TURNS[key]))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.set_camera(self.scene.camera.zoomed(KEY_ZOOM))
        elif key == Qt.Key.Key_Minus:
            self.set_camera(self.scene.camera.zoomed(1.0 / KEY_ZOOM))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_0):
            self.reset_range()
        else:
            super().keyPressEvent(event)

    def _write_message(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self.theme.color("surface"))
        painter.setFont(self.theme.font())
        painter.setPen(self.theme.color("muted"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(self.rect()).adjusted(16.0, 8.0, -16.0, -8.0), int(flags), self.message)

    def _kept_picture(self, scene: SurfaceScene, ratio: float) -> QPixmap:
        quick = self._full_seconds is not None and self._full_seconds < QUICK
        coarse = self.moving and not quick and max(scene.grid.z.shape) > MOVING_SIDE
        key = scene, self.size(), ratio, self.theme, coarse
        if self._picture is None or self._picture[0] != key:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            painter = QPainter(picture)
            began = time.perf_counter()
            try:
                self._paint(painter, replace(scene, side=MOVING_SIDE) if coarse else scene)
            finally:
                painter.end()
            if not coarse:
                self._full_seconds = time.perf_counter() - began
            self._picture = key, picture
        return self._picture[1]

    def _paint(self, painter: QPainter, scene: SurfaceScene) -> None:
        painter.fillRect(self.rect(), self.theme.color("surface"))
        self._painter.paint(painter, QRectF(self.rect()), scene, self.theme)

    def _draw_cursor(self, painter: QPainter) -> None:
        """A small ring on the surface where the readout is taken."""
        if self._cursor is not None and not self._bubble.isHidden():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for color, width in (("surface", 3.2), ("text", 1.4)):
                painter.setPen(QPen(self.theme.color(color), width))
                painter.drawEllipse(self._cursor, 3.5, 3.5)

    def _say_cursor(self) -> None:
        place = self.at(self._cursor) if self._cursor is not None else None
        if place is None or self.scene is None or self._cursor is None:
            self._bubble.hide()
        else:
            grid = self.scene.grid
            z = float(grid.at(numpy.array(place[0]), numpy.array(place[1])))
            names = (grid.x_name, grid.y_name, grid.z_name)
            values = (*place, z)
            self._bubble.setText("\n".join(f"{name} = {short(v)}" for name, v in zip(names, values, strict=True)))
            self._bubble.adjustSize()
            self._bubble.move(self._beside_cursor(self._cursor))
            self._bubble.show()
        self.update()

    def _beside_cursor(self, cursor: QPointF) -> QPoint:
        size = self._bubble.size()
        x = cursor.x() + 16 if cursor.x() + 16 + size.width() <= self.width() else cursor.x() - 12 - size.width()
        y = cursor.y() + 12 if cursor.y() + 12 + size.height() <= self.height() else cursor.y() - 8 - size.height()
        return QPoint(max(0, round(x)), max(0, round(y)))
