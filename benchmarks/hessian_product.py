"""One Hessian-vector product of a network, exact, against the difference of two gradients, which is nearly one.

Each product of the difference takes the gradients at theta + h v and theta - h v, worked on as a population of two.
Ours makes one forward and one backward pass when a point is come to and keeps it: the first product at a point includes
that, the others, of which a measurement of the sharpness takes 5 to 25, do not. Accuracy is not in the ratio: the
difference is exact to about 1e-9 where the cost is smooth, and wrong without limit where a ReLU is at its corner.
"""

from collections.abc import Callable

import numpy

from benchmarks.record import Benchmark, Row
from benchmarks.timing import interleaved
from nnviz.engine import Network, NetworkObjective
from nnviz.engine.network_hessian import NetworkHessian

# sizes, examples, activation
CASES = (
    ((2, 8, 8, 1), 30, "tanh"),
    ((2, 8, 8, 1), 500, "tanh"),
    ((2, 8, 8, 1), 500, "relu"),
    ((2, 16, 16, 1), 500, "tanh"),
    ((64, 128, 64, 10), 1250, "tanh"),
)
EPSILON = 1e-5


def run() -> list[Row]:
    """Two rows for each case: a further product at the same point, and the first one."""
    rows = []
    for sizes, count, activation in CASES:
        rng = numpy.random.default_rng(0)
        network = Network(sizes, (activation,) * (len(sizes) - 2) + ("linear",))
        x, y = rng.standard_normal((count, sizes[0])), rng.standard_normal((count, sizes[-1]))
        objective = NetworkObjective(network, "squared_error", x, y)
        theta = network.initialize(rng=rng)
        v = rng.standard_normal(theta.shape)
        seconds = interleaved(
            {
                "further": _repeated(NetworkHessian(objective, theta).times, v),
                "first": _repeated(lambda v: NetworkHessian(objective, theta).times(v), v),  # noqa: B023
                "difference": _repeated(lambda v: _difference(objective, theta, v), v),  # noqa: B023
            }
        )
        for which in ("further", "first"):
            case = f"[{', '.join(map(str, sizes))}] {activation}, {count:,} examples, {which}"
            ours, peer = (f"{seconds[name] * 1e6:.0f} µs" for name in (which, "difference"))
            rows.append(Row(case, ours, peer, seconds["difference"] / seconds[which]))
    return rows


def _repeated(product: Callable[[numpy.ndarray], object], v: numpy.ndarray) -> Callable[[int], object]:
    def work(products: int) -> None:
        for _ in range(products):
            product(v)

    return work


def _difference(objective: NetworkObjective, theta: numpy.ndarray, v: numpy.ndarray) -> numpy.ndarray:
    gradients = objective.value_and_gradient(numpy.stack([theta + EPSILON * v, theta - EPSILON * v]))[1]
    return (gradients[0] - gradients[1]) / (2.0 * EPSILON)


BENCHMARK = Benchmark(
    name="hessian_product",
    title="One Hessian-vector product",
    peer="the difference of two gradients, same engine",
    run=run,
)
