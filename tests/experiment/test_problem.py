"""From names to arrays: data, network and objective as the specification says, and what is odd or impossible in it."""

import numpy
import pytest

from nnviz.engine import LOSSES
from nnviz.engine.datasets import GENERATORS
from nnviz.experiment.files import load_experiment
from nnviz.experiment.problem import MAX_ACTIVATIONS, initial_theta, resolve
from nnviz.experiment.proposals import PROPOSALS, mismatch
from nnviz.experiment.specification import (
    DataSpec,
    DrawnPoint,
    Experiment,
    InitializerSpec,
    LayerSpec,
    NetworkSpec,
    OutputSpec,
    TrainingSpec,
    replace,
)
from nnviz.experiment.tables import NumericColumn, Table, parse_table
from nnviz.experiment.view_domain import domain
from nnviz.resources import resource

SPEC = Experiment()


def with_data(source: str, **settings: object) -> Experiment:
    return replace(SPEC, data=DataSpec(source, **settings))


def fitting(source: str, **settings: object) -> Experiment:
    """An experiment with the output and the loss that belong to the data."""
    spec = with_data(source, **settings)
    output, loss = PROPOSALS[resolve(spec).task]
    return replace(spec, network=NetworkSpec(output=OutputSpec(output)), training=TrainingSpec(loss=loss))


@pytest.mark.parametrize("source", [*GENERATORS, "iris", "penguins", "digits"])
def test_every_source_makes_a_problem_that_can_be_trained_on(source):
    problem = resolve(fitting(source))
    value, gradient = problem.objective.value_and_gradient(problem.theta_0)
    assert numpy.isfinite(value)
    assert numpy.isfinite(gradient).all()
    assert len(problem.input_names) == problem.network.sizes[0]
    assert len(problem.train) + len(problem.test) == len(problem.data.x)
    train = problem.inputs.apply(problem.data.x[problem.train])
    assert numpy.array_equal(train, problem.objective.x)
    varying = train.std(axis=0) > 0
    assert numpy.allclose(train.mean(axis=0), 0, atol=1e-9)
    assert numpy.allclose(train.std(axis=0)[varying], 1)


def test_the_same_specification_makes_the_same_problem():
    first, again = resolve(SPEC), resolve(replace(SPEC))
    assert numpy.array_equal(first.theta_0, again.theta_0)
    assert numpy.array_equal(first.objective.x, again.objective.x)
    other = resolve(replace(SPEC, seed=1))
    assert not numpy.array_equal(first.theta_0, other.theta_0)
    assert not numpy.array_equal(first.data.x, other.data.x)


def test_data_split_and_weights_have_streams_of_their_own():
    first = resolve(SPEC)
    other = resolve(replace(SPEC, data=replace(SPEC.data, source="xor", noise=0.7, train_share=0.3)))
    assert numpy.array_equal(first.theta_0, other.theta_0)
    narrow = resolve(replace(SPEC, network=NetworkSpec((LayerSpec(2),))))
    assert numpy.array_equal(first.data.x, narrow.data.x)
    assert numpy.array_equal(first.train, narrow.train)


def test_arrays_are_read_only():
    problem = resolve(SPEC)
    for array in (problem.data.x, problem.data.y, problem.theta_0, problem.train, problem.test, problem.objective.x):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_features_are_made_of_the_plane_and_scaled():
    problem = resolve(with_data("circle", features=("x^2", "y^2", "sin x"), standardize=False))
    x = problem.data.x[problem.train]
    assert problem.network.sizes[0] == 3
    assert problem.input_names == ("x²", "y²", "sin x")
    assert numpy.array_equal(problem.objective.x[:, 0], x[:, 0] ** 2)
    assert problem.dimensions == 2


def test_targets_of_a_regression_may_be_scaled():
    plain, scaled = (resolve(fitting("houses", standardize_target=each)) for each in (False, True))
    assert numpy.allclose(scaled.objective.y.mean(), 0, atol=1e-9)
    assert numpy.allclose(scaled.targets.invert(scaled.objective.y), plain.objective.y)
    assert resolve(with_data("circle", standardize_target=True)).targets.scale.tolist() == [1.0]


