"""Wrong use of the engine: always a ValueError that names the argument, what it got and what is allowed."""

import math

import numpy
import pytest

from nnviz.engine import (
    ACTIVATIONS,
    INITIALIZERS,
    OPTIMIZERS,
    Initialization,
    Network,
    NetworkObjective,
    Tape,
    Trainer,
    numerical_gradient,
)
from nnviz.engine.checks import checked_number, shown
from nnviz.engine.layout import Layout

NETWORK = Network((2, 3, 1), ("elu", "linear"))
LAYOUT = NETWORK.layout
THETA = numpy.zeros(13)
X, Y = numpy.zeros((4, 2)), numpy.zeros((4, 1))
ADAM, PLAIN = OPTIMIZERS["adam"], OPTIMIZERS["gradient_descent"]
G = numpy.ones(3)
NUMBER = "expected a finite number of at least 0"


def rng() -> numpy.random.Generator:
    return numpy.random.default_rng(0)


def draw(*schemes, **settings):
    return NETWORK.initialize(*schemes, **{"rng": rng(), **settings})


def cost(network=NETWORK, loss="squared_error", x=X, y=Y, **penalties):
    return NetworkObjective(network, loss, x, y, **penalties)


def adam(gradient=G, slots=(G, G), step=0, **settings):
    return ADAM.update(gradient, slots, step, **settings)


