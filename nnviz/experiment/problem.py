"""From names to arrays: a specification resolved into data, network and objective, ready to be trained on."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy
from numpy.typing import NDArray

from nnviz.engine import ACTIVATIONS, Initialization, Network, NetworkObjective
from nnviz.engine.checks import known
from nnviz.engine.datasets import GENERATORS, DataSet, Parameter, Standardization, expand, split
from nnviz.engine.datasets.features import FEATURES
from nnviz.engine.datasets.record import TASKS, Task
from nnviz.engine.randomness import DATA, INITIALIZATION, SPLIT, stream
from nnviz.experiment.shipped_data import SHIPPED, load_shipped
from nnviz.experiment.specification import DataSpec, Experiment, InitializerSpec
from nnviz.experiment.tables import MissingPolicy, table_dataset

Floats = NDArray[numpy.float64]
Indices = NDArray[numpy.intp]

DRAWN = "drawn"
TABLE = "table"
CLASSES = Parameter("Classes", 2, 2, 5)
"""Of points drawn by hand."""
MAX_PARAMETERS = 2_000_000
"""More than any view can show, and still trained without exhausting a laptop's memory."""
MAX_ACTIVATIONS = 6_000_000
"""Examples, those for testing included, times units, inputs and outputs included.

A pass keeps z, a, f' and delta of each unit and example, 32 bytes; passes are kept or made of a full batch, of all
training and test examples for the curves, and of the training examples for what a view reads. All together need at most
3 · 32 · MAX_ACTIVATIONS bytes, 0.58 GB."""


@dataclass(frozen=True, eq=False)
class Inputs:
    """From raw inputs (..., F) to what the network sees (..., n_0): 2-D points are expanded, then all is scaled."""

    features: tuple[str, ...]
    scaling: Standardization

    def apply(self, x: Floats) -> Floats:
        """The network's inputs for raw x."""
        return self.scaling.apply(expand(x, self.features) if self.features else x)


@dataclass(frozen=True, eq=False)
class Problem:
    """A resolved experiment, with its network as it begins; `rewired` has it with another. Arrays are read-only.

    data: all examples, raw. train, test: their numbers. input_names: of the network's n_0 inputs.
    targets: scaling of y (identity but for standardized regression targets).
    x_train, y_train, x_test, y_test: as the network sees them. objective: the cost on the training examples.
    theta_0: the initial parameters.
    """

    spec: Experiment
    data: DataSet
    train: Indices
    test: Indices
    inputs: Inputs
    input_names: tuple[str, ...]
    targets: Standardization
    network: Network
    objective: NetworkObjective
    test_objective: NetworkObjective | None
    theta_0: Floats

    @property
    def task(self) -> Task:
        """The task that the data pose."""
        return self.data.task

    @property
    def dimensions(self) -> int:
        """F, the number of raw inputs."""
        return int(self.data.x.shape[1])


def resolve(spec: Experiment) -> Problem:
    """The problem that the specification names. ValueError in one sentence when it cannot be posed."""
    data = dataset(spec.data, spec.seed)
    if len(data.x) == 0:
        raise ValueError("there are no points to learn from yet; draw some on the decision map")
    # What was set by hand is there to be learned.
    own = len(data.x) - len(spec.data.added)
    train, test = split(own, spec.data.train_share, stream(spec.seed, SPLIT))
    train = numpy.concatenate([train, numpy.arange(own, len(data.x))])
    features = spec.data.features if data.x.shape[1] == 2 and spec.data.source != TABLE else ()
    raw = expand(data.x, features) if features else data.x
    scaling = Standardization.of(raw[train]) if spec.data.standardize else Standardization.identity(raw.shape[1])
    scale_targets = spec.data.standardize_target and data.task == "regression"
    targets = Standardization.of(data.y[train]) if scale_targets else Standardization.identity(data.y.shape[1])
    network = build_network(spec, raw.shape[1], data.y.shape[1])
    _check_memory(len(raw), sum(network.sizes))
    x, y = scaling.apply(raw), targets.apply(data.y)
    training = spec.training

    def objective(rows: Indices) -> NetworkObjective:
        return NetworkObjective(network, training.loss, x[rows], y[rows], training.l1, training.l2)

    problem = Problem(
        spec=spec,
        data=data,
        train=train,
        test=test,
        inputs=Inputs(features, scaling),
        input_names=tuple(FEATURES[name].label for name in features) or tuple(data.feature_names),
        targets=targets,
        network=network,
        objective=objective(train),
        test_objective=objective(test) if len(test) else None,
        theta_0=initial_theta(spec, network),
    )
    arrays = [data.x, data.y, problem.theta_0, problem.objective.x, problem.objective.y]
    for array in (*arrays, train, test):
        array.flags.writeable = False
    return problem


def build_network(spec: Experiment, n_in: int, n_out: int) -> Network:
    """The network that the specification describes, between n_in inputs and n_out outputs."""
    layers = spec.network.layers
    places = [*(f"network.hidden[{number}]" for number in range(len(layers) - 1)), "network.output"]
    for place, layer in zip(places, layers, strict=True):
        with _at(f"{place}.alpha"):
            known("activation", layer.activation, ACTIVATIONS).with_alpha(layer.alpha)
    network = Network(
        (n_in, *spec.network.units, n_out),
        [layer.activation for layer in layers],
        [layer.alpha for layer in layers],
    )
    if network.parameter_count > MAX_PARAMETERS:
        raise ValueError(
            f"the network has {network.parameter_count:,} parameters; up to {MAX_PARAMETERS:,} can be trained here"
        )
    return network


