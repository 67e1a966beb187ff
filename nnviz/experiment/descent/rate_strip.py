"""The same start at many learning rates: what each does, and what the curvature said it would do.

Along an eigenvector of the Hessian with eigenvalue λ, a step of gradient descent multiplies the distance from the
minimum by 1 - α λ: smooth below 1/λ, swinging up to 2/λ, growing above. Exact on a quadratic, near the start elsewhere.
"""

from dataclasses import dataclass
from typing import Literal

import numpy
from numpy.typing import NDArray

from nnviz.experiment.descent.ground import Ground, ground_of
from nnviz.experiment.descent.population import Population, halted
from nnviz.experiment.descent.specification import Descent, RunnerSpec
from nnviz.experiment.descent.wording import number, vector

Floats = NDArray[numpy.float64]
Verdict = Literal["slow", "fast", "oscillating", "diverging", "undefined", "resting"]
VERDICTS: tuple[Verdict, ...] = ("slow", "fast", "oscillating", "diverging", "undefined", "resting")

SLOW = 10.0 ** (-1.0 / 10.0)
"""A factor above this (0.794) needs more than ten steps to make the distance ten times smaller: slow."""
_NOTHING = 1e-12
"""A share of the first gradient that counts as zero."""


@dataclass(frozen=True, eq=False)
class RatedPath:
    """One rate's run from the common start. positions (T + 1, P), values (T + 1,): nan behind a stop.

    factors (P,): 1 - α λ for each eigenvalue λ at the start. verdict, sentence: what it does and why.
    """

    rate: float
    positions: Floats
    values: Floats
    factors: Floats
    verdict: Verdict
    sentence: str


@dataclass(frozen=True, eq=False)
class RateStrip:
    """All rates of a specification's strip.

    eigenvalues (P,): of the Hessian at the start, ascending, nan where it is undefined. smooth_limit, stability_limit:
    1/λ and 2/λ of the largest, infinite where no λ is above 0. exact: the surface is a quadratic, so they hold
    everywhere; else they hold near the start.
    """

    start: tuple[float, ...]
    eigenvalues: Floats
    smooth_limit: float
    stability_limit: float
    exact: bool
    paths: tuple[RatedPath, ...]


@numpy.errstate(all="ignore")
def rate_strip(spec: Descent, ground: Ground | None = None) -> RateStrip:
    """Plain gradient descent from the specification's start at every rate of its strip.

    The verdict is resting where the gradient at the start is zero. Else, on a quadratic, it follows from the factors of
    those directions in which there is a way to go: diverging when one is larger than 1 in size; oscillating when one is
    below 0 (it steps over the minimum each time); slow when one is above 0.794, which takes more than ten steps for a
    tenth; else fast. On any other surface the path decides: undefined when it stops on undefined ground; diverging when
    it is thrown far away or ends outside the domain and higher than it began; oscillating when more than half of its
    steps turn back; slow or fast by the mean factor by which the gradient shrinks.
    """
    ground = ground_of(spec.surface) if ground is None else ground
    start, rates, steps = numpy.array(spec.start), spec.strip.rates, spec.strip.steps
    hessian = ground.objective.hessian(start)
    if numpy.isfinite(hessian).all():
        eigenvalues, vectors = numpy.linalg.eigh(hessian)
    else:
        eigenvalues, vectors = numpy.full(len(start), numpy.nan), numpy.eye(len(start))
    top = float(eigenvalues[-1])
    positions, values, gradients = _descend(ground, start, rates, steps)
    # The gradient's component along an eigenvector is λ times the distance: without it there is nothing to do there.
    slopes = numpy.abs(vectors.T @ gradients[0, 0])
    active = slopes > _NOTHING * numpy.max(slopes, axis=-1)
    paths = []
    for i, rate in enumerate(rates):
        factors = 1.0 - rate * eigenvalues
        if ground.objective.is_quadratic:
            verdict = _verdict_of_factors(factors[active])
        else:
            verdict = _verdict_of_path(ground, positions[:, i], values[:, i], gradients[:, i])
        sentence = _sentence(verdict, rate, factors, exact=ground.objective.is_quadratic)
        if not numpy.isfinite(values[0, i]):
            sentence = f"α = {number(rate)}: the surface is undefined at the start, so no step can be taken."
        paths.append(RatedPath(rate, positions[:, i], values[:, i], factors, verdict, sentence))
    return RateStrip(
        start=spec.start,
        eigenvalues=eigenvalues,
        smooth_limit=1.0 / top if top > 0.0 else numpy.inf,
        stability_limit=2.0 / top if top > 0.0 else numpy.inf,
        exact=ground.objective.is_quadratic,
        paths=tuple(paths),
    )


