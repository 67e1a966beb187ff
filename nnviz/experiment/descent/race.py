"""Runners on one surface, stepped together, with everything they did recorded: back and forth at will.

No clock and no thread: whoever shows it says how many steps to take. How steps are grouped changes nothing.
"""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.update_rules import Slots
from nnviz.experiment.descent.ground import Ground, ground_of
from nnviz.experiment.descent.noise import Noise
from nnviz.experiment.descent.population import Population, halted
from nnviz.experiment.descent.specification import Descent
from nnviz.experiment.descent.status import Standing, Status, standing

Floats = NDArray[numpy.float64]
_FIRST_ROWS = 64
FRAME_STEPS = 64
"""Steps between two frames of the optimizers' slots, from which a step is taken apart later."""


@dataclass(frozen=True, eq=False)
class RaceRecord:
    """All T steps recorded so far, never written again: row t is the moment before step number t is taken.

    positions (T + 1, R, P), values J (T + 1, R), gradient_norms ‖∇J‖ of the exact gradient (T + 1, R): nan behind the
    end of a runner that stopped. stopped_at (R,): the last row with a position, -1 for a runner that goes on.
    """

    positions: Floats
    values: Floats
    gradient_norms: Floats
    stopped_at: NDArray[numpy.intp]

    @property
    def last_step(self) -> int:
        """T."""
        return len(self.positions) - 1


@dataclass(frozen=True, eq=False)
class RaceSnapshot:
    """A moment of a race: the step shown, the standing of each runner there, and the record as far as it goes."""

    step: int
    standings: tuple[Standing, ...]
    record: RaceRecord

    @property
    def positions(self) -> Floats:
        """Where the runners are, (R, P); a stopped one stays at the last place it had."""
        last = numpy.where(self.record.stopped_at >= 0, self.record.stopped_at, self.step)
        return self.record.positions[numpy.minimum(last, self.step), numpy.arange(len(last))]


class Race:
    """A specification's runners. ``step`` is the moment shown, ``recorded`` the last one computed; spec.steps ends it.

    A race without runners has no steps to take, but may be stepped.
    """

    def __init__(self, spec: Descent, ground: Ground | None = None) -> None:
        """ground: the specification's surface where it is at hand already."""
        self.spec = spec
        self.ground = ground_of(spec.surface) if ground is None else ground
        self.step = self.recorded = 0
        count, dimension = len(spec.runners), self.ground.dimension
        starts = numpy.array([spec.start_of(i) for i in range(count)], dtype=numpy.float64).reshape(count, dimension)
        self._noises = [(i, each.noise, Noise(spec.seed, i, dimension)) for i, each in enumerate(spec.runners)
                        if each.noise > 0.0]  # fmt: skip
        self._population = Population(self.ground.objective, starts, spec.runners) if count else None
        self._moving = numpy.ones((count, 1))
        self._stopped_at = numpy.full(count, -1)
        self._reasons: list[Status | None] = [None] * count
        self._positions = numpy.empty((_FIRST_ROWS, count, dimension))
        self._values, self._norms = numpy.empty((_FIRST_ROWS, count)), numpy.empty((_FIRST_ROWS, count))
        self._frames: list[list[Slots]] = []
        self._write()

    @property
    def finished(self) -> bool:
        """Whether the step shown is the last one, spec.steps."""
        return self.step >= self.spec.steps

    def advance(self, count: int = 1) -> int:
        """``count`` steps forward, fewer at the end; the step then shown. What is recorded is not computed again."""
        return self.seek(self.step + count)

    def seek(self, step: int) -> int:
        """Shows the moment before step number ``step``, computing what is missing; the step then shown.

        A number below 0 means 0, one above spec.steps means that. A long way takes its time: go in pieces.
        """
        self.step = min(max(step, 0), self.spec.steps)
        while self.recorded < self.step:
            self._compute()
        return self.step

    def record(self) -> RaceRecord:
        """Everything recorded so far."""
        end = self.recorded + 1
        arrays = self._positions[:end], self._values[:end], self._norms[:end], self._stopped_at.copy()
        for array in arrays:
            array.flags.writeable = False
        return RaceRecord(*arrays)

    def snapshot(self) -> RaceSnapshot:
        """The moment shown."""
        standings = tuple(self.standing(runner) for runner in range(len(self.spec.runners)))
        return RaceSnapshot(self.step, standings, self.record())

    def standing(self, runner: int) -> Standing:
        """What has become of a runner at the step shown."""
        stopped_at = self._stopped_at[runner]
        over = 0 <= stopped_at <= self.step
        row = stopped_at if over else self.step
        position, value, norm = self._positions[row, runner], self._values[row, runner], self._norms[row, runner]
        reason = self._reasons[runner] if over else None
        return standing(self.ground, position, float(value), float(norm), reason, at_start=row == 0)

    def noise_at(self, runner: int, step: int) -> Floats:
        """What is added to a runner's gradient at a step, (P,)."""
        level = self.spec.runners[runner].noise
        if level == 0.0:
            return numpy.zeros(self.ground.dimension)
        return level * Noise(self.spec.seed, runner, self.ground.dimension).at(step)

    def slots_frame(self, runner: int, step: int) -> tuple[int, Slots]:
        """(step of the frame, copies of the runner's slots (P,) there), the last frame not after a recorded step."""
        number = step // FRAME_STEPS
        population = self._population
        if population is None:
            raise ValueError("the race has no runners")
        for group, slots in zip(population.groups, self._frames[number], strict=True):
            rows = numpy.arange(len(self.spec.runners))[group.rows]
            if runner in rows:
                place = int(numpy.flatnonzero(rows == runner)[0])
                return number * FRAME_STEPS, tuple(slot[place].copy() for slot in slots)
        raise ValueError(f"runner is {runner}; allowed are 0 to {len(self.spec.runners) - 1}")

    def _compute(self) -> None:
        """One step of the runners that have not stopped."""
        population = self._population
        if population is not None and self._moving.any():
            noise = None
            if self._noises:
                noise = numpy.zeros_like(population.theta)
                for runner, level, draws in self._noises:
                    noise[runner] = level * draws.at(self.recorded)
            population.advance(noise, self._moving if (self._stopped_at >= 0).any() else None)
        self.recorded += 1
        self._write()

    def _write(self) -> None:
        """Records the present moment, and stops those that cannot go on."""
        row, population = self.recorded, self._population
        if row == len(self._values):
            self._positions, self._values, self._norms = map(_doubled, (self._positions, self._values, self._norms))
        if population is None:
            return
        if row % FRAME_STEPS == 0:
            self._frames.append([tuple(slot.copy() for slot in group.slots) for group in population.groups])
        theta, value = population.theta, population.value
        with numpy.errstate(all="ignore"):
            norm = numpy.linalg.norm(population.gradient, axis=-1)
        gone = self._moving[:, 0] == 0.0
        self._positions[row] = numpy.where(gone[:, None], numpy.nan, theta)
        self._values[row], self._norms[row] = numpy.where(gone, numpy.nan, value), numpy.where(gone, numpy.nan, norm)
        diverged, undefined = halted(self.ground, population)
        for runner in numpy.flatnonzero((diverged | undefined) & ~gone):
            self._reasons[runner] = "diverged" if diverged[runner] else "undefined"
            self._stopped_at[runner], self._moving[runner] = row, 0.0


def _doubled(array: Floats) -> Floats:
    larger = numpy.empty((2 * len(array), *array.shape[1:]))
    larger[: len(array)] = array
    return larger
