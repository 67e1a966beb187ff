"""Every workspace in a small window: nothing is cut, nothing lies outside its parent, no control loses its words."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from nnviz.app import make_application
from nnviz.experiment.files import load_document
from nnviz.experiment.runner import Runner
from nnviz.resources import resource
from nnviz.ui.plots.registry import VIEWS
from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session
from nnviz.ui.theme import LIGHT, Theme, apply_theme
from nnviz.ui.widgets.chip import Chip
from nnviz.ui.widgets.elided import Elided
from nnviz.ui.workspaces.activations.workspace import ActivationsWorkspace
from nnviz.ui.workspaces.descent.workspace import DescentWorkspace
from nnviz.ui.workspaces.lab.workspace import INSIDE, OUTSIDE, Lab
from nnviz.ui.workspaces.neuron.workspace import NeuronWorkspace
from nnviz.ui.workspaces.workspace import Workspace


@dataclass(frozen=True)
class Screen:
    """What a workspace has of a window: without rail, menu and status line."""

    name: str
    width: int
    height: int
    theme: Theme = LIGHT

    def __str__(self) -> str:
        return self.name


SCREENS = (
    Screen("640x400", 590, 355),
    Screen("1024x768", 928, 722),
    Screen("1280x800", 1184, 754),
    Screen("lecture", 1140, 734, LIGHT.for_lecture()),
    Screen("beside a lesson", 592, 722),
)


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[None]:
    """The program's own style, and afterwards its ordinary text again."""
    make_application()
    yield
    apply_theme(qapp, LIGHT)


def open_in(screen: Screen, workspace: Workspace, qtbot: QtBot) -> None:
    apply_theme(QApplication.instance(), screen.theme)  # type: ignore[arg-type]
    qtbot.addWidget(workspace)
    workspace.set_theme(screen.theme)
    workspace.resize(screen.width, screen.height)
    workspace.show()
    settle()


def settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


def complaints(whole: QWidget) -> list[str]:
    """What is wrong with the widgets that are seen."""
    return [
        sentence
        for part in whole.findChildren(QWidget)
        if part.isVisible() and not part.isWindow()
        for sentence in (*outside(part, whole), *cut(part))
    ]


def outside(part: QWidget, whole: QWidget) -> list[str]:
    """A widget that reaches beyond a parent which cannot be scrolled to it."""
    if not isinstance(part, QAbstractButton | QLabel | QLineEdit | QTabBar):
        return []
    place = QRect(part.mapTo(whole, QPoint(0, 0)), part.size())
    parent = part.parentWidget()
    while parent is not None and parent is not whole:
        if isinstance(parent.parentWidget(), QScrollArea):
            return []
        corner = parent.mapTo(whole, QPoint(0, 0))
        if not QRect(corner, parent.size()).adjusted(-1, -1, 1, 1).contains(place):
            return [f"{named(part)} at {place.getRect()} is outside {named(parent)} {parent.size().toTuple()}"]
        parent = parent.parentWidget()
    return [] if whole.rect().contains(place) else [f"{named(part)} is outside the workspace"]


def cut(part: QWidget) -> list[str]:
    """A button or a label with less room than its words."""
    if isinstance(part, QToolButton) and part.parentWidget() is not None and isinstance(part.parentWidget(), QTabBar):
        return []  # the arrows of a tab bar
    if isinstance(part, QAbstractButton) and part.text():
        wanted = part.sizeHint().width() if not isinstance(part, Chip) else part.minimumSizeHint().width()
        if part.width() < wanted:
            return [f"{named(part)} has {part.width()} of {wanted} pixels"]
    if isinstance(part, QLabel) and part.text() and not part.wordWrap() and part.pixmap().isNull():
        wanted = part.sizeHint().width()
        if part.width() < wanted - 1 and not isinstance(part, Elided):
            return [f"{named(part)} has {part.width()} of {wanted} pixels"]
    if isinstance(part, QLabel) and part.text() and part.wordWrap():
        wanted = part.heightForWidth(part.width())
        if part.height() < wanted:
            return [f"{named(part)} has {part.height()} of {wanted} pixels in height"]
    return []


def named(part: QWidget) -> str:
    words = part.text() if isinstance(part, QAbstractButton | QLabel | QLineEdit) else part.accessibleName()
    above, chain = part, []
    while above is not None and len(chain) < 4:
        chain.append(type(above).__name__)
        above = above.parentWidget()
    return f"{'<'.join(chain)} {words[:40]!r}"


def turns(workspace: Workspace) -> Iterator[str]:
    """Every figure in turn, each time that it is in sight."""
    for figure in workspace.plots():
        workspace.show_figure(figure.key)
        settle()
        yield figure.key


@pytest.mark.parametrize("panels", [False, True], ids=["plots", "panels"])
@pytest.mark.parametrize("screen", SCREENS, ids=str)
@pytest.mark.parametrize("kind", [NeuronWorkspace, ActivationsWorkspace, DescentWorkspace])
def test_all_words_can_be_read_on_every_screen(qtbot: QtBot, dressed: None, kind, screen: Screen, panels: bool) -> None:
    workspace = kind()
    open_in(screen, workspace, qtbot)
    workspace.pause()
    if workspace.side_rooms()[0].shown != panels:
        workspace.toggle_panels()
    found: dict[str, str] = {}
    for key in turns(workspace):
        for sentence in complaints(workspace):
            found.setdefault(sentence, key)
    assert not found, "\n".join(f"{key}: {sentence}" for sentence, key in found.items())
    assert workspace.minimumSizeHint().width() <= 26 * screen.theme.text_pixels


@pytest.mark.parametrize("preset", ["spiral", "too_fast", "dying"])
@pytest.mark.parametrize("screen", SCREENS, ids=str)
def test_all_words_of_the_lab_can_be_read_on_every_screen(qtbot: QtBot, dressed: None, screen: Screen, preset) -> None:
    runner = Runner()
    runner.start()
    lab = Lab(Session(runner), Preferences())
    lab.session.adopt(load_document(resource("presets", f"{preset}.nnviz")), None, play=True)
    open_in(screen, lab, qtbot)
    found: dict[str, str] = {}
    try:
        qtbot.waitUntil(lambda: lab.session.poll() is not None or lab.session.snapshot is not None)
        for key in (lab.canvas.key, *OUTSIDE, *INSIDE):
            assert key == lab.canvas.key or key in VIEWS
            lab.show_figure(key)
            for _ in range(4):
                lab.session.poll()
                settle()
            for sentence in complaints(lab):
                found.setdefault(sentence, key)
    finally:
        runner.close()
    assert not found, "\n".join(f"{key}: {sentence}" for sentence, key in found.items())
    assert lab.minimumSizeHint().width() <= 26 * screen.theme.text_pixels
