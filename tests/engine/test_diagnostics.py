"""What a step looks like from inside, against plain formulas; what the lecture says of depth, death and thresholds."""

import math

import numpy
import pytest

from nnviz.engine import Initialization, Network, NetworkObjective, Trainer
from nnviz.engine.diagnostics import STATISTICS, histogram, inactive, layer_statistics, piece_rms, saturated
from nnviz.engine.metrics import METRIC_NAMES, classes, confusion, score


def rng(seed: int = 0) -> numpy.random.Generator:
    return numpy.random.default_rng(seed)


def trained(sizes, activations, weights="glorot_uniform", steps=1, n=40, **settings) -> Trainer:
    network = Network(sizes, activations)
    x = rng(1).normal(size=(n, sizes[0]))
    y = (x[:, :1] * x[:, -1:] > 0).astype(float) * numpy.ones(sizes[-1])
    theta = network.initialize(weights, rng=rng(2), population=settings.pop("population", ()))
    trainer = Trainer(NetworkObjective(network, "squared_error", x, y), theta, **{"batch_size": n} | settings)
    trainer.advance_many(steps)
    return trainer


def statistics(trainer: Trainer) -> dict[str, numpy.ndarray]:
    network = trainer.objective.network
    values = layer_statistics(
        network.layout, network.activations, trainer.tape, trainer.theta, trainer.gradient, trainer.delta_theta
    )
    return {name: values[..., i] for i, name in enumerate(STATISTICS)}


def rms(values) -> float:
    return math.sqrt(numpy.mean(numpy.square(values)))


def test_every_statistic_is_its_plain_formula():
    trainer = trained((2, 5, 4, 2), ("relu", "sigmoid", "linear"), steps=3, batch_size=16)
    found, layout, tape = statistics(trainer), trainer.objective.network.layout, trainer.tape
    before = trainer.theta - trainer.delta_theta
    for l in (1, 2, 3):
        gradient_w, gradient_b = layout.weights(trainer.gradient, l), layout.biases(trainer.gradient, l)
        a = tape.a(l)
        expected = {
            "gradient_W_rms": rms(gradient_w),
            "gradient_W_max": abs(gradient_w).max(),
            "gradient_b_rms": rms(gradient_b),
            "gradient_b_max": abs(gradient_b).max(),
            "delta_rms": rms(tape.delta(l)),
            "delta_max": abs(tape.delta(l)).max(),
            "W_rms": rms(layout.weights(trainer.theta, l)),
            "update_ratio": rms(layout.weights(trainer.delta_theta, l)) / rms(layout.weights(trainer.theta, l)),
            "a_mean": a.mean(),
            "a_std": a.std(),
            "zero_share": (a == 0).mean(),
            "saturated_share": {
                1: (tape.z(1) <= 0).mean(),
                2: (a * (1 - a) < 0.05 * 0.25).mean(),
                3: 0.0,
            }[l],
            "inactive_share": (a == 0).all(axis=0).mean() if l == 1 else math.nan,
            "signal_before_gate": math.nan if l == 3 else rms(tape.delta(l + 1) @ layout.weights(before, l + 1).T),
            "distinct_units": layout.sizes[l],
        }
        assert list(expected) == list(STATISTICS)
        for name, value in expected.items():
            assert found[name][l - 1] == pytest.approx(value, rel=1e-12, nan_ok=True), name


def test_deltas_are_the_derivatives_of_the_cost_by_the_preactivations():
    trainer = trained((2, 3, 2, 1), ("tanh", "sigmoid", "linear"), n=6)
    tape, layout = trainer.tape, trainer.objective.network.layout
    for l in (1, 2, 3):
        # db_l = Σ over examples of delta_l; dW_l = a_{l-1}ᵀ delta_l
        assert numpy.allclose(layout.biases(trainer.gradient, l), tape.delta(l).sum(axis=0))
        assert numpy.allclose(layout.weights(trainer.gradient, l), tape.a(l - 1).T @ tape.delta(l))
    assert numpy.allclose(tape.slope(1), 1 - tape.a(1) ** 2)