def test_the_network_is_as_described():
    layers = (
        LayerSpec(3, "leaky_relu", 0.2, InitializerSpec("constant", 0.7), InitializerSpec("constant", 0.1)),
        LayerSpec(2),
    )
    spec = replace(SPEC, network=NetworkSpec(layers, OutputSpec("tanh", weights=InitializerSpec("zeros")), gain=2.0))
    problem = resolve(spec)
    network, theta = problem.network, problem.theta_0
    assert network.sizes == (2, 3, 2, 1)
    assert [activation.name for activation in network.activations] == ["leaky_relu", "tanh", "tanh"]
    assert network.activations[0].alpha == 0.2
    assert (network.layout.weights(theta, 1) == 1.4).all()
    assert (network.layout.biases(theta, 1) == 0.1).all()
    assert not network.layout.weights(theta, 3).any()
    assert initial_theta(spec, network, (5,)).shape == (5, network.parameter_count)


def test_penalties_and_the_test_objective():
    spec = replace(SPEC, training=TrainingSpec(l1=0.1, l2=0.2))
    problem = resolve(spec)
    assert (problem.objective.l1, problem.objective.l2) == (0.1, 0.2)
    assert len(problem.test_objective.x) == len(problem.test)
    assert resolve(with_data("circle", train_share=1.0)).test_objective is None


def test_a_table_is_learned_from():
    table = parse_table("size,kind,price\n1,a,10\n2,b,20\n,a,30\n4,b,40\n5,a,50\n", "my.csv")
    spec = fitting("table", table=table, columns=("size", "kind"), target=("price",))
    assert resolve(spec).task == "regression"
    assert len(resolve(spec).data.x) == 4
    assert len(resolve(replace(spec, data=replace(spec.data, missing="fill"))).data.x) == 5
    assert resolve(spec).input_names[0] == "size"


def test_points_may_be_added_and_removed_by_hand():
    plain = resolve(with_data("circle", size=20)).data
    spec = with_data(
        "circle", size=20, removed=(0, 5, 99), added=(DrawnPoint((1.5, -2.0), 1.0), DrawnPoint((0.5,), 0.0))
    )
    data = resolve(spec).data
    assert len(data.x) == 20
    assert numpy.array_equal(data.x[:18], numpy.delete(plain.x, [0, 5], axis=0))
    assert data.x[18:].tolist() == [[1.5, -2.0], [0.5, 0.5]]
    assert data.y[18:].tolist() == [[1.0], [0.0]]


