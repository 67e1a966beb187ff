"""What views need beyond the curves: pictures of the network's outputs, computed only while somebody looks.

A reading is a pure function of problem and parameters. READINGS is the one place where they are registered; a view
names those it needs, and the snapshot carries exactly these.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine import Network, Tape
from nnviz.engine.activations import run
from nnviz.engine.diagnostics import histogram
from nnviz.engine.sign_test import one_sign_share
from nnviz.engine.unit_gradients import delta_sizes
from nnviz.experiment.problem import Problem
from nnviz.experiment.step.record import StepRecord
from nnviz.experiment.trail import Trajectory
from nnviz.experiment.view_domain import Domain, domain, telling_axes
from nnviz.experiment.watch import NOTHING, Axes, Watch

Floats = NDArray[numpy.float64]
Singles = NDArray[numpy.float32]

MAP_POINTS = 100
"""Points along each side of a decision map."""
UNIT_POINTS = 50
"""Points along each side of a unit's own map; every second of the decision map's."""
CURVE_POINTS = 400
CHUNK_ROWS = 1024
SAMPLE_EXAMPLES = 2000
SAMPLE_NUMBERS = 50_000
"""A sample of pre-activations has at most so many examples, and so many numbers over all units of a layer."""


@dataclass(frozen=True, eq=False)
class Instant:
    """What a reading is taken from: parameters (P,) of a problem, what is looked at, and the tape of the batch that
    led here (None at step 0). A reading may look at the tape while it is made, and must not keep it. trajectory: gives
    the way that theta went, None where there is none to tell of. next_step: works out the step to come, None without a
    run."""

    problem: Problem
    theta: Floats
    watch: Watch = NOTHING
    tape: Tape | None = None
    trajectory: Callable[[], Trajectory | None] = lambda: None
    next_step: Callable[[], StepRecord | None] = lambda: None


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


@dataclass(frozen=True, eq=False)
class PreActivations:
    """z of every unit of one layer over a plane of two raw inputs (the others at their mean): values (n_l, g, g), with
    second and third axis as in a decision map; axes, extent: likewise. Where a unit's z is 0 lies its fold."""

    layer: int
    axes: tuple[int, int]
    extent: tuple[float, float, float, float]
    values: Singles


@dataclass(frozen=True, eq=False)
class PreActivationSample:
    """What reaches the activation function of one unit (from 0), or of all units of a layer where unit is None.

    z: (M, 1) or (M, n_l) on M training examples, evenly chosen among the ``of`` there are. counts, edges: their
    histogram over finite z. mean_gate: E[f'(z)]. low, high: the ends of z. one_sign_share: on how many of the examples
    all inputs of the layer have one sign; input_mean: the mean of these inputs.
    """

    layer: int
    unit: int | None
    of: int
    z: Floats
    counts: Floats
    edges: Floats
    mean_gate: float
    low: float
    high: float
    one_sign_share: float
    input_mean: float


@dataclass(frozen=True, eq=False)
class UnitDeltas:
    """RMS of delta over the batch of the step that led here, of each unit: for l = 1..L an array (n_l,)."""

    layers: tuple[Floats, ...]


Reading = (
    DecisionMap
    | FitCurve
    | Predictions
    | PreActivations
    | PreActivationSample
    | UnitDeltas
    | Trajectory
    | StepRecord
    | None
)


