"""How a height becomes a position between foot and top, and so a colour: evenly, or by powers of ten."""

import math
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.ui.plots.charts.axes import DecadeAxis, NumberAxis
from nnviz.ui.plots.surface.surface_grid import Floats

DECADES = 6.0
"""A logarithmic scale reaches at most so far below the highest value: an exact zero has no logarithm."""
FOOT = 0.02
"""The share of the heights that may lie below the foot of a logarithmic scale, drawn on it: single samples that happen
to be close to a minimum would be needles."""
HUGE = 1e300


@dataclass(frozen=True)
class HeightScale:
    """low, high: of the places, which are z itself or, with ``logarithmic``, log₁₀(z − offset).

    offset: 0 where all heights are positive, else the lowest height, since only what is positive has a logarithm.
    empty: there is no finite height at all.
    """

    low: float = 0.0
    high: float = 1.0
    logarithmic: bool = False
    offset: float = 0.0
    empty: bool = False

    @staticmethod
    def of(z: Floats, *, logarithmic: bool = False) -> "HeightScale":
        """A scale that spans the finite ones among z."""
        finite = numpy.clip(z[numpy.isfinite(z)], -HUGE, HUGE)
        if len(finite) == 0:
            return HeightScale(logarithmic=logarithmic, empty=True)
        low, high = (float(end(finite)) for end in (numpy.min, numpy.max))
        if not logarithmic:
            return HeightScale(*_apart(*_without_needles(finite, low, high) if len(finite) < z.size else (low, high)))
        offset = min(low, 0.0)
        positive = finite[finite > offset] - offset
        if len(positive) == 0:
            # Everything is equally high: any scale will do, and a linear one has readable numbers.
            return HeightScale(*_apart(low, high))
        top = math.log10(float(numpy.max(positive)))
        foot = math.log10(float(numpy.quantile(positive, FOOT, method="lower")))
        foot = max(foot, top - DECADES)
        if top - foot < 1e-9:
            foot, top = foot - 0.5, top + 0.5
        return HeightScale(foot, top, logarithmic=True, offset=offset)

    def places(self, z: Floats) -> Floats:
        """Of heights, of any shape: z or its logarithm, not below the foot where that is cut off. Holes are nan."""
        z = numpy.where(numpy.isfinite(z), z, numpy.nan)
        if not self.logarithmic:
            return z
        with numpy.errstate(invalid="ignore", divide="ignore"):
            logs = numpy.log10(numpy.maximum(z - self.offset, 0.0))
        return numpy.where(numpy.isnan(z), numpy.nan, numpy.maximum(logs, self.low))

    def shares(self, z: Floats) -> Floats:
        """0 at the foot to 1 at the top; beyond either for heights that are outside; nan for holes."""
        # Halves: the span of the largest numbers would overflow.
        return (self.places(z) / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0)

    def height(self, place: float) -> float:
        """The height that belongs to a place."""
        return self.offset + 10.0**place if self.logarithmic else place

    def colors(self, z: Floats, table: NDArray[numpy.uint8]) -> NDArray[numpy.intp]:
        """Rows of a look-up table, of z's shape; 0 for holes."""
        shares = numpy.nan_to_num(self.shares(z), nan=0.0)
        return (numpy.clip(shares, 0.0, 1.0) * (len(table) - 1)).round().astype(numpy.intp)

    def title(self, name: str) -> str:
        """What the numbers of the scale are: the name, or its distance from the lowest."""
        return f"{name} − min {name}" if self.logarithmic and self.offset < 0.0 else name

    def ticks(self, pixels: float, text_pixels: int) -> list[tuple[float, str]]:
        """(place, number) of the labels that have room along so many pixels."""
        axis = DecadeAxis("left", "") if self.logarithmic else NumberAxis("left", "")
        axis.text_pixels = text_pixels
        spacing, places = axis.tickValues(self.low, self.high, pixels)[0]
        wanted = pixels
        while len(places) < 2 and wanted < 8.0 * pixels:
            # One number alone says nothing of the scale.
            wanted *= 1.5
            spacing, places = axis.tickValues(self.low, self.high, wanted)[0]
        return list(zip(places, axis.tickStrings(places, 1.0, spacing), strict=True))


def _without_needles(finite: Floats, low: float, high: float) -> tuple[float, float]:
    """Ends that leave out the few heights at the edge of a hole, where a function may run off to infinity.

    What lies beyond is drawn at the end. Only where those few would take a quarter of the scale.
    """
    first, last = (float(end) for end in numpy.quantile(finite / 2.0, [FOOT, 1.0 - FOOT]))
    span = high / 2.0 - low / 2.0
    return (
        2.0 * first if first - low / 2.0 > 0.25 * span else low,
        2.0 * last if high / 2.0 - last > 0.25 * span else high,
    )


def _apart(low: float, high: float) -> tuple[float, float]:
    """The ends of a scale, which must not coincide also where all heights do."""
    middle = low / 2.0 + high / 2.0
    if high / 2.0 - low / 2.0 > 1e-12 * max(abs(middle), 1e-290):
        return low, high
    room = max(0.1 * abs(middle), 1e-12 if middle else 0.5)
    return middle - room, middle + room
