"""The points of a picture in space: marks, and the heads of paths. And the vectors, with all their names."""

from dataclasses import dataclass

import numpy
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from nnviz.ui.plots.surface.glyphs import Tags, draw_arrow, draw_head, draw_mark, rim_of
from nnviz.ui.plots.surface.overlays import SurfaceMark, mark_height
from nnviz.ui.plots.surface.shot import Shot
from nnviz.ui.theme import Theme


@dataclass(frozen=True, eq=False)
class Spot:
    """mark: None for the head of a path. near: with what lifts it off the surface it lies on."""

    at: QPointF
    near: float
    mark: SurfaceMark | None
    color: QColor

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """The sign itself."""
        rim = rim_of(theme)
        if self.mark is None:
            draw_head(painter, self.at, self.color, rim)
        else:
            draw_mark(painter, self.mark.kind, self.at, self.color, rim)


def spots_of(shot: Shot) -> list[Spot]:
    """All that are in the box."""
    scene, theme = shot.scene, shot.theme
    found = []
    plain = theme.color("text")
    marks = [
        (mark.x, mark.y, mark_height(mark, scene.grid), mark, plain if mark.color is None else mark.color)
        for mark in scene.marks
    ]
    heads = [
        (path.x[path.head], path.y[path.head], path.z[path.head], None, QColor(path.color))
        for path in scene.paths
        if path.head >= 0
    ]
    for x, y, z, mark, color in (*marks, *heads):
        point = shot.frame.box(*(numpy.array(float(part)) for part in (x, y, z)))
        if not numpy.all(numpy.isfinite(point)) or numpy.any(numpy.abs(point[:2]) > 1.0 + 1e-9):
            continue
        pixel, near = shot.projection.pixels(point)
        found.append(Spot(QPointF(*pixel.tolist()), float(near) + 4.0 * shot.cell, mark, color))
    return found


def draw_words(painter: QPainter, place: QRectF, shot: Shot, spots: list[Spot]) -> None:
    """Arrows, which explain and so are never hidden, and all labels."""
    scene, tags = shot.scene, Tags(painter, shot.theme, place)
    for arrow in scene.arrows:
        ends = numpy.array([arrow.start, arrow.end], dtype=numpy.float64)
        heights = scene.grid.at(ends[:, 0], ends[:, 1])
        # Over a hole, or outside, a vector keeps the height of its start.
        points = shot.frame.box(ends[:, 0], ends[:, 1], numpy.where(numpy.isfinite(heights), heights, heights[0]))
        if not numpy.all(numpy.isfinite(points)):
            continue
        pixels, _ = shot.projection.pixels(points)
        start, end = (QPointF(*pixel) for pixel in pixels.tolist())
        draw_arrow(painter, start, end, arrow.color, shot.theme.color("surface", 0.8))
        tags.draw(end, arrow.label, arrow.color, direction(start, end))
    for spot in spots:
        if spot.mark is not None:
            tags.draw(spot.at, spot.mark.label, spot.color)


def direction(start: QPointF, end: QPointF) -> QPointF | None:
    """From start to end, of length 1; None where there is hardly any way."""
    along = end - start
    length = (along.x() ** 2 + along.y() ** 2) ** 0.5
    return along * (1.0 / length) if length > 1.0 else None