def test_a_population_has_the_statistics_of_its_members():
    together = trained((2, 5, 1), ("relu", "linear"), steps=1, population=(3,))
    found = statistics(together)
    assert found["W_rms"].shape == (3, 2)
    network = together.objective.network
    start = network.initialize(rng=rng(2), population=(3,))
    for member in range(3):
        alone = Trainer(together.objective, start[member], batch_size=40)
        alone.advance()
        for name, values in statistics(alone).items():
            assert numpy.allclose(found[name][member], values, rtol=1e-9, equal_nan=True), name


def test_weights_of_zero_have_an_infinite_update_ratio_and_no_warning():
    trainer = trained((2, 2, 1), ("sigmoid", "linear"), "zeros", learning_rate=0.0)
    trainer.delta_theta[...] = 1.0
    assert numpy.isinf(statistics(trainer)["update_ratio"]).all()


def test_piece_rms_of_a_population():
    layout = Network((2, 3, 1), ("tanh", "linear")).layout
    theta = rng().normal(size=(4, layout.parameter_count))
    found = piece_rms(layout, theta)
    assert found.shape == (4, 4)
    assert found[2, 0] == pytest.approx(rms(layout.weights(theta, 1)[2]))
    assert found[2, 3] == pytest.approx(rms(layout.biases(theta, 2)[2]))


def test_saturated_is_below_five_percent_of_the_largest_slope():
    tanh = Network((1, 1), ("tanh",)).activations[0]
    z = numpy.array([[0.0, 2.1, 2.3, -2.3]])
    assert saturated(tanh, z, numpy.tanh(z)).tolist() == [[False, False, True, True]]
    threshold = Network((1, 1), ("threshold",)).activations[0]
    assert not saturated(threshold, z, z).any()


@pytest.mark.parametrize(
    "values",
    [
        [],
        [numpy.nan, numpy.inf],
        [3.0, 3.0],
        [0.0],
        [1.0, 1.0 + 2e-16],
        [-1e308, 1e308],
        [1e300, 1e300],
        [1.7e308],
        [-1.7e308],
    ],
)
def test_a_histogram_counts_what_is_finite(values):
    counts, edges = histogram(numpy.array(values), bins=10)
    assert counts.sum() == numpy.isfinite(values).sum()
    assert len(edges) == 11
    assert (numpy.diff(edges) > 0).all()
    assert numpy.isfinite(edges).all()


def test_a_histogram_is_numpys():
    values = rng().normal(size=(30, 4))
    counts, edges = histogram(values)
    expected, expected_edges = numpy.histogram(values, bins=40)
    assert numpy.array_equal(counts, expected)
    assert numpy.allclose(edges, expected_edges)


# Metrics


def test_scores_are_those_of_the_textbook():
    y = rng(0).normal(size=(50, 2))
    assert score("regression", y, y) == 1.0
    assert score("regression", numpy.broadcast_to(y.mean(axis=0), y.shape), y) == pytest.approx(0.0)
    assert score("regression", numpy.full((2, 1), 4.0), numpy.full((2, 1), 3.0)) == -1.0
    assert score("binary", numpy.array([[0.9], [0.2], [0.6]]), numpy.array([[1.0], [1.0], [1.0]])) == pytest.approx(
        2 / 3
    )
    one_hot = numpy.eye(3)[[0, 1, 2, 2]]
    a = numpy.array([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7], [0.2, 0.3, 0.5], [0.0, 0.0, 1.0]])
    assert score("multi-class", a, one_hot) == 0.75
    assert score("multi-label", numpy.array([[0.9, 0.1], [0.9, 0.9]]), numpy.array([[1.0, 0.0], [0.0, 1.0]])) == 0.75
    assert set(METRIC_NAMES) == {"regression", "binary", "multi-class", "multi-label"}


def test_scores_of_a_population_of_nothing_and_of_what_is_no_number():
    y = numpy.ones((4, 1))
    a = numpy.stack([y, 0 * y, y * numpy.nan, y * 1e300])
    assert score("binary", a, y).tolist()[:2] == [1.0, 0.0]
    assert numpy.isnan(score("binary", a, y)[2])
    assert numpy.isneginf(score("regression", a, y)[3])
    assert numpy.isnan(score("multi-class", numpy.zeros((3, 0, 2)), numpy.zeros((0, 2)))).tolist() == [True] * 3


