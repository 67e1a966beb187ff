"""One learning rate of the strip: its verdict, its factor, and its way from the start."""

import numpy
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.experiment.descent.rate_strip import RatedPath
from nnviz.experiment.descent.wording import number, vector
from nnviz.ui.plots.charts.curve import Curve
from nnviz.ui.plots.charts.ink import Floats, Mapping
from nnviz.ui.plots.descent.rate_ruler import TOKENS
from nnviz.ui.plots.surface.backdrop import Backdrop
from nnviz.ui.plots.surface.glyphs import draw_mark, legible
from nnviz.ui.plots.surface.overlays import SurfacePath
from nnviz.ui.plots.surface.path_ink import PathInk
from nnviz.ui.theme import GRID, LIGHT, Theme


class RateTile(QWidget):
    """A click, Enter or the space bar takes its rate: `chosen`."""

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.theme: Theme = LIGHT
        self.path: RatedPath | None = None
        self.factor = ""
        self._curve: tuple[Floats, Floats] | None = None
        self._line = Curve(LIGHT.color("text"), 1.5)
        self._back: Backdrop | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_path(
        self, path: RatedPath, factor: str, curve: tuple[Floats, Floats] | None, back: Backdrop | None
    ) -> None:
        """Its run over a curve (x, J) or a map that all tiles share. factor: what each step multiplies the distance by,
        in words."""
        self.path, self.factor, self._curve, self._back = path, factor, curve, back
        self.setAccessibleName(f"Rate {number(path.rate)}: {path.verdict}")
        self.setAccessibleDescription(path.sentence)
        self.setToolTip(f"<p>{path.sentence}</p><p>Click: the chosen runner takes this rate.</p>")
        self.update()

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours and typeface."""
        self.theme = theme
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """A picture that can be told from its neighbour, and the longest verdict."""
        return QSize(least_width(self.theme), 8 * self.theme.text_pixels)

    def sizeHint(self) -> QSize:
        """The same."""
        return QSize(18 * GRID, 20 * GRID)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or the space bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words above, picture below."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.path is not None:
            self._draw(painter, self.path)
        painter.end()

    def _draw(self, painter: QPainter, path: RatedPath) -> None:
        theme, text = self.theme, self.theme.text_pixels
        color = theme.color(TOKENS[path.verdict])
        inner = QRectF(self.rect()).adjusted(0.5 * GRID, 0.0, -0.5 * GRID, -0.5 * GRID)
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.color("text"))
        line = 1.4 * text
        metrics = painter.fontMetrics()
        rate = f"α = {number(path.rate, 3)}"
        painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), line), Qt.AlignmentFlag.AlignVCenter, rate)
        painter.setPen(legible(color, theme))
        wide = metrics.horizontalAdvance(rate) + GRID
        # By the longest verdict, so that the pictures of all tiles are level.
        beside = metrics.horizontalAdvance("oscillating") + wide <= inner.width()
        if beside:
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), line), flags, path.verdict)
        else:
            place = QRectF(inner.left(), inner.top() + line, inner.width(), line)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, path.verdict)
        painter.setFont(theme.font(0.92))
        painter.setPen(theme.color("muted"))
        top = inner.top() + (line if beside else 2.0 * line)
        metrics = painter.fontMetrics()
        words = self.factor
        if metrics.horizontalAdvance(words) > inner.width():
            words = f"× {words.partition('= ')[2]}" if words else ""
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(QRectF(inner.left(), top, inner.width(), line), Qt.AlignmentFlag.AlignVCenter, words)
        frame = QRectF(inner.left(), top + line + 2.0, inner.width(), inner.bottom() - top - line - 2.0)
        if frame.height() > 8.0:
            self._draw_picture(painter, path, frame)
        lively = self.hasFocus() or self.underMouse()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent" if lively else "line"), 2.0 if self.hasFocus() else 1.0))
        painter.drawRect(frame)

    def _draw_picture(self, painter: QPainter, path: RatedPath, frame: QRectF) -> None:
        theme, size = self.theme, (frame.width(), frame.height())
        painter.save()
        painter.setClipRect(frame)
        painter.translate(frame.topLeft())
        color = theme.color(TOKENS[path.verdict])
        x = path.positions[:, 0]
        ink = PathInk(on_curve=self._curve is not None)
        ink.theme = theme
        if self._curve is not None:
            xs, heights = self._curve
            finite = heights[numpy.isfinite(heights)]
            low, high = (float(numpy.min(finite)), float(numpy.max(finite))) if len(finite) else (0.0, 1.0)
            room = 0.08 * (high - low) or 1.0
            mapping = Mapping(float(xs[0]), float(xs[-1]), low - room, high + room, *size)
            self._line.place(mapping)
            self._line.recolor(theme.color("text"))
            self._line.show_data(xs, heights)
            self._line.draw(painter, mapping)
            line = SurfacePath(x, path.values, path.values, color)
        else:
            assert self._back is not None
            assert self._back.grid is not None
            mapping = Mapping(*self._back.grid.extent, *size)
            self._back.place(mapping)
            self._back.draw(painter, mapping)
            line = SurfacePath(x, path.positions[:, -1], path.values, color)
        last = int(numpy.flatnonzero(numpy.isfinite(x))[-1])
        ink.place(mapping)
        ink.show_paths([SurfacePath(line.x[: last + 1], line.y[: last + 1], line.z[: last + 1], color)])
        ink.draw(painter, mapping)
        draw_mark(painter, "start", _point(mapping, line), theme.color("text"), theme.color("surface"))
        painter.restore()

    def _choose(self) -> None:
        if self.path is not None:
            self.chosen.emit(self.path.rate)


def least_width(theme: Theme) -> int:
    """Pixels that the longest verdict takes."""
    return QFontMetrics(theme.font(bold=True)).horizontalAdvance(max(TOKENS, key=len)) + 2 * GRID


def factor_words(path: RatedPath) -> str:
    """What each step multiplies the distance from the minimum by; nothing where the surface does not bend."""
    if not numpy.isfinite(path.factors).all() or (path.factors == 1.0).all():
        return ""
    name = "1 − αλ" if len(path.factors) > 1 else "1 − αf″"
    return f"{name} = {vector(path.factors, 3)}"


def _point(mapping: Mapping, line: SurfacePath) -> QPointF:
    return QPointF(*mapping.at(float(line.x[0]), float(line.y[0])))
