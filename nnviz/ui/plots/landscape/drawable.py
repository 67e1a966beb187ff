"""What can be drawn of the losses of a run that diverges."""

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.surface.curve_plot_1d import BEYOND

Floats = NDArray[numpy.float64]


def drawable(heights: Floats) -> Floats:
    """Heights with nan for what no scale can carry, as a hole."""
    with numpy.errstate(invalid="ignore"):
        kept: Floats = numpy.where(numpy.abs(heights) < BEYOND, heights, numpy.nan)
    return kept
