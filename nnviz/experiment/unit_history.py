"""The life of each unit over the recorded moments: since when it is dead, how often it came back, what share is what.

Between two recorded moments nobody looked: a step named here is that of a record, `autopsy` finds the exact one.
"""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.unit_states import States, UnitState
from nnviz.experiment.records import Curves

Floats = NDArray[numpy.float64]
Integers = NDArray[numpy.int64]

NEVER = -1


@dataclass(frozen=True, eq=False)
class UnitHistory:
    """steps: (R,) that were recorded. states: (R, U) of UnitState, of the units that are looked at."""

    steps: Floats
    states: States

    @classmethod
    def of(cls, curves: Curves, units: slice | NDArray[numpy.intp] = slice(None)) -> "UnitHistory":
        """Of all units of a record, or of those with the given indices."""
        return cls(curves.column("step"), curves.units[:, units])

    def dead_since(self) -> Integers:
        """The first recorded step since which each unit is dead without a break, (U,); NEVER where it is not dead."""
        if len(self.states) == 0:
            return numpy.full(self.states.shape[1], NEVER)
        broken = self.states[::-1] != UnitState.DEAD
        # How many moments back the last break lies; none at all for a unit that was dead from the start.
        back = numpy.where(numpy.any(broken, axis=0), numpy.argmax(broken, axis=0), len(self.states))
        since: Integers = self.steps[len(self.states) - numpy.maximum(back, 1)].astype(numpy.int64)
        since[back == 0] = NEVER
        return since

    def revivals(self) -> Integers:
        """How often each unit was dead at one recorded moment and finite and not dead at the next, (U,)."""
        before, after = self.states[:-1], self.states[1:]
        back = (before == UnitState.DEAD) & (after != UnitState.DEAD) & (after != UnitState.NOT_FINITE)
        counts: Integers = numpy.count_nonzero(back, axis=0)
        return counts

    def shares(self) -> Floats:
        """Share of the units in each state at each moment, (R, len(UnitState)); nan when there are no units."""
        counts = numpy.stack([numpy.count_nonzero(self.states == state, axis=1) for state in UnitState], axis=-1)
        with numpy.errstate(invalid="ignore"):
            return counts / numpy.float64(self.states.shape[1])
