"""Of all figures of a workspace, those that have nothing drawn yet are named: before they are left out, and after."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnviz.experiment.files import load_document
from nnviz.resources import resource
from nnviz.ui.export import dialogs
from nnviz.ui.export.export_dialog import ExportDialog
from nnviz.ui.export.surroundings import nothing_drawn
from nnviz.ui.plots.figure import Figure
from nnviz.ui.workspaces.descent.workspace import DescentWorkspace


class Named(Figure):
    """A figure that has a title alone."""

    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__()


@pytest.mark.parametrize(
    ("titles", "sentence"),
    [
        ([], ""),
        (["Race"], "Race has nothing drawn yet"),
        (["Surface", "Race"], "Surface and Race have nothing drawn yet"),
        (["Units", "Surface", "Race"], "Units, Surface and Race have nothing drawn yet"),
    ],
)
def test_they_are_named_in_a_sentence(titles: list[str], sentence: str, qtbot: QtBot) -> None:
    figures = [Named(title) for title in titles]
    for figure in figures:
        qtbot.addWidget(figure)
    assert nothing_drawn(figures) == sentence


@pytest.fixture
def workspace(qtbot: QtBot) -> DescentWorkspace:
    """It descends a curve: its map and its surface in space have nothing to draw."""
    made = DescentWorkspace()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.document.adopt(load_document(resource("presets", "descent", "two_minima.nnviz")), None, play=False)
    made.show()
    return made


def opened(workspace: DescentWorkspace, qtbot: QtBot, *, together: bool) -> ExportDialog:
    dialogs.export_of(workspace, together=together)
    qtbot.waitUntil(lambda: bool(workspace.findChildren(ExportDialog)), timeout=10_000)
    dialog = workspace.findChildren(ExportDialog)[0]
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return dialog


def test_the_dialog_for_all_names_them_before_and_after(
    workspace: DescentWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(workspace, qtbot, together=True)
    left_out = "Map of the surface and Surface in space have nothing drawn yet"
    assert dialog.absent.text() == f"{left_out}, and will be left out."
    assert dialog.absent.isVisible()
    (tmp_path / "figures").mkdir()
    with qtbot.waitSignal(dialog.said, timeout=30_000) as said:
        dialog.write_all(tmp_path / "figures")
    count = len(list((tmp_path / "figures").iterdir()))
    assert said.args == [f"{count} figures written into figures; {left_out}."]
    assert count == len(dialog.figures) > 3


def test_the_dialog_for_one_figure_does_not_speak_of_the_others(workspace: DescentWorkspace, qtbot: QtBot) -> None:
    dialog = opened(workspace, qtbot, together=False)
    assert not dialog.absent.isVisible()
    dialog.close()
