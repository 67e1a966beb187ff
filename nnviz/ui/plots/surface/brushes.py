"""The colours of a lit surface, made once: a palette of heights × shades."""

import numpy
from numpy.typing import NDArray
from PySide6.QtGui import QBrush, QColor

from nnviz.ui.plots.surface.surface_grid import Floats

HEIGHTS, SHADES = 160, 32
DARKEST, BRIGHTEST = 0.52, 1.10


class Brushes:
    """table: colours (n, 3) from the lowest to the highest."""

    def __init__(self, table: NDArray[numpy.uint8]) -> None:
        rows = numpy.linspace(0, len(table) - 1, HEIGHTS).round().astype(int)
        light = numpy.linspace(DARKEST, BRIGHTEST, SHADES)
        colors = table[rows].astype(numpy.float64)[:, None, :] * numpy.minimum(light, 1.0)[None, :, None]
        # Beyond full light a colour goes to white, as a matt surface does that faces the lamp.
        colors += (255.0 - colors) * numpy.maximum(light - 1.0, 0.0)[None, :, None]
        self._brushes = [QBrush(QColor(*color)) for color in colors.round().astype(int).reshape(-1, 3).tolist()]

    def chosen(self, shares: Floats, shades: Floats | None) -> list[QBrush]:
        """For heights and shades (Q,) from 0 to 1; shades None: unlit, the very colours of the table."""
        height = (numpy.clip(shares, 0.0, 1.0) * (HEIGHTS - 1)).round().astype(int)
        unlit = (1.0 - DARKEST) / (BRIGHTEST - DARKEST)
        shade = numpy.full(len(height), unlit) if shades is None else numpy.clip(shades, 0.0, 1.0)
        index = height * SHADES + (shade * (SHADES - 1)).round().astype(int)
        return [self._brushes[at] for at in index.tolist()]
