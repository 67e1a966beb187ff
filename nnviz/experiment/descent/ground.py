"""A surface of a specification made ready: the objective to descend on, what to show of it, its minima."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.expression_objective import SurfaceObjective
from nnviz.engine.regression_objective import RegressionObjective
from nnviz.engine.surfaces import SURFACES, Domain
from nnviz.experiment.descent.specification import EXPRESSION, REGRESSION, SurfaceSpec, expression_objective

Floats = NDArray[numpy.float64]

FAR = 1e6
"""A runner that is further from the domain's middle than so many times the domain's size has diverged."""
OWN_DOMAIN = (-5.0, 5.0)
"""What is shown of each coordinate of a typed expression that has no domain of its own."""


@dataclass(frozen=True, eq=False)
class Ground:
    """title, teaches: for the screen. objective: J with gradient and Hessian. domain: what to show, (low, high) for
    each coordinate. minima (M, P): those known beforehand, none for a typed expression. start (P,): a telling one.
    """

    title: str
    teaches: str
    objective: SurfaceObjective
    domain: Domain
    minima: Floats
    start: tuple[float, ...]

    @property
    def dimension(self) -> int:
        """P, 1 or 2."""
        return self.objective.dimension

    @property
    def middle(self) -> Floats:
        """The middle of the domain, (P,)."""
        return numpy.array([low + 0.5 * (high - low) for low, high in self.domain])

    @property
    def diagonal(self) -> float:
        """The domain's size: the length of its diagonal."""
        return float(numpy.linalg.norm([high - low for low, high in self.domain]))

    def inside(self, theta: Floats) -> NDArray[numpy.bool_]:
        """Whether points are in the domain, (..., P) → (...)."""
        low, high = numpy.array(self.domain).T
        return numpy.asarray(((theta >= low) & (theta <= high)).all(-1))

    def is_far(self, theta: Floats) -> NDArray[numpy.bool_]:
        """Whether points are nowhere near the domain, or nowhere at all (nan, inf), (..., P) → (...)."""
        # Coordinate by coordinate: NumPy's sums along an axis of length 2 take five times as long.
        with numpy.errstate(all="ignore"):
            squares = sum((theta[..., i] - middle) ** 2 for i, middle in enumerate(self.middle))
        return numpy.asarray(~(squares <= (FAR * self.diagonal) ** 2))


def ground_of(spec: SurfaceSpec) -> Ground:
    """The surface of a specification. ExpressionError, a ValueError, for a text that cannot be read."""
    if spec.name == REGRESSION:
        return _regression(spec)
    if spec.name == EXPRESSION:
        objective = expression_objective(spec.expression)
        domain = spec.domain or (OWN_DOMAIN,) * objective.dimension
        start = tuple(low + 0.8 * (high - low) for low, high in domain)
        teaches = "A surface of your own; its gradient is exact, and where it is undefined there is a hole."
        return Ground(objective.expression.text, teaches, objective, domain, _none(objective.dimension), start)
    surface = SURFACES[spec.name]
    return Ground(
        surface.title,
        surface.teaches,
        surface.objective(**spec.parameters),
        spec.domain or surface.domain,
        surface.minima(**spec.parameters),
        surface.start,
    )


def _regression(spec: SurfaceSpec) -> Ground:
    x, y = numpy.array(spec.points).T
    objective = RegressionObjective(x, y)
    best = objective.minimum()
    unique = float(numpy.linalg.det(objective.hessian(best))) > 1e-12 * float(objective.hessian(best)[0, 0])
    # Around the best line, wide enough that the line w = 0, b = 0 is in sight.
    reach = [max(2.0, 1.5 * abs(float(each))) for each in best]
    domain = tuple((float(each) - half, float(each) + half) for each, half in zip(best, reach, strict=True))
    teaches = "Each place is a line through the points; the lowest is the line that fits best."
    return Ground(
        "Linear regression: cost of w and b",
        teaches,
        objective,
        spec.domain or domain,
        best[None] if unique else _none(2),
        tuple(low + 0.1 * (high - low) for low, high in domain),
    )


def _none(dimension: int) -> Floats:
    return numpy.empty((0, dimension))
