"""Training steps a second against PyTorch: the same data, network, loss, batches and learning rate, one thread.

PyTorch trains as most people write it: a permutation each epoch, index, zero_grad, forward, loss, backward, step. Ours
is the engine's Trainer on float64. PyTorch is timed with float64 (like ours) and with float32 (its default); the goal
is set on the faster of the two.
"""

import itertools
from collections.abc import Callable

import numpy

from benchmarks.record import Benchmark, Row
from benchmarks.timing import interleaved
from nnviz.engine import Network, NetworkObjective, Trainer

# sizes, batch, number of examples, goal
CASES = (
    ((2, 4, 2, 1), 10, 500, 15.0),
    ((2, 8, 8, 1), 30, 500, 15.0),
    ((2, 8, 8, 8, 8, 8, 8, 1), 30, 500, 12.0),
    ((2, 16, 16, 1), 256, 2048, 6.0),
    ((64, 128, 64, 10), 64, 2048, 2.5),
)
LEARNING_RATE = 0.01


def run() -> list[Row]:
    """Two rows for each case: against PyTorch with float64, and with float32."""
    import torch

    torch.set_num_threads(1)
    rows = []
    for sizes, batch, count, goal in CASES:
        rng = numpy.random.default_rng(0)
        x, y = rng.standard_normal((count, sizes[0])), rng.standard_normal((count, sizes[-1]))
        seconds = interleaved(
            {
                "ours": _ours(sizes, batch, x, y),
                "float64": _torch(torch.float64, sizes, batch, x, y),
                "float32": _torch(torch.float32, sizes, batch, x, y),
            }
        )
        for precision in ("float64", "float32"):
            case = f"{_shape(sizes)} B{batch}, PyTorch {precision}"
            ratio = seconds[precision] / seconds["ours"]
            rows.append(Row(case, _rate(seconds["ours"]), _rate(seconds[precision]), ratio, goal))
    return rows


def _ours(sizes: tuple[int, ...], batch: int, x: numpy.ndarray, y: numpy.ndarray) -> Callable[[int], object]:
    network = Network(sizes, ("tanh",) * (len(sizes) - 2) + ("linear",))
    objective = NetworkObjective(network, "squared_error", x, y)
    theta = network.initialize(rng=numpy.random.default_rng(0))
    return Trainer(objective, theta, learning_rate=LEARNING_RATE, batch_size=batch).advance_many


def _torch(dtype, sizes: tuple[int, ...], batch: int, x: numpy.ndarray, y: numpy.ndarray) -> Callable[[int], object]:
    import torch

    inputs, targets = torch.tensor(x, dtype=dtype), torch.tensor(y, dtype=dtype)
    layers: list[torch.nn.Module] = []
    for n_in, n_out in itertools.pairwise(sizes):
        layers += [torch.nn.Linear(n_in, n_out, dtype=dtype), torch.nn.Tanh()]
    model = torch.nn.Sequential(*layers[:-1])
    loss_function = torch.nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)

    def train(steps: int) -> None:
        done = 0
        while done < steps:
            order = torch.randperm(len(inputs))
            for start in range(0, len(inputs), batch):
                rows = order[start : start + batch]
                optimizer.zero_grad(set_to_none=True)
                loss_function(model(inputs[rows]), targets[rows]).backward()
                optimizer.step()
                done += 1
                if done == steps:
                    return

    return train


def _shape(sizes: tuple[int, ...]) -> str:
    hidden = sizes[1:-1]
    inner = f"{hidden[0]}×{len(hidden)}" if len(hidden) > 3 else ", ".join(map(str, hidden))
    return f"[{sizes[0]}, {inner}, {sizes[-1]}]"


def _rate(seconds: float) -> str:
    return f"{1.0 / seconds:,.0f} steps/s"


BENCHMARK = Benchmark(
    name="training",
    title="Training steps a second (plain gradient descent, tanh, squared error)",
    peer="PyTorch eager SGD, one thread",
    run=run,
    needs={"torch": "pip install torch --index-url https://download.pytorch.org/whl/cpu"},
)
