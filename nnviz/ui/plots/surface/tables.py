"""What the drawings of surfaces show, as tables."""

from collections.abc import Sequence

import numpy

from nnviz.ui.plots.plot_view import Table
from nnviz.ui.plots.surface.overlays import SurfacePath
from nnviz.ui.plots.surface.surface_grid import SurfaceGrid
from nnviz.ui.plots.wording import plain


def grid_table(grid: SurfaceGrid | None) -> Table:
    """A row for each sample, row by row of the grid; empty without one."""
    if grid is None:
        return []
    x, y = numpy.meshgrid(grid.x, grid.y)
    rows = zip(x.ravel(), y.ravel(), grid.z.ravel(), strict=True)
    return [(grid.x_name, grid.y_name, grid.z_name), *(tuple(plain(value) for value in row) for row in rows)]


def path_table(paths: Sequence[SurfacePath], names: tuple[str, str, str] = ("x", "y", "z")) -> Table:
    """A row for each point of each path."""
    if not paths:
        return []
    head = ("path", "point", *names)
    rows = [
        (path.label or str(number), str(index), *(plain(value) for value in point))
        for number, path in enumerate(paths, start=1)
        for index, point in enumerate(zip(path.x, path.y, path.z, strict=True))
    ]
    return [head, *rows]