def test_drawn_points_take_the_form_of_the_targets():
    points = (DrawnPoint((1.0, 1.0), 0.0), DrawnPoint((2.0, 1.0), 1.0), DrawnPoint((3.0, 1.0), 2.0))
    assert resolve(with_data("drawn", added=points)).data.y.tolist() == [[0.0], [1.0], [1.0]]
    three = with_data("drawn", added=points, parameters={"classes": 3})
    assert resolve(three).data.y.tolist() == numpy.eye(3).tolist()
    assert resolve(three).task == "multi-class"
    line = resolve(with_data("sine", size=5, added=(DrawnPoint((1.0,), -7.25),))).data
    assert line.x[-1].tolist() == [1.0]
    assert line.y[-1].tolist() == [-7.25]


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        (
            with_data("moon"),
            r"data\.source is 'moon'; allowed are circle, xor, .*, iris, penguins, digits, table, drawn",
        ),
        (with_data("drawn"), "there are no points to learn from yet; draw some on the decision map"),
        (with_data("circle", size=0), "there are no points to learn from yet"),
        (with_data("table"), r"data\.table is missing; the source 'table' needs one"),
        (
            with_data("drawn", parameters={"classes": 6}),
            r"data\.parameters\.classes: classes is 6; allowed is a whole number from 2",
        ),
        (
            with_data("drawn", parameters={"classes": 2.5}),
            r"data\.parameters\.classes: classes is 2\.5; allowed is a whole number",
        ),
        (with_data("spiral", parameters={"size": 3.0}), r"data\.parameters has 'size'; spiral allows arms, turns"),
        (with_data("spiral", parameters={"noise": 0.1}), r"data\.parameters has 'noise'; spiral allows arms, turns"),
        (with_data("spiral", parameters={"rng": 0.1}), r"data\.parameters has 'rng'; spiral allows arms, turns"),
        (with_data("spiral", parameters={"self": 0.1}), r"data\.parameters has 'self'; spiral allows arms, turns"),
        (with_data("iris", parameters={"arms": 2}), r"data\.parameters has 'arms'; iris allows none"),
        (with_data("spiral", parameters={"arms": 9}), r"data\.parameters\.arms: arms is 9; allowed is a whole"),
        (with_data("spiral", task="guess"), r"data\.task is 'guess'; allowed are regression, binary, multi-class"),
        (
            replace(SPEC, network=NetworkSpec((LayerSpec(), LayerSpec(alpha=0.5)))),
            r"network\.hidden\[1\]\.alpha: alpha is 0\.5; tanh has no alpha, only leaky_relu and elu have one",
        ),
        (
            replace(SPEC, network=NetworkSpec(output=OutputSpec("linear", 1.0))),
            r"network\.output\.alpha: alpha is 1\.0; linear has no alpha",
        ),
        (
            replace(with_data("circle", size=100_000), network=NetworkSpec(tuple(LayerSpec(170) for _ in range(64)))),
            r"100,000 examples and 10,883 units, inputs and outputs included, are 1,088,300,000 numbers in a pass; up "
            r"to 6,000,000 fit a laptop's memory, so lower the examples to 551 \(data\.size, or a table with fewer "
            r"rows\) or the units to 60 \(network\.hidden\)",
        ),
        (with_data("iris", removed=(1,)), "points can be drawn where there are one or two inputs; iris has 4"),
        (
            replace(SPEC, network=NetworkSpec(tuple(LayerSpec(1024) for _ in range(3)))),
            "the network has 2,103,297 parameters; up to 2,000,000 can be trained here",
        ),
        (
            with_data("table", table=parse_table("a,b\n1,2\n3,4\n", "t"), target=("b",), task="guess"),
            r"data\.task is 'guess'; allowed are regression, binary, multi-class, multi-label",
        ),
    ],
)
def test_what_cannot_be_posed_is_refused_in_one_sentence(spec, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        resolve(spec)


def test_the_largest_tables_and_all_that_is_shipped_fit_the_memory():
    sizes = (2, 8, 8, 1)
    assert 250_000 * (sum(sizes) - 1) <= MAX_ACTIVATIONS  # 500,000 cells, of which half are the target
    rows = 100_000
    cells = numpy.random.default_rng(0).normal(size=(5, rows)).tolist()
    table = Table("t", tuple(NumericColumn(name, tuple(values)) for name, values in zip("abcde", cells, strict=True)))
    spec = with_data("table", table=table, columns=("a", "b", "c", "d"), target=("e",))
    assert len(resolve(spec).data.x) == rows
    presets = sorted(resource("presets").glob("*.nnviz"))
    assert presets
    for path in presets:
        resolve(load_experiment(path))


# Proposals


@pytest.mark.parametrize("task", sorted(PROPOSALS))
def test_what_is_proposed_is_not_flagged_and_anything_else_is(task):
    for activation in ("linear", "threshold", "sigmoid", "tanh", "relu", "softmax"):
        for loss in LOSSES:
            sentence = mismatch(task, activation, loss, 3)
            fine = (activation, loss) in (
                PROPOSALS[task],
                ("linear", "absolute_error") if task == "regression" else None,
            )
            assert (sentence == "") == fine, (activation, loss)
            assert fine or sentence.endswith(".")


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (("binary", "softmax", "categorical_cross_entropy", 1), "always 1"),
        (("binary", "threshold", "squared_error", 1), "no gradient reaches"),
        (("binary", "tanh", "binary_cross_entropy", 1), "cut off"),
        (("regression", "sigmoid", "squared_error", 1), "limits what can be predicted"),
        (("regression", "linear", "binary_cross_entropy", 1), "Cross-entropy needs outputs between 0 and 1"),
        (("multi-label", "softmax", "squared_error", 3), "several can be right"),
        (("multi-class", "sigmoid", "binary_cross_entropy", 3), "softmax says so"),
        (("multi-class", "softmax", "binary_cross_entropy", 3), "categorical cross-entropy"),
        (("binary", "sigmoid", "categorical_cross_entropy", 1), "cost nothing"),
        (("binary", "sigmoid", "squared_error", 1), "confident mistakes"),
        (("binary", "linear", "squared_error", 1), "do not stay near"),
    ],
)
def test_a_mismatch_is_told_with_its_reason(case, words):
    assert words in mismatch(*case)


