"""House prices that follow a known linear rule, so that what a neuron learned can be held against the truth.

price = base price + Σ weight · feature + error. The base price is what a house without any feature costs: the bias.
"""

from types import MappingProxyType

import numpy

from nnviz.engine.datasets.record import DataSet

HOUSE_WEIGHTS = MappingProxyType(
    {"area": 1500.0, "rooms": 10_000.0, "age": -800.0, "pool": 25_000.0, "servant_quarters": 15_000.0}
)
"""Dollars for each square metre, room and year of age, and for having a pool or servant quarters (0 or 1)."""
HOUSE_BASE_PRICE = 50_000
"""Dollars that a house costs before its features count."""
HOUSE_SPREAD = 50_000.0
"""Standard deviation of the error in dollars at noise 1."""


def houses(rng: numpy.random.Generator, n: int, noise: float, base_price: int = HOUSE_BASE_PRICE) -> DataSet:
    """n houses with prices in dollars, exactly linear at noise 0. x (n, 5) in the order of HOUSE_WEIGHTS, y (n, 1).

    As with real houses the features hang together: larger houses have more rooms and more often a pool.
    The error is drawn last and also at noise 0: the same generator state gives the same houses at any noise.
    """
    area = numpy.round(rng.uniform(40.0, 260.0, n))
    rooms = numpy.clip(numpy.round(area / 35.0 + rng.normal(0.0, 1.0, n)), 1.0, 10.0)
    age = rng.integers(0, 61, n).astype(numpy.float64)
    pool = (rng.random(n) < area / 400.0).astype(numpy.float64)
    servant_quarters = (rng.random(n) < area / 800.0).astype(numpy.float64)
    x = numpy.stack([area, rooms, age, pool, servant_quarters], axis=-1)
    error = noise * HOUSE_SPREAD * rng.standard_normal(n)
    price = base_price + x @ numpy.array(list(HOUSE_WEIGHTS.values())) + error
    terms = "".join(f" {weight:+,.0f}·{name}" for name, weight in HOUSE_WEIGHTS.items())
    note = f"Invented houses (area in m², age in years); their price in dollars is {base_price:,}{terms}, plus noise."
    return DataSet("houses", "regression", x, price[:, None], tuple(HOUSE_WEIGHTS), ("price",), note)
