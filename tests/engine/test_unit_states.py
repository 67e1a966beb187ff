"""Every state of a unit, on networks whose z are known; and what the lecture says of He and of death."""

import numpy
import pytest

from nnviz.engine import Network, NetworkObjective, Trainer
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.unit_states import UnitState, place_of_unit, two_sided, unit_slices, unit_states

X = numpy.linspace(-1.0, 1.0, 20)[:, None]


def layer(activation: str, biases, weights=1.0, batch=None, x=X) -> list[UnitState]:
    """States of one layer of units that compute z = weights · x + biases."""
    biases = numpy.array(biases)
    network = Network((1, len(biases)), (activation,))
    theta = numpy.concatenate([numpy.broadcast_to(weights, biases.shape), biases])
    seen = None if batch is None else network.forward(theta, batch)
    return [UnitState(code) for code in unit_states(network.activations, network.forward(theta, x), seen)]


def test_a_rectifier_is_dead_when_it_is_0_on_every_training_example_and_inactive_when_on_the_batch():
    batch = X[:3]
    assert layer("relu", [0.0, -0.5, -1.0, -2.0, 0.99], batch=batch) == [
        UnitState.INACTIVE,
        UnitState.INACTIVE,
        UnitState.DEAD,  # z is exactly 0 at best, where the slope is 0
        UnitState.DEAD,
        UnitState.ALIVE,
    ]
    assert layer("relu", [0.0, -2.0]) == [UnitState.ALIVE, UnitState.DEAD]


@pytest.mark.parametrize("name", [name for name, a in ACTIVATIONS.items() if not a.rectifier and name != "softmax"])
def test_only_rectifiers_die(name):
    assert UnitState.DEAD not in layer(name, [-50.0, 0.0], batch=X)


@pytest.mark.parametrize("name", ["sigmoid", "tanh"])
def test_two_sided_functions_saturate_by_the_side_on_which_they_are_flat(name):
    assert layer(name, [-20.0, 0.0, 20.0]) == [UnitState.SATURATED_LOW, UnitState.ALIVE, UnitState.SATURATED_HIGH]
    # Flat at both ends: a switch. The side is that on which it is more often.
    assert layer(name, [1e5, -1e5], weights=1e6) == [UnitState.SATURATED_HIGH, UnitState.SATURATED_LOW]


def test_saturated_means_flat_on_95_percent_of_the_examples():
    x = numpy.zeros((100, 1))
    x[:95] = 10.0
    assert layer("tanh", [0.0], x=x) == [UnitState.SATURATED_HIGH]
    x[94] = 0.0
    assert layer("tanh", [0.0], x=x) == [UnitState.ALIVE]


def test_which_functions_have_two_ends():
    assert [name for name, a in ACTIVATIONS.items() if two_sided(a)] == ["sigmoid", "tanh", "softmax"]
    assert layer("threshold", [-20.0, 20.0]) == [UnitState.ALIVE] * 2


def test_softmax_outputs_saturate_too():
    assert layer("softmax", [30.0, 0.0]) == [UnitState.SATURATED_HIGH, UnitState.SATURATED_LOW]


def test_what_is_no_number_is_said_so():
    assert layer("relu", [numpy.nan, -numpy.inf, numpy.inf, 0.0])[:3] == [UnitState.NOT_FINITE] * 3
    assert layer("tanh", [numpy.nan, 0.0]) == [UnitState.NOT_FINITE, UnitState.ALIVE]


def test_units_of_all_layers_stand_in_a_row_and_members_of_a_population_do_not_mix():
    network = Network((1, 2, 1), ("relu", "sigmoid"))
    theta = numpy.zeros((2, network.parameter_count))
    network.layout.biases(theta, 1)[...] = [[1.0, -1.0], [-1.0, 1.0]]
    network.layout.biases(theta, 2)[1] = -9.0
    states = unit_states(network.activations, network.forward(theta, X))
    assert states.dtype == numpy.uint8
    assert states.tolist() == [[0, 2, 0], [2, 0, 3]]


def test_the_places_of_the_units():
    sizes = (2, 3, 1, 2)
    assert unit_slices(sizes) == (slice(0, 3), slice(3, 4), slice(4, 6))
    assert [place_of_unit(sizes, i) for i in range(6)] == [(1, 0), (1, 1), (1, 2), (2, 0), (3, 0), (3, 1)]


# What the lecture says


def test_about_half_of_the_outputs_of_relu_layers_drawn_by_he_are_0():  # row 9.9
    network = Network((64, 64, 64, 1), ("relu", "relu", "linear"))
    generator = numpy.random.default_rng(0)
    tape = network.forward(network.initialize("he_normal", rng=generator), generator.normal(size=(500, 64)))
    for l in (1, 2):
        assert numpy.mean(tape.a(l) == 0.0) == pytest.approx(0.5, abs=0.05)
    assert UnitState.DEAD not in unit_states(network.activations, tape)[unit_slices(network.sizes)[0]]


def test_a_dead_units_gradient_is_exactly_0_and_its_weights_never_change_again():  # row 9.10
    network = Network((2, 3, 1), ("relu", "linear"))
    generator = numpy.random.default_rng(4)
    x = generator.uniform(-1.0, 1.0, size=(60, 2))
    theta = network.initialize("he_normal", rng=generator)
    network.layout.biases(theta, 1)[1] = -10.0
    objective = NetworkObjective(network, "squared_error", x, x[:, :1] * x[:, 1:])
    trainer = Trainer(objective, theta, learning_rate=0.1, batch_size=10)
    before = trainer.theta.copy()
    for _ in range(50):
        trainer.advance()
        assert (network.layout.block(trainer.gradient, 1)[:, 1] == 0.0).all()
        assert network.layout.weights(trainer.gradient, 2)[1, 0] == 0.0
    states = unit_states(network.activations, network.forward(trainer.theta, x), trainer.tape)
    assert states[1] == UnitState.DEAD
    layout = network.layout
    assert numpy.array_equal(layout.block(trainer.theta, 1)[:, 1], layout.block(before, 1)[:, 1])
    assert not numpy.array_equal(layout.block(trainer.theta, 1)[:, 0], layout.block(before, 1)[:, 0])
