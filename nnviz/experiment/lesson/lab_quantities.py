"""What can be measured of a run of the Lab."""

import math

import numpy
from numpy.typing import NDArray

from nnviz.engine.curvature import sharpness
from nnviz.engine.ledger import ledger
from nnviz.experiment.lesson.quantity import SHARE, Quantity, Value
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


def _statistic(name: str, words: str, unit: str = "") -> Quantity:
    return Quantity("lab", ("whole",), lambda job, l: _layer(job.moment().statistic(name), l), words, unit)


def _moment(name: str, words: str, unit: str = "") -> Quantity:
    return Quantity("lab", (), lambda job: float(getattr(job.moment(), name)), words, unit)


def _dead_share(job: TrainingJob, l: int) -> Value:
    return _layer(numpy.array([numpy.mean(dead) for dead in job.moment().dead]), l)


def _gradient_ratio(job: TrainingJob) -> Value:
    gradient = job.moment().statistic("gradient_W_rms")
    with numpy.errstate(all="ignore"):
        return float(gradient[0] / gradient[-1])


def _gradient_decades(job: TrainingJob) -> Value:
    with numpy.errstate(all="ignore"):
        return float(numpy.log10(_gradient_ratio(job)))


def _extreme_layer(words: str, *, largest: bool) -> Quantity:
    def find(job: TrainingJob) -> Value:
        gradient = job.moment().statistic("gradient_W_rms")
        return float(1 + int(numpy.argmax(gradient) if largest else numpy.argmin(gradient)))

    return Quantity("lab", (), find, words)


def _decades(share: str, words: str) -> Quantity:
    def find(job: TrainingJob) -> Value:
        moment = job.moment()
        ways = ledger(moment.statistic("delta_rms"), moment.statistic("signal_before_gate"))
        return float(numpy.sum(getattr(ways, share)))

    return Quantity("lab", (), find, words, "decades")


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
    "train_loss": _moment("train_cost", "cost J on the training examples"),
    "test_loss": _moment("test_cost", "cost J on the test examples"),
    "train_metric": _moment("train_score", "accuracy or R² on the training examples"),
    "test_metric": _moment("test_score", "accuracy or R² on the test examples"),
    "step": _moment("step", "steps taken", "steps"),
    "parameters": Quantity(
        "lab", (), lambda job: float(job.problem.network.layout.parameter_count), "weights and biases", "parameters"
    ),
    "diverged": Quantity("lab", (), lambda job: "yes" if job.status == "diverged" else "no", "whether it has diverged"),
    "verdict": Quantity("lab", (), lambda job: _seen(job).verdict.code, "what the why-line says"),
    "steps_to_loss": Quantity("lab", ("number",), _steps_to_loss, "first step with a training cost ≤ {0}", "steps"),
    "distinct_units": _statistic("distinct_units", "units of layer {0} that differ", "units"),
    "dead_share": Quantity("lab", ("whole",), _dead_share, "dead units of layer {0}", SHARE),
    "inactive_share": _statistic("inactive_share", "inactive units of layer {0}", SHARE),
    "saturated_share": _statistic("saturated_share", "saturated outputs of layer {0}", SHARE),
    "zero_share": _statistic("zero_share", "outputs of layer {0} that are 0", SHARE),
    "activation_mean": _statistic("a_mean", "mean output of layer {0}"),
    "activation_std": _statistic("a_std", "standard deviation of the outputs of layer {0}"),
    "gradient_ratio": Quantity(
        "lab", (), _gradient_ratio, "RMS gradient of the first layer's weights over that of the last layer's"
    ),
    "gradient_decades": Quantity(
        "lab",
        (),
        _gradient_decades,
        "RMS gradient of the first layer's weights against that of the last layer's, in powers of ten",
        "decades",
    ),
    "weakest_layer": _extreme_layer("number of the layer with the smallest gradient", largest=False),
    "strongest_layer": _extreme_layer("number of the layer with the largest gradient", largest=True),
    "activation_decades": _decades("activations", "what f′ adds to the gradient over all hidden layers"),
    "weight_decades": _decades("weights", "what the weights add to the gradient over all hidden layers"),
    "gate_mean": Quantity(
        "lab", ("whole",), lambda job, l: _sample(job, l).mean_gate, "mean gate E[f′(z)] of layer {0}"
    ),
    "one_sign_share": Quantity(
        "lab",
        ("whole",),
        lambda job, l: _sample(job, l).one_sign_share,
        "examples on which all weight gradients of a unit of layer {0} have one sign",
        SHARE,
    ),
    "sharpness": Quantity("lab", (), _sharpness, "sharpness λ, the largest curvature of the cost"),
    "stability_limit": Quantity("lab", (), _stability_limit, "2/λ, the learning rate beyond which it diverges"),
}
