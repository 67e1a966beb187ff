"""The quadrilaterals of a surface in the box of the camera: which there are, how they are lit, which one a ray hits."""

import math
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.surface.camera import HALF
from nnviz.ui.plots.surface.height_scale import HeightScale
from nnviz.ui.plots.surface.surface_grid import Floats, SurfaceGrid

LIGHT = numpy.array([-0.45, 0.55, 0.70])
"""Where the light comes from, to the right, upwards and towards the eye: it stays with the eye."""

FAR = 1e6
"""Where a diverged path is taken to be: outside, and still a number one can reckon with."""

# Corners of a cell around it: (row, column) from its lower left.
_CORNERS = ((0, 0), (0, 1), (1, 1), (1, 0))


@dataclass(frozen=True, eq=False)
class Frame:
    """From a surface's coordinates to the box of the camera."""

    grid: SurfaceGrid
    scale: HeightScale

    def box(self, x: Floats, y: Floats, z: Floats) -> Floats:
        """(..., 3) of coordinates (...). Heights beyond the scale lie on its ends, so that nothing leaves the box."""
        left, right, bottom, top = self.grid.extent
        with numpy.errstate(over="ignore"):
            u = numpy.clip(2.0 * (x - left) / (right - left) - 1.0, -FAR, FAR)
            v = numpy.clip(2.0 * (y - bottom) / (top - bottom) - 1.0, -FAR, FAR)
        share = numpy.clip(self.scale.shares(z), -0.02, 1.02)
        return numpy.stack(numpy.broadcast_arrays(u, v, HALF * (2.0 * share - 1.0)), axis=-1)

    def place(self, point: Floats) -> tuple[float, float]:
        """The (x, y) of a point (3,) of the box."""
        left, right, bottom, top = self.grid.extent
        return (
            left + (float(point[0]) + 1.0) / 2.0 * (right - left),
            bottom + (float(point[1]) + 1.0) / 2.0 * (top - bottom),
        )


@dataclass(frozen=True, eq=False)
class Mesh:
    """corners (Q, 4, 3) of each quadrilateral; three of them where one sample is a hole, the fourth then repeated.

    normals (Q, 3) of length 1, upwards. shares (Q,): mean height on the scale, 0 to 1. rows, columns (Q,): the place
    of the cell. gaps (H, 4, 3): on the floor, the cells that are missing.
    """

    corners: Floats
    normals: Floats
    shares: Floats
    rows: NDArray[numpy.intp]
    columns: NDArray[numpy.intp]
    gaps: Floats

    @staticmethod
    def of(frame: Frame) -> "Mesh":
        """All cells with at least three finite corners."""
        grid = frame.grid
        x, y = numpy.meshgrid(grid.x, grid.y)
        points = frame.box(x, y, grid.z)
        m, n = grid.z.shape
        cells = numpy.stack([points[r : m - 1 + r, c : n - 1 + c] for r, c in _CORNERS], axis=-2)
        heights = numpy.stack([grid.z[r : m - 1 + r, c : n - 1 + c] for r, c in _CORNERS], axis=-1)
        good = numpy.isfinite(heights)
        whole = numpy.sum(good, axis=-1) >= 3
        # A triangle is a quadrilateral of which one corner lies on the next.
        following = numpy.roll(cells, -1, axis=-2)
        cells = numpy.where(good[..., None], cells, following)
        corners = cells[whole]
        normals = numpy.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
        length = numpy.linalg.norm(normals, axis=-1, keepdims=True)
        upright = numpy.array([0.0, 0.0, 1.0])
        normals = numpy.divide(normals, length, out=numpy.broadcast_to(upright, normals.shape).copy(), where=length > 0)
        rows, columns = numpy.nonzero(whole)
        # The middle is taken on the scale: on a logarithmic one a mean of z would have the highest corner's colour.
        shown = frame.scale.shares(heights[whole])
        middle = numpy.nansum(shown, axis=-1) / numpy.maximum(numpy.sum(numpy.isfinite(shown), axis=-1), 1)
        return Mesh(corners, normals, middle, rows, columns, _floor(frame, ~whole))

    def shades(self, rotation: Floats) -> Floats:
        """(Q,) brightness from 0 to 1, seen through a camera's rotation."""
        turned = self.normals @ rotation.T
        # A surface has no inside: what is seen from below is lit as if it were seen from above.
        turned = turned * numpy.where(turned[:, 2:] < 0.0, -1.0, 1.0)
        lit = turned @ (LIGHT / math.sqrt(float(LIGHT @ LIGHT)))
        return numpy.clip(0.30 + 0.75 * lit, 0.0, 1.0)

    def hit(self, origin: Floats, direction: Floats) -> Floats | None:
        """The point (3,) that a ray meets first, None where it meets nothing.

        Möller and Trumbore's test of a ray and a triangle, on both triangles of all quadrilaterals.
        """
        a = numpy.concatenate([self.corners[:, 0], self.corners[:, 0]])
        ab = numpy.concatenate([self.corners[:, 1], self.corners[:, 2]]) - a
        ac = numpy.concatenate([self.corners[:, 2], self.corners[:, 3]]) - a
        across = numpy.cross(direction, ac)
        volume = numpy.sum(ab * across, axis=-1)
        with numpy.errstate(divide="ignore", invalid="ignore"):
            to = origin - a
            first = numpy.sum(to * across, axis=-1) / volume
            turned = numpy.cross(to, ab)
            second = turned @ direction / volume
            distance = numpy.sum(ac * turned, axis=-1) / volume
            inside = (first >= -1e-9) & (second >= -1e-9) & (first + second <= 1.0 + 1e-9) & numpy.isfinite(distance)
        if not numpy.any(inside):
            return None
        return numpy.asarray(origin + float(numpy.min(distance[inside])) * direction)


def _floor(frame: Frame, missing: NDArray[numpy.bool_]) -> Floats:
    """The missing cells (rows, columns) on the floor of the box, (H, 4, 3); neighbours in a row as one."""
    grid, found = frame.grid, []
    for row in numpy.flatnonzero(numpy.any(missing, axis=-1)):
        edges = numpy.diff(missing[row].astype(int), prepend=0, append=0)
        for begin, end in zip(numpy.flatnonzero(edges == 1), numpy.flatnonzero(edges == -1), strict=True):
            x0, x1, y0, y1 = grid.x[begin], grid.x[end], grid.y[row], grid.y[row + 1]
            found.append([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    places = numpy.array(found, dtype=numpy.float64).reshape(-1, 4, 2)
    floor = frame.box(places[..., 0], places[..., 1], numpy.zeros(places.shape[:-1]))
    floor[..., 2] = -HALF
    return floor
