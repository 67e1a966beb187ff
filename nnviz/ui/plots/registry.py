"""All views by key, in the order of the menus; and what `nnviz export` knows, some of their pages besides.

A view is imported when the first of its kind is made: the program starts with the few that are in front alone, and
the help of the command line knows their names without Qt.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nnviz.ui.plots.view import View


@dataclass(frozen=True)
class Kind:
    """What a tab needs to know of a class of views, as the class itself has it. home: the class and its file here.

    Called, it makes a view.
    """

    key: str
    title: str
    tab: str
    home: str

    def __call__(self) -> "View":
        return self.load()()

    def load(self) -> "type[View]":
        """The class, imported."""
        module, _, name = self.home.rpartition(".")
        view: type[View] = getattr(import_module(f"nnviz.ui.plots.{module}"), name)
        return view


VIEWS = {
    kind.key: kind
    for kind in (
        Kind("network", "Network", "", "network.network_view.NetworkView"),
        Kind("decision-map", "Decision map", "", "predictions.decision_map_view.DecisionMapView"),
        Kind("loss", "Loss", "", "course.loss_view.LossView"),
        Kind("gradient-flow", "Gradient flow", "Gradients", "layers.gradient_flow_view.GradientFlowView"),
        Kind("ledger", "Chain-rule ledger", "Ledger", "layers.ledger_view.LedgerView"),
        Kind("units", "Units", "", "units.units_view.UnitsView"),
        Kind("neuron-eye", "Neuron's eye", "Neuron", "units.neuron_eye_view.NeuronEyeView"),
        Kind("symmetry", "Symmetry", "", "units.symmetry_view.SymmetryView"),
        Kind("outputs", "Layer outputs", "Outputs", "layers.outputs_view.OutputsView"),
        Kind("stability", "Stability", "", "course.stability_view.StabilityView"),
        Kind("microscope", "Initialization", "Init", "initialization.microscope_view.MicroscopeView"),
        Kind("surface", "Loss surface", "Surface", "landscape.landscape_view.LandscapeView"),
        Kind("race", "Race of activations", "Race", "course.race_view.RaceView"),
        Kind("step", "One training step", "Step", "step.step_view.StepView"),
    )
}

EXPORTED = VIEWS | {
    kind.key: kind
    for kind in (
        Kind("surface-line", "Loss along the negative gradient", "Surface", "landscape.landscape_pages.DownhillView"),
        Kind("surface-convexity", "Convexity of the loss", "Surface", "landscape.landscape_pages.ConvexityView"),
    )
}
"""In the window these pages are chosen in their view; a command line has only names."""
