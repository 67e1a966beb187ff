"""What has to be written: a run, as the arrays it began with, the stages between its changes, and its losses."""

from dataclasses import dataclass
from itertools import groupby

import numpy
from numpy.typing import NDArray

from nnviz.experiment.problem import Problem
from nnviz.experiment.records import least_stride
from nnviz.experiment.rewiring import redrawn_layers, rewired
from nnviz.experiment.specification import Change, Experiment, NetworkSpec, TrainingSpec, WeightEdit
from nnviz.experiment.training_job import TrainingJob

Floats = NDArray[numpy.float64]
Layers = tuple[tuple[str, float | None], ...]
"""Of each layer the activation's name and its alpha (None: it has none)."""

COMPARED = 24
"""Recorded steps at which a script compares its losses with those of nnviz."""


@dataclass(frozen=True, eq=False)
class Stage:
    """What holds from a step on, and what is done to the weights at that step.

    fresh: layer number → (W, b) with which it is drawn anew. forgets: the optimizer is another, its slots begin at 0.
    """

    step: int
    layers: Layers
    training: TrainingSpec
    fresh: dict[int, tuple[Floats, Floats]]
    weights: tuple[WeightEdit, ...]
    forgets: bool


@dataclass(frozen=True, eq=False)
class Plan:
    """A finished run, ready to be written as code.

    problem: as it began. stages: the first is the beginning (step 0). steps: taken in all. theta: where it ended.
    losses: recorded step → J on the training examples. train_loss, test_loss: J at the end (nan without test examples).
    least: the least distance between recorded steps.
    """

    spec: Experiment
    problem: Problem
    stages: tuple[Stage, ...]
    steps: int
    reason: str
    theta: Floats
    losses: dict[int, float]
    train_loss: float
    test_loss: float
    least: int

    @classmethod
    def of(cls, job: TrainingJob) -> "Plan":
        """The run of a job, up to the step where it stands."""
        spec, curves = job.spec, job.curves().until(job.step)
        problem = rewired(job.problem, spec.network)
        moment = job.moment()
        recorded = zip(curves.column("step").tolist(), curves.column("train_cost").tolist(), strict=True)
        return cls(
            spec=spec,
            problem=problem,
            stages=_stages(spec, problem, job.step),
            steps=job.step,
            reason=job.reason,
            theta=job.trainer.theta.copy(),
            losses={int(step): cost for step, cost in recorded},
            train_loss=moment.train_cost,
            test_loss=moment.test_cost,
            least=least_stride(len(problem.data.x)),
        )

    @property
    def depth(self) -> int:
        """L."""
        return self.problem.network.layout.depth

    def beginning(self) -> tuple[Floats, Stage]:
        """theta (P,) and the stage with which the first step is taken: changes made before it are part of it."""
        layout, theta = self.problem.network.layout, self.problem.theta_0.copy()
        begin = [stage for stage in self.stages if stage.step == 0]
        for stage in begin:
            for l, (W, b) in stage.fresh.items():
                layout.weights(theta, l)[...], layout.biases(theta, l)[...] = W, b
            for edit in stage.weights:
                theta[edit.index] = edit.value
        return theta, begin[-1]

    def compared(self, last: int) -> dict[int, float]:
        """A few of the losses up to step ``last``, from the first to the last of them, denser where steps are few."""
        steps = [step for step in self.losses if step <= last]
        places = numpy.unique(numpy.geomspace(1, len(steps), min(COMPARED, len(steps))).round().astype(int)) - 1
        return {steps[place]: self.losses[steps[place]] for place in places.tolist()}

    def pieces(self, theta: Floats) -> dict[str, Floats]:
        """theta (P,) as W1, b1, W2, …."""
        layout, named = self.problem.network.layout, {}
        for l in range(1, self.depth + 1):
            named[f"W{l}"], named[f"b{l}"] = layout.weights(theta, l), layout.biases(theta, l)
        return named

    def examples(self) -> dict[str, Floats]:
        """x_train, y_train and, where there are any, x_test, y_test: as the network sees them."""
        train, test = self.problem.objective, self.problem.test_objective
        arrays = {"x_train": train.x, "y_train": train.y}
        return arrays | ({"x_test": test.x, "y_test": test.y} if test else {})


def _stages(spec: Experiment, problem: Problem, last: int) -> tuple[Stage, ...]:
    network, training = spec.network, spec.training
    stages = [Stage(0, _layers(problem), training, {}, (), forgets=False)]
    for step, changes in groupby((c for c in spec.changes if c.step <= last), key=lambda change: change.step):
        # Changes of one step are made as one, as the run made them.
        together = list(changes)
        before, network = network, next((c.network for c in reversed(together) if c.network), network)
        old, training = training, next((c.training for c in reversed(together) if c.training), training)
        after = rewired(problem, network)
        values = {edit.index: edit for change in together for edit in change.weights}
        stages.append(
            Stage(
                step=step,
                layers=_layers(after),
                training=training,
                fresh=_fresh(after, before, network, together),
                weights=tuple(values.values()),
                forgets=old.optimizer != training.optimizer,
            )
        )
    return tuple(stages)


def _layers(problem: Problem) -> Layers:
    return tuple((activation.name, activation.alpha) for activation in problem.network.activations)


def _fresh(
    after: Problem, before: NetworkSpec, network: NetworkSpec, changes: list[Change]
) -> dict[int, tuple[Floats, Floats]]:
    layout = after.network.layout
    anew = redrawn_layers(before, network, [l for change in changes for l in change.redraw])
    return {l: (layout.weights(after.theta_0, l), layout.biases(after.theta_0, l)) for l in anew}
