"""The why-line: one sentence on what is happening to the run, and which quantity says so.

Rules look at what was measured, the most harmful cause first; the first that applies speaks. Each may name the view
that shows its quantity, and a remedy that the user can apply as an edit. docs/why-line.md is the table of the rules.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy

from nnviz.engine.curvature import sharpness
from nnviz.experiment import remedies
from nnviz.experiment.culprit import GATES, INPUTS, WEIGHTS, culprits, first_over_last, in_words, power
from nnviz.experiment.evidence import Evidence
from nnviz.experiment.proposals import mismatch
from nnviz.experiment.records import Moment
from nnviz.experiment.remedies import Remedy
from nnviz.experiment.stopping import stale_epochs
from nnviz.experiment.training_job import TrainingJob

Level = Literal["calm", "good", "warning", "bad"]

VANISHING = -3.0
"""log10 of the first layer's RMS dJ/dW over the output layer's, at and below which the gradient vanishes."""
EXPLODING = 3.0
"""The same, at and above which it explodes."""
DEAD_SHARE = 0.5
"""Share of a layer's units: a narrow layer with He's weights often begins with a quarter dead, and learns."""
SATURATED_SHARE = 0.5
"""Share of a layer's outputs."""
STUCK = 0.7
"""A cost above this share of the first one has hardly come down."""
PLATEAU_EPOCHS = 50
RISE, RISE_MOMENTS = 3.0, 3
"""A cost that stays that many times the lowest so far for so many recorded moments rises: one bad step is forgiven."""
EDGE_MOMENTS = 64
EDGE_SHARE = 0.25
"""Share of the last EDGE_MOMENTS recorded moments at which the cost of a full-batch descent was up again."""
JITTER = 1e-6
"""A cost that is higher by less than this share is not up: rounding."""


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


Rule = Callable[[Evidence], Verdict | None]


def judge(job: TrainingJob, moment: Moment) -> Verdict:
    """What the first rule that applies says; the last one always does."""
    evidence = Evidence(job, moment, job.curves().until(moment.step))
    return next(verdict for verdict in (rule(evidence) for rule in RULES) if verdict is not None)


def _diverged(e: Evidence) -> Verdict | None:
    if e.job.status != "diverged":
        return None
    if e.job.step == 0:
        remedy = e.helpful(remedies.FITTING_WEIGHTS)
        return Verdict("diverged", "bad", f"{_capital(e.job.reason)}. Smaller initial weights help.", "", remedy)
    return Verdict("diverged", "bad", f"{_capital(e.job.reason)}{_allowed(e)}.", "loss", remedies.LOWER_RATE)


def _allowed(e: Evidence) -> str:
    """What the curvature of the initial weights would have allowed plain gradient descent; empty where it cannot say.

    Not that of the last finite state: there nothing is small any more.
    """
    if e.job.training.optimizer != "gradient_descent" or e.job.network != e.job.spec.network:
        return ""
    steepest = sharpness(e.job.trainer.objective, e.job.problem.theta_0).eigenvalue
    if not (math.isfinite(steepest) and steepest > 0.0 and e.job.training.learning_rate > 2.0 / steepest):
        return ""
    return f"; at the start the curvature λ allowed rates up to 2/λ = {_n(2.0 / steepest)}"


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
    if e.moment.step == 0:
        return None
    units, distinct = e.job.problem.network.sizes[1:-1], e.moment.statistic("distinct_units")[:-1]
    for l, (n, different) in enumerate(zip(units, distinct, strict=True), start=1):
        if n > 1 and different <= n / 2:
            return Verdict(
                "symmetric",
                "bad",
                f"Layer {l} has {n} units, {int(different)} distinct: units with the same weights get the same "
                "gradients and stay twins, so they count as one.",
                "symmetry",
                e.helpful(remedies.RANDOM_WEIGHTS),
            )
    return None


def _exploding(e: Evidence) -> Verdict | None:
    ratio = first_over_last(e)
    if not EXPLODING <= ratio < math.inf:
        return None
    return Verdict(
        "exploding",
        "bad",
        f"Exploding: layer 1 receives about {power(ratio)} times the output layer's gradient; "
        f"{in_words(e, culprits(e, ratio))}.",
        "ledger",
        e.helpful(remedies.FITTING_WEIGHTS),
    )


def _dead(e: Evidence) -> Verdict | None:
    parts = [float(numpy.mean(dead)) for dead in e.moment.dead[:-1]]
    if max(parts, default=0.0) < DEAD_SHARE:
        return None
    l = int(numpy.argmax(parts))
    count, n = numpy.count_nonzero(e.moment.dead[l]), len(e.moment.dead[l])
    return Verdict(
        "dead",
        "bad" if count == n else "warning",
        f"Dead units: {count} of {n} in layer {l + 1} give 0 on every training example, so the data's gradient "
        "is 0 for them and they no longer contribute.",
        "units",
        e.helpful(remedies.LEAKY),
    )


