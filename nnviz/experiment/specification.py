"""The specification: everything that decides a run, in names and numbers. Frozen, comparable, and the file format.

Two equal specifications give the same run, bit for bit. Their difference tells what an edit changed, a list of them
is the undo history, and their JSON is a ``.nnviz`` file. Names are checked here against the engine's registries; what
depends on the data (the number of outputs, whether a loss fits them) is checked when the specification is resolved.
"""

from collections.abc import Collection, Sequence
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta, Struct

from nnviz.engine import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS
from nnviz.engine.datasets import FEATURES
from nnviz.engine.network import BIAS_INITIALIZERS
from nnviz.experiment.table_record import Table

MAX_HIDDEN_LAYERS = 64
MAX_UNITS = 1024
MAX_EXAMPLES = 100_000

Finite = Annotated[float, Meta(ge=-1e12, le=1e12)]
Positive = Annotated[float, Meta(gt=0.0, le=1e12)]
NotNegative = Annotated[float, Meta(ge=0.0, le=1e12)]
Share = Annotated[float, Meta(ge=0.0, le=1.0)]
Count = Annotated[int, Meta(ge=1, le=1_000_000_000)]
Seed = Annotated[int, Meta(ge=0, lt=2**31)]
Name = Annotated[str, Meta(max_length=200)]


def _one_of(key: str, given: str | Collection[str], allowed: Collection[str]) -> None:
    for name in [given] if isinstance(given, str) else given:
        if name not in allowed:
            raise ValueError(f"{key}: {name!r} is not known; allowed are {', '.join(allowed) or 'none'}")


