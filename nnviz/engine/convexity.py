"""Is the cost convex? Chords say no, and never say more than "not seen".

A function is convex when every chord lies on or above it: J((1-t) a + t b) <= (1-t) J(a) + t J(b). One chord that lies
below the surface somewhere proves that it is not. A linear network with squared error has no such chord; one with
hidden units has, since swapping two of them gives another point of the same cost (Chen, Lu, Hecht-Nielsen 1993), and
the straight way there leads over a barrier.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.checks import checked_array, checked_number, checked_whole
from nnviz.engine.layout import Layout
from nnviz.engine.objective import Objective
from nnviz.engine.planes import Slice, heights_at

Floats = NDArray[numpy.float64]
Draw = Callable[[numpy.random.Generator, int], Floats]
"""(rng, n) → n random points (n, P); n points and m points drawn one after the other are n + m points."""

CHORDS = 10_000
PLACES = (0.25, 0.5, 0.75)
"""The t at which a chord is compared with the surface."""
TOLERANCE = 1e-10
"""A surface that is above its chord by less than this share of the larger end's cost is not: the mean over examples is
rounded to about 1e-16 of that, and where the surface is straight, chord and surface are the same number."""
PIECE = 256
"""Chords tested between two yields."""
BARRIER_POINTS = 101


@dataclass(frozen=True, eq=False)
class Chords:
    """After ``done`` of ``count`` chords: how many lie below the surface somewhere, and how many could not be judged
    (``undefined``: the cost is not finite on them).

    worst: the ends (2, P) of the chord that lies furthest below, with t and excess = J - chord there; None without a
    violation.
    """

    count: int
    done: int
    violations: int = 0
    undefined: int = 0
    worst: Floats | None = None
    worst_t: float = 0.0
    excess: float = 0.0

    @property
    def complete(self) -> bool:
        """All chords have been tested."""
        return self.done == self.count


@dataclass(frozen=True, eq=False)
class Barrier:
    """The cost along the straight line between two points: heights (n,) at t (n,) from 0 to 1.

    height: how far the cost rises above the straight line between its two ends, 0 where it never does (Frankle et al.
    2020); nan where the cost is not finite at an end. at: the t of that place.
    """

    t: Floats
    heights: Floats
    height: float
    at: float


def within(region: Slice, extent: tuple[float, ...]) -> Draw:
    """Points of a line or plane, evenly over extent: (left, right), or (left, right, bottom, top)."""
    low, high = numpy.array(extent[0::2]), numpy.array(extent[1::2])

    def draw(rng: numpy.random.Generator, n: int) -> Floats:
        coordinates = rng.uniform(low, high, (n, len(low)))
        return region.points(*numpy.moveaxis(coordinates, -1, 0))

    return draw


def around(theta: ArrayLike, half_width: float) -> Draw:
    """Points of the whole space, evenly in a box of so much to each side of theta (P,)."""
    centre = checked_array("theta", theta, ("P",), finite=True)
    half_width = checked_number("half_width", half_width, 0.0)

    def draw(rng: numpy.random.Generator, n: int) -> Floats:
        return centre + rng.uniform(-half_width, half_width, (n, len(centre)))

    return draw


def chords(
    objective: Objective,
    draw: Draw,
    count: int = CHORDS,
    seed: int = 0,
    breathe: Callable[[], object] = lambda: None,
    piece: int = PIECE,
) -> Generator[Chords, None, None]:
    """Tests ``count`` chords between random points, ``piece`` of them at a time, and tells the count so far.

    The chords are the same for any size of the pieces. breathe is called before each piece.
    """
    count, piece = checked_whole("count", count, 1), checked_whole("piece", piece, 1)
    rng, t = numpy.random.default_rng(seed), numpy.array(PLACES)
    found = Chords(count, 0)
    while not found.complete:
        breathe()
        n = min(piece, count - found.done)
        ends = draw(rng, 2 * n).reshape(n, 2, -1)
        between = (1.0 - t)[:, None] * ends[:, :1] + t[:, None] * ends[:, 1:]
        heights = objective.value(numpy.concatenate([ends, between], axis=-2))
        with numpy.errstate(all="ignore"):
            a, b = heights[:, :1], heights[:, 1:2]
            excess = heights[:, 2:] - ((1.0 - t) * a + t * b)
            above = excess > TOLERANCE * numpy.maximum(numpy.abs(a), numpy.abs(b))
        defined = numpy.all(numpy.isfinite(heights), axis=-1)
        excess = numpy.where(above & defined[:, None], excess, 0.0)
        chord, place = numpy.unravel_index(numpy.argmax(excess), excess.shape)
        worse = excess[chord, place] > found.excess
        found = Chords(
            count,
            found.done + n,
            found.violations + int(numpy.count_nonzero(numpy.any(excess > 0.0, axis=-1))),
            found.undefined + n - int(numpy.count_nonzero(defined)),
            ends[chord].copy() if worse else found.worst,
            float(t[place]) if worse else found.worst_t,
            float(excess[chord, place]) if worse else found.excess,
        )
        yield found


def swapped_twin(layout: Layout, theta: ArrayLike, l: int, i: int, j: int) -> Floats:
    """theta (..., P) with units i and j of hidden layer l swapped, weights in, bias and weights out: the same function
    at another point. ValueError unless l is a hidden layer that has both units, and they are two."""
    twin = checked_array("theta", theta, ("...", layout.parameter_count)).copy()
    if checked_whole("l", l, 1) >= layout.depth:
        raise ValueError(f"layer {l} is no hidden layer; this network has {layout.depth - 1}")
    n = layout.sizes[l]
    if max(checked_whole("i", i), checked_whole("j", j)) >= n or i == j:
        raise ValueError(f"units {i} and {j} cannot be swapped; layer {l} has units 0 to {n - 1}, and two are needed")
    for columns in (layout.block(twin, l), numpy.swapaxes(layout.weights(twin, l + 1), -1, -2)):
        columns[..., [i, j]] = columns[..., [j, i]]
    return twin


def least_alike(layout: Layout, theta: ArrayLike, l: int) -> tuple[int, int]:
    """The two units of hidden layer l whose weights and biases in theta (P,) are furthest apart: swapping them is the
    longest way. ValueError for a layer that is not hidden, or has a single unit."""
    theta = checked_array("theta", theta, (layout.parameter_count,))
    if checked_whole("l", l, 1) >= layout.depth:
        raise ValueError(f"layer {l} is no hidden layer; this network has {layout.depth - 1}")
    if layout.sizes[l] < 2:
        raise ValueError(f"layer {l} has a single unit, so there is nothing to swap it with")
    described = numpy.hstack([layout.block(theta, l).T, layout.weights(theta, l + 1)])
    apart = [numpy.linalg.norm(described - unit, axis=-1) for unit in described]
    i, j = numpy.unravel_index(numpy.argmax(numpy.nan_to_num(apart)), (len(apart), len(apart)))
    return (int(i), int(j)) if i != j else (0, 1)


def barrier(objective: Objective, a: ArrayLike, b: ArrayLike, points: int = BARRIER_POINTS) -> Barrier:
    """The cost on the straight line from a (P,) to b (P,)."""
    start, end = checked_array("a", a, ("P",)), checked_array("b", b, ("P",))
    t = numpy.linspace(0.0, 1.0, checked_whole("points", points, 3))

    def along(places: Floats) -> Floats:
        return (1.0 - places)[:, None] * start + places[:, None] * end

    heights = heights_at(objective, along, t)
    with numpy.errstate(all="ignore"):
        rise = heights - ((1.0 - t) * heights[0] + t * heights[-1])
    if not numpy.all(numpy.isfinite(heights[[0, -1]])):
        return Barrier(t, heights, float("nan"), float("nan"))
    # A stretch that is not finite is higher than any number; at the ends there is no rise, but for rounding.
    rise[[0, -1]] = 0.0
    top = int(numpy.argmax(numpy.where(numpy.isnan(rise), numpy.inf, rise)))
    return Barrier(t, heights, float(numpy.nan_to_num(rise[top], nan=numpy.inf, posinf=numpy.inf)), float(t[top]))
