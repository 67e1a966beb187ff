"""Networks: forward passes against plain loops, populations, the tape, logic gates, and what is refused."""

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine import ACTIVATIONS, Network, Tape, chunks

ELEMENTWISE = sorted(name for name, record in ACTIVATIONS.items() if record.elementwise)


def rng(seed: int = 0) -> numpy.random.Generator:
    return numpy.random.default_rng(seed)


def by_hand(network: Network, theta: numpy.ndarray, x: numpy.ndarray) -> numpy.ndarray:
    """Example by example, unit by unit."""
    rows = []
    for example in x:
        a = example
        for l, activation in enumerate(network.activations, start=1):
            w, b = network.layout.weights(theta, l), network.layout.biases(theta, l)
            z = [sum(a[i] * w[i, j] for i in range(len(a))) + b[j] for j in range(len(b))]
            a = activation.f(z)
        rows.append(a)
    return numpy.array(rows)


@given(
    sizes=st.lists(st.integers(1, 5), min_size=2, max_size=5),
    n=st.integers(0, 4),
    population=st.lists(st.integers(0, 3), max_size=2),
    seed=st.integers(0, 99),
)
def test_shapes_and_values_are_those_of_the_definition(sizes, n, population, seed):
    names = rng(seed).choice(ELEMENTWISE, len(sizes) - 1)
    network = Network(sizes, [str(name) for name in names])
    theta = network.initialize("random_normal", "random_normal", rng=rng(seed), gain=5.0, population=tuple(population))
    x = rng(seed + 1).normal(size=(n, sizes[0]))
    a = network.predict(theta, x)
    assert a.shape == (*population, n, sizes[-1])
    for member in numpy.ndindex(*population):
        if n:
            assert numpy.allclose(a[member], by_hand(network, theta[member], x), rtol=1e-12, atol=1e-12)


def test_the_contract_call_of_the_design():
    network = Network(sizes=(2, 8, 3), activations=("tanh", "softmax"))
    theta = network.initialize(weights="glorot_uniform", biases="zeros", rng=numpy.random.default_rng(0))
    assert theta.shape == (network.parameter_count,) == (2 * 8 + 8 + 8 * 3 + 3,)
    assert theta.dtype == numpy.float64
    a = network.predict(theta, [[0.0, 1.0], [2.0, -1.0]])
    assert a.shape == (2, 3)
    assert numpy.allclose(a.sum(axis=-1), 1.0)
    assert repr(network) == "Network((2, 8, 3), ('tanh', 'softmax'))"


def test_a_big_population_is_worked_through_in_pieces_with_the_same_result(monkeypatch):
    network = Network((3, 7, 2), ("relu", "softmax"))
    theta, x = network.initialize(rng=rng(), population=(5, 4)), rng(1).normal(size=(6, 3))
    whole = network.predict(theta, x)
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 3 * network.bytes_per_member(6))
    assert numpy.array_equal(network.predict(theta, x), whole)
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 1)
    assert numpy.array_equal(network.predict(theta, x), whole)
    assert numpy.array_equal(network.predict(numpy.asfortranarray(theta), x), whole)


def test_chunks_cover_each_member_once(monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 100)
    sizes, theta, out = [], numpy.arange(12.0).reshape(4, 3), numpy.zeros((4, 2))

    def work(part, out_part):
        sizes.append(len(part))
        out_part += part[:, :1]

    chunks.in_chunks(work, 30, theta, out)
    assert sizes == [3, 1]
    assert out.tolist() == [[0, 0], [3, 3], [6, 6], [9, 9]]
    chunks.in_chunks(work, 30, numpy.empty((0, 3)), numpy.empty((0, 2)))
    assert sizes == [3, 1]


@settings(max_examples=20)
@given(bad=st.integers(0, 3))
def test_a_diverged_member_leaves_the_others_as_they_are(bad):
    network = Network((2, 5, 5, 2), ("relu", "tanh", "softmax"))
    theta, x = network.initialize(rng=rng(), population=(4,)), rng(1).normal(size=(9, 2))
    clean = network.predict(theta, x)
    theta[bad] = [numpy.nan, numpy.inf, 1e308, -1e308][bad]
    a = network.predict(theta, x)
    others = [member for member in range(4) if member != bad]
    assert numpy.array_equal(a[others], clean[others])


def test_a_nan_in_the_first_layer_reaches_the_output_through_every_activation():
    for name in ELEMENTWISE:
        network = Network((2, 3, 1), (name, "linear"))
        theta = network.initialize(rng=rng())
        theta[0] = numpy.nan
        assert numpy.isnan(network.predict(theta, [[1.0, 1.0]])).all()


