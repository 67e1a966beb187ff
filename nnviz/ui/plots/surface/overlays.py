"""What lies on a surface: paths of descents, marked points, vectors, and classes of starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from nnviz.ui.plots.surface.surface_grid import Floats, SurfaceGrid

MarkKind = Literal["start", "minimum", "maximum", "saddle", "current"]
CLASSLESS = -1
"""The class of starts that reach nothing: they diverge, or are not done."""


@dataclass(frozen=True, eq=False)
class SurfacePath:
    """Points (K,) each, in order; z: their true heights, which need not lie on the drawn surface. nan breaks the path.

    current: index of the head; None: the last. What follows it is drawn pale. label: in the legend. On a curve y is
    not read.
    """

    x: Floats
    y: Floats
    z: Floats
    color: QColor
    label: str = ""
    dashed: bool = False
    current: int | None = None

    @property
    def head(self) -> int:
        """The index of the head; -1 for a path without points."""
        last = len(self.x) - 1
        return last if self.current is None else min(max(self.current, 0), last)


@dataclass(frozen=True)
class SurfaceMark:
    """A point of interest. z: None lets it lie on the surface. color: None is the theme's. movable: by dragging."""

    kind: MarkKind
    x: float
    y: float
    z: float | None = None
    label: str = ""
    color: QColor | None = None
    movable: bool = False


@dataclass(frozen=True)
class SurfaceArrow:
    """A vector from (x, y) to (x, y), such as −α∇J, the momentum, the step. On a curve no y is read. thin: one of
    many, beside one that counts.
    """

    start: tuple[float, float]
    end: tuple[float, float]
    color: QColor
    label: str = ""
    thin: bool = False


@dataclass(frozen=True, eq=False)
class ClassMap:
    """Classes (m, n) of the points of a grid x (n,), y (m,): 0, 1, … or CLASSLESS. labels, colors: of each class."""

    x: Floats
    y: Floats
    classes: NDArray[numpy.intp]
    labels: Sequence[str]
    colors: Sequence[QColor]


def mark_height(mark: SurfaceMark, grid: SurfaceGrid) -> float:
    """Its own height, or the surface's there; nan outside and over holes."""
    if mark.z is not None:
        return mark.z
    return float(grid.at(numpy.array(mark.x), numpy.array(mark.y)))
