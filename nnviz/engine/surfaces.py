"""The surfaces to descend on, by name: 1-D curves first, then 2-D ones, in the order of the menu."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy
from numpy.typing import NDArray

from nnviz.engine.checks import checked_number
from nnviz.engine.expression_objective import ExpressionObjective
from nnviz.engine.minima import minima_on_a_grid
from nnviz.engine.optimizers import Hyperparameter

Floats = NDArray[numpy.float64]
Domain = tuple[tuple[float, float], ...]
"""What to show: (lowest, highest) of each coordinate."""
Minima = Callable[..., list[tuple[float, ...]]]

GRID_1D, GRID_2D = 2001, 161
"""Points an axis on which minima without a formula are looked for; far finer than any surface here."""


@dataclass(frozen=True)
class Surface:
    """A test function: its expression, in which parameters stand by name, and what a menu and a picture need.

    title: a few words. dimension: P, 1 or 2. teaches: one sentence on what to see. start (P,): where a descent shows
    it. closed_form: (**parameters) → minima, where there is a formula.
    """

    name: str
    title: str
    expression: str
    domain: Domain
    start: tuple[float, ...]
    teaches: str
    parameters: Mapping[str, Hyperparameter] = field(default_factory=dict)
    closed_form: Minima | None = field(default=None, repr=False)

    @property
    def dimension(self) -> int:
        """P, the number of coordinates."""
        return len(self.start)

    def objective(self, **parameters: float) -> ExpressionObjective:
        """The function with its parameters' values, those left out at their defaults; ValueError for wrong ones."""
        return ExpressionObjective(self.expression, self.checked(parameters), self.dimension)

    def minima(self, **parameters: float) -> Floats:
        """The local minima, (M, P), M may be 0: by formula, else those in the domain, exact by Newton's method."""
        values = self.checked(parameters)
        if self.closed_form is not None:
            return numpy.array(self.closed_form(**values), dtype=numpy.float64).reshape(-1, self.dimension)
        resolution = GRID_1D if self.dimension == 1 else GRID_2D
        return minima_on_a_grid(self.objective(**values), self.domain, resolution)

    def checked(self, given: Mapping[str, float]) -> dict[str, float]:
        """All parameters, with those given in place of the defaults; ValueError names what is wrong."""
        if unknown := sorted(given.keys() - self.parameters.keys()):
            raise ValueError(
                f"{self.name} has no parameter {unknown[0]}; allowed are {', '.join(self.parameters) or 'none'}"
            )
        return {
            name: checked_number(name, given.get(name, record.default), record.low, record.high)
            for name, record in self.parameters.items()
        }


def _at(*points: tuple[float, ...]) -> Minima:
    """Minima that do not depend on parameters."""
    return lambda **_parameters: list(points)


def _double_well(tilt: float) -> list[tuple[float, ...]]:
    """The outer roots of f′ = x³ - x + tilt, by Viète's formula for three real roots."""
    angle = math.acos(-1.5 * math.sqrt(3.0) * tilt) / 3.0
    return [(2.0 / math.sqrt(3.0) * math.cos(angle - turn * 2.0 * math.pi / 3.0),) for turn in (2, 0)]


def _saddle(walls: float) -> list[tuple[float, ...]]:
    """Where walls · y³ = y, y ≠ 0; without walls it falls for ever."""
    return [(0.0, side / math.sqrt(walls)) for side in (-1.0, 1.0)] if walls > 0.0 else []


