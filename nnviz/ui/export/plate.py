"""A figure with what is written around it, painted onto any device: a picture, SVG, PDF."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QRegion
from PySide6.QtWidgets import QGraphicsView, QWidget

from nnviz.ui.export.looks import SIZES, SMALLEST_DRAWN, Looks, Words
from nnviz.ui.export.stage import laid_out, missing_height, shown_size, staged
from nnviz.ui.plots.figure import Figure
from nnviz.ui.theme import GRID, Theme

TITLE, CAPTION = 1.25, 0.85
"""Sizes of their letters, relative to the text's."""
LEAST = 80
"""Pixels that the figure itself keeps, whatever is written around it."""
EXACT = QPainter.RenderHint.LosslessImageRendering
"""Images go into a PDF as they are; otherwise Qt makes JPEGs of them, and a map's colours are no longer its values."""
FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True)
class Plate:
    """Where the parts are: sizes in pixels of the layout. theme: None for the figure's own. zoom: what the figure is
    drawn smaller by, so that it is legible in a place smaller than it needs; what is written around it is not."""

    view: Figure
    words: Words
    theme: Theme | None
    size: QSize
    above: int
    below: int
    zoom: float = 1.0

    @classmethod
    def of(cls, view: Figure, looks: Looks, words: Words) -> "Plate":
        """The plate of a figure. A size other than the screen's is that of the whole, with all that is written."""
        theme = looks.theme(view.theme.text_pixels)
        words = Words(words.title if looks.title else "", words.caption if looks.caption else "")
        with laid_out(view):
            shown = shown_size(view)
        size = looks.layout(shown)
        if looks.size == "shown":
            above, below = _heights(words, theme, size.width())
            return cls(view, words, theme, QSize(size.width(), size.height() + above + below), above, below)
        if not SIZES[looks.size].grows:
            return cls._fitted(view, size, words, theme)
        above, below = _heights(words, theme, size.width())
        with laid_out(view):
            needed = view.legible()
            zoom = _zoom(size.width() / needed.width())
            high = needed.height()
            if not view.own_height:
                inner = QSize(round(size.width() / zoom), max(high, round((size.height() - above - below) / zoom)))
                high = inner.height() + max(0, missing_height(view, inner))
        return cls(view, words, theme, QSize(size.width(), above + round(high * zoom) + below), above, below, zoom)

    @classmethod
    def bare(cls, view: Figure, theme: Theme | None = None) -> "Plate":
        """The figure alone, as large as it is shown."""
        with laid_out(view):
            return cls(view, Words(), theme, shown_size(view), 0, 0)

    @classmethod
    def within(cls, view: Figure, size: QSize, words: Words) -> "Plate":
        """The plate of a figure in its own theme, so large in all; what is written goes where there is no room."""
        return cls._fitted(view, size, words, None)

    @classmethod
    def _fitted(cls, view: Figure, size: QSize, words: Words, theme: Theme | None) -> "Plate":
        above, below = _heights(words, theme or view.theme, size.width())
        if size.height() - above - below < LEAST:
            words, above, below = Words(), 0, 0
        with laid_out(view):
            needed = view.legible()
        zoom = _zoom(min(size.width() / needed.width(), (size.height() - above - below) / needed.height()))
        return cls(view, words, theme, size, above, below, zoom)

    @property
    def ground(self) -> QColor:
        """What is behind it; without opacity where there is nothing."""
        return (self.theme or self.view.theme).color("surface")

    def height_for(self, width: int) -> int:
        """Pixels of a picture so many pixels wide."""
        return max(1, round(self.size.height() * width / self.size.width()))

    def paint(self, painter: QPainter) -> None:
        """Paints it at its own size; on vector devices it stays a drawing."""
        high = self.size.height() - self.above - self.below
        inner = QSize(round(self.size.width() / self.zoom), round(high / self.zoom))
        with staged(self.view, inner, self.theme) as part:
            theme, ground = self.view.theme, self.ground
            if ground.alpha():
                painter.fillRect(QRectF(0.0, 0.0, self.size.width(), self.size.height()), ground)
            if self.words.title:
                self._write(painter, self.words.title, theme, top=GRID)
            if self.words.caption:
                self._write(painter, self.words.caption, theme, top=self.size.height() - self.below, caption=True)
            painter.save()
            painter.translate(0.0, float(self.above))
            painter.scale(self.zoom, self.zoom)
            paint_part(self.view, part, painter)
            painter.restore()

    def _write(self, painter: QPainter, text: str, theme: Theme, *, top: float, caption: bool = False) -> None:
        painter.save()
        painter.setFont(theme.font(CAPTION) if caption else theme.font(TITLE, bold=True))
        painter.setPen(theme.color("muted" if caption else "text"))
        painter.drawText(QRectF(GRID, top, self.size.width() - 2.0 * GRID, 2000.0), FLAGS, text)
        painter.restore()


def paint_part(view: Figure, part: QWidget, painter: QPainter) -> None:
    """Paints the exported part of a view where the painter's origin is; its ground is the caller's."""
    view.forget_cursor()
    # Controls that lie on the view itself are no part of the picture.
    flags = QWidget.RenderFlag(0) if view.picture_part() is None else QWidget.RenderFlag.DrawChildren
    with _drawn_anew(part, painter):
        part.render(painter, QPoint(0, 0), QRegion(), flags)


@contextmanager
def _drawn_anew(part: QWidget, painter: QPainter) -> Iterator[None]:
    """pyqtgraph keeps the ground of a chart as a picture, which would stand in a vector file as such; and charts paint
    with hints of their own, whatever the painter's are."""
    charts = [chart for chart in (part, *part.findChildren(QGraphicsView)) if isinstance(chart, QGraphicsView)]
    before = [(chart.cacheMode(), chart.renderHints()) for chart in charts]
    for chart in charts:
        chart.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        chart.setRenderHint(EXACT, painter.testRenderHint(EXACT))
    try:
        yield
    finally:
        for chart, (mode, hints) in zip(charts, before, strict=True):
            chart.setCacheMode(mode)
            chart.setRenderHints(hints)


def _zoom(room: float) -> float:
    """room: what there is of the width or height that is needed, 1 for all."""
    return min(1.0, max(SMALLEST_DRAWN, room))


def _heights(words: Words, theme: Theme, width: int) -> tuple[int, int]:
    """Pixels that title and caption take, with the air around them."""

    def high(text: str, relative: float, *, bold: bool) -> int:
        if not text:
            return 0
        room = QRectF(0.0, 0.0, max(1.0, width - 2.0 * GRID), 2000.0)
        box = QFontMetricsF(theme.font(relative, bold=bold)).boundingRect(room, FLAGS, text)
        return math.ceil(box.height()) + GRID

    above, below = high(words.title, TITLE, bold=True), high(words.caption, CAPTION, bold=False)
    return above and above + GRID, below and below + GRID // 2
