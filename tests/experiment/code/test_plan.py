"""What is written of a run: how it begins, what is compared."""

import numpy

from nnviz.experiment.code.plan import COMPARED, Plan
from nnviz.experiment.headless import train
from nnviz.experiment.specification import (
    Change,
    DataSpec,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    TrainingSpec,
    WeightEdit,
    replace,
)

SPEC = Experiment(data=DataSpec(size=40))


def test_changes_before_the_first_step_are_part_of_the_beginning() -> None:
    """The oracle is the run itself, which stands at step 0 with its changes made."""
    normal = NetworkSpec(hidden=(LayerSpec(weights=InitializerSpec("he_normal")), LayerSpec()))
    adam = TrainingSpec(optimizer="adam")
    change = Change(0, training=adam, weights=(WeightEdit(3, 9.0), WeightEdit(104, 2.0)), network=normal, redraw=(3,))
    job = train(replace(SPEC, changes=(change,)), 0)
    theta, begin = Plan.of(job).beginning()
    assert numpy.array_equal(theta, job.trainer.theta)
    assert not numpy.array_equal(theta, train(SPEC, 0).trainer.theta)
    assert begin.training == adam


def test_the_problem_is_that_of_the_beginning_also_after_a_change_of_the_network() -> None:
    relu = NetworkSpec(hidden=(LayerSpec(activation="relu"), LayerSpec()))
    plan = Plan.of(train(replace(SPEC, changes=(Change(5, network=relu),)), 10))
    assert [activation.name for activation in plan.problem.network.activations] == ["tanh", "tanh", "sigmoid"]
    assert [stage.layers[0][0] for stage in plan.stages] == ["tanh", "relu"]
    assert numpy.array_equal(plan.problem.theta_0, train(SPEC, 0).trainer.theta)


def test_a_few_losses_are_compared_from_the_first_to_the_last() -> None:
    plan = Plan.of(train(SPEC, 900))
    compared = plan.compared(900)
    assert {0, 1, 900} <= set(compared)
    assert len(compared) <= COMPARED
    assert all(plan.losses[step] == loss for step, loss in compared.items())
    assert max(plan.compared(37)) == 37
    assert plan.compared(0) == {0: plan.losses[0]}


def test_a_run_that_was_scrubbed_back_is_written_up_to_where_it_stands() -> None:
    job = train(SPEC, 50)
    job.seek(20)
    plan = Plan.of(job)
    assert plan.steps == max(plan.losses) == 20
    assert numpy.array_equal(plan.theta, train(SPEC, 20).trainer.theta)
