"""Everything about the step that a run takes next: forward, loss, backward, update.

It is made of the engine's own passes and rules, on copies, so it is what the step will do, bit for bit, and the run
does not notice.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine import LOSSES, Network, NetworkObjective, Tape
from nnviz.engine.activations import run
from nnviz.engine.batches import BatchStream
from nnviz.engine.losses import Loss
from nnviz.engine.optimizers import Optimizer
from nnviz.engine.passes import backward_calls, forward_calls, regularization_calls
from nnviz.experiment.problem import Problem
from nnviz.experiment.training_job import Status, TrainingJob

Floats = NDArray[numpy.float64]
Indices = NDArray[numpy.intp]

KEPT_NUMBERS = 1_000_000
"""Of a batch with more numbers than these only the first examples are kept one by one; sums are of all of them."""


@dataclass(frozen=True, eq=False)
class Pass:
    """Forward and backward over N examples, of which the first M are kept one by one (all, but for huge batches).

    rows: (M,) their numbers in problem.data. a: of the layers 0..L, a[0] = x, (M, n_l) each; y: (M, n_L). z, delta: of
    the layers 1..L at index l - 1, (M, n_l). delta is ∂/∂z of the mean loss over the N. losses: (M,). loss: their mean
    over the N. gradient: (P,) of that mean. mean_z, mean_a: over the N, as z and a.
    """

    n: int
    rows: Indices
    y: Floats
    a: tuple[Floats, ...]
    z: tuple[Floats, ...]
    delta: tuple[Floats, ...]
    losses: Floats
    loss: float
    gradient: Floats
    mean_z: tuple[Floats, ...]
    mean_a: tuple[Floats, ...]

    @property
    def complete(self) -> bool:
        """Whether every example is kept."""
        return len(self.rows) == self.n


@dataclass(frozen=True, eq=False)
class StepRecord:
    """The step from theta (after ``step`` steps) to theta_after, on the batch that comes next.

    problem: with the network in force. batch: its pass, its gradient that of the mean loss alone. l1_gradient,
    l2_gradient: (P,) what the penalties add; gradient: the sum, as the optimizer gets it. l1_cost, l2_cost: the
    penalties; cost: J. slots_before, slots_after: what the optimizer carries, (P,) each, named optimizer.slot_names.
    delta_theta: the update. status: of the run; one that is not "running" takes no such step. touched: at the step's
    end weights or layers are set otherwise than by the update.
    """

    problem: Problem
    step: int
    status: Status
    touched: bool
    loss: Loss
    batch: Pass
    theta: Floats
    l1: float
    l2: float
    l1_cost: float
    l2_cost: float
    cost: float
    l1_gradient: Floats
    l2_gradient: Floats
    gradient: Floats
    optimizer: Optimizer
    parameters: Mapping[str, float]
    learning_rate: float
    slots_before: tuple[Floats, ...]
    slots_after: tuple[Floats, ...]
    delta_theta: Floats
    theta_after: Floats

    @property
    def network(self) -> Network:
        """In force at this step."""
        return self.problem.network


@numpy.errstate(all="ignore")  # a diverging run is shown as one
def step_record(job: TrainingJob) -> StepRecord:
    """What the job's next step does. Leaves the job as it is."""
    trainer, problem, training = job.trainer, job.problem, job.training
    network, objective, theta = problem.network, trainer.objective, trainer.theta.copy()
    rows = next_rows(job)
    x, y = objective.x[rows], objective.y[rows]
    batch = one_pass(network, objective.loss, theta, x, y, problem.train[rows])
    gradient, mask = batch.gradient.copy(), network.layout.weight_mask
    run(regularization_calls(network.layout, theta, objective.l1, objective.l2, gradient))
    weights = numpy.where(mask, theta, 0.0)
    parameters = {name: float(value) for name, value in trainer.parameters.items()}
    delta_theta, slots = trainer.optimizer.update(
        gradient, trainer.slots, trainer.step, training.learning_rate, None, **parameters
    )
    return StepRecord(
        problem=problem,
        step=job.step,
        status=job.status,
        touched=any(change.step == job.step + 1 and (change.weights or change.network or change.redraw)
                    for change in job.spec.changes),
        loss=objective.loss,
        batch=batch,
        theta=theta,
        l1=objective.l1,
        l2=objective.l2,
        l1_cost=float(objective.l1 * (numpy.abs(weights) @ mask)),
        l2_cost=float(0.5 * objective.l2 * ((weights * weights) @ mask)),
        cost=float(NetworkObjective(network, objective.loss.name, x, y, objective.l1, objective.l2).value(theta)),
        l1_gradient=objective.l1 * mask * numpy.sign(theta),
        l2_gradient=objective.l2 * mask * theta,
        gradient=gradient,
        optimizer=trainer.optimizer,
        parameters=parameters,
        learning_rate=training.learning_rate,
        slots_before=tuple(slot.copy() for slot in trainer.slots),
        slots_after=slots,
        delta_theta=delta_theta,
        theta_after=theta + delta_theta,
    )  # fmt: skip


@numpy.errstate(all="ignore")
def example_pass(record: StepRecord, row: int) -> Pass:
    """The pass of one example alone, of the batch or not, with the step's weights. row: its number in problem.data."""
    problem = record.problem
    rows = numpy.array([row], dtype=numpy.intp)
    x, y = problem.inputs.apply(problem.data.x[rows]), problem.targets.apply(problem.data.y[rows])
    return one_pass(problem.network, LOSSES[record.loss.name], record.theta, x, y, rows)


def one_pass(network: Network, loss: Loss, theta: Floats, x: Floats, y: Floats, rows: Indices) -> Pass:
    """Forward and backward through the engine. x: (N, n_0), y: (N, n_L), rows: (N,), theta: (P,)."""
    layout, activations, depth = network.layout, network.activations, network.layout.depth
    tape, gradient = Tape(layout, len(x)), numpy.empty_like(theta)
    tape.a(0)[...], tape.y[...] = x, y
    run(forward_calls(layout, activations, theta, tape))
    run(backward_calls(layout, activations, loss, theta, tape, gradient))
    with numpy.errstate(all="ignore"):
        losses = loss.per_example(activations[-1], tape.z(depth), tape.a(depth), tape.y)
        means_z = tuple(numpy.mean(tape.z(l), axis=-2) for l in range(1, depth + 1))
        means_a = tuple(numpy.mean(tape.a(l), axis=-2) for l in range(depth + 1))
    kept = max(1, KEPT_NUMBERS // (layout.sizes[0] + layout.sizes[-1] + 3 * sum(layout.sizes[1:])))
    return Pass(
        n=len(x),
        rows=rows[:kept],
        y=tape.y[:kept].copy(),
        a=tuple(tape.a(l)[:kept].copy() for l in range(depth + 1)),
        z=tuple(tape.z(l)[:kept].copy() for l in range(1, depth + 1)),
        delta=tuple(tape.delta(l)[:kept].copy() for l in range(1, depth + 1)),
        losses=losses[:kept].copy(),
        loss=float(numpy.mean(losses, axis=-1)),
        gradient=gradient,
        mean_z=means_z,
        mean_a=means_a,
    )


def next_rows(job: TrainingJob) -> Indices:
    """Row numbers, among the training examples, of the batch that the next step will take."""
    batches = job.trainer.batches
    following = BatchStream(batches.n, batches.size, batches.seed)
    following.position = batches.position
    return following.next()
