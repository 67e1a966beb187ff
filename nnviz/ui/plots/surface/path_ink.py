"""Paths on a chart, cheap to grow: on a screen only what is new since the last picture is stroked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from nnviz.ui.plots.charts.clipping import clips_nothing
from nnviz.ui.plots.charts.ink import Ink, Mapping, device_scale, is_vector
from nnviz.ui.plots.surface.glyphs import draw_head, rim_of
from nnviz.ui.plots.surface.overlays import SurfacePath
from nnviz.ui.plots.surface.path_segments import clipped, distinct, segments_of
from nnviz.ui.plots.surface.strokes import FUTURE, LEAST, of_dashes
from nnviz.ui.plots.surface.surface_grid import Floats

WIDTH, RIM = 2.2, 4.2
DOTTED = 60
"""A path of at most so many points has a dot on each: the steps are what is to be seen."""
BESIDE = 60.0
"""Pixels beyond the plot area that lines are drawn to."""
FAR = 1e6


@dataclass(frozen=True, eq=False)
class Drawn:
    """What is in the kept picture: all points (K, 2) of a path, how many of them are past, and how it looks."""

    points: Floats
    past: int
    look: tuple[str, float, bool]

    def extends(self, other: "Drawn") -> bool:
        """Whether it is the other one grown: at its end, or into the future that is in the picture already."""
        grown_at_end = other.past == len(other.points) and self.past == len(self.points)
        known = other.points if grown_at_end else self.points
        return (
            self.look == other.look
            and self.past >= other.past
            and (grown_at_end or len(self.points) == len(other.points))
            and numpy.array_equal(self.points[: len(known)], other.points, equal_nan=True)
        )


class PathInk(Ink):
    """Lines with a rim and a live head. on_curve: z is the height over x; else y is."""

    def __init__(self, *, on_curve: bool = False) -> None:
        super().__init__(depth=6.0)
        self.on_curve = on_curve
        self.paths: Sequence[SurfacePath] = ()
        self._lines = PrimitiveArray(QLineF, 4)
        self._kept: tuple[tuple[object, ...], list[Drawn], QPixmap] | None = None

    def show_paths(self, paths: Sequence[SurfacePath]) -> None:
        """Other paths, or the same ones grown."""
        self.paths = paths
        self.update()

    def draw(self, painter: QPainter, mapping: Mapping) -> None:
        """All lines, then all heads."""
        if not self.paths:
            self._kept = None
            return
        if is_vector(painter):
            for path in self.paths:
                self._stroke_path(painter, path, mapping, 0)
        else:
            painter.drawPixmap(0, 0, self._picture(mapping, device_scale(painter)))
        places = [self._pixels(path, mapping) for path in self.paths]
        for path, pixels in zip(self.paths, places, strict=True):
            if len(pixels) <= DOTTED:
                _draw_dots(painter, pixels[: path.head], path.color, mapping)
        for path, pixels in zip(self.paths, places, strict=True):
            if path.head >= 0 and numpy.all(numpy.abs(pixels[path.head]) < FAR):
                draw_head(painter, QPointF(*pixels[path.head].tolist()), path.color, rim_of(self.theme))

    def _picture(self, mapping: Mapping, scale: float) -> QPixmap:
        """The kept picture with whatever is new stroked onto it, or one drawn from the beginning."""
        key = mapping, scale, self.theme
        now = [self._drawn(path) for path in self.paths]
        kept = self._kept
        if (
            kept is not None
            and kept[0] == key
            and len(kept[1]) == len(now)
            and all(new.extends(old) for new, old in zip(now, kept[1], strict=True))
        ):
            picture, begins = kept[2], [max(0, old.past - 1) for old in kept[1]]
        else:
            picture = QPixmap(max(1, round(mapping.width * scale)), max(1, round(mapping.height * scale)))
            picture.setDevicePixelRatio(scale)
            picture.fill(Qt.GlobalColor.transparent)
            begins = [0] * len(now)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for path, begin in zip(self.paths, begins, strict=True):
            self._stroke_path(painter, path, mapping, begin)
        painter.end()
        self._kept = key, now, picture
        return picture

    def _drawn(self, path: SurfacePath) -> Drawn:
        points = numpy.stack([path.x, path.z if self.on_curve else path.y], axis=-1)
        color = QColor(path.color)
        return Drawn(points, path.head + 1, (color.name(), color.alphaF(), path.dashed))

    def _stroke_path(self, painter: QPainter, path: SurfacePath, mapping: Mapping, begin: int) -> None:
        """From the point ``begin`` on; the future only with the rest."""
        pixels = self._pixels(path, mapping)
        kept = distinct(pixels, LEAST) if begin == 0 else numpy.arange(len(pixels))
        # The head is where past and future meet, so it is never left out.
        kept = numpy.union1d(kept, [path.head]) if path.head >= 0 else kept
        segments, starts = segments_of(pixels[kept])
        starts = kept[starts]
        beside = 0.0 if clips_nothing(painter) else BESIDE
        low, high = numpy.array([-beside, -beside]), numpy.array([mapping.width + beside, mapping.height + beside])
        segments, inside = clipped(segments, low, high)
        starts = starts[inside]
        if path.dashed:
            seen = of_dashes(segments)
            segments, starts = segments[seen], starts[seen]
        past = (starts >= begin) & (starts < path.head)
        color, pale = QColor(path.color), QColor(path.color)
        pale.setAlphaF(FUTURE * pale.alphaF())
        if begin == 0:
            self._stroke(painter, segments[starts >= path.head], pale, WIDTH)
        vector = is_vector(painter)
        if vector:
            self._stroke(painter, segments[past], self.theme.color("surface", 0.75), RIM)
        self._stroke(painter, segments[past], color, WIDTH)
        if not vector:
            # The rim goes below what is there already, also below the line that it continues.
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOver)
            self._stroke(painter, segments[past], self.theme.color("surface", 0.75), RIM)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _pixels(self, path: SurfacePath, mapping: Mapping) -> Floats:
        with numpy.errstate(over="ignore", invalid="ignore"):
            return numpy.stack([mapping.x(path.x), mapping.y(path.z if self.on_curve else path.y)], axis=-1)

    def _stroke(self, painter: QPainter, segments: Floats, color: QColor, width: float) -> None:
        # Lines one by one: Qt strokes a long zigzag as one shape ten times slower. Square ends close the corners.
        painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
        self._lines.resize(len(segments))
        self._lines.ndarray()[:] = segments.reshape(-1, 4)
        if len(segments):
            painter.drawLines(*self._lines.drawargs())


def _draw_dots(painter: QPainter, pixels: Floats, color: QColor, mapping: Mapping) -> None:
    if clips_nothing(painter):
        pixels = pixels[numpy.all((pixels >= 0.0) & (pixels <= [mapping.width, mapping.height]), axis=-1)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    for x, y in pixels[numpy.all(numpy.abs(pixels) < FAR, axis=-1)].tolist():
        painter.drawEllipse(QPointF(x, y), 2.6, 2.6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
