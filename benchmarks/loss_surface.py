"""A loss surface of 65 × 65 points on 500 examples against PyTorch: the same network, data, loss and directions.

PyTorch takes it point by point, as most people write it: the parameters are set to origin + u·first + v·second, then a
forward pass without gradients, and the loss as a number; one thread. Ours is what the window does: from coarse to fine,
with all its intermediate pictures, on float64. PyTorch is timed with float64 (like ours) and with float32 (its
default); the goal is set on the faster of the two.
"""

import itertools
from collections.abc import Callable

import numpy

from benchmarks.record import Benchmark, Row
from benchmarks.timing import interleaved
from nnviz.engine import Network, NetworkObjective
from nnviz.engine.directions import filter_normalized
from nnviz.engine.planes import Plane
from nnviz.experiment.loss_surface.slices import SliceSpec, SurfaceSlice
from nnviz.experiment.loss_surface.surface import surface

SIZES, EXAMPLES, SIDE, GOAL = (2, 8, 8, 1), 500, 65, 8.0
ACTIVATIONS = ("tanh", "relu")
EXTENT = (-1.0, 1.0, -1.0, 1.0)


def run() -> list[Row]:
    """For each activation two rows: against PyTorch with float64, and with float32."""
    import torch

    torch.set_num_threads(1)
    rows = []
    for activation in ACTIVATIONS:
        rng = numpy.random.default_rng(0)
        x, y = rng.standard_normal((EXAMPLES, SIZES[0])), rng.standard_normal((EXAMPLES, SIZES[-1]))
        network = Network(SIZES, (activation,) * (len(SIZES) - 2) + ("linear",))
        objective = NetworkObjective(network, "squared_error", x, y)
        theta = network.initialize(rng=rng)
        plane = Plane(theta, *filter_normalized(network.layout, theta, rng))
        seconds = interleaved(
            {
                "ours": _ours(plane, objective),
                "float64": _torch(torch.float64, activation, plane, objective),
                "float32": _torch(torch.float32, activation, plane, objective),
            }
        )
        for precision in ("float64", "float32"):
            case = f"[2, 8, 8, 1] {activation}, PyTorch {precision}"
            ratio = seconds[precision] / seconds["ours"]
            ours, peer = (f"{seconds[name] * 1e3:.0f} ms" for name in ("ours", precision))
            rows.append(Row(case, ours, peer, ratio, GOAL))
    return rows


def _ours(plane: Plane, objective: NetworkObjective) -> Callable[[int], object]:
    chosen = SurfaceSlice(SliceSpec(resolution=SIDE), plane, EXTENT, ("u", "v"))

    def draw(surfaces: int) -> None:
        for _ in range(surfaces):
            *_, last = surface(chosen, objective)
            assert last.complete

    return draw


def _torch(dtype, activation: str, plane: Plane, objective: NetworkObjective) -> Callable[[int], object]:
    import torch

    inputs, targets = torch.tensor(objective.x, dtype=dtype), torch.tensor(objective.y, dtype=dtype)
    function = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}[activation]
    layers: list[torch.nn.Module] = []
    for n_in, n_out in itertools.pairwise(SIZES):
        layers += [torch.nn.Linear(n_in, n_out, dtype=dtype), function()]
    model = torch.nn.Sequential(*layers[:-1])
    loss_function = torch.nn.MSELoss()
    layout = objective.network.layout

    def pieces(flat: numpy.ndarray) -> list[torch.Tensor]:
        """One tensor for each of the model's parameters, whose weights are (n_out, n_in)."""
        tensors = []
        for l in range(1, layout.depth + 1):
            tensors.append(torch.tensor(layout.weights(flat, l).T.copy(), dtype=dtype))
            tensors.append(torch.tensor(layout.biases(flat, l), dtype=dtype))
        return tensors

    parts = list(zip(model.parameters(), *map(pieces, (plane.origin, plane.first, plane.second)), strict=True))
    places = numpy.linspace(EXTENT[0], EXTENT[1], SIDE).tolist()

    def draw(surfaces: int) -> None:
        heights = numpy.empty((SIDE, SIDE))
        with torch.no_grad():
            for _ in range(surfaces):
                for row, v in enumerate(places):
                    for column, u in enumerate(places):
                        for parameter, origin, first, second in parts:
                            parameter.copy_(origin + u * first + v * second)
                        heights[row, column] = loss_function(model(inputs), targets).item()

    return draw


BENCHMARK = Benchmark(
    name="loss_surface",
    title=f"Loss surface of {SIDE} × {SIDE} points on {EXAMPLES} examples",
    peer="PyTorch, a loop over points, one thread",
    run=run,
    needs={"torch": "pip install torch --index-url https://download.pytorch.org/whl/cpu"},
)
