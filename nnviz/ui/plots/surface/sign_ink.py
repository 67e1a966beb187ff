"""Vectors, marks and the cross on a chart."""

from collections.abc import Sequence

import numpy
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.plots.surface.glyphs import Tags, draw_arrow, draw_mark, rim_of
from nnviz.ui.plots.surface.overlays import SurfaceArrow, SurfaceMark
from nnviz.ui.plots.surface.spots import direction

BESIDE = 60.0
"""Pixels beyond the plot area that lines are drawn to."""


class SignInk(Ink):
    """Vectors and marks with their names."""

    def __init__(self) -> None:
        super().__init__(depth=7.0)
        self.arrows: Sequence[SurfaceArrow] = ()
        self.marks: Sequence[SurfaceMark] = ()
        self.places: list[tuple[float, float]] = []
        """Of the marks, in the chart's coordinates."""

    def show_arrows(self, arrows: Sequence[SurfaceArrow]) -> None:
        """Other vectors, in the chart's coordinates."""
        self.arrows = arrows
        self.update()

    def show_marks(self, marks: Sequence[SurfaceMark], places: list[tuple[float, float]]) -> None:
        """Other marks."""
        self.marks, self.places = marks, places
        self.update()

    def mark_at(self, pixel: QPointF, reach: float = 9.0) -> int | None:
        """The index of the nearest movable mark within reach of a pixel of the plot area."""
        found: list[tuple[float, int]] = []
        for index, (mark, place) in enumerate(zip(self.marks, self.places, strict=True)):
            away = pixel - QPointF(*self.mapping.at(*place))
            if mark.movable and away.manhattanLength() <= 1.4 * reach:
                found.append((away.manhattanLength(), index))
        return min(found)[1] if found else None

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Vectors below, marks above, names last."""
        theme = self.theme
        rim = rim_of(theme)
        tags = Tags(painter, theme, QRectF(0.0, 0.0, mapping.width, mapping.height))
        words: list[tuple[QPointF, str, QColor | None, QPointF | None]] = []
        for arrow in self.arrows:
            if numpy.all(numpy.isfinite([*arrow.start, *arrow.end])):
                start, end = QPointF(*mapping.at(*arrow.start)), QPointF(*mapping.at(*arrow.end))
                if max(abs(end.x()), abs(end.y()), abs(start.x()), abs(start.y())) < 1e5:
                    draw_arrow(painter, start, end, arrow.color, theme.color("surface", 0.8), thin=arrow.thin)
                    words.append((end, arrow.label, arrow.color, direction(start, end)))
        for mark, place in zip(self.marks, self.places, strict=True):
            at = QPointF(*mapping.at(*place))
            if -BESIDE < at.x() < mapping.width + BESIDE and -BESIDE < at.y() < mapping.height + BESIDE:
                draw_mark(painter, mark.kind, at, mark.color or theme.color("text"), rim)
                words.append((at, mark.label, mark.color, None))
        for word in words:
            tags.draw(*word)


class CrossInk(Ink):
    """A cross through the place that is spoken of."""

    def __init__(self) -> None:
        super().__init__(depth=19.0)
        self.spot: tuple[float, float] | None = None

    def show_spot(self, place: tuple[float, float] | None) -> None:
        """Another place, or none."""
        if place != self.spot:
            self.spot = place
            self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """Two thin lines, bright with a dark edge or the other way round."""
        if self.spot is None:
            return
        x, y = mapping.at(*self.spot)
        for token, width in (("surface", 2.4), ("text", 1.0)):
            painter.setPen(QPen(self.theme.color(token, 0.6), width))
            painter.drawLine(QPointF(x, 0.0), QPointF(x, mapping.height))
            painter.drawLine(QPointF(0.0, y), QPointF(mapping.width, y))
