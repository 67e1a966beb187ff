"""What the drawings of surfaces show, as tables."""

from collections.abc import Callable, Sequence

import numpy

from nnviz.ui.plots.charts.plot_view import Table
from nnviz.ui.plots.charts.wording import plain, plain_rows
from nnviz.ui.plots.surface.overlays import SurfaceArrow, SurfaceMark, SurfacePath
from nnviz.ui.plots.surface.surface_grid import SurfaceGrid

Names = tuple[str, ...]
"""Of the coordinates, then of the height."""


def grid_table(grid: SurfaceGrid | None, names: Names | None = None) -> Table:
    """A row for each sample, row by row of the grid; empty without one. names: other ones than the grid's own."""
    if grid is None:
        return []
    x, y = numpy.meshgrid(grid.x, grid.y)
    head = names or (grid.x_name, grid.y_name, grid.z_name)
    return [head, *plain_rows(numpy.column_stack([x.ravel(), y.ravel(), grid.z.ravel()]))]


def path_table(paths: Sequence[SurfacePath], names: Names = ("x", "y", "z")) -> Table:
    """A row for each point of each path; of one coordinate where there are two names."""
    if not paths:
        return []
    rows = []
    for number, path in enumerate(paths, start=1):
        columns = (path.x, path.z) if len(names) == 2 else (path.x, path.y, path.z)
        for index, point in enumerate(zip(*columns, strict=True)):
            rows.append((path.label or str(number), str(index), *(plain(value) for value in point)))
    return [("path", "point", *names), *rows]


def mark_table(marks: Sequence[SurfaceMark], height: Callable[[SurfaceMark], float], names: Names) -> Table:
    """A row for each marked point."""
    rows = []
    for mark in marks:
        places = (mark.x,) if len(names) == 2 else (mark.x, mark.y)
        rows.append((mark.kind, mark.label, *(plain(value) for value in (*places, height(mark)))))
    return [("mark", "name", *names), *rows]


def arrow_table(arrows: Sequence[SurfaceArrow], names: Names) -> Table:
    """A row for each vector, from where to where."""
    axes = names[:-1]
    rows = [
        (arrow.label, *(plain(value) for end in (arrow.start, arrow.end) for value in end[: len(axes)]))
        for arrow in arrows
    ]
    return [("vector", *(f"{name} {end}" for end in ("from", "to") for name in axes)), *rows]
