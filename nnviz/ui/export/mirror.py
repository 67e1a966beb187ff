"""Makes a figure look as another of its kind: the same forms chosen, the same range, the same point of view."""

from contextlib import suppress
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.surface.surface_canvas import SurfaceCanvas
from nnviz.ui.widgets.chip import Chip
from nnviz.ui.widgets.choice import Choice

W = TypeVar("W", bound=QWidget)


def mirror(source: Figure, copy: Figure) -> None:
    """Takes over what was chosen in the source's controls, and where its charts are zoomed and its surface is turned.

    Both have drawn something of the same document, so that they offer the same choices.
    """
    for mine, theirs in _pairs(source, copy, Segments):
        if mine.key and mine.key != theirs.key:
            # What is not offered there stays as it is.
            with suppress(KeyError):
                theirs.button(mine.key).click()
    for choice, copied in _pairs(source, copy, Choice):
        key = choice.key()
        if key is not None and key != copied.key() and key in copied.keys():  # noqa: SIM118 (no mapping)
            copied.show_key(key)
            copied.chosen.emit(key)
    for chip, other in _pairs(source, copy, Chip):
        if chip.isChecked() != other.isChecked():
            other.click()
    for canvas, twin in _pairs(source, copy, SurfaceCanvas):
        if canvas.scene is not None and twin.scene is not None:
            twin.set_camera(canvas.scene.camera)
    for chart, like in _pairs(source, copy, Chart):
        if chart.zoomed_to is not None:
            like.zoom_to(*chart.zoomed_to)


def _pairs(source: Figure, copy: Figure, kind: type[W]) -> list[tuple[W, W]]:
    """The parts of a kind, in the order in which they were made."""
    return list(zip(source.findChildren(kind), copy.findChildren(kind), strict=False))
