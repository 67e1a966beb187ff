"""How long a picture of a surface takes: in space at four resolutions, and growing paths on the map."""

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy

from benchmarks.lab import NEEDS
from benchmarks.record import Benchmark, Row
from benchmarks.timing import interleaved

if TYPE_CHECKING:
    from nnviz.ui.plots.surface.surface_grid import SurfaceGrid

SIDES = (33, 49, 65, 129)
SIZE = (800, 600)
FRAME = {33: 1 / 25, 49: 1 / 25, 65: 1 / 25}
"""Seconds that a picture in motion may take."""
PATHS, POINTS = 8, 1000
SMOOTH = 1 / 60


def run() -> list[Row]:
    """Milliseconds a frame against what a fluent picture may take, as ratios of the two."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    seconds = interleaved({**{str(side): _space(side) for side in SIDES}, "map": _map(app)}, rounds=5)
    rows = [_row(f"in space, {side} × {side}", seconds[str(side)], FRAME.get(side)) for side in SIDES]
    return [*rows, _row(f"map, {PATHS} paths of {POINTS:,} points: update and paint", seconds["map"], SMOOTH)]


def _row(case: str, spent: float, allowed: float | None) -> Row:
    budget = 1 / 25 if allowed is None else allowed
    goal = None if allowed is None else 1.0
    return Row(case, f"{spent * 1e3:.1f} ms", f"{budget * 1e3:.1f} ms", spent / budget, goal, at_most=True)


def _space(side: int) -> Callable[[int], object]:
    """Turns the surface by a degree a frame and paints it, antialiased and lit."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter

    from nnviz.ui.plots.surface.camera import Camera
    from nnviz.ui.plots.surface.surface_painter import SurfacePainter
    from nnviz.ui.plots.surface.surface_scene import SurfaceScene
    from nnviz.ui.theme import LIGHT

    grid, painter = _grid(side), SurfacePainter()
    picture = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)

    def paint(frames: int) -> None:
        for frame in range(frames):
            picture.fill(LIGHT.color("surface"))
            device = QPainter(picture)
            camera = Camera(azimuth=float(frame))
            painter.paint(device, QRectF(0, 0, *SIZE), SurfaceScene(grid, camera=camera), LIGHT)
            device.end()

    return paint


def _map(app: object) -> Callable[[int], object]:
    """Lets the paths grow by a step a frame and paints the map as the window does."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QApplication

    from nnviz.ui.plots.surface.contour_map import ContourMap
    from nnviz.ui.plots.surface.overlays import SurfacePath

    assert isinstance(app, QApplication)
    view = ContourMap()
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.resize(*SIZE)
    view.show_grid(_grid(65))
    view.show()
    # Zigzags across a ravine, slowly dying away: nothing of them can be left out.
    steps = numpy.arange(POINTS)
    swing = numpy.exp(-steps / 700.0) * (-1.0) ** steps
    along = 4.0 - 8.0 * numpy.exp(-steps / 400.0)
    paths = [(along + 0.1 * number, 0.5 * number - 2.0 + swing) for number in range(PATHS)]
    colors = [QColor.fromHsvF(number / PATHS, 0.7, 0.9) for number in range(PATHS)]

    def paint(frames: int) -> None:
        for frame in range(frames):
            # The last half again and again: mostly they grow, and now and then they begin anew.
            end = POINTS // 2 + frame % (POINTS // 2)
            pairs = zip(paths, colors, strict=True)
            view.show_paths([SurfacePath(x[:end], y[:end], y[:end], color, "run") for (x, y), color in pairs])
            view.chart.viewport().repaint()

    return paint


def _grid(side: int) -> "SurfaceGrid":
    from nnviz.ui.plots.surface.surface_grid import SurfaceGrid

    places = numpy.linspace(-5.0, 5.0, side)
    x, y = numpy.meshgrid(places, places)
    return SurfaceGrid(places, places, (x * x + y - 11.0) ** 2 + (x + y * y - 7.0) ** 2)


BENCHMARK = Benchmark(
    name="surface-painting",
    title="Time of a picture of a surface, 800 × 600",
    peer="what a fluent picture may take",
    run=run,
    needs=NEEDS,
)
