"""The autopsy of a dead unit: which step killed it, on which examples, and how.

The record says between which two moments a unit died; the run is taken through the steps between them once more, which
gives the same steps as before, and the training examples are looked at after each.
"""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine import NetworkObjective
from nnviz.engine.batches import BatchStream
from nnviz.engine.unit_states import UnitState, unit_slices
from nnviz.experiment.problem import Problem
from nnviz.experiment.training_job import TrainingJob

Floats = NDArray[numpy.float64]
Indices = NDArray[numpy.intp]


@dataclass(frozen=True, eq=False)
class Autopsy:
    """The step after which unit ``unit`` (from 0) of layer ``layer`` (1..L) is dead, and what it did to the unit.

    step: the number of steps taken when it was dead first; the run is left one step before. 0: it was born dead, and
    there is no batch. by_hand: weights were set by hand at that step, so the update alone is not to blame. rewired:
    the network was changed there, or a layer drawn anew.
    rows: (B,) numbers of the step's examples in problem.data; z_before, z_after: (B,) the unit's pre-activations there.
    gradient_before, gradient_after: (n_in + 1,) of the unit's weights and bias (last) on that batch, before and after
    the step. weights_before, weights_after, update: (n_in + 1,) likewise.
    """

    layer: int
    unit: int
    step: int
    by_hand: bool
    rewired: bool
    learning_rate: float
    rows: Indices
    z_before: Floats
    z_after: Floats
    gradient_before: Floats
    gradient_after: Floats
    weights_before: Floats
    weights_after: Floats
    update: Floats


def autopsy(job: TrainingJob, layer: int, unit: int, at: int | None = None) -> Autopsy | None:
    """What killed the unit that is dead at step ``at``, the furthest of the run unless told; None if it is not dead.

    Leaves the job at the step before the death, or at ``at`` when there is none to report. Takes as many steps as lie
    between two recorded moments, and evaluates the training examples after each.
    """
    at = job.horizon if at is None else at
    job.seek(at)
    if not _dead(job, layer, unit):
        return None
    step = _step_of_death(job, layer, unit, job.step)
    job.seek(step)
    weights_after, update = _own(job, job.trainer.theta, layer, unit), _own(job, job.trainer.delta_theta, layer, unit)
    theta_after, problem_after = job.trainer.theta.copy(), job.problem
    changes = [change for change in job.spec.changes if change.step == step]
    job.seek(max(0, step - 1))
    rows = _next_batch(job) if step else numpy.zeros(0, dtype=numpy.intp)
    theta_before, problem_before = job.trainer.theta, job.problem
    return Autopsy(
        layer=layer,
        unit=unit,
        step=step,
        by_hand=any(change.weights for change in changes),
        rewired=any(change.network or change.redraw for change in changes),
        learning_rate=job.training.learning_rate,
        rows=job.problem.train[rows],
        z_before=_z(problem_before, theta_before, rows, layer, unit),
        z_after=_z(problem_after, theta_after, rows, layer, unit),
        gradient_before=_own(job, _gradient(job, problem_before, theta_before, rows), layer, unit),
        gradient_after=_own(job, _gradient(job, problem_after, theta_after, rows), layer, unit),
        weights_before=_own(job, theta_before, layer, unit),
        weights_after=weights_after,
        update=update,
    )


def _step_of_death(job: TrainingJob, layer: int, unit: int, at: int) -> int:
    """The first step of the unbroken time, up to step ``at``, in which the unit is dead."""
    past = job.curves().until(at)
    states = past.units[:, unit_slices(job.problem.network.sizes)[layer - 1].start + unit]
    living = numpy.flatnonzero(states != UnitState.DEAD)
    if len(living) == 0:
        return 0
    last = int(living[-1])
    steps = past.column("step")
    end = int(steps[last + 1]) if last + 1 < len(steps) else at
    job.seek(int(steps[last]))
    death = job.step + 1
    while job.step < end:
        job.advance(1)
        if not _dead(job, layer, unit):
            death = job.step + 1
    return death


def _dead(job: TrainingJob, layer: int, unit: int) -> bool:
    sizes = job.problem.network.sizes
    return bool(job.evaluation.units(job.trainer)[unit_slices(sizes)[layer - 1]][unit] == UnitState.DEAD)


def _own(job: TrainingJob, flat: Floats, layer: int, unit: int) -> Floats:
    """The unit's weights and bias, (n_in + 1,), or what belongs to them in another flat vector (P,)."""
    return job.problem.network.layout.block(flat, layer)[:, unit].copy()


def _next_batch(job: TrainingJob) -> Indices:
    """Row numbers, among the training examples, of the batch that the next step will take."""
    batches = job.trainer.batches
    following = BatchStream(batches.n, batches.size, batches.seed)
    following.position = batches.position
    return following.next()


def _z(problem: Problem, theta: Floats, rows: Indices, layer: int, unit: int) -> Floats:
    """The unit's pre-activations on the rows, (B,)."""
    return problem.network.forward(theta, problem.objective.x[rows]).z(layer)[:, unit].copy()


def _gradient(job: TrainingJob, problem: Problem, theta: Floats, rows: Indices) -> Floats:
    """The cost's gradient on the rows, (P,); zeros without rows."""
    if len(rows) == 0:
        return numpy.zeros_like(theta)
    penalties = job.trainer.objective
    x, y = problem.objective.x[rows], problem.objective.y[rows]
    objective = NetworkObjective(problem.network, job.training.loss, x, y, penalties.l1, penalties.l2)
    return objective.value_and_gradient(theta)[1]