def _check_memory(examples: int, units: int) -> None:
    if examples * units > MAX_ACTIVATIONS:
        raise ValueError(
            f"{examples:,} examples and {units:,} units, inputs and outputs included, are {examples * units:,} numbers "
            f"in a pass; up to {MAX_ACTIVATIONS:,} fit a laptop's memory, so lower the examples to "
            f"{MAX_ACTIVATIONS // units:,} (data.size, or a table with fewer rows) or the units to "
            f"{MAX_ACTIVATIONS // examples:,} (network.hidden)"
        )


@contextmanager
def _at(path: str) -> Iterator[None]:
    """Puts the path of the key in front of what is wrong with its value."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def initial_theta(spec: Experiment, network: Network, population: tuple[int, ...] = ()) -> Floats:
    """theta before training, (*population, P), from the seed's own stream for it."""
    return network.initialize(
        [_initialization(layer.weights) for layer in spec.network.layers],
        [_initialization(layer.biases) for layer in spec.network.layers],
        rng=stream(spec.seed, INITIALIZATION),
        gain=spec.network.gain,
        population=population,
    )


def dataset(spec: DataSpec, seed: int) -> DataSet:
    """All examples of a data specification, hand edits applied. ValueError in one sentence for what does not fit."""
    data = _source(spec, seed)
    if not (spec.removed or spec.added):
        return data
    if data.x.shape[1] > 2:
        raise ValueError(f"points can be drawn where there are one or two inputs; {data.name} has {data.x.shape[1]}")
    kept = numpy.ones(len(data.x), dtype=bool)
    kept[[row for row in spec.removed if row < len(kept)]] = False
    x, y = data.x[kept], data.y[kept]
    if spec.added:
        dimensions = data.x.shape[1]
        points = numpy.array([(point.x * 2)[:dimensions] for point in spec.added], dtype=numpy.float64)
        values = numpy.array([point.y for point in spec.added])
        x, y = numpy.concatenate([x, points]), numpy.concatenate([y, _drawn_targets(data, values)])
    return replace(data, x=x, y=y)


def _source(spec: DataSpec, seed: int) -> DataSet:
    _check_names(spec)
    if spec.source == TABLE:
        if spec.table is None:
            raise ValueError("data.table is missing; the source 'table' needs one")
        data, _ = table_dataset(spec.table, spec.columns, spec.target, _task(spec), _missing(spec))
        return data
    if spec.source in SHIPPED:
        return load_shipped(spec.source)
    if spec.source == DRAWN:
        with _at("data.parameters.classes"):
            count = int(CLASSES.check("classes", spec.parameters.get("classes", 2)))
        names = tuple("ABCDE"[:count])
        task: Task = "binary" if count == 2 else "multi-class"
        y = numpy.zeros((0, 1 if count == 2 else count))
        return DataSet("drawn by hand", task, numpy.zeros((0, 2)), y, ("x", "y"), names, "Points drawn by hand.")
    for name, value in spec.parameters.items():
        with _at(f"data.parameters.{name}"):
            GENERATORS[spec.source].parameters[name].check(name, value)
    return GENERATORS[spec.source].generate(stream(seed, DATA), spec.size, spec.noise, **spec.parameters)


def _check_names(spec: DataSpec) -> None:
    """ValueError for a source or task that does not exist, and for parameters that the source does not have."""
    sources: dict[str, Collection[str]] = {name: record.parameters for name, record in GENERATORS.items()}
    sources |= {**dict.fromkeys([*SHIPPED, TABLE], ()), DRAWN: ("classes",)}
    parameters = known("data.source", spec.source, sources)
    if spec.task is not None:
        known("data.task", spec.task, dict.fromkeys(TASKS))
    if unknown := sorted(spec.parameters.keys() - set(parameters)):
        allowed = ", ".join(parameters) or "none"
        raise ValueError(f"data.parameters has {unknown[0]!r}; {spec.source} allows {allowed}")


def _task(spec: DataSpec) -> Task | None:
    return next((task for task in TASKS if task == spec.task), None)


def _missing(spec: DataSpec) -> MissingPolicy:
    return "fill" if spec.missing == "fill" else "drop"


def _drawn_targets(data: DataSet, values: Floats) -> Floats:
    """Targets (M, K) for points drawn with a value each: the value itself, or the number of their class or label."""
    if data.task == "regression":
        return numpy.repeat(values[:, None], data.y.shape[1], axis=1)
    count = 2 if data.task == "binary" else data.y.shape[1]
    numbers = numpy.clip(values, 0, count - 1).astype(numpy.intp)
    if data.task == "binary":
        return numbers[:, None].astype(numpy.float64)
    return numpy.eye(count)[numbers]


def _initialization(spec: InitializerSpec) -> Initialization:
    return Initialization(spec.name, spec.scale)
