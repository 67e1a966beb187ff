"""The why-line: one sentence on what is happening to the run, and which quantity says so."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy

from nnviz.engine.metrics import METRIC_NAMES
from nnviz.experiment.records import Curves, Moment
from nnviz.experiment.stopping import stale_epochs
from nnviz.experiment.training_job import TrainingJob

Level = Literal["calm", "good", "warning", "bad"]

PLATEAU_EPOCHS = 50
RISE = 3.0
"""A cost that many times the lowest so far is called rising."""


@dataclass(frozen=True)
class Verdict:
    """code: which rule spoke. level: how harmful it is. sentence: in words, with the numbers that say so."""

    code: str
    level: Level
    sentence: str


def judge(job: TrainingJob, moment: Moment) -> Verdict:
    """The first rule that applies, most harmful cause first."""
    curves, rate = job.curves(), job.training.learning_rate
    score = _score(job, moment)
    if job.status == "diverged":
        remedy = "Try a lower rate, then Reset." if job.step else "Try smaller initial weights, then Reset."
        return Verdict("diverged", "bad", f"{_capital(job.reason)}. {remedy}")
    if moment.step == 0:
        return Verdict("ready", "calm", f"Before the first step: training loss {_n(moment.train_cost)}. Press Play.")
    if job.status == "finished":
        return Verdict("finished", "good", f"Finished: {job.reason}. Training loss {_n(moment.train_cost)}{score}.")
    lowest = _lowest(curves, moment)
    if moment.train_cost > RISE * lowest and moment.train_cost > _first(curves, moment):
        return Verdict(
            "rising",
            "warning",
            f"Rising: training loss {_n(moment.train_cost)} is {_n(moment.train_cost / max(lowest, 1e-300))} times its "
            f"lowest; learning rate {rate:g} overshoots.",
        )
    since = max((change.step for change in job.spec.changes if change.step <= moment.step), default=0)
    stale = stale_epochs(_until(curves, moment.step), since)
    if stale >= PLATEAU_EPOCHS:
        return Verdict(
            "plateau",
            "calm",
            f"Plateau: training loss {_n(moment.train_cost)} has not improved by 0.1 % for {stale:,.0f} epochs{score}.",
        )
    trend = _trend(curves, moment)
    return Verdict("learning", "good", f"Learning: training loss {_n(moment.train_cost)}, {trend}{score}.")


def _trend(curves: Curves, moment: Moment) -> str:
    """How far the cost came in the second half of the steps so far (step 0 is always recorded)."""
    earlier = _until(curves, moment.step // 2)
    then = float(earlier.column("train_cost")[-1])
    if not then > 0.0:
        return "already at its floor"
    change = moment.train_cost / then - 1.0
    direction = "down" if change < 0.0 else "up"
    return f"{direction} {abs(change):.1%} since step {int(earlier.column('step')[-1]):,}"


def _score(job: TrainingJob, moment: Moment) -> str:
    name, value = METRIC_NAMES[job.problem.task], moment.test_score
    if not math.isfinite(value):
        return ""
    return f", test {name} {value:.3f}" if job.problem.task == "regression" else f", test {name} {value:.1%}"


def _until(curves: Curves, step: int) -> Curves:
    count = int(numpy.searchsorted(curves.column("step"), step, side="right"))
    return Curves(curves.values[:count], curves.layers[:count])


def _lowest(curves: Curves, moment: Moment) -> float:
    cost = _until(curves, moment.step).column("train_cost")
    return min(float(numpy.min(cost)), moment.train_cost) if len(cost) else moment.train_cost


def _first(curves: Curves, moment: Moment) -> float:
    return float(curves.column("train_cost")[0]) if len(curves) else moment.train_cost


def _n(value: float) -> str:
    return f"{value:.4g}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
