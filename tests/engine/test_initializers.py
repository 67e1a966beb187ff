"""Initializers: statistics within standard errors, orthogonality, and what the lecture says of symmetry and depth."""

import math

import numpy
import pytest

from nnviz.engine import INITIALIZERS, Initialization, Network, NetworkObjective, Trainer

RANDOM = [name for name in INITIALIZERS if name not in ("zeros", "constant")]
SHAPES = [(7, 20), (40, 10)]


def rng(seed: int = 0) -> numpy.random.Generator:
    return numpy.random.default_rng(seed)


def theoretical_std(name: str, n_in: int, n_out: int) -> float:
    """From the papers, not from the code."""
    return {
        "random_normal": 0.1,
        "random_uniform": 0.5 / math.sqrt(3.0),
        "glorot_normal": math.sqrt(2.0 / (n_in + n_out)),
        "glorot_uniform": math.sqrt(2.0 / (n_in + n_out)),
        "he_normal": math.sqrt(2.0 / n_in),
        "he_uniform": math.sqrt(2.0 / n_in),
        "lecun_normal": math.sqrt(1.0 / n_in),
        "orthogonal": math.sqrt(1.0 / max(n_in, n_out)),
    }[name]


@pytest.mark.parametrize(("n_in", "n_out"), SHAPES)
@pytest.mark.parametrize("name", RANDOM)
def test_mean_and_variance_are_within_four_standard_errors(name, n_in, n_out):
    initializer, members = INITIALIZERS[name], 400
    w = initializer.sample(rng(1), (members, n_in, n_out), n_in, n_out)
    std, count = theoretical_std(name, n_in, n_out), w.size
    assert initializer.std(n_in, n_out) == pytest.approx(std)
    assert abs(w.mean()) < 4 * std / math.sqrt(count)
    if name == "orthogonal":  # its sum of squares is exact
        assert w.var() == pytest.approx(std**2, rel=1e-3)
    else:
        # Var(w²) / E(w²)² is 2 for a normal and 4/5 for a uniform number.
        kurtosis = 0.8 if "uniform" in name else 2.0
        assert abs(numpy.mean(w**2) / std**2 - 1.0) < 4 * math.sqrt(kurtosis / count)
    if "uniform" in name:
        assert numpy.abs(w).max() <= std * math.sqrt(3.0)


@pytest.mark.parametrize(("n_in", "n_out"), [(3, 3), (3, 8), (8, 3), (1, 4)])
def test_orthogonal_matrices_keep_lengths_times_their_scale(n_in, n_out):
    w = INITIALIZERS["orthogonal"].sample(rng(), (5, n_in, n_out), n_in, n_out, 2.0)
    small = numpy.swapaxes(w, -1, -2) @ w if n_in >= n_out else w @ numpy.swapaxes(w, -1, -2)
    assert numpy.allclose(small, 4.0 * numpy.eye(min(n_in, n_out)), atol=1e-14)


def test_orthogonal_matrices_are_spread_evenly_over_both_signs():
    w = INITIALIZERS["orthogonal"].sample(rng(), (2000, 2, 2), 2, 2)
    assert abs(numpy.mean(numpy.linalg.det(w))) < 4 / math.sqrt(2000)
    assert abs(w[:, 0, 0].mean()) < 4 * w[:, 0, 0].std() / math.sqrt(2000)


def test_fixed_values_are_what_they_say():
    assert not INITIALIZERS["zeros"].sample(rng(), (3, 4), 3, 4).any()
    assert (INITIALIZERS["constant"].sample(rng(), (3, 4), 3, 4, 0.7) == 0.7).all()
    assert INITIALIZERS["constant"].std(3, 4) == 0.0


@pytest.mark.parametrize("name", RANDOM)
def test_the_scale_multiplies(name):
    initializer = INITIALIZERS[name]
    one = initializer.sample(rng(3), (6, 6), 6, 6)
    double = initializer.sample(rng(3), (6, 6), 6, 6, 2.0 * initializer.scale)
    assert numpy.allclose(double, 2.0 * one)


