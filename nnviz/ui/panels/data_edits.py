"""What follows from an edit of the data: the defaults of another data set, and the pair that its task proposes."""

import numpy

from nnviz.engine.datasets import GENERATORS
from nnviz.engine.datasets.record import TASKS, Task
from nnviz.experiment.problem import DRAWN, TABLE, Problem, dataset
from nnviz.experiment.proposals import PROPOSALS
from nnviz.experiment.shipped_data import SHIPPED
from nnviz.experiment.specification import DataSpec, DrawnPoint, Experiment, replace
from nnviz.experiment.tables import guess_task

LARGE_SPREAD = 10.0
"""Targets that spread further are standardized from the start: with usual learning rates they would diverge at once."""


def resolved(problem: Problem | None, data: DataSpec) -> Problem | None:
    """The problem if it was made from these data, None while it is still that of the data before."""
    return problem if problem is not None and problem.spec.data == data else None


def task_of(data: DataSpec) -> Task | None:
    """The task that the data pose, without drawing them; None when they cannot be had."""
    if data.source in SHIPPED:
        return SHIPPED[data.source].task
    try:
        if data.source == TABLE:
            if data.table is None:
                return None
            return data.task if data.task in TASKS else guess_task(data.table, data.target)
        return dataset(replace(data, size=0, added=(), removed=()), 0).task
    except ValueError:
        return None


def of_source(data: DataSpec, source: str) -> DataSpec:
    """The same settings for another data set: its own size, noise and parameters, and no points set by hand."""
    made = replace(
        data, source=source, parameters={}, table=None, columns=(), target=(), task=None, added=(), removed=()
    )
    if source in GENERATORS:
        generator = GENERATORS[source]
        made = replace(made, size=generator.size, noise=generator.noise)
    if source == DRAWN:
        # Two points to begin with: on an empty plane there is nothing to learn, so nothing to show either.
        first = (DrawnPoint((-3.0, 0.0), 0.0), DrawnPoint((3.0, 0.0), 1.0))
        return replace(made, added=first, train_share=1.0, standardize_target=False)
    return with_target_scaling(made)


def label_of(source: str) -> str:
    """What a data set is called on the screen."""
    if source in GENERATORS:
        return GENERATORS[source].label
    return SHIPPED[source].label if source in SHIPPED else "Drawn by hand"


def with_target_scaling(data: DataSpec) -> DataSpec:
    """Standardizes the targets of a table, and others that spread widely, such as prices."""
    if data.source == TABLE:
        return replace(data, standardize_target=task_of(data) == "regression")
    wide = task_of(data) == "regression" and float(numpy.max(numpy.std(dataset(data, 0).y, axis=0))) > LARGE_SPREAD
    return replace(data, standardize_target=wide)


def with_data(spec: Experiment, data: DataSpec) -> Experiment:
    """The experiment with other data.

    Output activation and loss follow the task if they were what the program proposes for the old one; a pair that the
    user chose stays, and is flagged where it does not fit.
    """
    old, new = task_of(spec.data), task_of(data)
    made = replace(spec, data=data)
    if data.source != spec.data.source or data.table != spec.data.table:
        # What was said of the experiment was said of other data.
        made = replace(made, name=data.table.name if data.table else label_of(data.source), description="")
    pair = (spec.network.output.activation, spec.training.loss)
    if old is None or new is None or old == new or pair != PROPOSALS[old]:
        return made
    activation, loss = PROPOSALS[new]
    return with_pair(made, activation, loss)


def with_pair(spec: Experiment, activation: str, loss: str) -> Experiment:
    """The experiment with another output activation and loss."""
    output = replace(spec.network.output, activation=activation, alpha=None)
    return replace(spec, network=replace(spec.network, output=output), training=replace(spec.training, loss=loss))
