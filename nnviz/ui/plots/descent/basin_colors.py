"""Basins of attraction as classes of starts, in the colours of the minima they lead to."""

import numpy
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from nnviz.experiment.descent.basins import DIVERGED, UNDECIDED, UNDEFINED, Basins
from nnviz.experiment.descent.wording import vector
from nnviz.ui.plots.charts.wording import plain
from nnviz.ui.plots.surface.overlays import CLASSLESS, ClassMap
from nnviz.ui.theme import Theme

OTHERS = ((UNDECIDED, "not there yet", "muted"), (DIVERGED, "diverges", "bad"), (UNDEFINED, "undefined", "line"))
"""Labels of starts that reach no minimum, with name and token of the colour."""


def classes_of(found: Basins, theme: Theme) -> tuple[NDArray[numpy.intp], list[str], list[QColor]]:
    """(classes of found.labels' shape, name and colour of each): only those that some start belongs to."""
    classes = numpy.full(found.labels.shape, CLASSLESS)
    names: list[str] = []
    colors: list[QColor] = []
    for number, minimum in enumerate(found.minima):
        if share := found.share(number):
            classes[found.labels == number] = len(names)
            names.append(f"{vector(minimum.position, 3)}: {share:.0%}")
            colors.append(theme.class_color(number))
    for label, name, token in OTHERS:
        if share := found.share(label):
            classes[found.labels == label] = len(names)
            names.append(f"{name}: {share:.0%}")
            colors.append(theme.color(token))
    return classes, names, colors


def basin_table(found: Basins, names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Where starts lead to, and how many: minima by their coordinates' names, then those that reach none."""
    rows = []
    for number, minimum in enumerate(found.minima):
        if share := found.share(number):
            text = f"{vector(minimum.position, 3)}: {share:.0%}"
            rows.append((text, *(plain(value) for value in minimum.position), plain(share)))
    for label, name, _ in OTHERS:
        if share := found.share(label):
            rows.append((f"{name}: {share:.0%}", *("" for _ in names), plain(share)))
    return [("leads to", *names, "share of the starts (0-1)"), *rows]


def class_map(found: Basins, theme: Theme) -> ClassMap:
    """Of starts over two coordinates."""
    classes, names, colors = classes_of(found, theme)
    x, y = found.axes
    return ClassMap(x, y, classes.T, names, colors)