class Part(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """A part of a specification: frozen, equal by value, refuses keys that it does not know."""


class DrawnPoint(Part, frozen=True):
    """A point set by hand on the decision map: inputs x1, x2 (or x1 alone) and the class or value there."""

    x: Annotated[tuple[Finite, ...], Meta(min_length=1, max_length=2)]
    y: Finite


class DataSpec(Part, frozen=True):
    """Which examples: a generator's or shipped set's name, or "table" with the table itself, or "drawn".

    size: number of generated examples (ignored by shipped sets and tables). noise: 0 to 1.
    parameters: the generator's own, such as arms. features: input features of 2-D data ("x", "x^2", …).
    standardize, standardize_target: scale inputs, or a regression's targets, to mean 0 and standard deviation 1.
    columns, target, task, missing: which columns of a table are inputs and targets, and what becomes of gaps.
    added, removed: points set by hand, and numbers of examples taken out by hand.
    """

    source: Name = "spiral"
    size: Annotated[int, Meta(ge=0, le=MAX_EXAMPLES)] = 500
    noise: Share = 0.1
    parameters: dict[str, Finite] = {}
    features: tuple[Name, ...] = ("x", "y")
    standardize: bool = True
    standardize_target: bool = False
    train_share: Annotated[float, Meta(gt=0.0, le=1.0)] = 0.5
    table: Table | None = None
    columns: tuple[Name, ...] = ()
    target: tuple[Name, ...] = ()
    task: Name | None = None
    missing: Name = "drop"
    added: tuple[DrawnPoint, ...] = ()
    removed: tuple[Annotated[int, Meta(ge=0)], ...] = ()

    def __post_init__(self) -> None:
        _one_of("missing", self.missing, ("drop", "fill"))
        _one_of("features", self.features, FEATURES)


class InitializerSpec(Part, frozen=True):
    """An initializer's name and scale (null: its default)."""

    name: Name = "glorot_uniform"
    scale: Finite | None = None

    def __post_init__(self) -> None:
        _one_of("name", self.name, INITIALIZERS)


ZEROS = InitializerSpec("zeros")


class LayerSpec(Part, frozen=True):
    """A hidden layer: units, activation with its alpha (null: the default), how weights and biases are drawn."""

    units: Annotated[int, Meta(ge=1, le=MAX_UNITS)] = 8
    activation: Name = "tanh"
    alpha: Annotated[float, Meta(ge=0.0, le=10.0)] | None = None
    weights: InitializerSpec = InitializerSpec()
    biases: InitializerSpec = ZEROS

    def __post_init__(self) -> None:
        _one_of("activation", self.activation, [name for name in ACTIVATIONS if name != "softmax"])
        _one_of("biases", self.biases.name, BIAS_INITIALIZERS)


class OutputSpec(Part, frozen=True):
    """The output layer; its number of units follows from the data."""

    activation: Name = "sigmoid"
    alpha: Annotated[float, Meta(ge=0.0, le=10.0)] | None = None
    weights: InitializerSpec = InitializerSpec()
    biases: InitializerSpec = ZEROS

    def __post_init__(self) -> None:
        _one_of("activation", self.activation, ACTIVATIONS)
        _one_of("biases", self.biases.name, BIAS_INITIALIZERS)


class NetworkSpec(Part, frozen=True):
    """Hidden layers from input to output, the output layer, and the gain that multiplies all initial weights."""

    hidden: Annotated[tuple[LayerSpec, ...], Meta(max_length=MAX_HIDDEN_LAYERS)] = (LayerSpec(), LayerSpec())
    output: OutputSpec = OutputSpec()
    gain: Annotated[float, Meta(ge=0.0, le=1e6)] = 1.0

    @property
    def units(self) -> tuple[int, ...]:
        """Of the hidden layers."""
        return tuple(layer.units for layer in self.hidden)

    @property
    def layers(self) -> tuple[LayerSpec | OutputSpec, ...]:
        """All that have weights, the output layer last."""
        return (*self.hidden, self.output)


class StopSpec(Part, frozen=True):
    """When a run ends by itself; null: never for this reason. A run that diverges always ends.

    target_loss: training cost at or below it. plateau: that many epochs without improving the best training cost
    by at least 0.1 %.
    """

    step: Count | None = None
    epoch: Count | None = None
    target_loss: NotNegative | None = None
    plateau: Count | None = None


class TrainingSpec(Part, frozen=True):
    """How the network is trained. batch_size null: full batch. parameters: the optimizer's own, defaults if absent."""

    loss: Name = "binary_cross_entropy"
    optimizer: Name = "gradient_descent"
    parameters: dict[str, Finite] = {}
    learning_rate: Positive = 0.1
    batch_size: Annotated[int, Meta(ge=1, le=MAX_EXAMPLES)] | None = 10
    l1: NotNegative = 0.0
    l2: NotNegative = 0.0
    stop: StopSpec = StopSpec()

    def __post_init__(self) -> None:
        _one_of("loss", self.loss, LOSSES)
        _one_of("optimizer", self.optimizer, OPTIMIZERS)
        _one_of("parameters", self.parameters, OPTIMIZERS[self.optimizer].parameters)
        try:
            OPTIMIZERS[self.optimizer].hyperparameters(self.parameters)
        except ValueError as error:
            raise ValueError(f"parameters: {error}") from None


class WeightEdit(Part, frozen=True):
    """One entry of theta set by hand."""

    index: Annotated[int, Meta(ge=0)]
    value: Finite


class Change(Part, frozen=True):
    """What was changed during the run, after so many steps: the training and the network as they are from then on,
    layers drawn anew, and weights set by hand.

    network: of the same sizes. A layer keeps its weights under another activation; where its initializers differ, or
    the gain, it is drawn anew. redraw: numbers (from 1, the output layer is the last) of layers that are drawn anew
    even so. A layer drawn anew gets the weights and biases with which the run would begin under this network.
    weights: set last.
    """

    step: Annotated[int, Meta(ge=0)]
    training: TrainingSpec | None = None
    weights: tuple[WeightEdit, ...] = ()
    network: NetworkSpec | None = None
    redraw: Annotated[tuple[Annotated[int, Meta(ge=1)], ...], Meta(max_length=MAX_HIDDEN_LAYERS + 1)] = ()


def merged(changes: Sequence[Change]) -> Change:
    """Changes of the same step as one: the last settings and network, all layers drawn anew, the last weights."""
    training = next((change.training for change in reversed(changes) if change.training is not None), None)
    network = next((change.network for change in reversed(changes) if change.network is not None), None)
    redraw = tuple(sorted({l for change in changes for l in change.redraw}))
    values = {edit.index: edit.value for change in changes for edit in change.weights}
    weights = tuple(WeightEdit(index, value) for index, value in values.items())
    return Change(changes[0].step, training, weights, network, redraw)


class Document(Part, frozen=True):
    """What a workspace has open and a file keeps whole; nnviz/experiment/documents.py lists the kinds.

    WORKSPACE: key of the one that opens it.
    """

    WORKSPACE: ClassVar[str]

    name: Name = ""
    description: Annotated[str, Meta(max_length=10_000)] = ""


class Experiment(Document, frozen=True):
    """One experiment: data, network and training as they begin, the seed of all randomness, the changes on the way.

    changes are in order of their steps.
    """

    WORKSPACE = "lab"

    seed: Seed = 42
    data: DataSpec = DataSpec()
    network: NetworkSpec = NetworkSpec()
    training: TrainingSpec = TrainingSpec()
    changes: Annotated[tuple[Change, ...], Meta(max_length=10_000)] = ()

    def __post_init__(self) -> None:
        steps = [change.step for change in self.changes]
        if steps != sorted(steps):
            raise ValueError("changes: not in the order of their steps")
        for change in self.changes:
            self._check_layers(change)

    def _check_layers(self, change: Change) -> None:
        units, last = self.network.units, len(self.network.layers)
        if change.network is not None and change.network.units != units:
            raise ValueError(
                "changes: the sizes of the network cannot change during a run, as they would at step "
                f"{change.step}: {_sizes(change.network.units)} in place of {_sizes(units)}"
            )
        if wrong := [l for l in change.redraw if l > last]:
            raise ValueError(f"changes: layer {wrong[0]} is drawn anew; this network has layers 1 to {last}")

    def training_at(self, step: int) -> TrainingSpec:
        """The training settings in force when step number ``step`` is taken."""
        current = self.training
        for change in self.changes:
            if change.step <= step and change.training is not None:
                current = change.training
        return current

    def network_at(self, step: int) -> NetworkSpec:
        """The network in force when step number ``step`` is taken."""
        current = self.network
        for change in self.changes:
            if change.step <= step and change.network is not None:
                current = change.network
        return current


def _sizes(units: tuple[int, ...]) -> str:
    """Hidden layers in words: "hidden layers of 8, 8 units"."""
    return f"hidden layers of {', '.join(map(str, units))} units" if units else "no hidden layer"


replace = msgspec.structs.replace
"""A copy of a part with some fields changed: ``replace(spec, seed=7)``."""
