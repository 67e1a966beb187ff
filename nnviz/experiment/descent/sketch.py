"""A race in small, for a thumbnail: the surface's heights and the paths, all as shares of the picture."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.experiment.descent.race import Race
from nnviz.experiment.descent.samples import curve_samples, map_samples
from nnviz.experiment.descent.specification import Descent

Floats = NDArray[numpy.float64]

SIDE = 97
MOST_STEPS = 400
BEND = 0.5
"""Heights of maps are shown by this power of their share, so that a valley's floor can be seen."""


@dataclass(frozen=True, eq=False)
class Sketch:
    """heights: (n,) of a curve or (n, n) of a map, rows from the lowest y, 0 to 1, nan where undefined.

    paths: one (K, 2) for each runner, across and up from 0 to 1, beyond where it leaves the picture. colours: theirs.
    """

    heights: Floats
    paths: tuple[Floats, ...]
    colours: tuple[int, ...]


@numpy.errstate(all="ignore")
def sketch_of(spec: Descent) -> Sketch:
    """The whole race, or its first 400 steps."""
    race = Race(spec)
    race.seek(min(spec.steps, MOST_STEPS))
    record, ground = race.record(), race.ground
    (left, right), *rest = ground.domain
    heights = curve_samples(ground)[1] if ground.dimension == 1 else map_samples(ground, SIDE)[2]
    finite = heights[numpy.isfinite(heights)]
    low, high = (float(end(finite, axis=-1)) for end in (numpy.min, numpy.max)) if len(finite) else (0.0, 1.0)
    span = high - low if high > low else 1.0
    paths = []
    for number in range(len(spec.runners)):
        across = (record.positions[:, number, 0] - left) / (right - left)
        if rest:
            (bottom, top) = rest[0]
            up = (record.positions[:, number, 1] - bottom) / (top - bottom)
        else:
            up = (record.values[:, number] - low) / span
        path = numpy.stack([across, up], axis=-1)
        paths.append(path[numpy.isfinite(path).all(-1)])
    shares = numpy.where(numpy.isfinite(heights), (heights - low) / span, numpy.nan)
    colours = tuple(runner.colour for runner in spec.runners)
    return Sketch(shares**BEND if rest else shares, tuple(paths), colours)
