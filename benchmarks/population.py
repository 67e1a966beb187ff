"""What a population saves: 4096 networks trained as one array against one network trained alone."""

from collections.abc import Callable

import numpy

from benchmarks.record import Benchmark, Row
from benchmarks.timing import interleaved
from nnviz.engine import Network, NetworkObjective, Trainer

MEMBERS = 4096
BATCH = 16


def run() -> list[Row]:
    """Time of one network's step, in the population and alone."""
    seconds = interleaved({"alone": _trainer(()), "population": _trainer((MEMBERS,))})
    each = seconds["population"] / MEMBERS
    case = f"[16, 16, 1] B{BATCH}, {MEMBERS:,} members"
    return [Row(case, f"{each * 1e6:.2f} µs", f"{seconds['alone'] * 1e6:.2f} µs", seconds["alone"] / each, 8.0)]


def _trainer(population: tuple[int, ...]) -> Callable[[int], object]:
    rng = numpy.random.default_rng(0)
    network = Network((16, 16, 1), ("tanh", "linear"))
    objective = NetworkObjective(
        network, "squared_error", rng.standard_normal((512, 16)), rng.standard_normal((512, 1))
    )
    theta = network.initialize(rng=rng, population=population)
    return Trainer(objective, theta, learning_rate=0.01, batch_size=BATCH).advance_many


BENCHMARK = Benchmark(
    name="population",
    title="Time of one network's training step in a population",
    peer="the same network alone, same engine",
    run=run,
)
