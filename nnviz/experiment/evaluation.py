"""The numbers of one moment of a run: costs and metrics on all examples, and the layers' statistics."""

import math

import numpy

from nnviz.engine import Tape, Trainer
from nnviz.engine.diagnostics import STATISTICS, layer_statistics
from nnviz.engine.metrics import score
from nnviz.engine.unit_states import States, unit_states
from nnviz.experiment.problem import Problem
from nnviz.experiment.records import Moment


class Evaluation:
    """Evaluates parameters on a problem's examples, in buffers of its own: training state is never touched.

    problem: may be replaced by the same problem with another network (`rewired`).
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        layout = problem.network.layout
        self._train = Tape(layout, len(problem.train))
        self._test = Tape(layout, len(problem.test)) if problem.test_objective else None

    def cost(self, trainer: Trainer) -> float:
        """J on the training examples, under the penalties in force."""
        tape = self.problem.network.forward(trainer.theta, trainer.objective.x, self._train)
        return float(trainer.objective.cost(trainer.theta, tape))

    def units(self, trainer: Trainer) -> States:
        """The state of every unit, (U,)."""
        network = self.problem.network
        tape = network.forward(trainer.theta, trainer.objective.x, self._train)
        return unit_states(network.activations, tape, self._batch(trainer))

    def _batch(self, trainer: Trainer) -> Tape | None:
        """The last step's passes; None where they went through another network, which says nothing about this one."""
        return trainer.tape if trainer.tape_network is self.problem.network else None

    def moment(self, trainer: Trainer) -> Moment:
        """All numbers of the trainer's present step, under the penalties in force. At step 0 no step was seen: nan.

        Where the network was changed at this very step, costs and units are those of the network in force; the layers'
        statistics still tell of the step that led here.
        """
        problem, theta = self.problem, trainer.theta
        network, depth = problem.network, problem.network.layout.depth
        train_cost = self.cost(trainer)
        tape = self._train
        test_cost = test_score = math.nan
        if problem.test_objective and self._test:
            test = network.forward(theta, problem.test_objective.x, self._test)
            objective = problem.test_objective.with_penalties(trainer.objective.l1, trainer.objective.l2)
            test_cost = float(objective.cost(theta, test))
            test_score = float(score(problem.task, test.a(depth), problem.test_objective.y))
        if trainer.tape is None:
            layers = numpy.full((depth, len(STATISTICS)), math.nan)
        else:
            layers = layer_statistics(
                network.layout,
                trainer.tape_network.activations,
                trainer.tape,
                theta,
                trainer.gradient,
                trainer.delta_theta,
            )
        return Moment(
            step=trainer.step,
            epoch=trainer.epoch,
            train_cost=train_cost,
            test_cost=test_cost,
            train_score=float(score(problem.task, tape.a(depth), problem.objective.y)),
            test_score=test_score,
            layers=layers,
            units=unit_states(network.activations, tape, self._batch(trainer)),
            widths=network.sizes[1:],
        )
