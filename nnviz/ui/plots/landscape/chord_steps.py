"""The convexity tests of a run, as generators for work beside the window: chords so far, and the way to look at."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine import NetworkObjective
from nnviz.engine.convexity import Barrier, Chords, around, barrier
from nnviz.experiment.loss_surface.convexity import Twin, chords_in_space, chords_on_slice, linear_rival, twin
from nnviz.experiment.loss_surface.slices import SliceSpec, SurfaceSlice, surface_objective
from nnviz.experiment.snapshot import Snapshot

Floats = NDArray[numpy.float64]
Breathe = Callable[[], object]

RIVAL_WIDTH = 2.0


@dataclass(frozen=True, eq=False)
class Tested:
    """Chords of the network, and the cost along the worst of them; the same of the linear network, where asked for."""

    chords: Chords
    way: Barrier | None = None
    rival: Chords | None = None
    rival_way: Barrier | None = None

    @property
    def share(self) -> float:
        """Of the chords that are tested."""
        done, count = self.chords.done, self.chords.count
        if self.rival is not None:
            done, count = done + self.rival.done, 2 * count
        return done / count


def slice_chords(snapshot: Snapshot, chosen: SurfaceSlice, breathe: Breathe) -> Generator[Tested, None, None]:
    """On what is seen of a slice."""
    objective = surface_objective(snapshot.problem, snapshot.training, chosen.spec)
    for found in chords_on_slice(objective, chosen, breathe=breathe):
        yield Tested(found)
    yield Tested(found, _worst(objective, found))


def space_chords(snapshot: Snapshot, breathe: Breathe, *, rival: bool = False) -> Generator[Tested, None, None]:
    """In a box around where the run stands; then the same of a linear network on the same data."""
    objective = surface_objective(snapshot.problem, snapshot.training, SliceSpec())
    if not numpy.all(numpy.isfinite(snapshot.theta)):
        raise ValueError("the parameters are not finite; go back to a step where they are")
    for found in chords_in_space(objective, snapshot.theta, breathe=breathe):
        yield Tested(found)
    tested = Tested(found, _worst(objective, found))
    yield tested
    if not rival:
        return
    linear, theta = linear_rival(snapshot.problem)
    for other in chords_in_space(linear, theta, RIVAL_WIDTH, breathe=breathe):
        yield Tested(found, tested.way, other)
    # Without a worst chord any will do to see that the surface hangs below it.
    way = _worst(linear, other) or barrier(linear, *around(theta, RIVAL_WIDTH)(numpy.random.default_rng(0), 2))
    yield Tested(found, tested.way, other, way)


def unit_twin(snapshot: Snapshot, layer: int, units: tuple[int, int] | None) -> Generator[Twin, None, None]:
    """The straight way to the same network with two units swapped."""
    objective = surface_objective(snapshot.problem, snapshot.training, SliceSpec())
    yield twin(objective, snapshot.theta, layer, units)


def _worst(objective: NetworkObjective, found: Chords) -> Barrier | None:
    return None if found.worst is None else barrier(objective, *found.worst)
