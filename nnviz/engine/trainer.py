"""Training: the one mutable thing of the engine. It holds theta and its buffers, and takes one step at a time."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine import chunks
from nnviz.engine.activations import Call
from nnviz.engine.batches import BatchStream, Position
from nnviz.engine.checks import checked_array, checked_fit, checked_instance, checked_whole, known
from nnviz.engine.network import Network
from nnviz.engine.objective import NetworkObjective
from nnviz.engine.optimizers import OPTIMIZERS, Optimizer
from nnviz.engine.passes import backward_calls, forward_calls, regularization_calls
from nnviz.engine.tape import Tape
from nnviz.engine.update_rules import Slots

Floats = NDArray[numpy.float64]


@dataclass(frozen=True, eq=False)
class TrainerState:
    """All that decides the steps to come: enough to go back to this moment and train on, bit for bit."""

    step: int
    position: Position
    theta: Floats
    slots: Slots


class Trainer:
    """Gradient descent (or a relative) on mini-batches of an objective's data.

    objective: the cost on all training examples. theta: (..., P), copied. batch_size: B, N or more is full batch.
    A population shares its batches; learning_rate may be of shape (..., 1). Between two steps `use`, `configure`,
    `regularize`, `rewire` and ``batches.size`` change the settings, and theta and slots may be written to.
    """

    def __init__(
        self,
        objective: NetworkObjective,
        theta: Floats,
        *,
        optimizer: str = "gradient_descent",
        learning_rate: float | Floats | None = None,
        parameters: Mapping[str, float] | None = None,
        batch_size: int = 32,
        seed: int = 0,
    ) -> None:
        self.objective = checked_instance("objective", objective, NetworkObjective)
        self.theta = objective.network.checked_theta(theta).copy()
        self.gradient = numpy.zeros_like(self.theta)
        self.delta_theta = numpy.zeros_like(self.theta)
        self.batches = BatchStream(len(objective.x), batch_size, seed)
        self.step = 0
        self.use(optimizer)
        self.configure(learning_rate, parameters)
        # The examples as rows [x 1], as a tape keeps them.
        self._extended_x = numpy.hstack([objective.x, numpy.ones((len(objective.x), 1))])
        # One tape, with the calls bound to it, for each batch length that occurs (at most two at a time).
        self._programs: dict[int, tuple[Tape, list[Call]]] = {}
        self._tape: Tape | None = None
        self._tape_network = objective.network

    def use(self, optimizer: str) -> None:
        """Sets the optimizer, with fresh slots and its default hyper-parameters."""
        self.optimizer: Optimizer = known("optimizer", optimizer, OPTIMIZERS)
        self.slots = self.optimizer.init(self.theta)
        self.configure()

    def configure(
        self, learning_rate: float | Floats | None = None, parameters: Mapping[str, float] | None = None
    ) -> None:
        """Sets the learning rate and the optimizer's own parameters; what is not given takes its default."""
        rate = self.optimizer.checked_rate(learning_rate)
        values = self.optimizer.hyperparameters({} if parameters is None else parameters)
        for name, value in {"learning_rate": rate, **values}.items():
            checked_fit(name, checked_array(name, value), self.theta.shape)
        self._minus_rate, self.parameters = -rate, values

    def regularize(self, l1: float, l2: float) -> None:
        """Sets the penalties from the next step on."""
        if (l1, l2) != (self.objective.l1, self.objective.l2):
            self.objective = self.objective.with_penalties(l1, l2)
            self._programs.clear()

    def rewire(self, network: Network) -> None:
        """Other activation functions from the next step on. ValueError for a network of other sizes."""
        self.objective = self.objective.with_network(network)
        self._programs.clear()

    def advance(self) -> None:
        """One step: the next batch's gradient, the optimizer's update, theta ← theta + delta_theta."""
        self.advance_many(1)

    def advance_many(self, count: int) -> None:
        """``count`` steps; overflow on the way is a result, not a warning."""
        count = checked_whole("count", count)
        theta, gradient, delta_theta, slots = self.theta, self.gradient, self.delta_theta, self.slots
        rule, minus_rate, parameters = self.optimizer.rule, self._minus_rate, self.parameters
        next_rows, programs = self.batches.next, self._programs
        gather_x, gather_y = self._extended_x.take, self.objective.y.take
        if count:
            self._tape_network = self.objective.network
        with numpy.errstate(all="ignore"):
            for _ in range(count):
                rows = next_rows()
                tape, calls = programs.get(len(rows)) or self._program(len(rows))
                gather_x(rows, 0, tape.extended_x, "clip")
                gather_y(rows, 0, tape.y, "clip")
                for call in calls:
                    call()
                rule(gradient, slots, self.step, minus_rate, delta_theta, **parameters)
                numpy.add(theta, delta_theta, theta)
                self.step += 1
                self._tape = tape

    @property
    def tape(self) -> Tape | None:
        """Forward and backward pass of the last step's batch (its parameters are theta - delta_theta).

        None before the first step, and for a population too big to be worked on at once.
        """
        whole = self._tape is not None and self._tape.population == self.theta.shape[:-1]
        return self._tape if whole else None

    @property
    def tape_network(self) -> Network:
        """The network that the tape's passes went through: before `rewire`, the former one."""
        return self._tape_network

    @property
    def epoch(self) -> float:
        """Passes through the training examples so far, with the fraction of the present one."""
        position = self.batches.position
        return position.epoch + position.offset / self.batches.n

    def state(self) -> TrainerState:
        """A copy of the present moment."""
        slots = tuple(slot.copy() for slot in self.slots)
        return TrainerState(self.step, self.batches.position, self.theta.copy(), slots)

    def restore(self, state: TrainerState) -> None:
        """Back (or forth) to a moment of this run; tape, gradient and update stay only when it is the present step.

        ValueError for the state of another network or optimizer.
        """
        checked_instance("state", state, TrainerState)
        if state.theta.shape != self.theta.shape or len(state.slots) != len(self.slots):
            raise ValueError("state is of another network or optimizer than this trainer's")
        if state.step != self.step:
            # What led here belongs to another step.
            self._tape = None
            self.gradient.fill(0.0)
            self.delta_theta.fill(0.0)
        self.step, self.batches.position = state.step, state.position
        numpy.copyto(self.theta, state.theta)
        for slot, saved in zip(self.slots, state.slots, strict=True):
            numpy.copyto(slot, saved)

    def _program(self, length: int) -> tuple[Tape, list[Call]]:
        network, loss = self.objective.network, self.objective.loss
        layout, activations = network.layout, network.activations
        population = self.theta.shape[:-1]
        # z, a, f' and delta of the members worked on at a time should fit the processor's cache.
        members = max(1, chunks.CHUNK_BYTES // (2 * network.bytes_per_member(length)))
        parts = [(self.theta, self.gradient)]
        if (count := math.prod(population)) > members:
            population = (members,)
            flat = [array.reshape(count, -1) for array in (self.theta, self.gradient)]
            # All parts are of one size, to share a tape; the last overlaps the one before, which does no harm.
            starts = [*range(0, count - members, members), count - members]
            parts = [(flat[0][start : start + members], flat[1][start : start + members]) for start in starts]
        tape = Tape(layout, length, population)
        calls: list[Call] = []
        for theta, gradient in parts:
            calls += forward_calls(layout, activations, theta, tape)
            calls += backward_calls(layout, activations, loss, theta, tape, gradient)
        calls += regularization_calls(layout, self.theta, self.objective.l1, self.objective.l2, self.gradient)
        if len(self._programs) > 1:
            # Lengths of an earlier batch size.
            self._programs.clear()
        self._programs[length] = tape, calls
        return tape, calls