def test_confusion_counts_the_true_class_in_rows():
    y, a = numpy.eye(3)[[0, 0, 1, 2]], numpy.eye(3)[[0, 1, 1, 0]]
    assert confusion(a, y).tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 0]]
    assert confusion(numpy.array([[0.9], [0.1]]), numpy.array([[0.0], [0.0]])).tolist() == [[1, 1], [0, 0]]
    assert classes(numpy.array([[0.9], [0.1]])).tolist() == [1, 0]


# Lecture 8.2, 9.4, 9.7, 9.10 and 8.1


def test_no_gradient_passes_a_threshold():
    trainer = trained((2, 5, 5, 1), ("tanh", "threshold", "sigmoid"))
    found, layout = statistics(trainer), trainer.objective.network.layout
    assert not trainer.gradient[: layout.starts[2]].any()
    assert found["gradient_W_rms"].tolist()[:2] == [0.0, 0.0]
    assert found["gradient_W_rms"][2] > 0


def gradient_ratio(activation: str, weights: str | Initialization) -> float:
    trainer = trained((2, *[8] * 6, 1), (*[activation] * 6, "sigmoid"), weights, n=200)
    flow = statistics(trainer)["gradient_W_rms"]
    return math.log10(flow[0] / flow[-1])


def test_the_gradient_vanishes_through_six_layers_of_sigmoid_and_not_through_relu():
    assert gradient_ratio("sigmoid", Initialization("random_uniform", 0.5)) == pytest.approx(-5.0, abs=1.0)
    assert abs(gradient_ratio("relu", "he_normal")) < 1.0


def test_the_activations_share_of_the_loss_is_about_a_quarter_a_layer():
    trainer = trained((2, *[8] * 6, 1), (*["sigmoid"] * 6, "sigmoid"), Initialization("random_uniform", 0.5), n=200)
    shares = [math.log10(rms(trainer.tape.slope(l))) for l in range(1, 7)]
    assert numpy.mean(shares) == pytest.approx(math.log10(0.25), abs=0.02)


def test_a_dead_unit_has_no_gradient_and_never_changes_again():
    network = Network((2, 4, 1), ("relu", "linear"))
    x = rng(1).normal(size=(60, 2))
    theta = network.initialize("he_normal", rng=rng(0))
    network.layout.biases(theta, 1)[2] = -100.0
    trainer = Trainer(
        NetworkObjective(network, "squared_error", x, x[:, :1] ** 2), theta, learning_rate=0.05, batch_size=7
    )
    block = network.layout.block(trainer.theta, 1)
    dead = block[:, 2].copy()
    for _ in range(100):
        trainer.advance()
        assert not network.layout.block(trainer.gradient, 1)[:, 2].any()
    assert numpy.array_equal(block[:, 2], dead)
    assert inactive(network.forward(trainer.theta, x).a(1)).tolist() == [False, False, True, False]
    assert not numpy.array_equal(block[:, 1], network.layout.block(theta, 1)[:, 1])


def test_a_deep_linear_network_is_linear_regression():
    network = Network((3, 5, 4, 1), ("linear",) * 3)
    x = rng(1).normal(size=(100, 3))
    y = x @ [[1.0], [-2.0], [0.5]] + 3.0 + 0.1 * rng(2).normal(size=(100, 1))
    trainer = Trainer(
        NetworkObjective(network, "squared_error", x, y),
        network.initialize(rng=rng(3)),
        learning_rate=0.05,
        batch_size=100,
    )
    trainer.advance_many(5000)
    design = numpy.hstack([x, numpy.ones((100, 1))])
    best = design @ numpy.linalg.lstsq(design, y, rcond=None)[0]
    assert numpy.allclose(network.predict(trainer.theta, x), best, atol=1e-4)
    w, b = numpy.eye(3), numpy.zeros(3)
    for l in (1, 2, 3):
        weights = network.layout.weights(trainer.theta, l)
        w, b = w @ weights, b @ weights + network.layout.biases(trainer.theta, l)
    assert numpy.allclose(network.predict(trainer.theta, x), x @ w + b, atol=1e-12)
