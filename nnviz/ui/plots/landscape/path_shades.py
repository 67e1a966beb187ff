"""The run's path in the colours of its distance from the slice, in a ramp of its own beside the surface's.

The surface has viridis. A path in the same colours would seem to speak of height, and vanish on it; so the path has
the part of plasma, as ordered and as safe for colour-blind eyes, that stands out from the theme's ground.
"""

import numpy
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from nnviz.experiment.loss_surface.path import ProjectedPath
from nnviz.ui.plots.landscape.drawable import drawable
from nnviz.ui.plots.surface.overlays import SurfaceMark, SurfacePath
from nnviz.ui.theme import DARK, Theme

Floats = NDArray[numpy.float64]

BANDS = 12
DOTTED = 60
"""A path of more points is drawn without a dot for each (as in nnviz.ui.plots.surface.path_ink)."""
PLASMA = pyqtgraph.colormap.get("plasma")
NEGLIGIBLE = 1e-9
"""Of the path's length: such a distance from the slice is rounding."""


def shade_table(theme: Theme) -> NDArray[numpy.uint8]:
    """Look-up table (256, 3), from near to far."""
    low, high = (0.4, 1.0) if theme.name == DARK.name else (0.05, 0.85)
    return numpy.asarray(PLASMA.getLookupTable(low, high, 256, alpha=False), dtype=numpy.uint8)


def furthest(path: ProjectedPath) -> float:
    """The largest finite distance from the slice; 0 where it is rounding alone."""
    finite = path.distance[numpy.isfinite(path.distance)]
    most = float(numpy.max(finite)) if len(finite) else 0.0
    origin = numpy.abs(path.region.origin)
    return 0.0 if most <= NEGLIGIBLE * max(1.0, float(numpy.max(origin))) else most


def path_parts(path: ProjectedPath, theme: Theme) -> list[SurfacePath]:
    """The path as lines of one colour each: those past, then those of a future that was gone back from, drawn pale."""
    bands = _bands(path)
    table = shade_table(theme)
    parts = []
    for past in (False, True):
        for band in numpy.unique(bands):
            inside = bands == band
            numbers = numpy.arange(len(bands))
            inside &= numbers < path.present if past else numbers >= path.present
            if numpy.any(inside):
                red, green, blue = table[round(255 * band / max(1, BANDS - 1))].tolist()
                parts.append(_part(path, inside, QColor(red, green, blue), past=past))
    return parts


def path_marks(path: ProjectedPath, theme: Theme) -> list[SurfaceMark]:
    """Where the run began, and where it stands."""
    accent = theme.color("accent")
    marks = [SurfaceMark("current", *_place(path, path.present), "now", accent)]
    if path.present > 0:
        marks.insert(0, SurfaceMark("start", *_place(path, 0), "start", theme.color("text")))
    return marks


def _bands(path: ProjectedPath) -> NDArray[numpy.intp]:
    """Of the segment after each point (K - 1,): by the distance in its middle."""
    most = furthest(path)
    if most == 0.0:
        return numpy.zeros(max(0, len(path.distance) - 1), dtype=numpy.intp)
    middle = numpy.nan_to_num(0.5 * (path.distance[1:] + path.distance[:-1]) / most, nan=1.0)
    return numpy.clip((middle * BANDS).astype(numpy.intp), 0, BANDS - 1)


def _part(path: ProjectedPath, inside: NDArray[numpy.bool_], color: QColor, *, past: bool) -> SurfacePath:
    """Runs of neighbouring segments with gaps between them. Its head is a gap, too: the present has a mark."""
    edges = numpy.diff(inside.astype(int), prepend=0, append=0)
    begins, ends = numpy.flatnonzero(edges == 1), numpy.flatnonzero(edges == -1)
    x, y = path.coordinates[0], path.coordinates[-1]
    z = drawable(path.cost)
    pieces: list[Floats] = []
    gap = numpy.full((1, 3), numpy.nan)
    if not past:
        pieces.append(gap)
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        run = slice(begin, end + 1)
        pieces += [numpy.stack([x[run], y[run], z[run]], axis=-1), gap]
    if len(path.distance) > DOTTED:
        pieces.append(numpy.full((DOTTED, 3), numpy.nan))
    points = numpy.concatenate(pieces)
    return SurfacePath(points[:, 0], points[:, 1], points[:, 2], color, current=None if past else 0)


def _place(path: ProjectedPath, number: int) -> tuple[float, float, float | None]:
    cost = float(drawable(path.cost[number : number + 1])[0])
    return (
        float(path.coordinates[0][number]),
        float(path.coordinates[-1][number]),
        None if numpy.isnan(cost) else cost,
    )