def _vanishing(e: Evidence) -> Verdict | None:
    ratio = first_over_last(e)
    if not ratio <= VANISHING:
        return None
    parts = culprits(e, ratio)
    cure = {GATES: remedies.RELU_AND_HE, WEIGHTS: remedies.FITTING_WEIGHTS, INPUTS: remedies.STANDARDIZED}
    return Verdict(
        "vanishing",
        "bad",
        f"Vanishing: layer 1 receives about {power(ratio)} of the output layer's gradient; {in_words(e, parts)}.",
        "ledger",
        e.helpful(cure[next(iter(parts))], remedies.RELU_AND_HE),
    )


def _saturated(e: Evidence) -> Verdict | None:
    activations, flat = e.job.problem.network.activations[:-1], e.recent("saturated_share")
    # A network that has learned its task saturates too, and does no harm by it.
    if e.moment.step == 0 or not e.moment.train_cost > STUCK * e.past.column("train_cost")[0]:
        return None
    two_sided = [math.isfinite(f.lower) and math.isfinite(f.upper) and f.max_slope > 0.0 for f in activations]
    l = int(numpy.argmax(numpy.where(two_sided, flat[:-1], -1.0))) if any(two_sided) else 0
    if not (any(two_sided) and flat[l] >= SATURATED_SHARE):
        return None
    return Verdict(
        "saturated",
        "warning",
        f"Saturated: about {flat[l]:.0%} of layer {l + 1}'s outputs lie where {activations[l].label} is flat (slope "
        "below 5 % of its largest): their gradient hardly passes.",
        "neuron-eye",
        e.helpful(remedies.FITTING_WEIGHTS, remedies.RELU_AND_HE),
    )


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
    costs, cost = e.here.column("train_cost"), e.moment.train_cost
    lowest = float(numpy.min(costs, initial=cost))
    least = float(numpy.min(costs[-RISE_MOMENTS:], initial=cost))
    if not (least > RISE * lowest and least > costs[0]):  # the first holds only where there are costs
        return None
    return Verdict(
        "rising",
        "warning",
        f"Rising: training loss {_n(cost)} is {_n(cost / max(lowest, 1e-300))} times its lowest; learning rate "
        f"{e.job.training.learning_rate:g} overshoots.",
        "loss",
        remedies.LOWER_RATE,
    )


def _edge(e: Evidence) -> Verdict | None:
    """Along the gradient of all examples a small enough step always goes down: where the cost keeps coming up again
    the step is longer than 2/λ, λ being the largest curvature."""
    training, costs = e.job.training, e.here.column("train_cost")[-EDGE_MOMENTS - 1 :]
    full = training.batch_size is None or training.batch_size >= len(e.job.problem.train)
    if training.optimizer != "gradient_descent" or not full or len(costs) <= EDGE_MOMENTS:
        return None
    ups = int(numpy.count_nonzero(costs[1:] > costs[:-1] * (1.0 + JITTER)))
    if ups < EDGE_SHARE * EDGE_MOMENTS:
        return None
    return Verdict(
        "edge",
        "calm",
        f"Edge of stability: the loss went up in {ups} of the last {EDGE_MOMENTS} recorded steps, though each follows "
        f"all examples: learning rate {training.learning_rate:g} is about as large as the curvature λ allows, 2/λ.",
        "stability",
        remedies.LOWER_RATE,
    )


def _linear(e: Evidence) -> Verdict | None:
    hidden = e.job.problem.network.activations[:-1]
    if not hidden or any(activation.name != "linear" for activation in hidden):
        return None
    layers = "1 hidden layer is" if len(hidden) == 1 else f"{len(hidden)} hidden layers are"
    return Verdict(
        "linear",
        "calm",
        f"Linear: the {layers} linear and do no more than none would; a product of matrices is one matrix. "
        f"Training loss {_n(e.moment.train_cost)}{e.score}.",
        "",
        remedies.RELU_AND_HE,
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
    """The trend over the second half of the steps so far (step 0 is always recorded)."""
    earlier, cost = e.past.until(e.moment.step // 2), e.moment.train_cost
    then, step = float(earlier.column("train_cost")[-1]), int(earlier.column("step")[-1])
    if cost > then:
        sentence = f"Unsettled: training loss {_n(cost)}, above the {_n(then)} of step {step:,}{e.score}."
        return Verdict("unsettled", "calm", sentence)
    trend = f"down {1.0 - cost / then:.1%} since step {step:,}" if then > 0.0 else "at its floor"
    return Verdict("learning", "good", f"Learning: training loss {_n(cost)}, {trend}{e.score}.")


RULES: tuple[Rule, ...] = (
    _diverged,
    _rising,
    _threshold,
    _symmetric,
    _exploding,
    _dead,
    _vanishing,
    _saturated,
    _wrong_pair,
    _ready,
    _finished,
    _edge,
    _linear,
    _plateau,
    _learning,
)
"""From the most harmful to the harmless."""


def _n(value: float) -> str:
    return f"{value:.4g}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
