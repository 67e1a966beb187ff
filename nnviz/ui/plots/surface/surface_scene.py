"""All that a picture of a surface in space shows, and how."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF

from nnviz.ui.plots.surface.camera import Camera
from nnviz.ui.plots.surface.overlays import SurfaceArrow, SurfaceMark, SurfacePath
from nnviz.ui.plots.surface.surface_grid import SurfaceGrid
from nnviz.ui.theme import Theme

REST_SIDE = 129
"""Samples a side at most when nothing moves."""
MOVING_SIDE = 49
"""While it is turned or animated."""


@dataclass(frozen=True, eq=False)
class SurfaceScene:
    """wire: lines of the grid. shading: light. shadow: paths also on the floor. logarithmic: heights and colours.

    side: samples along an edge at most.
    """

    grid: SurfaceGrid
    paths: Sequence[SurfacePath] = ()
    marks: Sequence[SurfaceMark] = ()
    arrows: Sequence[SurfaceArrow] = ()
    camera: Camera = field(default_factory=Camera)
    wire: bool = False
    shading: bool = True
    shadow: bool = False
    logarithmic: bool = False
    side: int = REST_SIDE


def room(place: QRectF, theme: Theme) -> QRectF:
    """Where in a picture the box may be, so that the labels around it have room too."""
    text = theme.text_pixels
    return place.adjusted(3.0 * text, 2.0 * text, -2.0 * text, -2.4 * text)