def test_the_tape_shows_what_was_computed_and_may_be_used_again():
    network = Network((2, 4, 3), ("tanh", "sigmoid"))
    theta, x = network.initialize(biases="random_normal", rng=rng()), rng(1).normal(size=(5, 2))
    tape = network.forward(theta, x)
    assert tape.depth == 2
    assert tape.n == 5
    assert tape.population == ()
    for l, f in ((1, numpy.tanh), (2, ACTIVATIONS["sigmoid"].f)):
        z = tape.a(l - 1) @ network.layout.weights(theta, l) + network.layout.biases(theta, l)
        assert numpy.allclose(tape.z(l), z)
        assert numpy.allclose(tape.a(l), f(z))
    assert numpy.array_equal(tape.a(0), x)
    first = tape.a(2).copy()
    assert network.forward(theta, x[::-1], tape) is tape
    assert numpy.allclose(tape.a(2), first[::-1])


def test_a_tape_of_a_population_has_its_axes_in_front():
    network = Network((2, 4, 3), ("tanh", "sigmoid"))
    tape = Tape(network.layout, 5, (6, 7))
    assert tape.z(1).shape == tape.delta(1).shape == tape.slope(1).shape == (6, 7, 5, 4)
    assert tape.a(2).shape == (6, 7, 5, 3)
    assert tape.a(0).shape == (5, 2)


def test_arguments_are_left_alone():
    network = Network((2, 3, 1), ("tanh", "linear"))
    theta, x = network.initialize(rng=rng()), rng(1).normal(size=(4, 2))
    theta.flags.writeable = x.flags.writeable = False
    network.predict(theta, x)


def test_wrong_use_is_refused_by_name():
    with pytest.raises(ValueError, match=r"activations is \('tanh',\); expected 2 names, one a layer after the input"):
        Network((2, 3, 1), ("tanh",))
    with pytest.raises(ValueError, match="activations is 'tanh'; expected 1 names"):
        Network((2, 1), "tanh")
    with pytest.raises(ValueError, match="activations is 'swish'; allowed are linear, threshold, sigmoid"):
        Network((2, 1), ("swish",))
    with pytest.raises(ValueError, match=r"activations is \[\]; allowed are"):
        Network((2, 1), ([],))
    with pytest.raises(ValueError, match="activations has softmax in a hidden layer; it is for the last layer only"):
        Network((2, 3, 1), ("softmax", "linear"))
    with pytest.raises(ValueError, match="alphas is \\(1\\.0,\\); expected 2 numbers or None, one a layer"):
        Network((2, 3, 1), ("elu", "linear"), (1.0,))
    network = Network((2, 3, 1), ("elu", "linear"), (0.5, None))
    assert network.activations[0].alpha == 0.5
    with pytest.raises(ValueError, match=r"theta has shape \(12,\); expected \(\.\.\., 13\)"):
        network.predict(numpy.zeros(12), [[0.0, 0.0]])
    with pytest.raises(ValueError, match=r"theta has shape \(\)"):
        network.predict(0.0, [[0.0, 0.0]])
    for x, shape in (([0.0, 0.0], r"\(2,\)"), ([[0.0]], r"\(1, 1\)")):
        with pytest.raises(ValueError, match=rf"x has shape {shape}; expected \(N, 2\)"):
            network.predict(numpy.zeros(13), x)


# Lecture 1


def test_the_neuron_of_the_lecture():
    neuron = Network((3, 1), ("sigmoid",))
    tape = neuron.forward([0.3, 0.1, -0.1, 0.2], [[0.7, 0.9, 0.5]])
    assert tape.z(1)[0, 0] == pytest.approx(0.45)
    assert round(float(tape.a(1)[0, 0]), 4) == 0.6106


@pytest.mark.parametrize(
    ("theta", "outputs"),
    [((1, 1, -1.5), [0, 0, 0, 1]), ((1, 1, -0.5), [0, 1, 1, 1]), ((-1, -1, 1.5), [1, 1, 1, 0])],
    ids=["AND", "OR", "NAND"],
)
def test_a_perceptron_computes_logic_gates(theta, outputs):
    perceptron = Network((2, 1), ("threshold",))
    assert perceptron.predict(theta, [[0, 0], [0, 1], [1, 0], [1, 1]])[:, 0].tolist() == outputs


def test_a_perceptron_computes_not():
    assert Network((1, 1), ("threshold",)).predict([-1.0, 0.5], [[0.0], [1.0]])[:, 0].tolist() == [1, 0]


def test_no_perceptron_computes_xor_but_two_layers_do():
    weights = numpy.linspace(-2, 2, 17)
    grid = numpy.stack(numpy.meshgrid(weights, weights, weights), axis=-1)
    x = [[0, 0], [0, 1], [1, 0], [1, 1]]
    a = Network((2, 1), ("threshold",)).predict(grid, x)[..., 0]
    assert not (a == [0, 1, 1, 0]).all(axis=-1).any()
    # OR and NAND, then AND
    two = Network((2, 2, 1), ("threshold", "threshold"))
    assert two.predict([1, -1, 1, -1, -0.5, 1.5, 1, 1, -1.5], x)[:, 0].tolist() == [0, 1, 1, 0]
