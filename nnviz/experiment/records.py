"""What accumulates over a run: costs, metrics and layer statistics at chosen steps, in buffers that only grow.

Which steps are recorded depends on the step's number alone, so that every run of an experiment has the same record:
each step at first, then ever more sparsely, POINTS of them for each doubling of the step. The memory a run needs so
grows with the logarithm of its length.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy
from numpy.typing import NDArray

from nnviz.engine.diagnostics import STATISTICS
from nnviz.engine.unit_states import States, UnitState
from nnviz.experiment.trail import Trail

Floats = NDArray[numpy.float64]

POINTS_BITS = 9
POINTS = 1 << POINTS_BITS
COLUMNS = ("step", "epoch", "train_cost", "test_cost", "train_score", "test_score")


def stride(step: int, least: int = 1) -> int:
    """Distance between recorded steps around ``step``: a power of two, at least ``least``."""
    return max(least, 1 << max(0, step.bit_length() - POINTS_BITS - 1))


def next_recorded(step: int, least: int = 1) -> int:
    """The first recorded step after ``step``."""
    distance = stride(step, least)
    return (step // distance + 1) * distance


def least_stride(examples: int) -> int:
    """The smallest distance worth its cost: evaluating many examples at each of the first steps would be slow."""
    return 1 << max(0, (examples // 2048).bit_length())


@dataclass(frozen=True, eq=False)
class Curves:
    """A read-only prefix of what was recorded: R moments.

    values: (R, len(COLUMNS)); layers: (R, L, len(STATISTICS)), nan where a number did not exist yet (step 0);
    units: (R, U) of UnitState, the units of all layers in a row.
    """

    values: Floats
    layers: Floats
    units: States

    def __len__(self) -> int:
        return len(self.values)

    def column(self, name: str) -> Floats:
        """One of COLUMNS, (R,)."""
        return self.values[:, COLUMNS.index(name)]

    def statistic(self, name: str) -> Floats:
        """One of STATISTICS for each layer, (R, L)."""
        return self.layers[:, :, STATISTICS.index(name)]

    def until(self, step: int) -> "Curves":
        """What was recorded up to a step."""
        count = int(numpy.searchsorted(self.column("step"), step, side="right"))
        return Curves(self.values[:count], self.layers[:count], self.units[:count])


@dataclass(frozen=True, eq=False)
class Moment:
    """The numbers of one step. score is the task's metric; test values are nan without test examples.

    layers: (L, len(STATISTICS)); units: (U,) of UnitState, of all layers in a row; widths: (n_1, …, n_L).
    """

    step: int
    epoch: float
    train_cost: float
    test_cost: float
    train_score: float
    test_score: float
    layers: Floats
    units: States
    widths: tuple[int, ...]

    @cached_property
    def dead(self) -> tuple[NDArray[numpy.bool_], ...]:
        """Per layer, which units of a rectifier give 0 on every training example."""
        return tuple(numpy.split(self.units == UnitState.DEAD, numpy.cumsum(self.widths)[:-1]))

    def statistic(self, name: str) -> Floats:
        """One of STATISTICS for each layer, (L,)."""
        return self.layers[:, STATISTICS.index(name)]

    def row(self) -> tuple[float, ...]:
        """In the order of COLUMNS."""
        return (self.step, self.epoch, self.train_cost, self.test_cost, self.train_score, self.test_score)


class Recorder:
    """Collects moments, and in ``trail`` parameters; what it hands out is never written again."""

    def __init__(self, depth: int, units: int) -> None:
        self._values = numpy.empty((256, len(COLUMNS)))
        self._layers = numpy.empty((256, depth, len(STATISTICS)))
        self._units = numpy.empty((256, units), dtype=numpy.uint8)
        self._count = 0
        self.trail = Trail()

    @property
    def last_step(self) -> int:
        """The last step recorded, -1 before the first."""
        return int(self._values[self._count - 1, 0]) if self._count else -1

    def add(self, moment: Moment, theta: Floats | None = None) -> None:
        """Appends a moment later than all others, with the parameters (P,) that it tells of."""
        if moment.step <= self.last_step:
            raise ValueError(f"step {moment.step} comes after step {self.last_step}")
        if self._count == len(self._values):
            self._values = numpy.concatenate([self._values, numpy.empty_like(self._values)])
            self._layers = numpy.concatenate([self._layers, numpy.empty_like(self._layers)])
            self._units = numpy.concatenate([self._units, numpy.empty_like(self._units)])
        self._values[self._count] = moment.row()
        self._layers[self._count] = moment.layers
        self._units[self._count] = moment.units
        if theta is not None:
            self.trail.add(self._count, moment.step, theta)
        self._count += 1

    def truncate(self, step: int) -> None:
        """Forgets all after ``step``. Prefixes handed out keep what they had."""
        keep = int(numpy.searchsorted(self._values[: self._count, 0], step, side="right"))
        if keep < self._count:
            self._values, self._layers, self._units = self._values.copy(), self._layers.copy(), self._units.copy()
            self._count = keep
        self.trail.truncate(step)

    def curves(self) -> Curves:
        """All moments so far."""
        values, layers, units = self._values[: self._count], self._layers[: self._count], self._units[: self._count]
        values.flags.writeable = layers.flags.writeable = units.flags.writeable = False
        return Curves(values, layers, units)
