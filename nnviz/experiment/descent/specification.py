"""What decides a descent, in names and numbers: the surface, the runners, where they start.

Frozen. Equal specifications give the same race, bit for bit. Their JSON is a ``.nnviz`` file whose key "workspace" says
"descent". Everything is checked here, so that a specification that exists can be run.
"""

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Annotated, Any

from msgspec import Meta, field

from nnviz.engine import OPTIMIZERS
from nnviz.engine.expression import ExpressionError
from nnviz.engine.expression_objective import ExpressionObjective
from nnviz.engine.schedules import SCHEDULES
from nnviz.engine.surfaces import SURFACES
from nnviz.experiment.specification import Document, Finite, Name, NotNegative, Part, Positive, Seed

EXPRESSION, REGRESSION = "expression", "regression"
"""Names of surfaces beside those of SURFACES: a typed expression, and the (w, b) plane of a line fitted to points."""
SURFACE_NAMES = (*SURFACES, EXPRESSION, REGRESSION)

MAX_RUNNERS = 32
MAX_STEPS = 100_000
MAX_RUNNER_STEPS = 1_000_000
"""Steps of all runners together: what is recorded of them is at most 32 bytes each."""
MAX_POINTS = 200
MAX_RATES = 32
MAX_STRIP_STEPS = 1000

Point = Annotated[tuple[Finite, ...], Meta(min_length=1, max_length=2)]
"""A place on the surface: (x,), (x, y) or (w, b)."""
Range = tuple[Finite, Finite]
"""(lowest, highest) of a coordinate."""
Text = Annotated[str, Meta(max_length=500)]

EXAMPLE_POINTS: tuple[Range, ...] = (
    (-1.5, -1.1),
    (-1.0, -0.3),
    (-0.5, -0.4),
    (0.0, 0.4),
    (0.5, 0.5),
    (1.0, 1.4),
    (1.5, 1.5),
)
"""Points (x, y) around a line, for a regression that has none of its own yet."""


@lru_cache(maxsize=32)
def expression_objective(text: str) -> ExpressionObjective:
    """The surface of a typed expression, made once. ExpressionError, with the place, for a text that cannot be read."""
    return ExpressionObjective(text)


def _one_of(key: str, given: str, allowed: Collection[str]) -> None:
    if given not in allowed:
        raise ValueError(f"{key}: {given!r} is not known; allowed are {', '.join(allowed)}")


def _checked(key: str, check: Callable[[Any], object], given: object) -> None:
    """Runs an engine's check, with the key in front of what it says; and where, in a text."""
    try:
        check(given)
    except ExpressionError as error:
        raise ValueError(f"{key}: {error}, at character {error.start + 1}") from None
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None


class SurfaceSpec(Part, frozen=True):
    """Which surface: a name of SURFACES with its parameters (absent ones at their defaults), "expression" with a text
    in x, or x and y, or "regression" with points (x, y).

    domain: what to show, one (low, high) for each coordinate; null: the surface's own.
    """

    name: Name = "parabola"
    parameters: dict[str, Finite] = field(default_factory=dict)
    expression: Text = "x^2"
    points: Annotated[tuple[Range, ...], Meta(max_length=MAX_POINTS)] = EXAMPLE_POINTS
    domain: Annotated[tuple[Range, ...], Meta(min_length=1, max_length=2)] | None = None

    def __post_init__(self) -> None:
        _one_of("name", self.name, SURFACE_NAMES)
        if self.name in SURFACES:
            _checked("parameters", SURFACES[self.name].checked, self.parameters)
        elif self.parameters:
            raise ValueError(f"parameters: {self.name} has none")
        if self.name == EXPRESSION:
            _checked("expression", expression_objective, self.expression)
        if self.name == REGRESSION and not self.points:
            raise ValueError("points: a regression needs at least one point")
        if self.domain is not None:
            if len(self.domain) != self.dimension:
                raise ValueError(f"domain: has {len(self.domain)} ranges; the surface has {self.dimension} coordinates")
            for low, high in self.domain:
                if not high - low > 0.0:
                    raise ValueError(f"domain: from {low:g} to {high:g} is no range; the first number is the smaller")

    @property
    def dimension(self) -> int:
        """P, 1 or 2."""
        if self.name == REGRESSION:
            return 2
        if self.name == EXPRESSION:
            return expression_objective(self.expression).dimension
        return SURFACES[self.name].dimension