@numpy.errstate(all="ignore")  # a diverging run may leave what a number can hold
def decision_map(now: Instant) -> DecisionMap | None:
    """None for data of one input."""
    problem, theta, axes = now.problem, now.theta, now.watch.axes
    if problem.dimensions < 2:
        return None
    plane = _plane(problem, axes)
    inputs = problem.inputs.apply(plane.grid(MAP_POINTS))
    network = problem.network
    keep = [numpy.empty((width, len(inputs)), dtype=numpy.float32) for width in network.sizes[1:]]
    for part, tape in _passes(network, theta, inputs):
        for l, layer in enumerate(keep, start=1):
            layer[:, part] = tape.a(l).T
    side, step = MAP_POINTS, MAP_POINTS // UNIT_POINTS
    outputs = problem.targets.invert(keep[-1].T.astype(numpy.float64))
    return DecisionMap(
        axes=plane.axes,
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


@numpy.errstate(all="ignore")
def pre_activations(now: Instant) -> PreActivations | None:
    """Of the layer that is looked at; None for data of one input."""
    problem, (layer, _) = now.problem, looked_at(now.watch, now.problem.network)
    if problem.dimensions < 2:
        return None
    plane = _plane(problem, now.watch.axes)
    values = numpy.empty((problem.network.sizes[layer], UNIT_POINTS * UNIT_POINTS), dtype=numpy.float32)
    for part, tape in _passes(problem.network, now.theta, problem.inputs.apply(plane.grid(UNIT_POINTS))):
        values[:, part] = tape.z_rows(layer)
    return PreActivations(layer, plane.axes, plane.extent, values.reshape(-1, UNIT_POINTS, UNIT_POINTS))


@numpy.errstate(all="ignore")
def pre_activation_sample(now: Instant) -> PreActivationSample:
    """Of the unit that is selected, or of the layer that is looked at."""
    network, x = now.problem.network, now.problem.objective.x
    layer, unit = looked_at(now.watch, network)
    activation = network.activations[layer - 1]
    units, n = (slice(None), network.sizes[layer]) if unit is None else (slice(unit, unit + 1), 1)
    most = min(len(x), SAMPLE_EXAMPLES, max(1, SAMPLE_NUMBERS // n))
    sample = x[numpy.linspace(0, len(x) - 1, most).round().astype(numpy.intp)]
    z, gates, inputs = numpy.empty((most, n)), numpy.empty((most, n)), numpy.empty((most, network.sizes[layer - 1]))
    for part, tape in _passes(network, now.theta, sample):
        slope = numpy.empty_like(tape.z(layer))
        run(activation.slope(tape.z(layer), tape.a(layer), slope, activation.alpha or 0.0))
        z[part], gates[part], inputs[part] = tape.z(layer)[:, units], slope[:, units], tape.a(layer - 1)
    counts, edges = histogram(z)
    return PreActivationSample(
        layer=layer,
        unit=unit,
        of=len(x),
        z=z,
        counts=counts,
        edges=edges,
        mean_gate=float(numpy.mean(gates)),
        low=float(numpy.min(z)),
        high=float(numpy.max(z)),
        one_sign_share=float(one_sign_share(inputs)),
        input_mean=float(numpy.mean(inputs)),
    )


def unit_deltas(now: Instant) -> UnitDeltas | None:
    """None before the first step: nothing went back through the network."""
    return None if now.tape is None else UnitDeltas(tuple(delta_sizes(now.tape)))


def trajectory(now: Instant) -> Trajectory | None:
    """The way of theta through the run, its arrays shared with the worker that never writes them again."""
    return now.trajectory()


def next_step(now: Instant) -> StepRecord | None:
    """The step that the run takes next, taken apart; None without a run."""
    return now.next_step()


def looked_at(watch: Watch, network: Network) -> tuple[int, int | None]:
    """The layer and unit that are selected, None for all its units; what does not exist counts as not selected."""
    depth = network.layout.depth
    if watch.unit is not None:
        layer, unit = watch.unit
        if 1 <= layer <= depth and 0 <= unit < network.sizes[layer]:
            return layer, unit
    return min(max(watch.layer, 1), depth), None


READINGS: Mapping[str, Callable[[Instant], Reading]] = {
    "decision_map": decision_map,
    "fit_curve": fit_curve,
    "predictions": predictions,
    "pre_activations": pre_activations,
    "pre_activation_sample": pre_activation_sample,
    "unit_deltas": unit_deltas,
    "trajectory": trajectory,
    "next_step": next_step,
}
"""Reading by name; None where it does not apply."""


def _plane(problem: Problem, axes: Axes) -> Domain:
    """The plane of these raw inputs; of the most telling ones where there are no such axes."""
    if axes is None or max(axes) >= problem.dimensions or axes[0] == axes[1]:
        axes = telling_axes(problem)
    return domain(problem, axes)


def _passes(network: Network, theta: Floats, inputs: Floats) -> Iterator[tuple[slice, Tape]]:
    """Forward passes over a part of the inputs (N, n_0) at a time: which part, and its tape (used again)."""
    tape = Tape(network.layout, CHUNK_ROWS)
    for start in range(0, len(inputs), CHUNK_ROWS):
        part = slice(start, min(start + CHUNK_ROWS, len(inputs)))
        if part.stop - start < CHUNK_ROWS:
            tape = Tape(network.layout, part.stop - start)
        yield part, network.forward(theta, inputs[part], tape)
