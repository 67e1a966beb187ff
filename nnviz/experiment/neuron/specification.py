"""The document of the Neuron workspace: one unit, a perceptron that learns a truth table, and a line with its bias."""

from typing import Annotated, Literal

from msgspec import Meta

from nnviz.engine import ACTIVATIONS
from nnviz.experiment.specification import Document, DrawnPoint, Finite, Name, Part, Positive

Page = Literal["neuron", "perceptron", "bias"]
PAGES: tuple[Page, ...] = ("neuron", "perceptron", "bias")
MAX_INPUTS = 6
MAX_POINTS = 500
MAX_STEPS = 100_000
UNIT_ACTIVATIONS = tuple(name for name, record in ACTIVATIONS.items() if record.elementwise)
"""What one unit may use: all but softmax, which needs a layer."""

Inputs = Annotated[tuple[Finite, ...], Meta(min_length=1, max_length=MAX_INPUTS)]
Points = Annotated[tuple[DrawnPoint, ...], Meta(max_length=MAX_POINTS)]
Bit = Annotated[int, Meta(ge=0, le=1)]
Two = tuple[Finite, Finite]

FIRST_CLOUD = tuple(
    DrawnPoint(x, y)
    for x, y in (
        ((-1.2, -0.6), 0.0), ((-0.4, -1.3), 0.0), ((0.3, -0.9), 0.0), ((-1.4, 0.5), 0.0),
        ((1.3, 0.7), 1.0), ((0.5, 1.4), 1.0), ((1.5, -0.2), 1.0), ((-0.3, 1.5), 1.0),
    )
)  # fmt: skip
FIRST_LINE = tuple(
    DrawnPoint((x,), y)
    for x, y in ((0.4, 2.5), (1.0, 2.2), (1.5, 3.1), (2.1, 2.9), (2.8, 3.9), (3.4, 3.6), (4.0, 4.6), (4.6, 4.5))
)


class UnitSpec(Part, frozen=True):
    """One neuron: inputs x with their weights w, bias b, activation (alpha null: its default).

    names: of the inputs, all of them or none. points: on the plane of the first two inputs, each of class 0 or 1.
    """

    x: Inputs = (0.7, 0.9, 0.5)
    w: Inputs = (0.3, 0.1, -0.1)
    b: Finite = 0.2
    activation: Name = "sigmoid"
    alpha: Annotated[float, Meta(ge=0.0, le=10.0)] | None = None
    names: tuple[Name, ...] = ()
    points: Points = FIRST_CLOUD

    def __post_init__(self) -> None:
        if len(self.x) != len(self.w):
            raise ValueError(f"w: {len(self.w)} weights for {len(self.x)} inputs; each input has one weight")
        if len(self.names) not in (0, len(self.x)):
            raise ValueError(f"names: {len(self.names)} names for {len(self.x)} inputs; name all of them or none")
        if self.activation not in UNIT_ACTIVATIONS:
            allowed = ", ".join(UNIT_ACTIVATIONS)
            raise ValueError(f"activation: {self.activation!r} is not for one unit; allowed are {allowed}")
        try:
            ACTIVATIONS[self.activation].with_alpha(self.alpha)
        except ValueError as error:
            raise ValueError(f"alpha: {error}") from None
        for point in self.points:
            if len(point.x) != 2 or point.y not in (0.0, 1.0):
                raise ValueError("points: each has two inputs and a class, 0 or 1")


class ThresholdUnit(Part, frozen=True):
    """A unit of two inputs that gives 1 where w·x + b is above 0, else 0."""

    w: Two = (0.0, 0.0)
    b: Finite = 0.0


class PerceptronSpec(Part, frozen=True):
    """A truth table and what is to reproduce it.

    targets: of the rows 0, 1 (one input) or 00, 01, 10, 11 (two). start: weights, as many as inputs; bias: where they
    begin. rate: η of the perceptron rule. step: how many rows have been shown to it.
    model: one "perceptron", or the "network" of two hidden units and an output; network: its three units.
    """

    targets: Annotated[tuple[Bit, ...], Meta(min_length=2, max_length=4)] = (0, 0, 0, 1)
    start: Annotated[tuple[Finite, ...], Meta(min_length=1, max_length=2)] = (0.0, 0.0)
    bias: Finite = 0.0
    rate: Positive = 1.0
    step: Annotated[int, Meta(ge=0, le=MAX_STEPS)] = 0
    model: Literal["perceptron", "network"] = "perceptron"
    network: tuple[ThresholdUnit, ThresholdUnit, ThresholdUnit] = (
        ThresholdUnit((1.0, 1.0), -0.5),
        ThresholdUnit((-1.0, -1.0), 1.5),
        ThresholdUnit((1.0, 1.0), -1.5),
    )

    def __post_init__(self) -> None:
        if len(self.targets) != 2 ** len(self.start):
            raise ValueError(
                f"targets: {len(self.targets)} rows for {len(self.start)} weights; "
                "one input has 2 rows, two inputs have 4"
            )


class LineSpec(Part, frozen=True):
    """The line ŷ = w x + b over points drawn by hand, or over the houses. bias: off locks b at 0.

    points: those drawn by hand. squares: whether the squared residuals are drawn.
    """

    source: Literal["points", "houses"] = "points"
    points: Points = FIRST_LINE
    w: Finite = 0.3
    b: Finite = 1.5
    bias: bool = True
    squares: bool = True

    def __post_init__(self) -> None:
        if any(len(point.x) != 1 for point in self.points):
            raise ValueError("points: each has one input and a value")

    @property
    def intercept(self) -> float:
        """The bias in force."""
        return self.b if self.bias else 0.0


class Neuron(Document, frozen=True):
    """One document of the workspace. page: which of its three pages is in front."""

    WORKSPACE = "neuron"

    name: Name = "One neuron"
    page: Page = "neuron"
    unit: UnitSpec = UnitSpec()
    perceptron: PerceptronSpec = PerceptronSpec()
    line: LineSpec = LineSpec()
