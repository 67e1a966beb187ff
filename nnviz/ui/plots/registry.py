"""All views by key, in the order of the menus; and what `nnviz export` knows, some of their pages besides.

A view is imported when the first of its kind is made: the program starts with the few that are in front alone.
"""

from dataclasses import dataclass
from importlib import import_module

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

    def __call__(self) -> View:
        return self.load()()

    def load(self) -> type[View]:
        """The class, imported."""
        module, name = self.home.split(".")
        view: type[View] = getattr(import_module(f"nnviz.ui.plots.{module}"), name)
        return view


VIEWS = {
    kind.key: kind
    for kind in (
        Kind("network", "Network", "", "network_view.NetworkView"),
        Kind("decision-map", "Decision map", "", "decision_map_view.DecisionMapView"),
        Kind("loss", "Loss", "", "loss_view.LossView"),
        Kind("gradient-flow", "Gradient flow", "Gradients", "gradient_flow_view.GradientFlowView"),
        Kind("ledger", "Chain-rule ledger", "Ledger", "ledger_view.LedgerView"),
        Kind("units", "Units", "", "units_view.UnitsView"),
        Kind("neuron-eye", "Neuron's eye", "Neuron", "neuron_eye_view.NeuronEyeView"),
        Kind("symmetry", "Symmetry", "", "symmetry_view.SymmetryView"),
        Kind("outputs", "Layer outputs", "Outputs", "outputs_view.OutputsView"),
        Kind("stability", "Stability", "", "stability_view.StabilityView"),
        Kind("microscope", "Initialization", "Init", "microscope_view.MicroscopeView"),
        Kind("surface", "Loss surface", "Surface", "landscape_view.LandscapeView"),
        Kind("race", "Race of activations", "Race", "race_view.RaceView"),
        Kind("step", "One training step", "Step", "step_view.StepView"),
    )
}

EXPORTED = VIEWS | {
    kind.key: kind
    for kind in (
        Kind("surface-line", "Loss along the negative gradient", "Surface", "landscape_pages.DownhillView"),
        Kind("surface-convexity", "Convexity of the loss", "Surface", "landscape_pages.ConvexityView"),
    )
}
"""In the window these pages are chosen in their view; a command line has only names."""
