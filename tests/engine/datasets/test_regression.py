"""Regression targets follow their closed form without noise, and carry an error of the stated size with it."""

import numpy
import pytest

from nnviz.engine.datasets import GENERATORS, HOUSE_BASE_PRICE, HOUSE_WEIGHTS


def bells(x: numpy.ndarray, y: numpy.ndarray) -> numpy.ndarray:
    total = numpy.zeros_like(x)
    for column, cx in enumerate((-4.0, 0.0, 4.0)):
        for row, cy in enumerate((2.5, -2.5)):
            height = 1.0 if (column + row) % 2 == 0 else -1.0
            total += height * numpy.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 4.5)
    return total


TRUTHS = {
    "plane": lambda x: (x[:, 0] + x[:, 1]) / 12,
    "multi_gauss": lambda x: bells(x[:, 0], x[:, 1]),
    "sine": lambda x: numpy.sin(x[:, 0]),
    "x_sin_x": lambda x: x[:, 0] * numpy.sin(x[:, 0]),
    "step": lambda x: numpy.sign(x[:, 0]),
}
SPREADS = {"plane": 1.0, "multi_gauss": 1.0, "sine": 1.0, "x_sin_x": 3.3, "step": 1.0, "houses": 50_000.0}


@pytest.mark.parametrize("name", TRUTHS)
def test_target_without_noise_is_the_closed_form(name):
    dataset = GENERATORS[name].generate(numpy.random.default_rng(1), 3000, 0.0)
    assert numpy.allclose(dataset.y[:, 0], TRUTHS[name](dataset.x), rtol=0, atol=1e-12)
    # Uniform inputs: mean 0, standard deviation 12/√12.
    assert numpy.abs(dataset.x).max() <= 6
    assert numpy.abs(dataset.x.mean(axis=0)).max() < 4 * numpy.sqrt(12 / 3000)
    assert numpy.abs(dataset.x.std(axis=0) - numpy.sqrt(12)).max() < 0.15


def test_sine_has_the_frequency_asked_for():
    dataset = GENERATORS["sine"].generate(numpy.random.default_rng(1), 100, 0.0, frequency=2.5)
    assert numpy.allclose(dataset.y, numpy.sin(2.5 * dataset.x))
    assert "sin(2.5·x)" in dataset.note


@pytest.mark.parametrize("name", SPREADS)
def test_noise_adds_an_error_of_the_stated_standard_deviation(name):
    generator = GENERATORS[name]
    without = generator.generate(numpy.random.default_rng(2), 10_000, 0.0)
    for noise in (0.1, 1.0):
        noisy = generator.generate(numpy.random.default_rng(2), 10_000, noise)
        error = noisy.y - without.y
        stated = noise * SPREADS[name]
        assert numpy.array_equal(noisy.x, without.x)
        assert abs(error.std() / stated - 1) < 4 / numpy.sqrt(20_000)
        assert abs(error.mean()) < 4 * stated / numpy.sqrt(10_000)
    assert f"{SPREADS[name]:,g}" in generator.noise_meaning


@pytest.mark.parametrize("base_price", [0, HOUSE_BASE_PRICE, 200_000])
def test_least_squares_recovers_the_true_house_prices(base_price):
    dataset = GENERATORS["houses"].generate(numpy.random.default_rng(3), 200, 0.0, base_price=base_price)
    design = numpy.column_stack([dataset.x, numpy.ones(200)])
    solution = numpy.linalg.lstsq(design, dataset.y[:, 0])[0]
    assert numpy.allclose(solution, [*HOUSE_WEIGHTS.values(), base_price], rtol=1e-9, atol=1e-6)
    assert f"{base_price:,}" in dataset.note


def test_houses_without_a_base_price_need_no_bias():
    """A fit through the origin is as good as a free one exactly when the true base price is 0."""
    errors = {}
    for base_price in (0, 50_000):
        dataset = GENERATORS["houses"].generate(numpy.random.default_rng(3), 200, 0.0, base_price=base_price)
        weights = numpy.linalg.lstsq(dataset.x, dataset.y)[0]
        errors[base_price] = numpy.abs(dataset.x @ weights - dataset.y).max()
    assert errors[0] < 1e-6 < 1000 < errors[50_000]


def test_houses_are_houses():
    dataset = GENERATORS["houses"].generate(numpy.random.default_rng(4), 5000, 0.0)
    area, rooms, age, pool, servant_quarters = dataset.x.T
    assert dataset.feature_names == ("area", "rooms", "age", "pool", "servant_quarters")
    assert dataset.target_names == ("price",)
    assert (area.min(), area.max()) >= (40, 100)
    assert set(rooms) <= set(range(1, 11))
    assert (age.min(), age.max()) == (0, 60)
    assert set(pool) == set(servant_quarters) == {0.0, 1.0}
    assert numpy.array_equal(dataset.x, dataset.x.round())
    assert numpy.corrcoef(area, rooms)[0, 1] > 0.7
    assert area[pool == 1].mean() > area[pool == 0].mean()
    assert dataset.y.min() > 0
    for name, weight in HOUSE_WEIGHTS.items():
        assert f"{weight:+,.0f}·{name}" in dataset.note
