"""What is said beside the surface, and its numbers as a table."""

import math

import numpy

from nnviz.engine.layout import Layout
from nnviz.experiment.loss_surface.path import ProjectedPath
from nnviz.experiment.loss_surface.slices import SurfaceSlice
from nnviz.experiment.loss_surface.survey import Survey
from nnviz.ui.plots.charts.plot_view import Table
from nnviz.ui.plots.charts.wording import count, plain, plain_rows, short
from nnviz.ui.plots.landscape.parameter_choice import parameter_name
from nnviz.ui.plots.landscape.path_shades import furthest, shade_table
from nnviz.ui.plots.landscape.side_notes import Gauge, Item, Number, Ramp, Words
from nnviz.ui.theme import Theme

MOSTLY, HARDLY = 0.9, 0.1
"""Shares of a path's variance that is seen."""
TOO_HIGH = "The loss is above 10¹⁰⁰ or not finite everywhere on this slice. Go back to an earlier step, or look closer."
LEFT = "The run has left the picture: re-slice here."


def notes_of(picture: Survey | None, path: ProjectedPath | None, theme: Theme) -> list[Item]:
    """The honesty of the picture, the most telling first."""
    if picture is None or picture.surface is None:
        return []
    seen = picture.surface
    items: list[Item] = []
    if path is not None and math.isfinite(path.cost[path.present]):
        items += _gauge(path)
    if path is not None and outside(seen.slice, path):
        items.append(Words(LEFT, "warning"))
    if path is not None:
        most = furthest(path)
        slice_name = "line" if seen.slice.region.dimensions == 1 else "plane"
        items.append(Words(explained_words(path, slice_name)))
        if most > 0.0:
            items.append(Ramp(f"distance from the {slice_name}", shade_table(theme), most))
    if seen.remark:
        items.append(Words(_sentence(seen.remark), "warning"))
    if not seen.slice.settled:
        items.append(Words("The two bends are not exact: the search was given up.", "warning"))
    if seen.examples < seen.of:
        items.append(Words(f"J on {count(seen.examples)} of {count(seen.of)} examples.", "muted"))
    return items


def explained_words(path: ProjectedPath, name: str) -> str:
    """How much of the path the slice holds, in a sentence."""
    if len(path.region.origin) == path.region.dimensions:
        return "Two parameters: this plane is all there is, and the path is exact."
    share = path.explained
    if not math.isfinite(share):
        return "The run has not moved yet."
    words = f"{share_words(share)} of the path's variance lies in this {name}"
    if share >= MOSTLY:
        return f"{words}."
    if share <= HARDLY:
        return f"{words}: hardly any of the way is seen."
    return f"{words}; the rest leads out of it."


def axis_names(chosen: SurfaceSlice, layout: Layout | None) -> tuple[str, ...]:
    """Of the slice's coordinates, short enough for a small plot; units are counted from 1."""
    kind, numbers = chosen.spec.kind, range(len(chosen.names))
    if kind == "parameters" and layout is not None:
        return tuple(parameter_name(layout, number) for number in chosen.spec.parameters)
    if kind == "random":
        return tuple(f"random direction {k + 1}" for k in numbers)
    if kind == "path" and chosen.explained is not None:
        return tuple(f"PC {k + 1}: {share_words(chosen.explained[k])}" for k in numbers)
    if kind == "bends" and chosen.eigenvalues is not None:
        return tuple(f"bend {k + 1}, λ = {short(float(chosen.eigenvalues[k]), 3)}" for k in numbers)
    return chosen.names


def share_words(share: float) -> str:
    """In per cent, rounded down: what is not all is never called 100 %."""
    return f"{math.floor(1000.0 * min(float(share), 1.0)) / 10.0:g} %"


def outside(chosen: SurfaceSlice, path: ProjectedPath) -> bool:
    """Whether the run stands beyond what is seen."""
    edges = zip(path.coordinates, chosen.extent[0::2], chosen.extent[1::2], strict=True)
    return not all(low <= float(places[path.present]) <= high for places, low, high in edges)


def survey_table(picture: Survey | None) -> Table:
    """A row for each point of the surface."""
    if picture is None or picture.surface is None:
        return []
    seen = picture.surface
    # The first coordinate runs fastest, as on screen.
    grids = numpy.meshgrid(*seen.axes)
    columns = numpy.column_stack([*(grid.ravel() for grid in grids), seen.heights.ravel()])
    return [(*seen.slice.names, "training loss"), *plain_rows(columns)]


def way_table(picture: Survey | None, path: ProjectedPath | None) -> Table:
    """A row for each point of the run's path: where it lies on the slice, how high that is, and what is true there."""
    if picture is None or picture.surface is None or path is None:
        return []
    columns = (*path.coordinates, path.height, path.cost, path.distance, path.ratio)
    heads = (
        "training loss on the surface",
        "true training loss",
        "distance from the surface",
        "true loss / on the surface",
    )
    rows = zip(path.trajectory.steps.tolist(), *(column.tolist() for column in columns), strict=True)
    table = [(str(step), *(plain(float(value)) for value in values)) for step, *values in rows]
    return [("step", *picture.surface.slice.names, *heads), *table]


def _gauge(path: ProjectedPath) -> list[Item]:
    here = path.present
    cost, height, ratio = (float(each[here]) for each in (path.cost, path.height, path.ratio))
    return [
        Number("true loss", short(cost)),
        Number("height here", short(height)),
        Gauge(f"true / height = {short(ratio, 3)}", ratio),
    ]


def _sentence(remark: str) -> str:
    return f"{remark[:1].upper()}{remark[1:]}."
