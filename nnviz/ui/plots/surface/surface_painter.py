"""Paints a surface in space onto whatever a QPainter can paint on: a widget, a picture, SVG, PDF.

Everything is sorted by how near it is to the eye and painted from the back, so that what is in front covers what is
behind it. Paths take part in that order, and are painted once more, faintly, over everything: what is hidden shows
through.
"""

import numpy
import pyqtgraph
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from nnviz.ui.plots.surface.axes_box import AxesBox
from nnviz.ui.plots.surface.brushes import Brushes
from nnviz.ui.plots.surface.height_scale import HeightScale
from nnviz.ui.plots.surface.mesh import Frame, Mesh
from nnviz.ui.plots.surface.shot import Shot
from nnviz.ui.plots.surface.spots import Spot, draw_words, spots_of
from nnviz.ui.plots.surface.strokes import Strokes, draw_through, path_strokes, shadow_strokes, wire_strokes
from nnviz.ui.plots.surface.surface_grid import Floats, SurfaceGrid
from nnviz.ui.plots.surface.surface_scene import SurfaceScene, room
from nnviz.ui.theme import Theme

SEAM = 0.6
"""Pixels by which a quadrilateral is grown: between antialiased neighbours the ground would shine through."""
HIDDEN = 0.34
"""Opacity of what is behind the surface."""


class SurfacePainter:
    """Keeps the mesh between pictures, since turning does not change it."""

    def __init__(self) -> None:
        self._mesh: tuple[tuple[SurfaceGrid, int, bool], Frame, Mesh] | None = None
        self._brushes: tuple[bytes, Brushes] | None = None

    def frame_and_mesh(self, scene: SurfaceScene) -> tuple[Frame, Mesh]:
        """What of a scene does not depend on the camera."""
        key = scene.grid, scene.side, scene.logarithmic
        if self._mesh is None or self._mesh[0] != key:
            # The scale is that of the full grid: a coarser picture must not change colours.
            scale = HeightScale.of(scene.grid.z, logarithmic=scene.logarithmic)
            frame = Frame(scene.grid.thinned(scene.side), scale)
            self._mesh = key, frame, Mesh.of(frame)
        return self._mesh[1], self._mesh[2]

    def pick(self, scene: SurfaceScene, place: QRectF, theme: Theme, at: QPointF) -> tuple[float, float] | None:
        """The (x, y) of the surface's point under a pixel; None beside it and over a hole."""
        shot = self._shot(scene, place, theme)
        point = shot.mesh.hit(*shot.projection.ray(at.x(), at.y()))
        return None if point is None else shot.frame.place(point)

    def pixel(self, scene: SurfaceScene, place: QRectF, theme: Theme, x: float, y: float) -> QPointF | None:
        """Where the surface's point over (x, y) is on the picture; None where there is none."""
        shot = self._shot(scene, place, theme)
        z = shot.frame.grid.at(numpy.array(x), numpy.array(y))
        point = shot.frame.box(numpy.array(x), numpy.array(y), z)
        return QPointF(*shot.projection.pixels(point)[0].tolist()) if numpy.all(numpy.isfinite(point)) else None

    def paint(self, painter: QPainter, place: QRectF, scene: SurfaceScene, theme: Theme) -> None:
        """The whole picture into a rectangle, whose ground is the caller's."""
        shot = self._shot(scene, place, theme)
        painter.save()
        painter.setClipRect(place)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = AxesBox(shot.frame, shot.projection, theme)
        box.draw_walls(painter)
        _draw_gaps(painter, shot)
        if scene.shadow:
            for path in scene.paths:
                _draw_strokes(painter, shadow_strokes(path, shot))
        paths = [path_strokes(path, shot) for path in scene.paths]
        spots = spots_of(shot)
        self._draw_sorted(painter, shot, [*([wire_strokes(shot)] if scene.wire else []), *paths], spots)
        painter.setOpacity(HIDDEN)
        for path in scene.paths:
            draw_through(painter, path, shot)
        for spot in spots:
            spot.draw(painter, theme)
        painter.setOpacity(1.0)
        box.draw_labels(painter)
        draw_words(painter, place, shot, spots)
        painter.restore()

    def _shot(self, scene: SurfaceScene, place: QRectF, theme: Theme) -> Shot:
        frame, mesh = self.frame_and_mesh(scene)
        return Shot(scene, frame, mesh, scene.camera.onto(room(place, theme)), theme)

    def _draw_sorted(self, painter: QPainter, shot: Shot, lines: list[Strokes], spots: list[Spot]) -> None:
        """Quadrilaterals, lines and spots from the farthest to the nearest."""
        quads, near = painted_quads(shot)
        shades = shot.mesh.shades(shot.projection.rotation) if shot.scene.shading else None
        brushes = self._brushes_of(shot.theme).chosen(shot.mesh.shares, shades)
        segments = [QLineF(*ends) for line in lines for ends in line.pixels.reshape(-1, 4).tolist()]
        pens = [line.pens[pen] for line in lines for pen in line.pen.tolist()]
        nearness = [near, *(line.near for line in lines), numpy.array([spot.near for spot in spots])]
        # One polygon whose points are overwritten: to make one for each quadrilateral takes three times as long.
        polygon = pyqtgraph.functions.create_qpolygonf(4)
        points = pyqtgraph.functions.ndarray_from_qpolygonf(polygon)
        set_brush, set_pen, draw_polygon = painter.setBrush, painter.setPen, painter.drawPolygon
        # A pen rather than its style: an enumeration is looked up anew at each call.
        none = QPen(Qt.PenStyle.NoPen)
        pen: QPen | None = none
        set_pen(none)
        count, last = len(quads), len(quads) + len(segments)
        for item in numpy.argsort(numpy.concatenate(nearness), kind="stable").tolist():
            wanted = pens[item - count] if count <= item < last else none
            if wanted is not pen:
                pen = wanted
                set_pen(pen)
            if item < count:
                points[:] = quads[item]
                set_brush(brushes[item])
                draw_polygon(polygon)
            elif item < last:
                painter.drawLine(segments[item - count])
            else:
                spots[item - last].draw(painter, shot.theme)
                pen = None

    def _brushes_of(self, theme: Theme) -> Brushes:
        table = theme.sequential()
        key = table.tobytes()
        if self._brushes is None or self._brushes[0] != key:
            self._brushes = key, Brushes(table)
        return self._brushes[1]


