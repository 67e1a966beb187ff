"""What the why-line's rules look at: a job, one of its moments, and the record up to it."""

import math
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.metrics import METRIC_NAMES
from nnviz.experiment.records import Curves, Moment
from nnviz.experiment.remedies import Remedy
from nnviz.experiment.training_job import TrainingJob

Floats = NDArray[numpy.float64]

RECENT = 15
"""Single batches are noisy: layer statistics are judged by their median over so many recorded moments."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """past: what was recorded up to the moment, which may lie before the job's furthest step."""

    job: TrainingJob
    moment: Moment
    past: Curves

    def recent(self, name: str) -> Floats:
        """A statistic by layer, (L,): its median over the last moments recorded of the network in force."""
        values = self.past.statistic(name)[-RECENT:]
        values = values[self.past.column("step")[-RECENT:] > self._rewired]
        with numpy.errstate(all="ignore"):
            return numpy.median(values, axis=0) if len(values) else self.moment.statistic(name)

    @property
    def here(self) -> Curves:
        """What was recorded since the last change of anything: costs before it were run with other settings."""
        changes = (change.step for change in self.job.spec.changes if change.step <= self.moment.step)
        first = int(numpy.searchsorted(self.past.column("step"), max(changes, default=0)))
        return Curves(self.past.values[first:], self.past.layers[first:], self.past.units[first:])

    def helpful(self, *candidates: Remedy) -> Remedy | None:
        """The first that changes anything, the network being the one in force."""
        spec, task = self.job.problem.spec, self.job.problem.task
        return next((remedy for remedy in candidates if remedy.apply(spec, task) != spec), None)

    @property
    def _rewired(self) -> int:
        """The step of the last change of the network; 0 without one. Nothing up to it tells of the network in force."""
        changes = [change for change in self.job.spec.changes if change.network or change.redraw]
        return max((change.step for change in changes if change.step <= self.moment.step), default=0)

    @property
    def score(self) -> str:
        """The test metric as the end of a sentence; empty without test examples."""
        task, value = self.job.problem.task, self.moment.test_score
        if not math.isfinite(value):
            return ""
        number = _r2(value) if task == "regression" else f"{value:.1%}"
        return f", test {METRIC_NAMES[task]} {number}"


def _r2(value: float) -> str:
    """Three decimals; R² has no lower end, and where it is far down they are of no use."""
    return f"{value:.3f}" if abs(value) < 100.0 else f"{value:.3g}"
