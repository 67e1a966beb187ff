"""What the window asks of the worker. Each takes effect between two steps."""

from dataclasses import dataclass

from nnviz.experiment.specification import Experiment, NetworkSpec, TrainingSpec, WeightEdit
from nnviz.experiment.watch import Watch


@dataclass(frozen=True)
class Start:
    """Begin this experiment at step 0. play: take steps at once. step: first go as far as this."""

    run_id: int
    spec: Experiment
    play: bool = False
    step: int = 0


@dataclass(frozen=True)
class Play:
    """Take steps until told otherwise."""


@dataclass(frozen=True)
class Pause:
    """Take no more steps."""


@dataclass(frozen=True)
class Advance:
    """Take that many steps, or one epoch's worth, then pause."""

    steps: int = 1
    epoch: bool = False


@dataclass(frozen=True)
class Seek:
    """Go to a step between 0 and the horizon, and pause there."""

    step: int


@dataclass(frozen=True)
class Examine:
    """Find out what killed a unit that is dead at step ``at``, and pause at the step before."""

    layer: int
    unit: int
    at: int


@dataclass(frozen=True)
class Tune:
    """Other training settings from now on."""

    training: TrainingSpec


@dataclass(frozen=True)
class Rewire:
    """Another network of the same sizes from now on, and layers to be drawn anew."""

    network: NetworkSpec
    redraw: tuple[int, ...] = ()


@dataclass(frozen=True)
class SetWeights:
    """Entries of theta by hand."""

    edits: tuple[WeightEdit, ...]


@dataclass(frozen=True)
class Speed:
    """Steps a second; None is as fast as it goes."""

    steps_per_second: float | None = None


@dataclass(frozen=True)
class Look:
    """What views need from now on."""

    watch: Watch


@dataclass(frozen=True)
class Quit:
    """End the thread."""


Command = Start | Play | Pause | Advance | Seek | Examine | Tune | Rewire | SetWeights | Speed | Look | Quit