def painted_quads(shot: Shot) -> tuple[Floats, Floats]:
    """The quadrilaterals on the picture (Q, 4, 2), a little larger than they are, and how near (Q,) they are."""
    pixels, near = shot.projection.pixels(shot.mesh.corners)
    middle = numpy.mean(pixels, axis=-2, keepdims=True)
    outward = pixels - middle
    size = numpy.linalg.norm(outward, axis=-1, keepdims=True)
    return middle + outward * (1.0 + SEAM / numpy.maximum(size, SEAM)), numpy.mean(near, axis=-1)


def _draw_gaps(painter: QPainter, shot: Shot) -> None:
    """A neutral patch on the floor under each hole: there is no value there."""
    pixels, _ = shot.projection.pixels(shot.mesh.gaps)
    polygon = pyqtgraph.functions.create_qpolygonf(4)
    points = pyqtgraph.functions.ndarray_from_qpolygonf(polygon)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shot.theme.color("dead", 0.45))
    for corners in pixels:
        points[:] = corners
        painter.drawPolygon(polygon)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _draw_strokes(painter: QPainter, strokes: Strokes) -> None:
    segments = [QLineF(*ends) for ends in strokes.pixels.reshape(-1, 4).tolist()]
    before = -1
    for segment, pen in zip(segments, strokes.pen.tolist(), strict=True):
        if pen != before:
            painter.setPen(strokes.pens[pen])
            before = pen
        painter.drawLine(segment)
