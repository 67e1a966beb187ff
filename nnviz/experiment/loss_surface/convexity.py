"""The convexity tester: chords on a slice or in the whole space, the swapped-units twin, and a linear rival."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine import Network, NetworkObjective
from nnviz.engine.convexity import (
    CHORDS,
    PIECE,
    PLACES,
    Barrier,
    Chords,
    around,
    barrier,
    chords,
    least_alike,
    swapped_twin,
    within,
)
from nnviz.engine.randomness import INITIALIZATION, stream
from nnviz.experiment.loss_surface.slices import SurfaceSlice
from nnviz.experiment.loss_surface.surface import PIECE_BYTES
from nnviz.experiment.problem import Problem

Floats = NDArray[numpy.float64]

SPREAD = 2.0
"""Half the side of the box around theta, in units of the weights' root mean square (1 at least)."""


@dataclass(frozen=True, eq=False)
class Twin:
    """The network with units i and j of hidden layer ``layer`` swapped: theta (P,), the same function elsewhere.

    cost, twin_cost: J at both, equal but for rounding. barrier: the cost on the straight line from one to the other.
    """

    layer: int
    i: int
    j: int
    theta: Floats
    cost: float
    twin_cost: float
    barrier: Barrier


def chords_on_slice(
    objective: NetworkObjective,
    chosen: SurfaceSlice,
    count: int = CHORDS,
    seed: int = 0,
    breathe: Callable[[], object] = lambda: None,
) -> Generator[Chords, None, None]:
    """Chords between random points of what is seen of a slice."""
    draw = within(chosen.region, chosen.extent)
    return chords(objective, draw, count, seed, breathe, _piece(objective))


def chords_in_space(
    objective: NetworkObjective,
    theta: Floats,
    half_width: float | None = None,
    count: int = CHORDS,
    seed: int = 0,
    breathe: Callable[[], object] = lambda: None,
) -> Generator[Chords, None, None]:
    """Chords between random points of a box around theta (P,), so much to each side in every parameter; None: twice the
    root mean square of the weights, and 2 at least. ValueError where theta is not finite."""
    if half_width is None:
        with numpy.errstate(all="ignore"):
            half_width = SPREAD * max(1.0, float(numpy.sqrt(numpy.mean(theta * theta))))
    return chords(objective, around(theta, half_width), count, seed, breathe, _piece(objective))


def linear_rival(problem: Problem) -> tuple[NetworkObjective, Floats]:
    """A network without hidden layers on the same training data, with linear outputs and squared error, and parameters
    (P,) for it from the run's seed: convex, whatever the data are."""
    objective = problem.objective
    sizes = problem.network.sizes
    network = Network((sizes[0], sizes[-1]), ("linear",))
    theta = network.initialize(rng=stream(problem.spec.seed, INITIALIZATION))
    return NetworkObjective(network, "squared_error", objective.x, objective.y), theta


def twin(objective: NetworkObjective, theta: Floats, layer: int = 1, units: tuple[int, int] | None = None) -> Twin:
    """Of the two units of a hidden layer, the two least alike where none are named. ValueError for a network without
    that layer, or with a single unit in it."""
    layout = objective.network.layout
    if layout.depth == 1:
        raise ValueError("this network has no hidden layer, so there are no units to swap; its cost may well be convex")
    i, j = least_alike(layout, theta, layer) if units is None else units
    other = swapped_twin(layout, theta, layer, i, j)
    cost, twin_cost = objective.value(numpy.stack([theta, other]))
    return Twin(layer, i, j, other, float(cost), float(twin_cost), barrier(objective, theta, other))


def _piece(objective: NetworkObjective) -> int:
    """Chords at a time: as much work as between two pictures of a surface."""
    each = (2 + len(PLACES)) * (
        objective.network.bytes_per_member(len(objective.x)) + 8 * objective.network.parameter_count
    )
    return max(1, min(PIECE, PIECE_BYTES // each))
