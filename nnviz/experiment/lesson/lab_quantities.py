"""What can be measured of a run of the Lab."""

import math

import numpy
from numpy.typing import NDArray

from nnviz.engine.curvature import sharpness
from nnviz.engine.ledger import ledger
from nnviz.experiment.lesson.quantity import Quantity, Value
from nnviz.experiment.readings import PreActivationSample
from nnviz.experiment.snapshot import Snapshot, take_snapshot
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch

Floats = NDArray[numpy.float64]


def _seen(job: TrainingJob) -> Snapshot:
    return take_snapshot(job, Watch())


def _layer(values: Floats, l: int) -> float:
    """The value of layer l = 1..L. ValueError when there is no such layer."""
    if not 1 <= l <= len(values):
        raise ValueError(f"there is no layer {l}; there are 1 to {len(values)}")
    return float(values[l - 1])


def _statistic(name: str) -> Quantity:
    return Quantity("lab", ("whole",), lambda job, l: _layer(job.moment().statistic(name), l))


def _moment(name: str) -> Quantity:
    return Quantity("lab", (), lambda job: float(getattr(job.moment(), name)))


def _dead_share(job: TrainingJob, l: int) -> Value:
    return _layer(numpy.array([numpy.mean(dead) for dead in job.moment().dead]), l)


def _gradient_ratio(job: TrainingJob) -> Value:
    gradient = job.moment().statistic("gradient_W_rms")
    with numpy.errstate(all="ignore"):
        return float(gradient[0] / gradient[-1])


def _gradient_decades(job: TrainingJob) -> Value:
    with numpy.errstate(all="ignore"):
        return float(numpy.log10(_gradient_ratio(job)))


def _extreme_layer(*, largest: bool) -> Quantity:
    def find(job: TrainingJob) -> Value:
        gradient = job.moment().statistic("gradient_W_rms")
        return float(1 + int(numpy.argmax(gradient) if largest else numpy.argmin(gradient)))

    return Quantity("lab", (), find)


def _decades(share: str) -> Quantity:
    def find(job: TrainingJob) -> Value:
        moment = job.moment()
        ways = ledger(moment.statistic("delta_rms"), moment.statistic("signal_before_gate"))
        return float(numpy.sum(getattr(ways, share)))

    return Quantity("lab", (), find)


def _sample(job: TrainingJob, l: int) -> PreActivationSample:
    depth = job.problem.network.layout.depth
    if not 1 <= l <= depth:
        raise ValueError(f"there is no layer {l}; there are 1 to {depth}")
    seen = take_snapshot(job, Watch(frozenset(["pre_activation_sample"]), layer=l))
    reading = seen.readings["pre_activation_sample"]
    assert isinstance(reading, PreActivationSample)
    return reading


def _steps_to_loss(job: TrainingJob, target: float) -> Value:
    curves = job.curves()
    reached = numpy.flatnonzero(curves.column("train_cost") <= target)
    return float(curves.column("step")[reached[0]]) if len(reached) else float(job.step)


def _sharpness(job: TrainingJob) -> float:
    return sharpness(job.trainer.objective, job.trainer.theta).eigenvalue


def _stability_limit(job: TrainingJob) -> Value:
    steepest = _sharpness(job)
    return 2.0 / steepest if steepest > 0.0 else math.inf


QUANTITIES: dict[str, Quantity] = {
    "train_loss": _moment("train_cost"),
    "test_loss": _moment("test_cost"),
    "train_metric": _moment("train_score"),
    "test_metric": _moment("test_score"),
    "step": _moment("step"),
    "parameters": Quantity("lab", (), lambda job: float(job.problem.network.layout.parameter_count)),
    "diverged": Quantity("lab", (), lambda job: "yes" if job.status == "diverged" else "no"),
    "verdict": Quantity("lab", (), lambda job: _seen(job).verdict.code),
    "steps_to_loss": Quantity("lab", ("number",), _steps_to_loss),
    "distinct_units": _statistic("distinct_units"),
    "dead_share": Quantity("lab", ("whole",), _dead_share),
    "inactive_share": _statistic("inactive_share"),
    "saturated_share": _statistic("saturated_share"),
    "zero_share": _statistic("zero_share"),
    "activation_mean": _statistic("a_mean"),
    "activation_std": _statistic("a_std"),
    "gradient_ratio": Quantity("lab", (), _gradient_ratio),
    "gradient_decades": Quantity("lab", (), _gradient_decades),
    "weakest_layer": _extreme_layer(largest=False),
    "strongest_layer": _extreme_layer(largest=True),
    "activation_decades": _decades("activations"),
    "weight_decades": _decades("weights"),
    "gate_mean": Quantity("lab", ("whole",), lambda job, l: _sample(job, l).mean_gate),
    "one_sign_share": Quantity("lab", ("whole",), lambda job, l: _sample(job, l).one_sign_share),
    "sharpness": Quantity("lab", (), _sharpness),
    "stability_limit": Quantity("lab", (), _stability_limit),
}
