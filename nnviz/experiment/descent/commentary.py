"""What is happening to each runner, in a few words: slow, oscillating, diverged at step 53, at the minimum."""

from dataclasses import dataclass
from typing import Literal

import numpy

from nnviz.experiment.descent.race import Race, RaceRecord
from nnviz.experiment.descent.rate_strip import SLOW
from nnviz.experiment.descent.status import SETTLED
from nnviz.experiment.descent.wording import number, vector

Level = Literal["calm", "good", "warning", "bad"]

LOOKED_AT = 8
"""So many of the last steps are judged."""
MOSTLY = 0.6
"""The share of those that have to turn back for it to be called oscillating."""


@dataclass(frozen=True)
class Remark:
    """words: a part of a sentence whose subject is the runner. fate: the same in two or three words, to be counted."""

    level: Level
    words: str
    fate: str = "on the way"


def remark(race: Race, runner: int) -> Remark:
    """On one runner at the step shown."""
    standing, record, step = race.standing(runner), race.record(), race.step
    stop = int(record.stopped_at[runner])
    if standing.stopped:
        if stop == 0:
            return Remark("bad", standing.sentence[0].lower() + standing.sentence[1:].rstrip("."), "without a start")
        if standing.status == "diverged":
            return Remark("bad", f"diverged at step {stop:,}: thrown far away, the rate is too high", "diverged")
        return Remark("warning", f"stopped at step {stop:,}: the surface is undefined there", "stopped")
    place = vector(record.positions[step, runner], 3)
    if standing.status in ("converged", "stationary"):
        first = int(numpy.argmax(record.gradient_norms[: step + 1, runner] <= SETTLED))
        if standing.status == "converged":
            return Remark("good", f"reached the minimum {place} at step {first:,}", "at a minimum")
        words = f"rests at {place} since step {first:,}, {standing.kind}: the gradient is nearly zero"
        return Remark("warning", words, "at rest elsewhere")
    value = number(float(record.values[step, runner]), 3)
    if step == 0:
        return Remark("calm", f"starts at {place}, J = {value}")
    pace = _pace(record, runner, step, noisy=race.spec.runners[runner].noise > 0.0)
    if standing.status == "outside":
        level: Level = "bad" if pace.level == "bad" else "warning"
        return Remark(level, f"is outside the picture at {place}; {pace.words}", pace.fate)
    return Remark(pace.level, f"{pace.words}, J = {value}", pace.fate)


def remarks(race: Race) -> tuple[Remark, ...]:
    """On all runners."""
    return tuple(remark(race, runner) for runner in range(len(race.spec.runners)))


@numpy.errstate(all="ignore")
def _pace(record: RaceRecord, runner: int, step: int, *, noisy: bool) -> Remark:
    """How the last steps went: do they turn back, does the gradient shrink, and how fast.

    noisy: the gradient has noise, which turns steps back for no reason of the surface's.
    """
    if noisy:
        return Remark("calm", "goes on with a noisy gradient")
    first = max(0, step - LOOKED_AT)
    moves = numpy.diff(record.positions[first : step + 1, runner], axis=0)
    sizes = record.gradient_norms[[first, step], runner]
    turns = numpy.sum(moves[1:] * moves[:-1], axis=-1) < 0.0
    swings = len(turns) > 0 and numpy.count_nonzero(turns) > MOSTLY * len(turns)
    factor = float((sizes[1] / sizes[0]) ** (1.0 / (step - first)))
    grows = factor > 1.0 + 1e-6
    if swings:
        if grows:
            return Remark("bad", "swings further out with each step: the rate is too high", "swinging out")
        return Remark("warning", "oscillates: each step turns back", "oscillating")
    if grows:
        return Remark("calm", "is on its way, the slope gets steeper")
    if factor > SLOW:
        return Remark("calm", f"is slow: the gradient shrinks by {100.0 * (1.0 - factor):.2g} % a step")
    return Remark("calm", f"is fast: the gradient shrinks by {100.0 * (1.0 - factor):.0f} % a step")
