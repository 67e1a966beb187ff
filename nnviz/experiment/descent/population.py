"""Many starts on one surface, stepped together: the loop that race, basins and rate strip have in common."""

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

from nnviz.engine import OPTIMIZERS, Objective
from nnviz.engine.optimizers import Optimizer
from nnviz.engine.schedules import SCHEDULES
from nnviz.engine.update_rules import Slots
from nnviz.experiment.descent.ground import Ground
from nnviz.experiment.descent.specification import RunnerSpec

Floats = NDArray[numpy.float64]
Mask = NDArray[numpy.bool_]
Rows = NDArray[numpy.intp] | slice

RATE_BLOCK = 256
"""Steps whose learning rates are computed at a time."""


class Population:
    """theta (R, P) descending on an objective: value (R,) and gradient (R, P) are those of the present theta.

    runners: one for each row, or a single one that all rows are. Members that use the same optimizer are updated by
    one call of it.
    """

    def __init__(self, objective: Objective, theta: Floats, runners: Sequence[RunnerSpec]) -> None:
        self.objective = objective
        self.theta = theta.copy()
        self.step = 0
        self.groups = [_Group(rows, [runners[i] for i in each], theta) for rows, each in _by_optimizer(runners)]
        self.value, self.gradient = objective.value_and_gradient(self.theta)

    def advance(self, noise: Floats | None = None, moving: Floats | None = None) -> None:
        """One step of all: theta ← theta + delta. noise (R, P) is added to the gradients; rows where moving (R, 1) is
        0 stay."""
        with numpy.errstate(all="ignore"):
            gradient = self.gradient if noise is None else self.gradient + noise
            for group in self.groups:
                delta = group.update(gradient[group.rows], self.step)
                if moving is not None:
                    delta = numpy.where(moving[group.rows] > 0.0, delta, 0.0)
                self.theta[group.rows] += delta
        self.step += 1
        self.value, self.gradient = self.objective.value_and_gradient(self.theta)


def halted(ground: Ground, population: Population) -> tuple[Mask, Mask]:
    """(diverged, undefined), (R,) each: whose place is far away or no number, and who cannot go on, since J or its
    gradient is no number there. Never both."""
    diverged = ground.is_far(population.theta)
    # The gradient itself must be finite; its norm may overflow.
    known = numpy.isfinite(population.value)
    for i in range(ground.dimension):
        known &= numpy.isfinite(population.gradient[..., i])
    return diverged, ~(diverged | known)


class _Group:
    """The rows that one optimizer updates, with hyper-parameters of their own, and the slots it carries for them."""

    def __init__(self, rows: Rows, runners: Sequence[RunnerSpec], theta: Floats) -> None:
        self.rows = rows
        self.runners = runners
        self.optimizer: Optimizer = OPTIMIZERS[runners[0].optimizer]
        self.slots: Slots = self.optimizer.init(theta[rows])
        settings = [self.optimizer.hyperparameters(each.parameters) for each in runners]
        self._parameters = {name: _column([each[name] for each in settings]) for name in self.optimizer.parameters}
        self._delta = numpy.empty(theta[rows].shape)
        self._minus_rates = numpy.empty((0, len(runners), 1))
        self._block = -1

    def update(self, gradient: Floats, step: int) -> Floats:
        """The step to take; overwritten by the next call."""
        block, row = divmod(step, RATE_BLOCK)
        if block != self._block:
            steps = numpy.arange(block * RATE_BLOCK, (block + 1) * RATE_BLOCK)
            rates = numpy.stack([rate_of(each, steps) for each in self.runners], axis=-1)
            self._minus_rates, self._block = -rates[..., None], block
        # As in training, the bare rule: what it is given was checked with the specification.
        self.optimizer.rule(gradient, self.slots, step, self._minus_rates[row], self._delta, **self._parameters)
        return self._delta


def rate_of(runner: RunnerSpec, steps: NDArray[numpy.intp]) -> Floats:
    """A runner's learning rate at the steps given, (...) → (...)."""
    schedule = SCHEDULES[runner.schedule.name]
    return schedule.rate(runner.learning_rate, steps, **runner.schedule.parameters)


def _column(values: Sequence[object]) -> Floats:
    return numpy.array(values, dtype=numpy.float64)[:, None]


def _by_optimizer(runners: Sequence[RunnerSpec]) -> list[tuple[Rows, list[int]]]:
    """(rows, numbers of runners) for each optimizer in use; a single runner stands for all rows."""
    if len(runners) == 1:
        return [(slice(None), [0])]
    names = dict.fromkeys(each.optimizer for each in runners)
    groups = [[i for i, each in enumerate(runners) if each.optimizer == name] for name in names]
    return [(slice(None) if len(groups) == 1 else numpy.array(each), each) for each in groups]
