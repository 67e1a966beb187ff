"""One number a unit: by hand for each, for a population as for each of its members."""

import numpy

from nnviz.engine import NetworkObjective
from nnviz.engine.layout import Layout
from nnviz.engine.network import Network
from nnviz.engine.trainer import Trainer
from nnviz.engine.unit_gradients import bias_sizes, delta_sizes, incoming_rms, quantiles, update_ratios

LAYOUT = Layout((3, 5, 2))
RNG = numpy.random.default_rng(1)


def test_each_unit_has_the_rms_of_its_incoming_weights_and_the_size_of_its_bias() -> None:
    flat = RNG.normal(size=LAYOUT.parameter_count)
    weights, biases = incoming_rms(LAYOUT, flat), bias_sizes(LAYOUT, flat)
    for l, (n_in, n_out) in enumerate([(3, 5), (5, 2)], start=1):
        for j in range(n_out):
            column = [flat[LAYOUT.index(l, i, j)] for i in range(n_in)]
            assert numpy.isclose(weights[l - 1][j], numpy.sqrt(sum(w * w for w in column) / n_in))
            assert biases[l - 1][j] == abs(flat[LAYOUT.index(l, -1, j)])


def test_the_ratio_is_that_of_update_and_weights_and_infinite_without_weights() -> None:
    theta = RNG.normal(size=LAYOUT.parameter_count)
    LAYOUT.weights(theta, 1)[:, 2] = 0.0
    ratios = update_ratios(LAYOUT, theta, -0.01 * theta + 1e-3)
    assert numpy.isinf(ratios[0][2])
    assert numpy.allclose(update_ratios(LAYOUT, theta, -0.01 * theta)[1], 0.01)


def test_each_unit_has_the_rms_of_delta_over_the_examples() -> None:
    """One layer, squared error: delta is (ŷ − y) / N, by hand."""
    network = Network((3, 2), ("linear",))
    theta = RNG.normal(size=network.parameter_count)
    x, y = RNG.normal(size=(6, 3)), RNG.normal(size=(6, 2))
    trainer = Trainer(NetworkObjective(network, loss="squared_error", x=x, y=y), theta, learning_rate=0.1, batch_size=6)
    trainer.advance()
    assert trainer.tape is not None
    error = (network.predict(theta, x) - y) / 6.0
    expected = [float(sum(e * e for e in error[:, unit]) / 6.0) ** 0.5 for unit in range(2)]
    assert numpy.allclose(delta_sizes(trainer.tape)[0], expected, rtol=1e-12)


def test_the_mean_square_of_the_units_delta_is_the_layers() -> None:
    network = Network((3, 5, 2), ("tanh", "sigmoid"))
    theta = RNG.normal(size=network.parameter_count)
    x, y = RNG.normal(size=(7, 3)), RNG.uniform(size=(7, 2))
    trainer = Trainer(NetworkObjective(network, loss="squared_error", x=x, y=y), theta, learning_rate=0.1, batch_size=7)
    trainer.advance()
    assert trainer.tape is not None
    for l, units in enumerate(delta_sizes(trainer.tape), start=1):
        delta = trainer.tape.delta(l)
        assert units.shape == (network.sizes[l],)
        assert numpy.isclose(numpy.mean(units**2), numpy.mean(delta**2), rtol=1e-12)


def test_quantiles_of_a_population_are_those_of_its_members() -> None:
    flat = RNG.normal(size=(4, LAYOUT.parameter_count))
    together = quantiles(incoming_rms(LAYOUT, flat))
    assert together.shape == (4, 2, 2)
    for member in range(4):
        alone = quantiles(incoming_rms(LAYOUT, flat[member]))
        assert alone.shape == (2, 2)
        assert numpy.allclose(together[member], alone)
    units = incoming_rms(LAYOUT, flat[0])[0]
    assert numpy.allclose(quantiles([units], 0.0, 1.0), [[units.min(), units.max()]])
    assert numpy.isnan(quantiles([numpy.array([1.0, numpy.nan])])).all()
