"""The why-line: one sentence on what is happening to the run, and which quantity says so.

Rules look at what was measured, the most harmful cause first; the first that applies speaks. Each may name the view
that shows its quantity, and a remedy that the user can apply as an edit.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy
from numpy.typing import NDArray

from nnviz.engine.ledger import ledger
from nnviz.engine.metrics import METRIC_NAMES
from nnviz.experiment import remedies
from nnviz.experiment.proposals import mismatch
from nnviz.experiment.records import Curves, Moment
from nnviz.experiment.remedies import Remedy
from nnviz.experiment.stopping import stale_epochs
from nnviz.experiment.training_job import TrainingJob

Floats = NDArray[numpy.float64]
Level = Literal["calm", "good", "warning", "bad"]

RECENT = 15
"""Single batches are noisy: layer statistics are judged by their median over so many recorded moments."""
VANISHING = -3.0
"""log10 of the first layer's RMS dJ/dW over the output layer's, at and below which the gradient vanishes."""
EXPLODING = 3.0
"""The same, at and above which it explodes."""
DEAD_SHARE = 0.25
SATURATED_SHARE = 0.5
STUCK = 0.7
"""A cost above this share of the first one has hardly come down."""
PLATEAU_EPOCHS = 50
RISE = 3.0
"""A cost that many times the lowest so far is called rising."""


@dataclass(frozen=True)
class Verdict:
    """code: which rule spoke. level: how harmful it is. sentence: in words, with the numbers that say so.

    view: key of the view that shows them, empty where it is in view anyway. remedy: an edit that helps.
    """

    code: str
    level: Level
    sentence: str
    view: str = ""
    remedy: Remedy | None = None


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the rules look at: the job, its present moment, the record up to it, and layer statistics' medians."""

    job: TrainingJob
    moment: Moment
    past: Curves

    def recent(self, name: str) -> Floats:
        """A statistic by layer, (L,): its median over the last recorded moments that have it."""
        values = self.past.statistic(name)[-RECENT:]
        values = values[self.past.column("step")[-RECENT:] > 0]
        with numpy.errstate(all="ignore"):
            return numpy.median(values, axis=0) if len(values) else self.moment.statistic(name)

    @property
    def score(self) -> str:
        """The test metric as the end of a sentence."""
        task, value = self.job.problem.task, self.moment.test_score
        if not math.isfinite(value):
            return ""
        number = f"{value:.3f}" if task == "regression" else f"{value:.1%}"
        return f", test {METRIC_NAMES[task]} {number}"


Rule = Callable[[Evidence], Verdict | None]


def judge(job: TrainingJob, moment: Moment) -> Verdict:
    """What the first rule that applies says; the last one always does."""
    evidence = Evidence(job, moment, until(job.curves(), moment.step))
    return next(verdict for verdict in (rule(evidence) for rule in RULES) if verdict is not None)


def until(curves: Curves, step: int) -> Curves:
    """What was recorded up to a step."""
    count = int(numpy.searchsorted(curves.column("step"), step, side="right"))
    return Curves(curves.values[:count], curves.layers[:count])


def _diverged(e: Evidence) -> Verdict | None:
    if e.job.status != "diverged":
        return None
    if e.job.step == 0:
        return Verdict("diverged", "bad", f"{_capital(e.job.reason)}. Smaller initial weights help.")
    return Verdict("diverged", "bad", f"{_capital(e.job.reason)}.", "loss", remedies.LOWER_RATE)


def _threshold(e: Evidence) -> Verdict | None:
    names = [activation.name for activation in e.job.problem.network.activations]
    if "threshold" not in names:
        return None
    l = len(names) - names[::-1].index("threshold")
    before = "no weight can learn" if l == len(names) else f"nothing up to layer {l} learns"
    return Verdict(
        "threshold",
        "bad",
        f"Threshold units in layer {l} have slope 0 everywhere: ∂J/∂W is exactly 0 there and before, so {before}.",
        "gradient-flow",
        remedies.SIGMOID_FOR_THRESHOLD,
    )


def _symmetric(e: Evidence) -> Verdict | None:
    units, distinct = e.job.problem.network.sizes[1:-1], e.recent("distinct_units")[:-1]
    if e.moment.step == 0:
        return None
    for l, (n, different) in enumerate(zip(units, distinct, strict=True), start=1):
        if n > 1 and different <= n / 2:
            return Verdict(
                "symmetric",
                "bad",
                f"Layer {l} has {n} units, {int(different)} distinct: units that start with the same weights get the "
                "same gradients and stay twins, so they count as one.",
                "network",
                remedies.RANDOM_WEIGHTS,
            )
    return None


def _exploding(e: Evidence) -> Verdict | None:
    ratio = _first_over_last(e)
    if not ratio >= EXPLODING:
        return None
    return Verdict(
        "exploding",
        "bad",
        f"Exploding: layer 1 receives {_power(ratio)} times the output layer's gradient; {_culprit(e)}.",
        "gradient-flow",
        remedies.FITTING_WEIGHTS,
    )


def _dead(e: Evidence) -> Verdict | None:
    activations = e.job.problem.network.activations[:-1]
    for l, (activation, dead) in enumerate(zip(activations, e.moment.dead[:-1], strict=True), start=1):
        if activation.rectifier and numpy.mean(dead) >= DEAD_SHARE:
            return Verdict(
                "dead",
                "bad" if numpy.all(dead) else "warning",
                f"Dead units: {numpy.count_nonzero(dead)} of {len(dead)} in layer {l} give 0 on every training "
                "example, so their gradient is 0 and they no longer contribute.",
                "network",
                remedies.LEAKY,
            )
    return None


