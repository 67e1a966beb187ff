"""The cost along −∇J: how far a step of gradient descent should go, and how far it goes.

Along theta − s ∇J the cost starts with slope −‖∇J‖². With curvature c = ∇Jᵀ H ∇J / ‖∇J‖² it is about
J − s‖∇J‖² + ½ s² c ‖∇J‖², lowest at s = 1/c and back at its height at s = 2/c: beyond that a step does harm (Nocedal,
Wright 2006, section 3). The learning rate α is such an s.
"""

import math
from dataclasses import dataclass

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.checks import checked_array, checked_number, checked_whole
from nnviz.engine.curvature import hessian_vector
from nnviz.engine.objective import Objective
from nnviz.engine.planes import heights_at

Floats = NDArray[numpy.float64]

POINTS = 201
MARGIN = 1.25
"""The picture goes on behind the last place worth seeing by a quarter of the way there."""


@dataclass(frozen=True, eq=False)
class LineSearch:
    """J(theta − s ∇J) at s (n,): heights (n,), not finite where the cost is not.

    rate: the learning rate, height: J there. lowest: the s of the lowest height of the picture. gradient_norm: ‖∇J‖; a
    step at s is s·‖∇J‖ long. curvature: c; where it is positive, 1/c and 2/c are what it foretells. start: J(theta).
    """

    s: Floats
    heights: Floats
    rate: float
    height: float
    lowest: float
    gradient_norm: float
    curvature: float
    start: float

    @property
    def model(self) -> Floats:
        """The parabola that slope and curvature foretell, at s, (n,)."""
        square = self.gradient_norm**2
        foretold: Floats = self.start - self.s * square + 0.5 * self.s**2 * self.curvature * square
        return foretold


def line_search(
    objective: Objective, theta: ArrayLike, learning_rate: float, reach: float | None = None, points: int = POINTS
) -> LineSearch:
    """The cost from theta (P,) along −∇J, from s = 0 to ``reach``.

    Where reach is not given, it is far enough to show learning_rate and, where the curvature is positive, 2/c; but not
    more than ten times further than the nearer of the two, or it would be out of sight. ValueError where cost or
    gradient are not finite, or the gradient is 0.
    """
    theta = checked_array("theta", theta, ("P",), finite=True)
    rate = checked_number("learning_rate", learning_rate, 0.0)
    with numpy.errstate(all="ignore"):
        start, gradient = objective.value_and_gradient(theta)
        norm = float(numpy.linalg.norm(gradient, axis=-1))
    if not (math.isfinite(start) and math.isfinite(norm)):
        raise ValueError("cost or gradient are not finite here, so there is no direction downhill")
    if norm == 0.0:
        raise ValueError("the gradient is 0 here: no direction leads downhill, and gradient descent stands still")
    unit = gradient / norm
    with numpy.errstate(all="ignore"):
        curvature = float(unit @ hessian_vector(objective, theta, unit))
    reach = _reach(rate, curvature) if reach is None else checked_number("reach", reach, 0.0)
    s = numpy.linspace(0.0, reach, checked_whole("points", points, 2))

    def downhill(steps: Floats) -> Floats:
        return theta - steps[:, None] * gradient

    with numpy.errstate(all="ignore"):
        heights = heights_at(objective, downhill, s)
        height = float(objective.value(theta - rate * gradient))
    # The first of them is finite, so there is a lowest.
    lowest = float(s[numpy.argmin(numpy.where(numpy.isfinite(heights), heights, numpy.inf))])
    return LineSearch(s, heights, rate, height, lowest, norm, curvature, float(start))


def _reach(rate: float, curvature: float) -> float:
    back = 2.0 / curvature if curvature > 0.0 else 0.0
    places = [place for place in (rate, back) if 0.0 < place < math.inf]
    if not places:
        return 1.0
    return MARGIN * min(max(places), 10.0 * min(places))