# The stretch of input space that views show


def test_generated_data_of_the_plane_are_shown_on_the_plane():
    plane = domain(resolve(SPEC), (0, 1))
    assert plane.extent == (-6.0, 6.0, -6.0, 6.0)
    far = domain(resolve(with_data("circle", added=(DrawnPoint((100.0, 0.0), 1.0),))), (0, 1))
    assert far.extent == pytest.approx((-108.0, 108.0, -108.0, 108.0))


def test_other_data_are_shown_with_a_margin():
    problem = resolve(fitting("iris"))
    view = domain(problem, (2, 0))
    x = problem.data.x
    room = 0.08 * (x[:, 2].max() - x[:, 2].min())
    assert view.extent[:2] == pytest.approx((x[:, 2].min() - room, x[:, 2].max() + room))
    grid = view.grid(3)
    assert grid.shape == (9, 4)
    assert grid[[0, 2, 8], 2].tolist() == pytest.approx([view.extent[0], view.extent[1], view.extent[1]])
    assert grid[[0, 2, 8], 0].tolist() == pytest.approx([view.extent[2], view.extent[2], view.extent[3]])
    assert numpy.allclose(grid[:, 1], x[problem.train, 1].mean())


def test_a_column_that_never_changes_has_room_too():
    table = parse_table("a,b,c\n3,1,0\n3,2,1\n3,3,0\n3,4,1\n", "t")
    problem = resolve(fitting("table", table=table, columns=("a", "b"), target=("c",)))
    assert domain(problem, (0, 1)).extent[:2] == (2.0, 4.0)


def test_points_set_by_hand_are_training_examples() -> None:
    points = tuple(DrawnPoint((float(i), 0.5), 1.0) for i in range(5))
    spec = Experiment(data=DataSpec(size=40, added=points))
    problem = resolve(spec)
    assert set(range(40, 45)) <= set(problem.train.tolist())
    assert len(problem.test) == 20


def test_row_3_3_biases_begin_at_zero_unless_a_layer_asks_for_a_constant_or_a_random_scale():
    wide = LayerSpec(400, "tanh")
    hidden = (
        wide,
        replace(wide, biases=InitializerSpec("constant", 0.3)),
        replace(wide, biases=InitializerSpec("random_normal", 0.3)),
        replace(wide, biases=InitializerSpec("random_uniform", 0.05)),
    )
    problem = resolve(replace(SPEC, network=NetworkSpec(hidden, gain=5.0)))
    layout, theta = problem.network.layout, problem.theta_0
    zero, constant, normal, uniform, output = (layout.biases(theta, l) for l in range(1, 6))
    assert not zero.any()
    assert not output.any()
    assert numpy.array_equal(constant, numpy.full(400, 0.3)), "the gain is the weights' alone"
    assert abs(normal.mean()) < 4 * 0.3 / numpy.sqrt(400)
    assert abs(normal.std() / 0.3 - 1.0) < 4 / numpy.sqrt(2 * 400)
    assert 0.98 * 0.05 < numpy.abs(uniform).max() <= 0.05
    assert abs(uniform.mean()) < 4 * 0.05 / numpy.sqrt(3 * 400)
    default = resolve(SPEC)
    for l in range(1, default.network.layout.depth + 1):
        assert not default.network.layout.biases(default.theta_0, l).any()
        assert default.network.layout.weights(default.theta_0, l).any()
