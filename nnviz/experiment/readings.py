"""What views need beyond the curves: pictures of the network's outputs, computed only while somebody looks.

A reading is a pure function of problem and parameters. READINGS is the one place where they are registered; a view
names those it needs, and the snapshot carries exactly these.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine import Network, Tape
from nnviz.experiment.problem import Problem
from nnviz.experiment.view_domain import Domain, domain, telling_axes
from nnviz.experiment.watch import NOTHING, Watch

Floats = NDArray[numpy.float64]
Singles = NDArray[numpy.float32]

MAP_POINTS = 100
"""Points along each side of a decision map."""
UNIT_POINTS = 50
"""Points along each side of a unit's own map; every second of the decision map's."""
CURVE_POINTS = 400
CHUNK_ROWS = 1024


@dataclass(frozen=True, eq=False)
class Instant:
    """What a reading is taken from: parameters (P,) of a problem, what is looked at, and the tape of the batch that
    led here (None at step 0). A reading may look at the tape while it is made, and must not keep it."""

    problem: Problem
    theta: Floats
    watch: Watch = NOTHING
    tape: Tape | None = None


@dataclass(frozen=True, eq=False)
class DecisionMap:
    """The network's outputs over a plane of two raw inputs (the others at their mean).

    values: (G, G, K), first axis the second input from low to high, in the units of y. extent: (left, right, bottom,
    top). axes: which raw inputs. units: per layer l = 1..L an array (n_l, g, g) of outputs, for layers that fit.
    inputs: (n_0, g, g) the network's inputs over the same plane.
    """

    axes: tuple[int, int]
    extent: tuple[float, float, float, float]
    values: Singles
    inputs: Singles
    units: tuple[Singles, ...]


@dataclass(frozen=True, eq=False)
class FitCurve:
    """The network over its one raw input: x (M,), y (M, K) in the units of the targets, units (n_{L-1}, M): what each
    unit of the last hidden layer adds to the first output's pre-activation."""

    x: Floats
    y: Floats
    units: Floats


@dataclass(frozen=True, eq=False)
class Predictions:
    """Outputs for the training and test examples, (N, K) each, in the units of y."""

    train: Floats
    test: Floats


Reading = DecisionMap | FitCurve | Predictions | None


@numpy.errstate(all="ignore")  # a diverging run may leave what a number can hold
def decision_map(now: Instant) -> DecisionMap | None:
    """None for data of one input."""
    problem, theta, axes = now.problem, now.theta, now.watch.axes
    if problem.dimensions < 2:
        return None
    if axes is None or max(axes) >= problem.dimensions or axes[0] == axes[1]:
        axes = telling_axes(problem)
    plane: Domain = domain(problem, axes)
    inputs = problem.inputs.apply(plane.grid(MAP_POINTS))
    network = problem.network
    keep = [numpy.empty((width, len(inputs)), dtype=numpy.float32) for width in network.sizes[1:]]
    _forward_in_chunks(network, theta, inputs, keep)
    side, step = MAP_POINTS, MAP_POINTS // UNIT_POINTS
    outputs = problem.targets.invert(keep[-1].T.astype(numpy.float64))
    return DecisionMap(
        axes=axes,
        extent=plane.extent,
        values=outputs.astype(numpy.float32).reshape(side, side, -1),
        inputs=inputs.T.astype(numpy.float32).reshape(-1, side, side)[:, ::step, ::step],
        units=tuple(layer.reshape(-1, side, side)[:, ::step, ::step] for layer in keep),
    )


@numpy.errstate(all="ignore")
def fit_curve(now: Instant) -> FitCurve | None:
    """None for data of more than one input."""
    problem, theta = now.problem, now.theta
    if problem.dimensions != 1:
        return None
    network, layout = problem.network, problem.network.layout
    left, right, _, _ = domain(problem, (0, 0)).extent
    x = numpy.linspace(left, right, CURVE_POINTS)
    tape = network.forward(theta, problem.inputs.apply(x[:, None]))
    depth = layout.depth
    units = tape.a(depth - 1) * layout.weights(theta, depth)[:, 0]
    return FitCurve(x, problem.targets.invert(tape.a(depth)), units.T.copy())


@numpy.errstate(all="ignore")
def predictions(now: Instant) -> Predictions:
    """Outputs for all examples."""
    problem, theta = now.problem, now.theta
    network, invert = problem.network, problem.targets.invert
    train = invert(network.predict(theta, problem.objective.x))
    if problem.test_objective is None:
        return Predictions(train, numpy.zeros((0, train.shape[1])))
    return Predictions(train, invert(network.predict(theta, problem.test_objective.x)))


READINGS: Mapping[str, Callable[[Instant], Reading]] = {
    "decision_map": decision_map,
    "fit_curve": fit_curve,
    "predictions": predictions,
}
"""Reading by name; None where it does not apply."""


def _forward_in_chunks(network: Network, theta: Floats, inputs: Floats, keep: list[Singles]) -> None:
    """Outputs of every layer, kept in single precision; the tape is small and used again for each chunk."""
    tape = Tape(network.layout, CHUNK_ROWS)
    for start in range(0, len(inputs), CHUNK_ROWS):
        part = inputs[start : start + CHUNK_ROWS]
        if len(part) < CHUNK_ROWS:
            tape = Tape(network.layout, len(part))
        network.forward(theta, part, tape)
        for l, layer in enumerate(keep, start=1):
            layer[:, start : start + len(part)] = tape.a(l).T