def test_a_network_draws_each_layer_from_a_stream_of_its_own():
    network = Network((4, 6, 6, 2), ("tanh", "tanh", "linear"))
    usual = network.initialize(rng=rng(5))
    other = network.initialize(
        ["glorot_uniform", "zeros", "glorot_uniform"], ["zeros", "random_normal", "zeros"], rng=rng(5)
    )
    for l in (1, 3):
        assert numpy.array_equal(network.layout.weights(usual, l), network.layout.weights(other, l))
    assert not network.layout.weights(other, 2).any()
    assert network.layout.biases(other, 2).any()


def test_gain_and_scale_multiply_weights_and_not_biases():
    network = Network((4, 6, 2), ("tanh", "linear"))
    biases = Initialization("constant", 0.3)
    one = network.initialize("random_normal", biases, rng=rng(5))
    ten = network.initialize(Initialization("random_normal", 1.0), biases, rng=rng(5), gain=2.0)
    for l in (1, 2):
        assert numpy.allclose(network.layout.weights(ten, l), 20.0 * network.layout.weights(one, l))
        assert (network.layout.biases(ten, l) == 0.3).all()


def test_a_population_has_different_members_of_the_same_spread():
    network = Network((8, 16, 1), ("tanh", "linear"))
    theta = network.initialize("he_normal", rng=rng(), population=(30, 2))
    assert theta.shape == (30, 2, network.parameter_count)
    assert len(numpy.unique(theta[..., 0])) == 60
    assert network.layout.weights(theta, 1).std() == pytest.approx(0.5, rel=0.05)


def test_wrong_schemes_are_refused_by_name():
    network = Network((2, 3, 1), ("tanh", "linear"))
    with pytest.raises(ValueError, match="weights is 'glorot'; allowed are zeros, constant, random_normal"):
        network.initialize("glorot", rng=rng())
    with pytest.raises(
        ValueError, match="biases is 'he_normal'; allowed are zeros, constant, random_normal, random_unif"
    ):
        network.initialize(biases="he_normal", rng=rng())
    with pytest.raises(ValueError, match=r"weights is \['zeros', .*\]; expected 2 names, one a layer, or one for all"):
        network.initialize(["zeros"] * 3, rng=rng())
    with pytest.raises(ValueError, match="weights is None; allowed are"):
        network.initialize([None, "zeros"], rng=rng())


# Lecture 2.2: zero initialization is not recommended.


def distinct_units(weights: str, activation: str) -> int:
    network = Network((2, 8, 1), (activation, "sigmoid"))
    x = rng(1).uniform(-1, 1, (64, 2))
    y = (x[:, :1] * x[:, 1:] > 0).astype(float)
    biases = "zeros" if weights != "constant" else "constant"
    theta = network.initialize(weights, biases, rng=rng(2))
    trainer = Trainer(NetworkObjective(network, "binary_cross_entropy", x, y), theta, learning_rate=0.3, batch_size=16)
    trainer.advance_many(2000)
    incoming = network.layout.block(trainer.theta, 1)
    return len(numpy.unique(numpy.round(incoming, 12), axis=1).T)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize(("weights", "distinct"), [("zeros", 1), ("constant", 1), ("random_normal", 8)])
def test_units_that_begin_alike_stay_alike(weights, activation, distinct):
    assert distinct_units(weights, activation) == distinct


# Lecture 2.4: which spread keeps the signal alive through the depth.


def spread_through_depth(weights: str | Initialization, activation: str) -> numpy.ndarray:
    network = Network((256,) * 21, (activation,) * 20)
    theta = network.initialize(weights, rng=rng(0))
    tape = network.forward(theta, rng(1).standard_normal((200, 256)))
    return numpy.array([tape.a(l).std() for l in range(1, 21)])


def test_he_keeps_the_signal_of_relu_and_glorot_loses_half_its_variance_a_layer():
    he, glorot = spread_through_depth("he_normal", "relu"), spread_through_depth("glorot_normal", "relu")
    assert 0.4 < he[-1] / he[0] < 2.5
    assert math.log2(glorot[-1] / glorot[0]) == pytest.approx(-9.5, abs=1.3)


def test_tanh_decays_slowly_with_glorot_collapses_with_small_and_saturates_with_large_weights():
    glorot = spread_through_depth("glorot_normal", "tanh")
    assert 0.1 < glorot[-1] / glorot[0] < 0.7
    assert spread_through_depth(Initialization("random_normal", 0.01), "tanh")[-1] < 1e-12
    assert spread_through_depth(Initialization("random_normal", 1.0), "tanh")[-1] > 0.95
