"""Sizes of signals through the depth: the numbers of the lecture, theory against measurement, and a plain loop."""

import math

import numpy
import pytest

from nnviz.engine import ACTIVATIONS, INITIALIZERS, Initialization, Network, Tape
from nnviz.engine.propagation import gaussian_rms, propagate, variance_recursion

WIDTH, DEPTH, N = 256, 20, 24


def deep(activation: str, weights: str, scale: float | None = None, seed: int = 0, depth: int = DEPTH):
    """20 layers of 256: what is measured, and what theory says."""
    rng = numpy.random.default_rng(seed)
    network = Network((WIDTH,) * (depth + 1), (activation,) * depth)
    theta = network.initialize(Initialization(weights, scale), rng=rng)
    found = propagate(network, theta, rng.standard_normal((N, WIDTH)), rng)
    stds = [INITIALIZERS[weights].std(WIDTH, WIDTH, scale)] * depth
    theory = variance_recursion(network.sizes, network.activations, stds, [0.0] * depth, float(found.forward[0]))
    return found, theory


def test_he_keeps_the_size_through_relu_and_glorot_loses_the_square_root_of_two_a_layer() -> None:
    for weights, expected in (("he_normal", 1.0), ("glorot_normal", 2.0 ** (-19 / 2))):
        ratios, backs = [], []
        for seed in range(3):
            found, (forward, backward) = deep("relu", weights, seed=seed)
            ratios.append(math.log(found.forward[20] / found.forward[1]))
            backs.append(math.log(found.backward[0]))
        assert forward[20] / forward[1] == pytest.approx(expected, rel=1e-6)
        assert backward[0] == pytest.approx(expected, rel=1e-6), "the way back is the mirror image"
        # A single network of this width strays by a few tenths in the logarithm.
        assert numpy.mean(ratios) == pytest.approx(math.log(expected), abs=0.35)
        assert numpy.mean(backs) == pytest.approx(math.log(expected), abs=0.35)


def test_tanh_decays_slowly_with_glorot_collapses_when_small_and_saturates_when_large() -> None:
    glorot, _ = deep("tanh", "glorot_normal")
    small, _ = deep("tanh", "random_normal", 0.01)
    large, _ = deep("tanh", "random_normal", 1.0)
    assert 0.15 < glorot.forward[20] / glorot.forward[1] < 0.5
    assert small.forward[20] / small.forward[1] == pytest.approx(0.16**19, rel=0.3)
    assert numpy.all(large.forward[1:] > 0.9), "nearly all units are at -1 or 1"
    assert large.backward[0] > 1e3, "and what comes back explodes all the same, for the weights are large"


@pytest.mark.parametrize(
    ("activation", "weights"),
    [
        ("linear", "lecun_normal"), ("tanh", "glorot_uniform"), ("sigmoid", "glorot_normal"), ("relu", "he_uniform"),
        ("linear", "orthogonal"), ("threshold", "he_normal"), ("softplus", "lecun_normal"),
    ],
)  # fmt: skip
def test_theory_foretells_what_is_measured(activation: str, weights: str) -> None:
    # Further on a few networks stray from the mean of many.
    runs = [deep(activation, weights, seed=seed, depth=5) for seed in range(8)]
    forward, backward = runs[0][1]
    measured = [numpy.mean([getattr(run, way) ** 2 for run, _ in runs], axis=0) for way in ("forward", "backward")]
    assert numpy.sqrt(measured[0]) == pytest.approx(forward, rel=0.05)
    assert numpy.sqrt(measured[1]) == pytest.approx(backward, rel=0.06)


def test_random_biases_count_too() -> None:
    rng = numpy.random.default_rng(5)
    network = Network((100, 200, 200, 200), ("tanh",) * 3)
    theta = network.initialize("lecun_normal", Initialization("random_normal", 0.7), rng=rng, population=(16,))
    found = propagate(network, theta, rng.standard_normal((20, 100)), rng)
    stds = [1.0 / math.sqrt(n) for n in network.sizes[:-1]]
    forward, backward = variance_recursion(network.sizes, network.activations, stds, [0.7] * 3, 1.0)
    assert numpy.mean(found.forward, axis=0) == pytest.approx(forward, rel=0.04)
    assert numpy.mean(found.backward, axis=0) == pytest.approx(backward, rel=0.05)


