"""A bubble that points at a part of the window, with a few words about it."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nnviz.ui.theme import GRID, LIGHT, Theme

WIDTH = 40 * GRID
ARROW = 10
"""Its height in pixels; it is twice as wide."""
ROUND = 8.0
EDGE = GRID // 2
"""Between bubble and window's edge, and between arrow and what it points at."""


class Ring(QWidget):
    """A line around what is pointed at. The mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = LIGHT
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rounded frame in the accent's colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.color("accent"), 2.0))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6.0, 6.0)


class Bubble(QWidget):
    """A child of the window, moved by `point_at`. Its buttons are wired by its owner."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.theme = LIGHT
        self._tip = QPoint()
        self._side = "left"
        self.title, self.words, self.place = QLabel(self), QLabel(self), QLabel(self)
        self.words.setWordWrap(True)
        self.skip, self.back, self.forth = QPushButton("Skip"), QPushButton("Back"), QPushButton("Next")
        self.skip.setToolTip("Ends the tour (Esc); Help → Tour shows it again")
        self.back.setToolTip("The bubble before (left arrow)")
        self.forth.setToolTip("The next bubble (right arrow, Enter)")
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.skip)
        row.addWidget(self.place)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.forth)
        column = self._column = QVBoxLayout(self)
        margin = ARROW + 2 * GRID
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(GRID)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addLayout(row)

    def set_theme(self, theme: Theme) -> None:
        """Colours and sizes."""
        self.theme = theme
        self.setFont(theme.font())
        self.title.setFont(theme.font(1.2, bold=True))
        self.place.setStyleSheet(f"color: {theme.muted};")
        self.update()

    def point_at(self, target: QRect) -> None:
        """Takes a place beside the target, inside the window: to the right, below, above or left, where there is room.

        target: in the window's pixels.
        """
        window = self._window.rect()
        scale = self.theme.text_pixels / LIGHT.text_pixels
        width = min(round(WIDTH * scale), window.width() - 2 * EDGE)
        self.setFixedWidth(width)
        size = QSize(width, self._column.heightForWidth(width))
        sides = {
            "left": window.right() - target.right() >= size.width(),
            "top": window.bottom() - target.bottom() >= size.height(),
            "bottom": target.top() - window.top() >= size.height(),
            "right": target.left() - window.left() >= size.width(),
        }
        self._side = next((side for side, room in sides.items() if room), "none")
        middle = target.center()
        corner = {
            "left": QPoint(target.right(), middle.y() - size.height() // 2),
            "right": QPoint(target.left() - size.width(), middle.y() - size.height() // 2),
            "top": QPoint(middle.x() - size.width() // 2, target.bottom()),
            "bottom": QPoint(middle.x() - size.width() // 2, target.top() - size.height()),
            "none": window.center() - QPoint(size.width() // 2, size.height() // 2),
        }[self._side]
        corner.setX(max(EDGE, min(corner.x(), window.width() - size.width() - EDGE)))
        corner.setY(max(EDGE, min(corner.y(), window.height() - size.height() - EDGE)))
        self.setGeometry(QRect(corner, size))
        self._tip = self.mapFromParent(middle)
        self.update()

    @property
    def side(self) -> str:
        """On which of its sides the arrow is: left, right, top, bottom; none where there was no room for one."""
        return self._side

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The bubble with its arrow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(ARROW, ARROW, -ARROW, -ARROW)
        shape = QPainterPath()
        shape.addRoundedRect(body, ROUND, ROUND)
        if (arrow := self._arrow(body)) is not None:
            point = QPainterPath()
            point.addPolygon(arrow)
            point.closeSubpath()
            shape = shape.united(point)
        painter.setPen(QPen(self.theme.color("accent"), 1.5))
        painter.setBrush(self.theme.color("surface"))
        painter.drawPath(shape)

    def _arrow(self, body: QRectF) -> QPolygonF | None:
        """Its three corners; the tip is as near to the target's middle as the side reaches."""
        reach = ROUND + ARROW
        x = min(max(float(self._tip.x()), body.left() + reach), body.right() - reach)
        y = min(max(float(self._tip.y()), body.top() + reach), body.bottom() - reach)
        ends = {
            "left": (QPointF(body.left() - ARROW + 1, y), QPointF(body.left(), y)),
            "right": (QPointF(body.right() + ARROW - 1, y), QPointF(body.right(), y)),
            "top": (QPointF(x, body.top() - ARROW + 1), QPointF(x, body.top())),
            "bottom": (QPointF(x, body.bottom() + ARROW - 1), QPointF(x, body.bottom())),
        }
        if self._side not in ends:
            return None
        tip, base = ends[self._side]
        along = QPointF(0.0, ARROW) if self._side in ("left", "right") else QPointF(ARROW, 0.0)
        return QPolygonF([tip, base + along, base - along])