def _descend(ground: Ground, start: Floats, rates: tuple[float, ...], steps: int) -> tuple[Floats, Floats, Floats]:
    """positions (T + 1, R, P), values (T + 1, R), gradients (T + 1, R, P); nan behind the moment a path stops."""
    runners = [RunnerSpec(learning_rate=rate) for rate in rates]
    population = Population(ground.objective, numpy.tile(start, (len(rates), 1)), runners)
    positions = numpy.full((steps + 1, len(rates), len(start)), numpy.nan)
    values, gradients = numpy.full((steps + 1, len(rates)), numpy.nan), positions.copy()
    moving = numpy.ones((len(rates), 1))
    for step in range(steps + 1):
        if step:
            population.advance(moving=moving)
        here = moving[:, 0] > 0.0
        positions[step, here], values[step, here] = population.theta[here], population.value[here]
        gradients[step, here] = population.gradient[here]
        diverged, undefined = halted(ground, population)
        moving[diverged | undefined] = 0.0
    return positions, values, gradients


def _verdict_of_factors(factors: Floats) -> Verdict:
    if not len(factors):
        return "resting"
    worst = float(numpy.max(numpy.abs(factors), axis=-1))
    if worst > 1.0:
        return "diverging"
    if (factors < 0.0).any():
        return "oscillating"
    return "slow" if worst > SLOW else "fast"


def _verdict_of_path(ground: Ground, positions: Floats, values: Floats, gradients: Floats) -> Verdict:
    """positions (T + 1, P), values (T + 1,), gradients (T + 1, P) of one path, nan behind its stop."""
    last = int(numpy.flatnonzero(~numpy.isnan(positions[:, 0]))[-1])
    positions, gradients = positions[: last + 1], gradients[: last + 1]
    if ground.is_far(positions[-1]):
        return "diverging"
    if not (numpy.isfinite(values[last]) and numpy.isfinite(gradients[-1]).all()):
        return "undefined"
    if values[last] > values[0] and not ground.inside(positions[-1]):
        return "diverging"
    sizes = numpy.linalg.norm(gradients, axis=-1)
    if sizes[0] == 0.0:
        return "resting"
    arrived = numpy.flatnonzero(sizes <= _NOTHING * sizes[0])
    # What happens behind the arrival is rounding.
    last = int(arrived[0]) if len(arrived) else last
    moves = numpy.diff(positions[: last + 1], axis=0)
    turns = numpy.sum(moves[1:] * moves[:-1], axis=-1) < 0.0
    if len(turns) and numpy.count_nonzero(turns) > 0.5 * len(turns):
        return "oscillating"
    factor = max(sizes[last] / sizes[0], _NOTHING) ** (1.0 / last)
    return "slow" if factor > SLOW else "fast"


def _sentence(verdict: Verdict, rate: float, factors: Floats, *, exact: bool) -> str:
    means = {
        "slow": "slow: many small steps",
        "fast": "fast: few steps to the minimum",
        "oscillating": "oscillating: each step lands on the other side",
        "diverging": "diverging: each step lands further away",
        "resting": "at rest: the gradient is zero at the start",
        "undefined": "stopped: the path left the ground where the surface is defined",
    }[verdict]
    if verdict == "resting" or not numpy.isfinite(factors).all():
        return f"α = {number(rate)}, {means}."
    if (factors == 1.0).all():
        return f"α = {number(rate)}, {means}; the surface does not bend at the start, so steps are as long near as far."
    name = "1 − αλ" if len(factors) > 1 else "1 − αf″"
    where = "" if exact else " near the start"
    return f"α = {number(rate)}, {means}; each step multiplies the distance by {name} = {vector(factors)}{where}."