def test_it_is_what_a_plain_loop_gives() -> None:
    sizes, names = (3, 4, 5, 2), ("tanh", "leaky_relu", "softmax")
    network = Network(sizes, names)
    thetas = network.initialize("random_normal", "random_normal", rng=numpy.random.default_rng(1), population=(2, 2))
    x = numpy.random.default_rng(2).standard_normal((7, 3))
    tape = Tape(network.layout, 7, (2, 2))
    found = propagate(network, thetas, x, numpy.random.default_rng(3), tape)
    noise = numpy.random.default_rng(3).standard_normal((7, 2))
    noise /= math.sqrt(sum(v * v for v in noise.ravel()) / noise.size)
    assert tape.delta(3)[1, 0] == pytest.approx(noise)
    for member in numpy.ndindex(2, 2):
        theta, a, slopes, forward = thetas[member], x, [], [rms(x)]
        for l in (1, 2, 3):
            z = a @ network.layout.weights(theta, l) + network.layout.biases(theta, l)
            a = ACTIVATIONS[names[l - 1]].f(z)
            slopes.append(ACTIVATIONS[names[l - 1]].derivative(z))
            forward.append(rms(a))
        delta, backward = noise, [1.0]
        for l in (3, 2):
            delta = delta @ network.layout.weights(theta, l).T * slopes[l - 2]
            backward.insert(0, rms(delta))
        assert found.forward[member] == pytest.approx(forward)
        assert found.backward[member] == pytest.approx(backward)
        for l in (1, 2, 3):
            w = network.layout.weights(theta, l)
            assert found.weights_rms[member][l - 1] == pytest.approx(rms(w))
            assert found.weights_std[member][l - 1] == pytest.approx(numpy.std(w))


def rms(values: numpy.ndarray) -> float:
    return math.sqrt(sum(float(v) ** 2 for v in values.ravel()) / values.size)


@pytest.mark.parametrize("std", [1e-6, 0.03, 1.0, 40.0, 1e5])
def test_means_over_a_normal_distribution_that_are_known_exactly(std: float) -> None:
    assert gaussian_rms(ACTIVATIONS["linear"].f, std) == pytest.approx(std, rel=1e-9)
    assert gaussian_rms(ACTIVATIONS["relu"].f, std) == pytest.approx(std / math.sqrt(2.0), rel=1e-5)
    assert gaussian_rms(ACTIVATIONS["relu"].derivative, std) == pytest.approx(math.sqrt(0.5), rel=1e-9)
    assert gaussian_rms(ACTIVATIONS["threshold"].f, std) == pytest.approx(math.sqrt(0.5), rel=1e-9)
    leaky = math.sqrt((1.0 + 0.01**2) / 2.0) * std
    assert gaussian_rms(ACTIVATIONS["leaky_relu"].f, std) == pytest.approx(leaky, rel=1e-5)
    # By a very fine plain rule.
    z = (numpy.arange(2_000_000) + 0.5) / 1e5 - 10.0
    weights = numpy.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi) / 1e5
    if std < 1e3:
        fine = math.sqrt(float(numpy.sum(numpy.tanh(std * z) ** 2 * weights)))
        assert gaussian_rms(numpy.tanh, std) == pytest.approx(fine, rel=1e-6)


def test_where_theory_has_nothing_to_say_it_says_nothing() -> None:
    relu, softmax = ACTIVATIONS["relu"], ACTIVATIONS["softmax"]
    forward, backward = variance_recursion((4, 4, 4), (relu, softmax), [0.5, 0.5], [0.0, 0.0], 1.0)
    assert numpy.isnan(forward).tolist() == [False, False, True]
    assert not numpy.any(numpy.isnan(backward))
    forward, backward = variance_recursion((4, 4, 4), (relu, relu), [math.nan, 0.5], [0.0, 0.0], 1.0)
    assert numpy.isnan(forward).tolist() == [False, True, True]
    assert numpy.isnan(backward).tolist() == [True, False]


def test_zeros_are_foretold_exactly() -> None:
    sigmoid = ACTIVATIONS["sigmoid"]
    forward, backward = variance_recursion((3, 4, 2), (sigmoid, sigmoid), [0.0, 0.0], [0.0, 0.0], 1.0)
    assert forward.tolist() == pytest.approx([1.0, 0.5, 0.5])
    assert backward.tolist() == [0.0, 1.0]


def test_what_overflows_is_no_error() -> None:
    network = Network((50,) * 31, ("linear",) * 30)
    theta = network.initialize(Initialization("random_normal", 1e12), rng=numpy.random.default_rng(0))
    found = propagate(network, theta, numpy.ones((2, 50)), numpy.random.default_rng(1))
    assert numpy.isfinite(found.forward[0])
    assert not numpy.any(numpy.isfinite(found.forward[-2:]))
    forward, _ = variance_recursion(network.sizes, network.activations, [1e12] * 30, [0.0] * 30, 1.0)
    assert not numpy.any(numpy.isfinite(forward[-2:]))
