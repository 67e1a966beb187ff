"""A surface z(x, y) sampled on a grid: all that the drawings know of a function."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]
Extent = tuple[float, float, float, float]
"""left, right, bottom, top."""


@dataclass(frozen=True, eq=False)
class SurfaceGrid:
    """z (m, n) over x (n,) and y (m,), both increasing. What is no finite number in z is a hole.

    x_name, y_name, z_name: on the axes. ValueError for shapes that do not fit or fewer than two samples a side.
    """

    x: Floats
    y: Floats
    z: Floats
    x_name: str = "x"
    y_name: str = "y"
    z_name: str = "z"

    def __post_init__(self) -> None:
        n, m = len(self.x), len(self.y)
        if self.z.shape != (m, n) or n < 2 or m < 2:
            raise ValueError(f"z has shape {self.z.shape}; x and y say ({m}, {n}), and 2 a side is the least")
        for name, places in (("x", self.x), ("y", self.y)):
            if not (numpy.all(numpy.isfinite(places)) and numpy.all(numpy.diff(places) > 0.0)):
                raise ValueError(f"{name} must be finite and increase")

    @property
    def extent(self) -> Extent:
        """Of the outermost samples."""
        return float(self.x[0]), float(self.x[-1]), float(self.y[0]), float(self.y[-1])

    @property
    def holes(self) -> bool:
        """Whether z is undefined somewhere."""
        return not bool(numpy.all(numpy.isfinite(self.z)))

    def thinned(self, side: int) -> "SurfaceGrid":
        """At most ``side`` samples along each axis, the outermost always among them."""
        if max(self.z.shape) <= side:
            return self
        rows, columns = (numpy.unique(numpy.linspace(0, n - 1, min(n, side)).round().astype(int)) for n in self.z.shape)
        z = self.z[numpy.ix_(rows, columns)]
        return SurfaceGrid(self.x[columns], self.y[rows], z, self.x_name, self.y_name, self.z_name)

    def at(self, x: Floats, y: Floats) -> Floats:
        """Heights between the samples, of any shape; nan outside and wherever a sample next to it is a hole.

        Bilinear: what the drawn mesh has there, up to the bend along a quadrilateral's diagonal.
        """
        x, y = numpy.asarray(x, dtype=numpy.float64), numpy.asarray(y, dtype=numpy.float64)
        column, across = _place(self.x, x)
        row, along = _place(self.y, y)
        with numpy.errstate(invalid="ignore", over="ignore"):
            low = self.z[row, column] * (1.0 - across) + self.z[row, column + 1] * across
            high = self.z[row + 1, column] * (1.0 - across) + self.z[row + 1, column + 1] * across
            height = low * (1.0 - along) + high * along
        left, right, bottom, top = self.extent
        inside = (x >= left) & (x <= right) & (y >= bottom) & (y <= top)
        return numpy.where(inside & numpy.isfinite(height), height, numpy.nan)


def _place(samples: Floats, values: Floats) -> tuple[NDArray[numpy.intp], Floats]:
    """The sample left of each value, at most the last but one, and the share of the way to the next."""
    values = numpy.where(numpy.isfinite(values), values, samples[0])
    before = numpy.clip(numpy.searchsorted(samples, values, side="right") - 1, 0, len(samples) - 2)
    share = (values - samples[before]) / (samples[before + 1] - samples[before])
    return before, numpy.clip(share, 0.0, 1.0)
