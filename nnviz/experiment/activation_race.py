"""Which hidden activation learns fastest here: the same experiment with each of them, from the same seeds.

Seeds are paired: for one seed all activations have the same data, the same split and the same order of batches; each
has the initial weights that fit it (He's for rectifiers, Glorot's for the others), drawn with that seed. Counted are
the steps until the training cost is at or below a target. How much faster one is than another is the median of the
ratios seed by seed, over the seeds in which both arrived.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine import ACTIVATIONS
from nnviz.experiment.problem import resolve
from nnviz.experiment.remedies import fitting_initializer
from nnviz.experiment.specification import Experiment, StopSpec, replace
from nnviz.experiment.training_job import TrainingJob

Floats = NDArray[numpy.float64]

ENTRANTS = tuple(name for name, activation in ACTIVATIONS.items() if activation.elementwise)
MAX_SEEDS = 50
MAX_STEPS = 100_000
PIECE = 50
"""Steps between two looks at whether to go on."""


@dataclass(frozen=True)
class RaceQuestion:
    """spec: the experiment. entrants: hidden activations. seeds: how many, from the experiment's own upwards.
    target: training cost to come to. most_steps: then a run has not arrived."""

    spec: Experiment
    entrants: tuple[str, ...] = ("relu", "tanh", "sigmoid")
    seeds: int = 10
    target: float = 0.1
    most_steps: int = 5000

    def __post_init__(self) -> None:
        unknown = [name for name in self.entrants if name not in ENTRANTS]
        if unknown or not self.entrants:
            raise ValueError(f"entrants: got {unknown or 'none'}; allowed are {', '.join(ENTRANTS)}")
        if not self.spec.network.hidden:
            raise ValueError("a race is between hidden layers, and this network has none")
        if not 1 <= self.seeds <= MAX_SEEDS:
            raise ValueError(f"seeds: got {self.seeds}; allowed are 1 to {MAX_SEEDS}")
        if not 1 <= self.most_steps <= MAX_STEPS:
            raise ValueError(f"most steps: got {self.most_steps}; allowed are 1 to {MAX_STEPS:,}")

    def experiment(self, entrant: str, number: int) -> Experiment:
        """The run of an activation with the seed of that number, from 0."""
        spec = self.spec
        weights = fitting_initializer(entrant)
        hidden = tuple(replace(layer, activation=entrant, alpha=None, weights=weights) for layer in spec.network.hidden)
        stop = StopSpec(step=self.most_steps, target_loss=self.target)
        return replace(
            spec,
            seed=(spec.seed + number) % 2**31,
            network=replace(spec.network, hidden=hidden, gain=1.0),
            training=replace(spec.training, stop=stop),
            changes=(),
        )


@dataclass(frozen=True, eq=False)
class RaceResult:
    """steps (A, S): of each entrant and seed; inf where it did not arrive, nan where it has not run yet."""

    question: RaceQuestion
    steps: Floats

    @property
    def done(self) -> int:
        """Runs that are over."""
        return int(numpy.count_nonzero(~numpy.isnan(self.steps)))

    @property
    def complete(self) -> bool:
        """Whether all have run."""
        return self.done == self.steps.size

    def arrived(self, entrant: int) -> int:
        """In how many seeds it came to the target."""
        return int(numpy.count_nonzero(numpy.isfinite(self.steps[entrant])))

    def median(self, entrant: int) -> float:
        """Of the steps over the seeds that have run; inf when half of them or more did not arrive."""
        run = self.steps[entrant][~numpy.isnan(self.steps[entrant])]
        return float(numpy.median(run)) if len(run) else float("nan")

    def ratio(self, entrant: int, other: int) -> float:
        """How many times the steps of another it needs: the median over the seeds in which both arrived."""
        both = numpy.isfinite(self.steps[entrant]) & numpy.isfinite(self.steps[other])
        if not numpy.any(both):
            return float("nan")
        return float(numpy.median(self.steps[entrant][both] / numpy.maximum(self.steps[other][both], 1.0)))


def activation_race(
    question: RaceQuestion, breathe: Callable[[], object] = lambda: None
) -> Generator[RaceResult, None, None]:
    """Runs seed by seed, each entrant in turn; yields what is known after each run, and within long ones.

    breathe is called between pieces of a run. ValueError in one sentence when the experiment cannot be run.
    """
    steps = numpy.full((len(question.entrants), question.seeds), numpy.nan)
    for number in range(question.seeds):
        for place, entrant in enumerate(question.entrants):
            job = TrainingJob(resolve(question.experiment(entrant, number)))
            while job.status == "running":
                job.advance(PIECE)
                breathe()
                yield RaceResult(question, _frozen(steps))
            steps[place, number] = _arrival(job, question.target)
            yield RaceResult(question, _frozen(steps))


def _arrival(job: TrainingJob, target: float) -> float:
    """The recorded step at which the cost was first at or below the target."""
    curves = job.curves()
    reached = numpy.flatnonzero(curves.column("train_cost") <= target)
    return float(curves.column("step")[reached[0]]) if len(reached) else float("inf")


def _frozen(steps: Floats) -> Floats:
    copy = steps.copy()
    copy.flags.writeable = False
    return copy
