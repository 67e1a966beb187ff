"""What has become of a runner, in a word and in a sentence."""

from dataclasses import dataclass
from typing import Literal

import numpy
from numpy.typing import NDArray

from nnviz.experiment.descent.ground import Ground
from nnviz.experiment.descent.wording import number, vector

Floats = NDArray[numpy.float64]
Status = Literal["running", "converged", "stationary", "outside", "diverged", "undefined"]

SETTLED = 1e-8
"""A gradient no longer than this is called zero."""
AROUND = 1e-3
"""Share of the domain's diagonal: at that distance a minimum has higher ground on all sides."""
DIRECTIONS = 16


@dataclass(frozen=True)
class Standing:
    """status, and the sentence that says it with numbers.

    running: on its way. converged: the gradient is zero (at most 1e-8) and all ground around is higher: a minimum.
    stationary: the gradient is zero where not all around is higher: a saddle, a top or flat ground; kind says which.
    outside: it has left the domain, and goes on.
    diverged: it was thrown so far away, or to a place that is no number, that it stopped. undefined: it stopped where
    the surface has no value or no gradient.
    """

    status: Status
    sentence: str
    kind: str = ""

    @property
    def stopped(self) -> bool:
        """Whether the runner takes no further step."""
        return self.status in ("diverged", "undefined")


@numpy.errstate(all="ignore")
def standing(
    ground: Ground, theta: Floats, value: float, gradient_norm: float, stopped: Status | None, *, at_start: bool
) -> Standing:
    """The standing of a runner at theta (P,), where J is value; stopped: why it takes no further step, if so."""
    place = vector(theta)
    if stopped and at_start:
        why = "is too far away from the domain" if stopped == "diverged" else "is where the surface is undefined"
        return Standing(stopped, f"The start {place} {why}; choose another one.")
    if stopped == "diverged":
        return Standing("diverged", f"Diverged: thrown to {place}, far away from the domain; a lower rate may help.")
    if stopped == "undefined":
        return Standing("undefined", f"Stopped at {place}: the surface or its gradient is undefined there.")
    if gradient_norm <= SETTLED:
        return _at_rest(ground, theta, value, place)
    if not ground.inside(theta):
        return Standing("outside", f"Outside the domain, at {place}; it goes on.")
    return Standing("running", f"At {place}, J = {number(value)}, ‖∇J‖ = {number(gradient_norm)}.")


def _at_rest(ground: Ground, theta: Floats, value: float, place: str) -> Standing:
    # Curvatures would not do: |x| has none at its minimum, and a plateau's edge has a little of the right sign.
    around = ground.objective.value(theta + AROUND * ground.diagonal * _directions(len(theta)))
    known = ground.minima - theta
    if (around > value).all() or (numpy.linalg.norm(known, axis=-1) <= 1e-6 * ground.diagonal).any():
        return Standing("converged", f"Converged at {place}, a minimum with J = {number(value)}.")
    if (around < value).all():
        kind = "on a top"
    elif (around < value).any() and (around > value).any() and len(theta) > 1:
        kind = "on a saddle or a gentle slope"
    else:
        kind = "on flat ground"
    return Standing("stationary", f"At rest at {place}, {kind}: the gradient is zero, so there is no step.", kind)


def _directions(dimension: int) -> Floats:
    """Unit vectors (D, P) all around."""
    if dimension == 1:
        return numpy.array([[-1.0], [1.0]])
    angles = numpy.linspace(0.0, 2.0 * numpy.pi, DIRECTIONS, endpoint=False)
    return numpy.stack([numpy.cos(angles), numpy.sin(angles)], axis=-1)