class ScheduleSpec(Part, frozen=True):
    """A learning-rate schedule's name and parameters, absent ones at their defaults."""

    name: Name = "constant"
    parameters: dict[str, Finite] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _one_of("name", self.name, SCHEDULES)
        _checked("parameters", SCHEDULES[self.name].checked, self.parameters)


class RunnerSpec(Part, frozen=True):
    """One runner: its optimizer with parameters (absent ones at their defaults), learning rate and schedule.

    noise: standard deviation of what is added to each component of the gradient, as mini-batches would.
    colour: index into the palette of runners. label: empty for one made from optimizer and rate.
    start: null for the common start.
    """

    optimizer: Name = "gradient_descent"
    parameters: dict[str, Finite] = field(default_factory=dict)
    learning_rate: Positive = 0.1
    schedule: ScheduleSpec = ScheduleSpec()
    noise: NotNegative = 0.0
    colour: Annotated[int, Meta(ge=0, le=255)] = 0
    label: Name = ""
    start: Point | None = None

    def __post_init__(self) -> None:
        _one_of("optimizer", self.optimizer, OPTIMIZERS)
        _checked("parameters", OPTIMIZERS[self.optimizer].hyperparameters, self.parameters)

    @property
    def title(self) -> str:
        """The label, or what the runner does, such as "momentum, α = 0.05"."""
        return self.label or f"{OPTIMIZERS[self.optimizer].label}, α = {self.learning_rate:g}"


class RateStripSpec(Part, frozen=True):
    """The strip of learning rates: gradient descent from the common start, once for each rate, so many steps."""

    rates: Annotated[tuple[Positive, ...], Meta(min_length=1, max_length=MAX_RATES)] = (0.05, 0.2, 1.1)
    steps: Annotated[int, Meta(ge=1, le=MAX_STRIP_STEPS)] = 12


class Descent(Document, frozen=True):
    """One descent: a surface, runners that race on it from start for so many steps, and the strip of rates.

    seed: of the runners' noise. The default is the lecture's example: f(x) = x² at the rates 0.05, 0.2 and 1.1.
    """

    WORKSPACE = "descent"

    seed: Seed = 42
    surface: SurfaceSpec = SurfaceSpec()
    start: Point = (2.0,)
    steps: Annotated[int, Meta(ge=1, le=MAX_STEPS)] = 40
    runners: Annotated[tuple[RunnerSpec, ...], Meta(max_length=MAX_RUNNERS)] = (
        RunnerSpec(learning_rate=0.05),
        RunnerSpec(learning_rate=0.2, colour=1),
        RunnerSpec(learning_rate=1.1, colour=2),
    )
    strip: RateStripSpec = RateStripSpec()

    def __post_init__(self) -> None:
        wanted = self.surface.dimension
        starts = {"start": self.start, **{f"runners[{i}].start": each.start for i, each in enumerate(self.runners)}}
        for key, start in starts.items():
            if start is not None and len(start) != wanted:
                raise ValueError(f"{key}: has {len(start)} coordinates; the surface has {wanted}")
        if len(self.runners) * self.steps > MAX_RUNNER_STEPS:
            most = MAX_RUNNER_STEPS // len(self.runners)
            raise ValueError(f"steps: {self.steps} is too much for {len(self.runners)} runners; at most {most}")

    def start_of(self, runner: int) -> tuple[float, ...]:
        """Where runner number ``runner`` starts: its own start or the common one."""
        own = self.runners[runner].start
        return self.start if own is None else own
