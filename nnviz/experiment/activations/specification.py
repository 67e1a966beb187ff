"""The document of the Activations workspace: which functions stand side by side, and what is sent through them."""

from typing import Annotated, Literal

from msgspec import Meta

from nnviz.engine import ACTIVATIONS
from nnviz.engine.activations import Activation
from nnviz.experiment.specification import Document, Finite, Name, Part

Page = Literal["functions", "signal", "depth", "tanh", "softmax"]
PAGES: tuple[Page, ...] = ("functions", "signal", "depth", "tanh", "softmax")
MAX_DEPTH = 64
LAST_STAGE = 3
NARROWEST, WIDEST = 1e-3, 1e3
"""Standard deviations that the inputs may have."""

Alpha = Annotated[float, Meta(ge=0.0, le=10.0)]


class InputSpec(Part, frozen=True):
    """How the inputs z are distributed. width: their standard deviation, whatever the kind, so that kinds compare."""

    kind: Literal["normal", "uniform"] = "normal"
    mean: Annotated[float, Meta(ge=-1e3, le=1e3)] = 0.0
    width: Annotated[float, Meta(ge=NARROWEST, le=WIDEST)] = 1.0


class Activations(Document, frozen=True):
    """One document of the workspace. page: which of its pages is in front.

    shown: names, each once. leaky_alpha, elu_alpha: of leaky_relu and elu. reach: the curves are drawn for z from
    -reach to reach. depth: layers that the derivatives are multiplied through. product: how the product over the inputs
    is averaged. stage: how far the sigmoid has been turned into tanh (0: σ(z), 1: σ(2z), 2: 2σ(2z), 3: 2σ(2z) - 1).
    layer: the three pre-activations that softmax turns into shares.
    """

    WORKSPACE = "activations"

    name: Name = "Activations side by side"
    page: Page = "functions"
    shown: Annotated[tuple[Name, ...], Meta(min_length=1)] = ("sigmoid", "tanh", "relu", "leaky_relu")
    leaky_alpha: Alpha = 0.01
    elu_alpha: Alpha = 1.0
    reach: Annotated[float, Meta(ge=0.5, le=100.0)] = 6.0
    inputs: InputSpec = InputSpec()
    depth: Annotated[int, Meta(ge=1, le=MAX_DEPTH)] = 10
    product: Literal["rms", "mean"] = "rms"
    stage: Annotated[int, Meta(ge=0, le=LAST_STAGE)] = LAST_STAGE
    layer: tuple[Finite, Finite, Finite] = (2.0, 1.0, 0.0)

    def __post_init__(self) -> None:
        for name in self.shown:
            if name not in ACTIVATIONS:
                raise ValueError(f"shown: {name!r} is not known; allowed are {', '.join(ACTIVATIONS)}")
        if len(set(self.shown)) != len(self.shown):
            raise ValueError("shown: a name stands there twice; each is shown once")


def shown_activations(spec: Activations) -> tuple[Activation, ...]:
    """The functions that are shown, with their alpha, in the registry's order."""
    alphas = {"leaky_relu": spec.leaky_alpha, "elu": spec.elu_alpha}
    return tuple(record.with_alpha(alphas.get(name)) for name, record in ACTIVATIONS.items() if name in spec.shown)


def shown_elementwise(spec: Activations) -> tuple[Activation, ...]:
    """Those of them that are functions of one number: all but softmax."""
    return tuple(activation for activation in shown_activations(spec) if activation.elementwise)
