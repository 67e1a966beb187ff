"""All views by key, in the order of the menus; and what `nnviz export` knows, some of their pages besides."""

from nnviz.ui.plots.decision_map_view import DecisionMapView
from nnviz.ui.plots.gradient_flow_view import GradientFlowView
from nnviz.ui.plots.landscape_pages import ConvexityView, DownhillView
from nnviz.ui.plots.landscape_view import LandscapeView
from nnviz.ui.plots.ledger_view import LedgerView
from nnviz.ui.plots.loss_view import LossView
from nnviz.ui.plots.microscope_view import MicroscopeView
from nnviz.ui.plots.network_view import NetworkView
from nnviz.ui.plots.neuron_eye_view import NeuronEyeView
from nnviz.ui.plots.outputs_view import OutputsView
from nnviz.ui.plots.race_view import RaceView
from nnviz.ui.plots.stability_view import StabilityView
from nnviz.ui.plots.step_view import StepView
from nnviz.ui.plots.symmetry_view import SymmetryView
from nnviz.ui.plots.units_view import UnitsView
from nnviz.ui.plots.view import View

VIEWS: dict[str, type[View]] = {
    view.key: view
    for view in (
        NetworkView,
        DecisionMapView,
        LossView,
        GradientFlowView,
        LedgerView,
        UnitsView,
        NeuronEyeView,
        SymmetryView,
        OutputsView,
        StabilityView,
        MicroscopeView,
        LandscapeView,
        RaceView,
        StepView,
    )
}

EXPORTED: dict[str, type[View]] = {**VIEWS, **{view.key: view for view in (DownhillView, ConvexityView)}}
"""In the window these pages are chosen in their view; a command line has only names."""
