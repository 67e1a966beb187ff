"""The lines of a picture in space: paths with their rims, their shadows on the floor, and the wire mesh."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from nnviz.ui.plots.surface.camera import HALF
from nnviz.ui.plots.surface.overlays import SurfacePath
from nnviz.ui.plots.surface.path_segments import clipped, distinct, segments_of, split
from nnviz.ui.plots.surface.shot import Shot
from nnviz.ui.plots.surface.surface_grid import Floats

WIRE_LINES = 20
"""About so many lines of the grid are drawn along each axis."""
LEAST = 1.5
"""Pixels that a path must run on before its next point is told apart."""
WIDTH, RIM = 2.4, 4.4
FUTURE = 0.35
SHADOW = 0.4
FOOTPRINT = numpy.array([-1.0, -1.0]), numpy.array([1.0, 1.0])


@dataclass(frozen=True, eq=False)
class Strokes:
    """Segments on the picture (S, 2 ends, 2), how near (S,) they are, and the pen of each, as an index into pens."""

    pixels: Floats
    near: Floats
    pen: NDArray[numpy.intp]
    pens: tuple[QPen, ...]


def path_strokes(path: SurfacePath, shot: Shot) -> Strokes:
    """The rim and the line of a path, cut into parts short enough to be hidden one by one."""
    points = shot.frame.box(path.x, path.y, path.z)
    pixels, _ = shot.projection.pixels(points)
    kept = distinct(pixels, LEAST)
    segments, begins = segments_of(points[kept])
    future = kept[begins] >= path.head
    segments, inside = clipped(segments, *FOOTPRINT)
    parts, of = split(segments, 1.5 * shot.cell)
    future = future[inside][of]
    ends, near = shot.projection.pixels(parts)
    # Lifted by a cell's length, so that the cell it lies on does not hide it.
    middle = numpy.mean(near, axis=-1) + 1.5 * shot.cell
    color, rim = QColor(path.color), shot.theme.color("surface", 0.8)
    flat = Qt.PenCapStyle.FlatCap
    pens = (_pen(rim, RIM, flat), _pen(_paler(rim), RIM, flat), _pen(color, WIDTH), _pen(_paler(color), WIDTH, flat))
    if path.dashed:
        # The parts are short: a dash is a part, a gap another.
        shown = of_dashes(ends)
        ends, middle, future = ends[shown], middle[shown], future[shown]
    index = future.astype(numpy.intp)
    return Strokes(
        numpy.concatenate([ends, ends]),
        # A rim just before its line; rims end flat, so that none cuts off the line before it.
        numpy.concatenate([middle - 0.15 * shot.cell, middle]),
        numpy.concatenate([index, index + 2]),
        pens,
    )


def draw_through(painter: QPainter, path: SurfacePath, shot: Shot) -> None:
    """The line of the path as if nothing were before it, in one stroke, so that it may be pale."""
    points = shot.frame.box(path.x, path.y, path.z)
    points = points[distinct(shot.projection.pixels(points)[0], LEAST)]
    segments, _ = clipped(segments_of(points)[0], *FOOTPRINT)
    pixels, _ = shot.projection.pixels(segments)
    line, last = QPainterPath(), None
    for x0, y0, x1, y1 in pixels.reshape(-1, 4).tolist():
        if last != (x0, y0):
            line.moveTo(x0, y0)
        line.lineTo(x1, y1)
        last = (x1, y1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(path.color), WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPath(line)


def of_dashes(ends: Floats, dash: float = 7.0, gap: float = 5.0) -> NDArray[numpy.bool_]:
    """Which of the consecutive parts (S, 2, 2) of a line are seen when it is dashed."""
    lengths = numpy.hypot(*(ends[:, 1] - ends[:, 0]).T)
    return (numpy.cumsum(lengths) - lengths / 2.0) % (dash + gap) < dash


def shadow_strokes(path: SurfacePath, shot: Shot) -> Strokes:
    """The path on the floor."""
    points = shot.frame.box(path.x, path.y, numpy.zeros(len(path.x)))
    points[:, 2] = -HALF
    pixels, _ = shot.projection.pixels(points)
    segments, _ = clipped(segments_of(points[distinct(pixels, LEAST)])[0], *FOOTPRINT)
    ends, near = shot.projection.pixels(segments)
    color = QColor(path.color)
    color.setAlphaF(SHADOW)
    return Strokes(ends, numpy.mean(near, axis=-1), numpy.zeros(len(ends), dtype=numpy.intp), (_pen(color, 2.0),))


def wire_strokes(shot: Shot) -> Strokes:
    """Edges of every so many rows and columns of cells."""
    mesh, projection = shot.mesh, shot.projection
    stride = max(1, round(max(shot.frame.grid.z.shape) / WIRE_LINES))
    low, left = mesh.corners[:, [0, 1]], mesh.corners[:, [0, 3]]
    edges = numpy.concatenate([low[mesh.rows % stride == 0], left[mesh.columns % stride == 0]])
    pixels, near = projection.pixels(edges)
    pen = QPen(QColor(0, 0, 0, 120), 0.8)
    lifted = numpy.mean(near, axis=-1) + 0.5 * shot.cell
    return Strokes(pixels, lifted, numpy.zeros(len(edges), dtype=numpy.intp), (pen,))


def _pen(color: QColor, width: float, cap: Qt.PenCapStyle = Qt.PenCapStyle.RoundCap) -> QPen:
    return QPen(color, width, Qt.PenStyle.SolidLine, cap)


def _paler(color: QColor) -> QColor:
    pale = QColor(color)
    pale.setAlphaF(color.alphaF() * FUTURE)
    return pale
