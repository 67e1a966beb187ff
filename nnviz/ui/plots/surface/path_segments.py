"""Paths as segments that can be painted: as few as can be told apart, none outside, each short enough to be hidden."""

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]


def distinct(pixels: Floats, least: float) -> NDArray[numpy.intp]:
    """Indices of the points (K, 2) to keep: wherever the line has run on for ``least`` pixels, and both ends.

    Steps longer than that are all kept, so no corner of a visible zigzag is lost. Points that are no number stay: they
    are gaps.
    """
    if len(pixels) <= 2:
        return numpy.arange(len(pixels))
    steps = numpy.hypot(*numpy.diff(pixels, axis=0).T)
    gap = ~numpy.isfinite(steps)
    run = numpy.floor(numpy.cumsum(numpy.where(gap, least, numpy.minimum(steps, least))) / least)
    keep = numpy.ones(len(pixels), dtype=bool)
    keep[1:-1] = (numpy.diff(run) > 0.0) | gap[:-1] | gap[1:]
    return numpy.flatnonzero(keep)


def segments_of(points: Floats) -> tuple[Floats, NDArray[numpy.intp]]:
    """The segments (S, 2, D) between neighbours of points (K, D) that are all numbers, and the index each begins at."""
    pairs = numpy.stack([points[:-1], points[1:]], axis=1)
    begins = numpy.flatnonzero(numpy.all(numpy.isfinite(pairs), axis=(-2, -1)))
    return pairs[begins], begins


def clipped(segments: Floats, low: Floats, high: Floats) -> tuple[Floats, NDArray[numpy.bool_]]:
    """The parts of segments (S, 2, D) between low and high (d,) of the first d coordinates, and which have any (S,).

    Liang and Barsky: the share of the way at which each boundary is crossed.
    """
    width = len(low)
    start, along = segments[:, 0], segments[:, 1] - segments[:, 0]
    begin, end = numpy.zeros(len(segments)), numpy.ones(len(segments))
    outside = numpy.zeros(len(segments), dtype=bool)
    with numpy.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for axis in range(width):
            toward, at = along[:, axis], start[:, axis]
            enter = numpy.where(toward > 0.0, (low[axis] - at) / toward, (high[axis] - at) / toward)
            leave = numpy.where(toward > 0.0, (high[axis] - at) / toward, (low[axis] - at) / toward)
            still = toward == 0.0
            outside |= still & ((at < low[axis]) | (at > high[axis]))
            begin = numpy.where(still, begin, numpy.maximum(begin, enter))
            end = numpy.where(still, end, numpy.minimum(end, leave))
        found = numpy.stack([start + begin[:, None] * along, start + end[:, None] * along], axis=1)
    kept = ~outside & (begin <= end) & numpy.all(numpy.isfinite(found), axis=(-2, -1))
    return found[kept], kept


def split(segments: Floats, longest: float) -> tuple[Floats, NDArray[numpy.intp]]:
    """Segments (S, 2, D) cut into equal parts no longer than that, and which segment each part is of."""
    along = segments[:, 1] - segments[:, 0]
    parts = numpy.maximum(1, numpy.ceil(numpy.linalg.norm(along, axis=-1) / longest)).astype(numpy.intp)
    of = numpy.repeat(numpy.arange(len(segments)), parts)
    number = numpy.arange(len(of)) - numpy.repeat(numpy.cumsum(parts) - parts, parts)
    begin = segments[of, 0] + (number / parts[of])[:, None] * along[of]
    return numpy.stack([begin, begin + along[of] / parts[of][:, None]], axis=1), of