_ALL = (
    Surface(
        "parabola", "Parabola x²", "x^2", ((-3.0, 3.0),), (2.0,),
        "Each step multiplies x by 1 - 2α: a small rate crawls, a good one jumps close, one above 1 is thrown out.",
        closed_form=_at((0.0,)),
    ),
    Surface(
        "double_well", "Two minima", "(x^2 - 1)^2/4 + tilt*x", ((-1.8, 1.8),), (1.7,),
        "Gradient descent goes downhill from where it starts: it may end in the higher of two valleys.",
        {"tilt": Hyperparameter("tilt", 0.15, -0.35, 0.35, "how much deeper the left valley is than the right one")},
        _double_well,
    ),
    Surface(
        "absolute", "Kink |x|", "abs(x)", ((-3.0, 3.0),), (2.3,),
        "The slope is as steep close to the minimum as far away, so a constant rate hops around it for ever.",
        closed_form=_at((0.0,)),
    ),
    Surface(
        "plateau", "Plateau", "1 - exp(-x^2/2)", ((-6.0, 6.0),), (3.2,),
        "On the flat part the gradient is nearly zero and so is each step, as with a saturated neuron.",
        closed_form=_at((0.0,)),
    ),
    Surface(
        "ripples", "Ripples", "x^2/10 + depth*sin(3*x)", ((-6.0, 6.0),), (5.0,),
        "Many small valleys lie on the way to the deepest: small steps are caught, long ones and momentum pass over.",
        {"depth": Hyperparameter("depth of the ripples", 0.6, 0.0, 2.0, "height of the wave that is laid over x²/10")},
    ),
    Surface(
        "bowl", "Bowl", "x^2 + y^2", ((-3.0, 3.0), (-3.0, 3.0)), (-2.2, 1.6),
        "In a round bowl the gradient points straight away from the minimum, so every path is a straight line.",
        closed_form=_at((0.0, 0.0)),
    ),
    Surface(
        "ravine", "Ravine", "(x^2 + condition*y^2)/2", ((-5.0, 5.0), (-2.0, 2.0)), (-4.5, 1.2),
        "The steep direction limits the rate and the flat one needs many steps: the path zigzags. Momentum helps.",
        {"condition": Hyperparameter("condition number", 25.0, 1.0, 1000.0, "steepest curvature by flattest")},
        _at((0.0, 0.0)),
    ),
    Surface(
        "saddle", "Saddle", "(x^2 - y^2)/2 + walls*y^4/4", ((-3.0, 3.0), (-3.0, 3.0)), (-2.5, 0.001),
        "The gradient is zero at a saddle that is no minimum: descent slows down there before it finds the way out.",
        {"walls": Hyperparameter("walls", 0.25, 0.0, 2.0, "how steeply it rises again far out; 0: it falls for ever")},
        _saddle,
    ),
    Surface(
        "rosenbrock", "Rosenbrock's valley", "(1 - x)^2 + steepness*(y - x^2)^2", ((-2.0, 2.0), (-1.0, 3.0)),
        (-1.2, 1.0),
        "The valley is found at once; along its bent, nearly flat floor the way to the minimum is long.",
        {"steepness": Hyperparameter("steepness", 100.0, 1.0, 1000.0, "how steep the walls of the valley are")},
        _at((1.0, 1.0)),
    ),
    Surface(
        "himmelblau", "Himmelblau's four minima", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", ((-5.0, 5.0), (-5.0, 5.0)),
        (-0.3, -0.6),
        "Four minima are equally deep, and the start alone decides which of them is reached.",
    ),
    Surface(
        "beale", "Beale's function", "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
        ((-4.5, 4.5), (-4.5, 4.5)), (1.0, 1.5),
        "Walls that rise steeply beside a flat floor: no single rate suits both, adapted ones do better.",
        closed_form=_at((3.0, 0.5)),
    ),
    Surface(
        "rastrigin", "Rastrigin's egg box", "x^2 + y^2 + depth*(2 - cos(2*pi*x) - cos(2*pi*y))",
        ((-2.4, 2.4), (-2.4, 2.4)), (1.8, -1.3),
        "A grid of valleys, one beside the other: descent stays in the one where it begins.",
        {"depth": Hyperparameter("depth of the valleys", 10.0, 0.0, 10.0, "height of the wave laid over the bowl")},
    ),
    Surface(
        "plateau_2d", "Plateau around a pit", "1 - exp(-(x^2 + y^2)/2)", ((-4.0, 4.0), (-4.0, 4.0)), (-2.6, 1.8),
        "The gradient dies away on the plateau; methods that divide by its size still take good steps.",
        closed_form=_at((0.0, 0.0)),
    ),
    Surface(
        "two_wells", "Two Gaussian wells",
        "(x^2 + y^2)/50 - exp(-((x + 1.5)^2 + y^2)) - depth*exp(-((x - 1.5)^2 + y^2))",
        ((-4.0, 4.0), (-3.0, 3.0)), (0.5, 2.0),
        "A shallow and a deep well: which one a path ends in depends on start, rate and momentum.",
        {"depth": Hyperparameter("depth of the right well", 0.6, 0.2, 2.0, "the left one is 1 deep")},
    ),
)  # fmt: skip

SURFACES: dict[str, Surface] = {surface.name: surface for surface in _ALL}
"""Every surface by name."""
