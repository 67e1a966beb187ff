"""The workspaces in the order of the rail. A new one is a folder beside this file and an entry here.

Each is imported and made when it is first shown: the program starts with the one in front alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session
from nnviz.ui.workspaces.workspace import Workspace


@dataclass(frozen=True)
class Place:
    """A workspace on the rail. key: in settings and in files. icon: of nnviz.ui.icons. meaning: one line."""

    key: str
    title: str
    icon: str
    meaning: str
    make: Callable[[Session, Preferences], Workspace]


def _neuron(session: Session, preferences: Preferences) -> Workspace:
    del session, preferences
    from nnviz.ui.workspaces.neuron.workspace import NeuronWorkspace  # noqa: PLC0415

    return NeuronWorkspace()


def _activations(session: Session, preferences: Preferences) -> Workspace:
    del session, preferences
    from nnviz.ui.workspaces.activations.workspace import ActivationsWorkspace  # noqa: PLC0415

    return ActivationsWorkspace()


def _descent(session: Session, preferences: Preferences) -> Workspace:
    del session, preferences
    from nnviz.ui.workspaces.descent.workspace import DescentWorkspace  # noqa: PLC0415

    return DescentWorkspace()


def _lab(session: Session, preferences: Preferences) -> Workspace:
    from nnviz.ui.workspaces.lab.workspace import Lab  # noqa: PLC0415

    return Lab(session, preferences)


PLACES = (
    Place("neuron", "Neuron", "brain", "One neuron and its arithmetic; the perceptron; the bias", _neuron),
    Place(
        "activations",
        "Activations",
        "chart-bell-curve-cumulative",
        "Activation functions side by side, and what they do to signals and gradients",
        _activations,
    ),
    Place(
        "descent",
        "Descent",
        "slope-downhill",
        "Gradient descent on surfaces, optimizers racing, vector by vector",
        _descent,
    ),
    Place("lab", "Lab", "flask-outline", "Build a network, pick data, train it, and look inside", _lab),
)
FIRST = "lab"
"""In front on the first start."""