def train(**settings):
    return Trainer(cost(), THETA, **settings)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        # Networks
        (lambda: Network(5, ("tanh",)), "sizes is 5; expected at least two layers of at least one unit each"),
        (lambda: Network(None, ("tanh",)), "sizes is None; expected at least two layers"),
        (lambda: Network((2, True), ("tanh",)), "sizes is (2, True); expected at least two layers"),
        (lambda: Network((2, numpy.True_), ("tanh",)), "sizes is (2, "),
        (lambda: Network("23", ("tanh",)), "sizes is '23'; expected at least two layers"),
        (lambda: Network((2, 1), None), "activations is None; expected 1 names, one a layer after the input"),
        (lambda: Network((2, 1), 5), "activations is 5; expected 1 names"),
        (lambda: Network((2, 1), (5,)), "activations is 5; allowed are linear, threshold"),
        (lambda: Network((2, 1), ("elu",), 5), "alphas is 5; expected 1 numbers or None, one a layer"),
        (lambda: Network((2, 1), ("elu",), "a"), "alphas is 'a'; expected 1 numbers or None, one a layer"),
        (lambda: Network((2, 1), ("elu",), ("a",)), "alpha is 'a'; expected a number from 0 to 10"),
        (lambda: Network((2, 1), ("elu",), ([1.0],)), "alpha is [1.0]; expected a number from 0 to 10"),
        (lambda: Network((2, 1), ("elu",), (True,)), "alpha is True; expected a number from 0 to 10"),
        (lambda: ACTIVATIONS["tanh"].f("abc"), "z is 'abc'; expected an array of real numbers"),
        (lambda: ACTIVATIONS["tanh"].derivative([[1.0], [2.0, 3.0]]), "z is [[1.0], [2.0, 3.0]]; expected an array"),
        # Initialization
        (lambda: draw(5), "weights is 5; allowed are zeros, constant"),
        (lambda: draw(["zeros", 5]), "weights is 5; allowed are zeros, constant"),
        (lambda: draw(["zeros"]), "weights is ['zeros']; expected 2 names, one a layer, or one for all"),
        (lambda: draw(Initialization("constant", "a")), "scale is 'a'; expected"),
        (lambda: INITIALIZERS["constant"].std(2, 3, math.nan), "scale is nan; expected a finite number"),
        (lambda: draw(population=-1), "population is -1; expected a tuple of whole numbers of at least 0"),
        (lambda: draw(population=(2, -1)), "population is (2, -1); expected a tuple"),
        (lambda: draw(population=(2.0,)), "population is (2.0,); expected a tuple"),
        (lambda: draw(rng=0), "rng is 0; expected is a Generator"),
        (lambda: draw(gain="x"), "gain is 'x'; expected"),
        (lambda: draw(gain=math.nan), "gain is nan; expected a finite number"),
        # The layout
        (lambda: LAYOUT.weights(THETA, 1.0), "layer l is 1.0; this network has layers 1 to 2"),
        (lambda: LAYOUT.weights(THETA, None), "layer l is None; this network has layers 1 to 2"),
        (lambda: LAYOUT.weights(THETA, True), "layer l is True; this network has layers 1 to 2"),
        (lambda: LAYOUT.weights([0.0] * 13, 1), "theta is [0.0, 0.0,"),
        (lambda: LAYOUT.biases(numpy.float64(1.0), 1), "theta is 1.0; expected a NumPy array of shape (..., 13)"),
        (lambda: LAYOUT.biases(numpy.array(["a"] * 13), 1), "theta is array(['a', 'a',"),
        (lambda: LAYOUT.index(3, 0, 0), "layer l is 3; this network has layers 1 to 2"),
        (lambda: LAYOUT.index(1, 0.5, 0), "no parameter at layer 1, from 0.5 to 0; layer 1 has 2 inputs, 3 units"),
        (lambda: LAYOUT.index(1, 0, "a"), "no parameter at layer 1, from 0 to 'a'"),
        (lambda: LAYOUT.parameter(0.5), "index is 0.5; theta has entries 0 to 12"),
        # Passes
        (lambda: NETWORK.predict("abc", X), "theta is 'abc'; expected an array of real numbers"),
        (lambda: NETWORK.predict(["1"] * 13, X), "theta is ['1', '1',"),
        (lambda: NETWORK.predict(THETA + 1j, X), "theta is array([0.+1.j, 0.+1.j,"),
        (lambda: NETWORK.predict(None, X), "theta is None; expected an array of real numbers"),
        (lambda: NETWORK.predict(THETA, [[0.0, 1.0], [2.0]]), "x is [[0.0, 1.0], [2.0]]; expected an array"),
        (lambda: NETWORK.predict(THETA, X * math.nan), "x holds nan; expected finite numbers"),
        (
            lambda: NETWORK.forward(THETA, X, Tape(LAYOUT, 5)),
            "tape is of sizes (2, 3, 1), 5 examples and population ()",
        ),
        (lambda: NETWORK.forward(THETA, X, Tape(Layout((2, 1)), 4)), "tape is of sizes (2, 1), 4 examples and popul"),
        (lambda: NETWORK.forward(THETA, X, 5), "tape is 5; expected is a Tape"),
        # Objectives
        (lambda: cost(network=None), "network is None; expected is a Network"),
        (lambda: cost(loss=None), "loss is None; allowed are squared_error"),
        (lambda: cost(l2="a"), "l2 is 'a'; expected"),
        (lambda: cost(l2=[1, 2]), f"l2 is [1, 2]; {NUMBER}"),
        (lambda: cost(l1=None), "l1 is None; expected"),
        (lambda: cost(x=X + math.inf), "x holds inf; expected finite numbers"),
        (lambda: cost(y=Y * math.nan), "y holds nan; expected finite numbers"),
        (lambda: cost(y=[[0.0], [1.0, 2.0], [0.0], [0.0]]), "y is [[0.0], [1.0, 2.0], [0.0], [0.0]]; expected an arr"),
        (lambda: cost(y=[["a"]] * 4), "y is [['a'], ['a'], ['a'], ['a']]; expected an array of real numbers"),
        (lambda: cost().value("abc"), "theta is 'abc'; expected an array of real numbers"),
        (lambda: cost().value_and_gradient(THETA[:5]), "theta has shape (5,); expected (..., 13)"),
        (lambda: numerical_gradient(cost(), "abc"), "theta is 'abc'; expected an array of real numbers"),
        # Optimizers
        (lambda: adam(beta1=None), "beta1 is None; expected a number from 0 to 0.99999"),
        (lambda: adam(beta1="a"), "beta1 is 'a'; expected a number from 0 to 0.99999"),
        (lambda: adam(beta1=True), "beta1 is True; expected a number from 0 to 0.99999"),
        (lambda: adam(beta1=[0.5, 0.5]), "beta1 has shape (2,); expected a number, or one that fits (3,)"),
        (lambda: adam(learning_rate=math.nan), f"learning_rate is nan; {NUMBER}"),
        (lambda: adam(learning_rate=-1), f"learning_rate is -1; {NUMBER}"),
        (lambda: adam(learning_rate=math.inf), f"learning_rate is inf; {NUMBER}"),
        (lambda: adam(learning_rate=[[0.1], [-0.1]]), f"learning_rate is [[0.1], [-0.1]]; {NUMBER}"),
        (lambda: adam(learning_rate=[1.0, 2.0]), "learning_rate has shape (2,); expected a number, or one that fits"),
        (lambda: adam(step=-1), "step is -1; expected a whole number of at least 0"),
        (lambda: adam(step=1.0), "step is 1.0; expected a whole number of at least 0"),
        (lambda: adam(step=10**400), "step is 1000"),
        (lambda: adam(slots=None), "slots is None; adam carries 2: use init(theta)"),
        (lambda: adam(slots=(G, None)), "slots[1] is None; expected an array of real numbers"),
        (lambda: adam(slots=(numpy.ones(2), G)), "slots[0] has shape (2,); expected a number, or one that fits (3,)"),
        (lambda: adam(gradient="abc"), "gradient is 'abc'; expected an array of real numbers"),
        (lambda: adam(out=(numpy.zeros(2), (G, G))), "out is (array([0"),
        (lambda: adam(out=5), "out is 5; expected (delta_theta, slots) with 2 slots, all float64 arrays of shape (3,)"),
        (lambda: ADAM.hyperparameters(5), "parameters is 5; expected is a Mapping"),
        (lambda: ADAM.hyperparameters({5: 1.0}), "adam has no parameter 5; allowed are beta1, beta2, epsilon"),
        (lambda: ADAM.init("abc"), "theta is 'abc'; expected an array of real numbers"),
        # Training
        (lambda: Trainer(None, THETA), "objective is None; expected is a NetworkObjective"),
        (lambda: train(batch_size=2.5), "batch size is 2.5; expected a whole number of at least 1"),
        (lambda: train(seed=-1), "seed is -1; expected a whole number of at least 0"),
        (lambda: train(learning_rate="a"), f"learning_rate is 'a'; {NUMBER}"),
        (lambda: train(learning_rate=-0.1), f"learning_rate is -0.1; {NUMBER}"),
        (
            lambda: train(optimizer="momentum", parameters={"momentum": numpy.ones((2, 1))}),
            "momentum has shape (2, 1); expected a number, or one that fits (13,)",
        ),
        (lambda: train(parameters=5), "parameters is 5; expected is a Mapping"),
        (lambda: train().advance_many(1.5), "count is 1.5; expected a whole number of at least 0"),
        (lambda: train().regularize("a", 0.0), "l1 is 'a'; expected"),
        (lambda: train().restore(None), "state is None; expected is a TrainerState"),
    ],
)
def test_wrong_use_names_the_argument_what_it_got_and_what_is_allowed(wrong, sentence):
    with pytest.raises(
        ValueError, match=r"\w+ .*(; expected|; allowed|; adam|; this network|; layer|; theta)"
    ) as caught:
        wrong()
    assert type(caught.value) is ValueError
    assert str(caught.value).startswith(sentence)
    assert "\n" not in str(caught.value)