def _vanishing(e: Evidence) -> Verdict | None:
    ratio = _first_over_last(e)
    if not ratio <= VANISHING:
        return None
    return Verdict(
        "vanishing",
        "bad",
        f"Vanishing: layer 1 receives {_power(ratio)} of the output layer's gradient; {_culprit(e)}.",
        "ledger",
        remedies.RELU_AND_HE,
    )


def _saturated(e: Evidence) -> Verdict | None:
    activations, shares = e.job.problem.network.activations[:-1], e.recent("saturated_share")
    # A network that has learned its task saturates too, and does no harm by it.
    stuck = e.moment.step > 0 and e.moment.train_cost > STUCK * e.past.column("train_cost")[0]
    for l, activation in enumerate(activations, start=1):
        two_sided = math.isfinite(activation.lower) and math.isfinite(activation.upper)
        if two_sided and activation.max_slope > 0.0 and shares[l - 1] >= SATURATED_SHARE and stuck:
            return Verdict(
                "saturated",
                "warning",
                f"Saturated: {shares[l - 1]:.0%} of layer {l}'s outputs lie where {activation.label} is flat "
                "(slope below 5 % of its largest): their gradient hardly passes.",
                "gradient-flow",
                remedies.FITTING_WEIGHTS,
            )
    return None


def _wrong_pair(e: Evidence) -> Verdict | None:
    problem = e.job.problem
    odd = mismatch(problem.task, problem.network.activations[-1].name, e.job.training.loss, problem.data.y.shape[1])
    return Verdict("mismatch", "warning", odd, "", remedies.FITTING_PAIR) if odd else None


def _ready(e: Evidence) -> Verdict | None:
    if e.moment.step > 0:
        return None
    return Verdict("ready", "calm", f"Before the first step: training loss {_n(e.moment.train_cost)}. Press Play.")


def _finished(e: Evidence) -> Verdict | None:
    if e.job.status != "finished":
        return None
    loss = _n(e.moment.train_cost)
    return Verdict("finished", "good", f"Finished: {e.job.reason}. Training loss {loss}{e.score}.")


def _rising(e: Evidence) -> Verdict | None:
    costs = e.past.column("train_cost")
    lowest, cost = min(float(numpy.min(costs)), e.moment.train_cost), e.moment.train_cost
    if not (cost > RISE * lowest and cost > costs[0]):
        return None
    return Verdict(
        "rising",
        "warning",
        f"Rising: training loss {_n(cost)} is {_n(cost / max(lowest, 1e-300))} times its lowest; learning rate "
        f"{e.job.training.learning_rate:g} overshoots.",
        "loss",
        remedies.LOWER_RATE,
    )


def _plateau(e: Evidence) -> Verdict | None:
    since = max((change.step for change in e.job.spec.changes if change.step <= e.moment.step), default=0)
    stale = stale_epochs(e.past, since)
    if stale < PLATEAU_EPOCHS:
        return None
    loss = _n(e.moment.train_cost)
    return Verdict(
        "plateau", "calm", f"Plateau: training loss {loss} has not improved by 0.1 % for {stale:,.0f} epochs{e.score}."
    )


def _learning(e: Evidence) -> Verdict | None:
    return Verdict("learning", "good", f"Learning: training loss {_n(e.moment.train_cost)}, {_trend(e)}{e.score}.")


RULES: tuple[Rule, ...] = (
    _diverged,
    _threshold,
    _symmetric,
    _exploding,
    _dead,
    _vanishing,
    _saturated,
    _wrong_pair,
    _ready,
    _finished,
    _rising,
    _plateau,
    _learning,
)
"""From the most harmful to the harmless."""


def _first_over_last(e: Evidence) -> float:
    """log10 of RMS dJ/dW of layer 1 over that of the output layer; nan before the first step or with one layer."""
    gradient = e.recent("gradient_W_rms")
    if e.moment.step == 0 or len(gradient) < 2:
        return math.nan
    with numpy.errstate(all="ignore"):
        return float(numpy.log10(gradient[0] / gradient[-1]))


def _culprit(e: Evidence) -> str:
    """Who costs (or adds) the decades between the output and layer 1, by the ledger."""
    shares = ledger(e.recent("delta_rms"), e.recent("signal_before_gate"))
    by_weights, by_gates = float(numpy.sum(shares.weights)), float(numpy.sum(shares.activations))
    if not (math.isfinite(by_weights) and math.isfinite(by_gates)):
        return "on the way nothing at all is left of it"
    names = {activation.label for activation in e.job.problem.network.activations[:-1]}
    gate = f"{names.pop()}′" if len(names) == 1 else "the activations' slopes"
    return f"{gate} {'costs' if by_gates < 0.0 else 'adds'} {abs(by_gates):.1f} decades, the weights " + (
        f"{'cost' if by_weights < 0.0 else 'add'} {abs(by_weights):.1f}"
    )


def _trend(e: Evidence) -> str:
    """How far the cost came in the second half of the steps so far (step 0 is always recorded)."""
    earlier = until(e.past, e.moment.step // 2)
    then = float(earlier.column("train_cost")[-1])
    if not then > 0.0:
        return "already at its floor"
    change = e.moment.train_cost / then - 1.0
    direction = "down" if change < 0.0 else "up"
    return f"{direction} {abs(change):.1%} since step {int(earlier.column('step')[-1]):,}"


def _power(exponent: float) -> str:
    """10 to a power, as 7×10⁻⁶; 0 where there is nothing."""
    if exponent == -math.inf:
        return "nothing (0)"
    whole = math.floor(exponent)
    digits = str(whole).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{10.0 ** (exponent - whole):.1f}×10{digits}"


def _n(value: float) -> str:
    return f"{value:.4g}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
