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


@dataclass(frozen=True)
class Standing:
    """status, and the sentence that says it with numbers.

    running: on its way. converged: the gradient is zero (at most 1e-8) at a minimum. stationary: the gradient is zero
    where there is no minimum: a saddle, a maximum or a flat place. outside: it has left the domain, and goes on.
    diverged: it was thrown so far away, or to a place that is no number, that it stopped. undefined: it stopped where
    the surface has no value or no gradient.
    """

    status: Status
    sentence: str

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
    hessian = ground.objective.hessian(theta)
    curvatures = numpy.linalg.eigvalsh(hessian) if numpy.isfinite(hessian).all() else numpy.full(1, numpy.nan)
    known = ground.minima - theta
    if curvatures[0] > 0.0 or (numpy.linalg.norm(known, axis=-1) <= 1e-6 * ground.diagonal).any():
        return Standing("converged", f"Converged at {place}, a minimum with J = {number(value)}.")
    if curvatures[0] < 0.0:
        kind = "on a saddle" if curvatures[-1] > 0.0 else "on a top"
    else:
        kind = "where it is flat or has a kink"
    return Standing("stationary", f"At rest at {place}, {kind}: the gradient is zero, so there is no step to take.")
