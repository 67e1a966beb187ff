"""Figures of any kind of document, drawn without a window: a workspace of its own that nobody sees."""

import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from nnviz.experiment.documents import Document, workspace_of
from nnviz.experiment.runner import Runner
from nnviz.ui.export.figures import write_figure
from nnviz.ui.export.stage import USUAL, laid_out
from nnviz.ui.plots.figure import Figure
from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.background_steps import BackgroundSteps
from nnviz.ui.workspaces.registry import PLACES
from nnviz.ui.workspaces.workspace import Workspace

PATIENCE = 120.0
"""Seconds that a figure's own computations may take."""


def workspace_for(document: Document, steps: int | None, theme: Theme) -> Workspace:
    """The document's workspace, showing it after so many steps (None: as the document says)."""
    place = next(place for place in PLACES if place.key == workspace_of(document))
    workspace = place.make(Session(Runner()), Preferences())
    workspace.set_theme(theme)
    workspace.resize(USUAL * 2)
    workspace.document.adopt(document, None, play=False)
    if steps is not None:
        workspace.show_step(steps)
    wait_for(workspace)
    return workspace


def named(workspace: Workspace) -> dict[str, Figure]:
    """Its figures by key, in its order."""
    return {figure.key: figure for figure in workspace.figures()}


def write_figures_of(
    workspace: Workspace, keys: Sequence[str], out: Path, formats: Sequence[str], width: int
) -> list[Path]:
    """Writes the figures named, in each format; the paths. OSError in one sentence."""
    figures, written = named(workspace), []
    for key in keys:
        figure = figures[key]
        # Out of its page, so that it has a size of its own whether or not the page is in front.
        figure.setParent(None)
        figure.resize(USUAL)
        with laid_out(figure):
            wait_for(workspace)
            written += write_figure(figure, out, formats, width)
        figure.deleteLater()
    return written


def wait_for(workspace: Workspace) -> None:
    """Until all that is computed beside the window is there. OSError in one sentence when it takes forever."""
    deadline = time.monotonic() + PATIENCE
    QApplication.processEvents()
    while _busy(workspace):
        if time.monotonic() > deadline:
            raise OSError(f"the figures were not computed within {PATIENCE:.0f} seconds")
        QApplication.processEvents()
        time.sleep(0.002)
    QApplication.processEvents()


def _busy(workspace: Workspace) -> bool:
    slow: list[Background | BackgroundSteps] = [*workspace.findChildren(Background)]
    slow += workspace.findChildren(BackgroundSteps)
    return any(each.busy for each in slow)
