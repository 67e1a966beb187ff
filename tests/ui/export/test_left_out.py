"""Of all figures of a workspace, those that have nothing drawn yet are named: before they are left out, and after."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from nnviz.experiment.files import load_document
from nnviz.experiment.runner import Runner
from nnviz.experiment.specification import replace
from nnviz.resources import resource
from nnviz.ui.export import dialogs
from nnviz.ui.export.animation_dialog import AnimationDialog
from nnviz.ui.export.export_dialog import ExportDialog
from nnviz.ui.export.surroundings import nothing_drawn
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.registry import VIEWS
from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session
from nnviz.ui.workspaces.descent.workspace import DescentWorkspace
from nnviz.ui.workspaces.lab.workspace import Lab
from nnviz.ui.workspaces.workspace import Workspace

D = TypeVar("D", bound=QDialog)
TWO_MINIMA = resource("presets", "descent", "two_minima.nnviz")


class Named(Figure):
    """A figure that has a title, and a button of that name."""

    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__()

    def awaits(self) -> str:
        return f"press {self.title}"


@pytest.mark.parametrize(
    ("titles", "sentence"),
    [
        ([], ""),
        (["Race"], "Race (press Race) has nothing drawn yet"),
        (["Surface", "Race"], "Surface (press Surface) and Race (press Race) have nothing drawn yet"),
        (["A", "B", "C"], "A (press A), B (press B) and C (press C) have nothing drawn yet"),
    ],
)
def test_they_are_named_in_a_sentence(titles: list[str], sentence: str, qtbot: QtBot) -> None:
    figures = [Named(title) for title in titles]
    for figure in figures:
        qtbot.addWidget(figure)
    assert nothing_drawn(figures) == sentence


@pytest.fixture
def workspace(qtbot: QtBot) -> DescentWorkspace:
    """Nobody descends: its course, its table and its step have nothing to draw."""
    made = DescentWorkspace()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.document.adopt(replace(load_document(TWO_MINIMA), runners=()), None, play=False)
    made.show()
    return made


@pytest.fixture
def lab(qtbot: QtBot) -> Iterator[Lab]:
    """In so small a window that most views behind tabs were never needed."""
    runner = Runner()
    session = Session(runner)
    made = Lab(session, Preferences())
    qtbot.addWidget(made)
    runner.start()
    made.resize(640, 400)
    made.show()
    poll = QTimer(made)
    poll.timeout.connect(session.poll)
    poll.start(16)
    session.adopt(load_document(resource("presets", "spiral.nnviz")), None, play=False)
    qtbot.waitUntil(lambda: session.snapshot is not None, timeout=20_000)
    yield made
    poll.stop()
    runner.close()


def opened(workspace: Workspace, qtbot: QtBot, *, together: bool) -> ExportDialog:
    dialogs.export_of(workspace, together=together)
    return shown(workspace, ExportDialog, qtbot)


def shown(workspace: Workspace, kind: type[D], qtbot: QtBot) -> D:
    qtbot.waitUntil(lambda: bool(workspace.findChildren(kind)), timeout=20_000)
    dialog = workspace.findChildren(kind)[0]
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.setParent(None)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


LEFT_OUT = (
    "J and gradient by step (add a runner), Table of the numbers (add a runner) and One step taken apart "
    "(add a runner) have nothing drawn yet"
)


def test_the_dialog_for_all_names_them_before_and_after(
    workspace: DescentWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(workspace, qtbot, together=True)
    assert dialog.absent.text() == f"{LEFT_OUT}, and will be left out."
    assert dialog.absent.isVisible()
    (tmp_path / "figures").mkdir()
    with qtbot.waitSignal(dialog.said, timeout=30_000) as said:
        dialog.write_all(tmp_path / "figures")
    count = len(list((tmp_path / "figures").iterdir()))
    assert said.args == [f"{count} figures written into figures; {LEFT_OUT}."]
    assert [figure.key for figure in dialog.figures] == ["descent-curve", "descent-rates"]


def test_the_dialog_for_one_figure_names_them_too(workspace: DescentWorkspace, qtbot: QtBot) -> None:
    dialog = opened(workspace, qtbot, together=False)
    assert dialog.absent.text() == f"{LEFT_OUT}."
    dialog.close()


def test_figures_of_another_kind_of_surface_are_neither_offered_nor_named(
    workspace: DescentWorkspace, qtbot: QtBot
) -> None:
    before = load_document(resource("presets", "descent", "ravine_momentum.nnviz"))
    workspace.document.adopt(before, None, play=False)
    qtbot.waitUntil(lambda: not workspace.clock.busy, timeout=5000)
    dialog = opened(workspace, qtbot, together=True)
    keys = {figure.key for figure in dialog.figures}
    assert {"descent-map", "descent-space"} <= keys
    assert not keys & {"descent-curve", "descent-data"}
    assert not dialog.absent.isVisible()
    dialogs.animate_of(workspace)
    filmed = shown(workspace, AnimationDialog, qtbot)
    assert {figure.key for figure, _ in filmed.films} == {"descent-map", "descent-space", "descent-course"}
    filmed.close()


def test_in_a_small_window_all_dialogs_know_every_view_of_a_run(lab: Lab, qtbot: QtBot) -> None:
    assert len(lab.figures()) < len(VIEWS)
    together, one = (opened(lab, qtbot, together=together) for together in (True, False))
    assert {figure.key for figure in lab.figures()} == set(VIEWS)
    known = [figure.key for figure in together.figures]
    assert [figure.key for figure in one.figures] == known
    assert "Race of activations (press Race in its tab)" in together.absent.text()
    for figure in lab.figures():
        assert (figure.key in known) != (f"{figure.title} (" in together.absent.text()), figure.key
    lab.session.step()
    qtbot.waitUntil(lambda: lab.session.snapshot.horizon > 0, timeout=5000)
    dialogs.animate_of(lab)
    film = shown(lab, AnimationDialog, qtbot)
    assert {figure.key for figure, _ in film.films} >= set(known) - {"race", "microscope"}
    assert "Race of activations" in film.absent.text()
    for dialog in (together, one, film):
        dialog.close()
