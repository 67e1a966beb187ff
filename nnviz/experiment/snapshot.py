"""What the worker publishes: one immutable picture of a run. Its arrays are never written again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy
from numpy.typing import NDArray

from nnviz.experiment.autopsy import Autopsy
from nnviz.experiment.problem import Problem
from nnviz.experiment.readings import READINGS, Instant, Reading
from nnviz.experiment.records import Curves, Moment
from nnviz.experiment.specification import Experiment, TrainingSpec
from nnviz.experiment.step.record import step_record
from nnviz.experiment.training_job import Status, TrainingJob
from nnviz.experiment.verdict import Verdict, judge
from nnviz.experiment.watch import Watch

Floats = NDArray[numpy.float64]


@dataclass(frozen=True, eq=False)
class Ghost:
    """What is kept of a run that was left for another, to be seen beside it.

    label: its name in a few words. curves: all that was recorded of it. sizes: (n_0, …, n_L) of its network, which may
    be another than the present one's. sharpness: (M, 2), as in a snapshot. spec: the experiment with all its changes;
    None where it is not known.
    """

    label: str
    curves: Curves
    sizes: tuple[int, ...] = ()
    sharpness: Floats = field(default_factory=lambda: numpy.zeros((0, 2)))
    spec: Experiment | None = None

    @classmethod
    def of(cls, snapshot: "Snapshot", label: str) -> "Ghost":
        """What is kept of the run that a snapshot shows."""
        sizes = tuple(snapshot.problem.network.sizes)
        return cls(label, snapshot.curves, sizes, snapshot.sharpness, snapshot.spec)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A run at one step.

    spec: the experiment with all changes so far. training: the settings in force. theta, gradient, delta_theta: (P,)
    parameters, and gradient and update of the step that led here (zeros at step 0). curves: the recorded past (and
    future, when the run was scrubbed back). horizon: the furthest step reached. playing: steps are being taken.
    readings: by name, those that were watched. autopsy: what
    killed the unit that was asked about, while the run stands at the step before. ghost: the run that this one was
    forked from, to be seen beside it. sharpness: (M, 2) steps and the largest eigenvalue of the Hessian there, as far
    as it was measured beside the run.
    """

    run_id: int
    problem: Problem
    spec: Experiment
    training: TrainingSpec
    status: Status
    playing: bool
    horizon: int
    moment: Moment
    curves: Curves
    theta: Floats
    gradient: Floats
    delta_theta: Floats
    verdict: Verdict
    steps_per_second: float = 0.0
    readings: Mapping[str, Reading] = field(default_factory=dict)
    autopsy: Autopsy | None = None
    ghost: Ghost | None = None
    sharpness: Floats = field(default_factory=lambda: numpy.zeros((0, 2)))

    @property
    def step(self) -> int:
        """Steps taken."""
        return self.moment.step


def take_snapshot(
    job: TrainingJob, watch: Watch, run_id: int = 0, *, playing: bool = False, steps_per_second: float = 0.0
) -> Snapshot:
    """The job's present moment with the readings that are watched."""
    moment, trainer = job.moment(), job.trainer
    theta, gradient, delta_theta = (_frozen(a) for a in (trainer.theta, trainer.gradient, trainer.delta_theta))
    instant = Instant(job.problem, theta, watch, trainer.tape, job.trajectory, partial(step_record, job))
    return Snapshot(
        run_id=run_id,
        problem=job.problem,
        spec=job.spec,
        training=job.training,
        status=job.status,
        playing=playing,
        horizon=job.horizon,
        moment=moment,
        curves=job.curves(),
        theta=theta,
        gradient=gradient,
        delta_theta=delta_theta,
        verdict=judge(job, moment),
        steps_per_second=steps_per_second,
        readings={name: READINGS[name](instant) for name in sorted(watch.readings)},
    )


def _frozen(array: Floats) -> Floats:
    copy = array.copy()
    copy.flags.writeable = False
    return copy
