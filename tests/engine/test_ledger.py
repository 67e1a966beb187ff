"""The chain-rule ledger: an identity, and the numbers of the lecture."""

import numpy
import pytest

from nnviz.engine import Network, NetworkObjective, Tape
from nnviz.engine.activations import run
from nnviz.engine.layout import Layout
from nnviz.engine.ledger import ledger, signals_before_gates
from nnviz.engine.passes import backward_calls, forward_calls
from nnviz.engine.symmetry import distinct_units, unit_classes


def passes(network: Network, theta: numpy.ndarray, x: numpy.ndarray, y: numpy.ndarray) -> tuple[Tape, numpy.ndarray]:
    """The tape of a forward and backward pass, and RMS delta_l, (..., L)."""
    objective = NetworkObjective(network, "squared_error", x, y)
    tape = Tape(network.layout, len(x), theta.shape[:-1])
    tape.a(0)[...], tape.y[...] = x, y
    gradient = numpy.empty_like(theta)
    run(forward_calls(network.layout, network.activations, theta, tape))
    run(backward_calls(network.layout, network.activations, objective.loss, theta, tape, gradient))
    depth = network.layout.depth
    deltas = [numpy.sqrt(numpy.mean(tape.delta(l) ** 2, axis=(-2, -1))) for l in range(1, depth + 1)]
    return tape, numpy.stack(deltas, axis=-1)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "leaky_relu", "linear", "gelu"])
def test_the_shares_add_up_to_the_whole(activation: str) -> None:
    rng = numpy.random.default_rng(0)
    network = Network((3, 7, 5, 6, 2), (activation,) * 3 + ("linear",))
    theta = network.initialize("glorot_normal", "random_normal", rng=rng, population=(4,))
    tape, delta = passes(network, theta, rng.standard_normal((11, 3)), rng.standard_normal((11, 2)))
    entry = ledger(delta, signals_before_gates(network.layout, tape, theta))
    assert entry.total.shape == (4, 3)
    assert numpy.max(numpy.abs(entry.weights + entry.activations - entry.total)) < 1e-12
    whole = numpy.log10(delta[:, 0] / delta[:, -1])
    assert numpy.max(numpy.abs(entry.total.sum(axis=-1) - whole)) < 1e-12


def test_sigmoid_costs_about_log10_of_a_quarter_a_layer() -> None:
    rng = numpy.random.default_rng(1)
    network = Network((2, 8, 8, 8, 8, 8, 8, 1), ("sigmoid",) * 6 + ("tanh",))
    theta = network.initialize("random_uniform", "zeros", rng=rng, population=(50,))
    tape, delta = passes(network, theta, rng.standard_normal((60, 2)), rng.choice([-1.0, 1.0], (60, 1)))
    entry = ledger(delta, signals_before_gates(network.layout, tape, theta))
    assert numpy.median(entry.activations, axis=0) == pytest.approx([numpy.log10(0.25)] * 6, abs=0.06)
    weights = numpy.median(entry.weights, axis=0)
    assert numpy.all(numpy.abs(weights[:-1]) < 0.2), "not the weights' fault"
    # One output: back through it the signal is multiplied by single weights of RMS 0.5 / sqrt(3).
    assert weights[-1] == pytest.approx(numpy.log10(0.5 / numpy.sqrt(3.0)), abs=0.05)


def test_relu_passes_about_half_and_linear_all() -> None:
    rng = numpy.random.default_rng(2)
    for activation, expected in (("relu", numpy.log10(numpy.sqrt(0.5))), ("linear", 0.0)):
        network = Network((10, 200, 200, 1), (activation, activation, "linear"))
        theta = network.initialize("he_normal", "zeros", rng=rng)
        tape, delta = passes(network, theta, rng.standard_normal((200, 10)), rng.standard_normal((200, 1)))
        entry = ledger(delta, signals_before_gates(network.layout, tape, theta))
        assert entry.activations == pytest.approx([expected] * 2, abs=0.03)


def test_a_threshold_lets_nothing_through() -> None:
    rng = numpy.random.default_rng(3)
    network = Network((2, 4, 4, 1), ("tanh", "threshold", "linear"))
    theta = network.initialize("glorot_normal", "zeros", rng=rng)
    tape, delta = passes(network, theta, rng.standard_normal((20, 2)), rng.standard_normal((20, 1)))
    entry = ledger(delta, signals_before_gates(network.layout, tape, theta))
    assert entry.activations[1] == -numpy.inf
    assert numpy.isnan(entry.total[0])


@pytest.mark.parametrize(("weights", "distinct"), [("zeros", 1), ("constant", 1), ("random_normal", 8)])
def test_distinct_units_at_the_start(weights: str, distinct: int) -> None:
    network = Network((2, 8, 8, 1), ("tanh", "tanh", "linear"))
    theta = network.initialize(weights, "zeros", rng=numpy.random.default_rng(0))
    assert distinct_units(network.layout, theta).tolist() == [distinct, distinct, 1]


def test_twins_are_found_and_rounding_is_no_difference() -> None:
    layout = Layout((2, 4, 1))
    theta = numpy.random.default_rng(0).standard_normal(layout.parameter_count)
    block, out = layout.block(theta, 1), layout.weights(theta, 2)
    block[:, 3], out[3] = block[:, 1] * (1.0 + 1e-14), out[1]
    assert unit_classes(layout, theta, 1).tolist() == [0, 1, 2, 1]
    out[3] += 0.01
    assert unit_classes(layout, theta, 1).tolist() == [0, 1, 2, 3], "other weights out: other gradients"
    theta[0] = numpy.nan
    assert unit_classes(layout, theta, 1).tolist() == [0, 0, 0, 0], "of numbers that are none nothing can be said"