def test_what_is_right_is_taken_in_any_form():
    network = Network([numpy.int64(2), 3, 1], ["elu", "linear"], (numpy.float64(0.5), None))
    theta = network.initialize(
        ["zeros", Initialization("constant", -2)], rng=rng(), gain=numpy.float32(2), population=[2]
    )
    assert theta.shape == (2, 13)
    assert (network.layout.weights(theta, numpy.int64(2)) == -4.0).all()
    assert network.predict(theta.astype(numpy.float32), numpy.ones((4, 2), dtype=bool)).shape == (2, 4, 1)
    assert math.isnan(network.predict(theta * math.nan, X)[0, 0, 0])
    delta, _ = PLAIN.update([1, 2, 3], [], numpy.int64(0), learning_rate=0)
    assert not delta.any()
    assert Trainer(cost(y=Y.astype(bool)), THETA, learning_rate=0, batch_size=numpy.int64(2)).batches.size == 2


def test_the_callers_data_may_change_and_the_cost_does_not():
    x, y = numpy.ones((4, 2)), numpy.ones((4, 1))
    objective, theta = cost(x=x, y=y), draw("random_normal")
    before = float(objective.value(theta))
    x[...], y[...] = 7.0, 7.0
    assert float(objective.value(theta)) == before
    # Other penalties do not need another copy.
    assert objective.with_penalties(0.1, 0.0).x is objective.x


def test_numbers_at_the_ends_of_the_range():
    largest = numpy.finfo(numpy.float64).max
    assert checked_number("n", largest) == largest
    assert checked_number("n", 5, 5, 5) == 5.0
    with pytest.raises(ValueError, match=r"n is 1000.*; expected"):
        checked_number("n", 10**400)


def test_a_wrong_value_is_told_on_one_short_line():
    assert shown(numpy.float64(0.5)) == "0.5"
    assert shown("a\nb") == r"'a\nb'"
    assert shown(numpy.zeros((3, 3))).startswith("array([[0., 0., 0.], [0.,")
    assert len(shown("x" * 1000)) == 80
