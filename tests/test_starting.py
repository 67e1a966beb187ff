"""What a start loads: what is not seen first is imported when it is. In processes of their own, which time nothing."""

import os
import subprocess
import sys

LATER = {
    "nnviz.engine.expression": "typed functions of the Descent workspace",
    "nnviz.experiment.activations.specification": "documents of another workspace",
    "nnviz.experiment.descent.specification": "documents of another workspace",
    "nnviz.experiment.neuron.specification": "documents of another workspace",
    "nnviz.experiment.headless": "training without a window",
    "nnviz.experiment.lesson.record": "lessons",
    "nnviz.ui.autopsy_dialog": "asked for by a run that diverged",
    "nnviz.ui.export.dialogs": "asked for in a menu",
    "nnviz.ui.export.picture": "asked for in a menu",
    "nnviz.ui.lessons": "lessons",
    "nnviz.ui.line_dialog": "asked for in a menu",
    "nnviz.ui.panels.gallery": "asked for in a menu",
    "nnviz.ui.plots.landscape.landscape_view": "behind a tab",
    "nnviz.ui.plots.course.loss_view": "made after the first paint",
    "nnviz.ui.plots.initialization.microscope_view": "behind a tab",
    "nnviz.ui.workspaces.activations": "another workspace",
    "nnviz.ui.workspaces.descent": "another workspace",
    "nnviz.ui.workspaces.neuron": "another workspace",
    "PIL": "animations and pictures",
    "PySide6.QtPrintSupport": "nothing",
    "ssl": "nothing",
    "xml.sax": "pictures",
    "ziamath": "formulas",
}
"""Modules, with what they are for."""
MADE = """
import sys
from PySide6.QtWidgets import QApplication
from nnviz import app as composition
from nnviz.ui.preferences import Preferences
app = composition.make_application()
window = composition.make_window(Preferences())
composition.open_first(window, Preferences(), None)
print(" ".join(sys.modules))
window.show()
while not all(tabs.views() for tabs in window.workspace.tabs):
    app.processEvents()
window.close()
print(" ".join(sys.modules))
"""


def loaded() -> tuple[set[str], set[str]]:
    """All modules of a process that has made its window, and those after it was seen."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", MADE], env=environment, check=True, capture_output=True, text=True, timeout=100
    )
    before, after = (set(line.split()) for line in done.stdout.splitlines())
    return before, after


def test_a_window_is_made_without_what_nobody_sees_yet() -> None:
    before, after = loaded()
    assert "nnviz.ui.plots.network.network_view" in before
    assert sorted(before & LATER.keys()) == []
    # So that a name that no longer exists is noticed: this one comes with the view in front.
    assert "nnviz.ui.plots.course.loss_view" in after


def test_all_that_is_said_to_come_later_exists() -> None:
    from importlib.util import find_spec

    assert all(find_spec(name) for name in LATER if name.startswith("nnviz"))
