"""The stretch of input space that views show."""

from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import DataSpec, Experiment
from nnviz.experiment.view_domain import telling_axes


def test_the_most_telling_inputs_are_those_that_follow_the_targets() -> None:
    iris = resolve(Experiment(data=DataSpec(source="iris")))
    assert [iris.data.feature_names[axis] for axis in telling_axes(iris)] == ["petal_length_cm", "petal_width_cm"]
    assert telling_axes(resolve(Experiment())) == (0, 1)
