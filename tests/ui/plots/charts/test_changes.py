"""Changes of a run in a few signs, as they stand on every time axis."""

from nnviz.experiment.specification import (
    Change,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    WeightEdit,
    replace,
)
from nnviz.ui.plots.charts.changes import described_changes

RELU = NetworkSpec((LayerSpec(4, "relu"), LayerSpec(3, "relu"), LayerSpec(3, "relu")))
LEAKY = NetworkSpec((LayerSpec(4, "leaky_relu"), LayerSpec(3, "leaky_relu"), LayerSpec(3, "leaky_relu")))
SPEC = Experiment(network=RELU)


def words(*changes: Change) -> list[tuple[int, str]]:
    return described_changes(replace(SPEC, changes=changes))


def test_another_activation_in_all_hidden_layers_or_in_some() -> None:
    assert words(Change(5, network=LEAKY)) == [(5, "leaky ReLU from here")]
    some = replace(RELU, hidden=(RELU.hidden[0], *LEAKY.hidden[1:]))
    assert words(Change(5, network=some)) == [(5, "leaky ReLU in layers 2, 3 from here")]
    sharp = replace(RELU, hidden=(LayerSpec(4, "leaky_relu", 0.3), *RELU.hidden[1:]), output=OutputSpec("tanh"))
    assert words(Change(5, network=sharp)) == [
        (5, "leaky ReLU 0.3 in layer 1 from here, tanh in layer 4 from here"),
    ]


def test_layers_drawn_anew_with_their_scheme() -> None:
    he = replace(
        RELU, hidden=(RELU.hidden[0], LayerSpec(3, "relu", weights=InitializerSpec("he_normal")), RELU.hidden[2])
    )
    assert words(Change(5, network=he)) == [(5, "layer 2 drawn anew: He normal")]
    assert words(Change(5, redraw=(1, 4))) == [(5, "layers 1, 4 drawn anew: Glorot uniform")]


def test_each_change_is_told_against_what_was_in_force_before_it() -> None:
    rate = replace(SPEC.training, learning_rate=0.01)
    assert words(
        Change(5, network=LEAKY),
        Change(6, network=LEAKY),
        Change(7, rate, (WeightEdit(0, 1.0),)),
        Change(9, replace(rate, l2=0.1), network=RELU),
    ) == [
        (5, "leaky ReLU from here"),
        (7, "α 0.1→0.01, 1 weight set"),
        (9, "ReLU from here, l2 0→0.1"),
    ]
