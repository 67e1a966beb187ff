"""The heights of a slice, coarse first and ever finer."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace

import numpy
from numpy.typing import NDArray

from nnviz.engine import NetworkObjective
from nnviz.engine.chunks import CHUNK_BYTES
from nnviz.experiment.loss_surface.slices import SurfaceSlice

Floats = NDArray[numpy.float64]

COARSEST = 9
PIECE_BYTES = 16 * 2**20
"""Of activations and points worked through between two yields: about 2 ms."""
FLAT = 1e-9
"""A surface that varies by less than this share of its height is called constant."""


@dataclass(frozen=True, eq=False)
class Surface:
    """J on a slice as far as it is known: ``done`` of ``total`` points. Never written again.

    axes: the places along each coordinate, (n,) each. heights: (n,) of a line; (n, n) of a plane, first axis the second
    coordinate. What is not finite there is a hole: J is not finite, or (in the coarsest picture alone) not known yet.
    examples, of: how many examples the cost is of, and how many there are.
    """

    slice: SurfaceSlice
    axes: tuple[Floats, ...]
    heights: Floats
    done: int
    total: int
    examples: int
    of: int

    @property
    def complete(self) -> bool:
        """All points are known."""
        return self.done == self.total

    @property
    def side(self) -> int:
        """Points along each coordinate in this picture."""
        return len(self.axes[0])

    @property
    def low(self) -> float:
        """The lowest finite height; nan where there is none."""
        finite = self.heights[numpy.isfinite(self.heights)]
        return float(numpy.min(finite)) if len(finite) else float("nan")

    @property
    def high(self) -> float:
        """The highest finite height; nan where there is none."""
        finite = self.heights[numpy.isfinite(self.heights)]
        return float(numpy.max(finite)) if len(finite) else float("nan")

    @property
    def remark(self) -> str:
        """What has to be said of it in a sentence; empty for a surface like any other, or one in its making."""
        if not self.complete:
            return ""
        holes = int(numpy.count_nonzero(~numpy.isfinite(self.heights)))
        if holes == self.heights.size:
            return "the cost is not finite anywhere on this slice; look closer, or at an earlier step"
        if self.high - self.low <= FLAT * max(abs(self.high), abs(self.low)):
            return f"the cost is the same everywhere on this slice: {self.low:.4g}"
        if holes:
            return f"the cost is not finite at {holes:,} of {self.heights.size:,} points: those are holes"
        return ""


def surface(
    chosen: SurfaceSlice,
    objective: NetworkObjective,
    of: int | None = None,
    breathe: Callable[[], object] = lambda: None,
) -> Generator[Surface, None, None]:
    """Pictures of 9 points a side, then 17, … up to the resolution asked for; a finer one keeps the points of the one
    before. Between pictures the last one comes again with ``done`` further on, after every piece of work.

    of: how many examples there are where the objective has fewer. breathe is called before every piece.
    """
    dimensions, n = chosen.region.dimensions, chosen.spec.resolution
    # Coordinates are those of the finest grid at all times, so that a point is the same in every picture.
    axes = tuple(
        numpy.linspace(low, high, n) for low, high in zip(chosen.extent[0::2], chosen.extent[1::2], strict=True)
    )
    heights, known = numpy.full((n,) * dimensions, numpy.nan), numpy.zeros((n,) * dimensions, dtype=bool)
    examples = len(objective.x)
    bytes_each = objective.network.bytes_per_member(examples)
    piece = max(1, PIECE_BYTES // (bytes_each + 8 * objective.network.parameter_count))
    # Whole chunks: a part of one takes as long.
    piece -= piece % min(piece, max(1, CHUNK_BYTES // bytes_each))
    done = 0

    def picture(step: int) -> Surface:
        level = (slice(None, None, step),) * dimensions
        return Surface(
            slice=chosen,
            axes=tuple(_frozen(axis[::step]) for axis in axes),
            heights=_frozen(heights[level]),
            done=done,
            total=heights.size,
            examples=examples,
            of=examples if of is None else of,
        )

    value = objective.evaluator()
    newest: Surface | None = None
    step = (n - 1) // (COARSEST - 1)
    while step:
        level = numpy.zeros_like(known)
        level[(slice(None, None, step),) * dimensions] = True
        missing = numpy.argwhere(level & ~known)
        for start in range(0, len(missing), piece):
            breathe()
            places = tuple(missing[start : start + piece].T)
            # The last axis is the first coordinate.
            coordinates = (axis[place] for axis, place in zip(axes, reversed(places), strict=True))
            with numpy.errstate(all="ignore"):
                heights[places] = value(chosen.region.points(*coordinates))
            known[places] = True
            done += len(places[0])
            if start + piece < len(missing):
                yield picture(step) if newest is None else replace(newest, done=done)
        newest = picture(step)
        yield newest
        step //= 2


def _frozen(array: Floats) -> Floats:
    copy = array.copy()
    copy.flags.writeable = False
    return copy
