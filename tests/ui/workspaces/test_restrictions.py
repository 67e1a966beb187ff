"""What a lesson locks and hides is locked and hidden in every workspace, and comes back."""

import pytest

from nnviz.ui.workspaces.descent.workspace import DescentWorkspace
from nnviz.ui.workspaces.neuron.workspace import NeuronWorkspace

NOTHING: frozenset[str] = frozenset()
PANELS = frozenset(["panels"])


@pytest.mark.parametrize("kind", [DescentWorkspace, NeuronWorkspace])
def test_panels_and_play(qtbot, kind) -> None:
    workspace = kind()
    qtbot.addWidget(workspace)
    panels = workspace.sections if kind is DescentWorkspace else [page.panel for page in workspace.pages.values()]
    workspace.restrict(PANELS, NOTHING, True)
    assert not any(panel.isEnabled() for panel in panels)
    workspace.restrict(NOTHING, PANELS, False)
    assert all(panel.isEnabled() for panel in panels)
    assert all(panel.isHidden() for panel in panels)
    assert not any(action.isEnabled() for action in workspace.run_actions())
    workspace.restrict(NOTHING, NOTHING, True)
    assert not any(panel.isHidden() for panel in panels)


def test_speed_and_timeline_of_a_descent(qtbot) -> None:
    workspace = DescentWorkspace()
    qtbot.addWidget(workspace)
    workspace.restrict(frozenset(["speed", "timeline"]), NOTHING, True)
    assert not workspace.bar.speed.isEnabled()
    assert not workspace.timeline.isEnabled()
    workspace.restrict(NOTHING, frozenset(["timeline"]), True)
    assert workspace.bar.speed.isEnabled()
    assert workspace.timeline.isHidden()
