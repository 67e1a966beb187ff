"""Draws the pictures of the documentation from the running program: `make screenshots`.

Each is the real window at a fixed size with a shipped document at a fixed step, once in light and once in dark, so that
they are the same every time and never show what the program no longer does. Nothing in a picture depends on the clock:
runs are taken to their step at once, and a picture waits until all that is computed beside the window is there.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy
from PySide6.QtCore import QPoint, QSettings, qInstallMessageHandler
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from nnviz import app as composition
from nnviz.experiment.commands import Start
from nnviz.experiment.files import load_document
from nnviz.resources import resource
from nnviz.ui.autopsy_dialog import AutopsyDialog
from nnviz.ui.main_window import MainWindow
from nnviz.ui.plots.landscape.landscape_view import LandscapeView
from nnviz.ui.plots.step.step_view import StepView
from nnviz.ui.plots.units.units_view import UnitsView
from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session
from nnviz.ui.theme import THEMES
from nnviz.ui.widgets.background import Background
from nnviz.ui.widgets.background_steps import BackgroundSteps
from nnviz.ui.workspaces.lab.workspace import Lab
from nnviz.ui.workspaces.neuron.workspace import NeuronWorkspace

OUT = Path(__file__).parent / "screenshots"
SIZE = (1280, 800)
WITH_GUIDE = (1600, 900)
PATIENCE = 180.0
"""Seconds for one thing to be computed."""

Prepare = Callable[[MainWindow], None]


@dataclass(frozen=True)
class Shot:
    """One picture. preset: as in a lesson. step: None where nothing runs. prepare: what is done to the window then."""

    name: str
    preset: str
    step: int | None = None
    prepare: Prepare = lambda window: None  # noqa: ARG005
    size: tuple[int, int] = SIZE


def lab_of(window: MainWindow) -> Lab:
    """The Lab, which is in front."""
    assert isinstance(window.workspace, Lab)
    return window.workspace


def front(window: MainWindow, key: str) -> None:
    """Brings a figure to the front."""
    window.workspace.show_figure(key)


def enlarged(window: MainWindow, key: str) -> None:
    """Gives a figure behind a tab all the room."""
    lab = lab_of(window)
    lab.show_figure(key)
    next(tabs for tabs in lab.tabs if any(kind.key == key for kind in tabs.kinds)).enlarge_asked.emit()


def backward(window: MainWindow) -> None:
    """The step taken apart, at the backward pass of the output unit."""
    enlarged(window, StepView.key)
    view = lab_of(window).view(StepView)
    view.show_phase("backward")
    view.show_unit(2, 0)


def autopsy(window: MainWindow) -> None:
    """The units' states, and what killed the last one that is dead."""
    front(window, UnitsView.key)
    snapshot = window.session.snapshot
    assert snapshot is not None
    layer, unit = [
        (l, unit) for l, dead in enumerate(snapshot.moment.dead, start=1) for unit in numpy.flatnonzero(dead)
    ][-1]
    window.session.examine(layer, int(unit), snapshot.step)
    wait(lambda: bool(window.findChildren(AutopsyDialog)))


def rule(window: MainWindow, step: int) -> None:
    """The perceptron rule after so many rows."""
    workspace = window.workspace
    assert isinstance(workspace, NeuronWorkspace)
    workspace.perceptron.advance(step)


def lesson(window: MainWindow, topic: int, page: str, answer: int, step: int) -> None:
    """A page of a lesson whose prediction was made, and its run at the step that was asked about."""
    dock = window.lesson_menu.dock
    dock.open_topic(topic, page)
    wait(lambda: not busy(window))
    assert dock.page is not None
    form = dock.page.forms["predict"]
    form.choose_layer(answer)
    form.commit.click()
    go_to(window, step)
    form.outcome.click()


SHOTS = (
    Shot("neuron", "neuron/one_neuron"),
    Shot("neuron-perceptron", "neuron/gate_and", prepare=partial(rule, step=9)),
    Shot("neuron-bias", "neuron/bias_line"),
    Shot("activations", "activations/sigmoid_family"),
    Shot("activations-signal", "activations/wide_input"),
    Shot("activations-depth", "activations/depth_product"),
    Shot("descent", "descent/ravine_momentum", 40),
    Shot("descent-rates", "descent/three_rates", 12),
    Shot("descent-line", "descent/line_fit", 20),
    Shot("lab", "spiral", 3200),
    Shot("lab-digits", "digits", 1000),
    Shot("lab-houses", "houses", 200),
    Shot("lab-sine", "sine", 8000),
    Shot("lab-vanishing", "vanishing", 3000),
    Shot("lab-step", "xor", 200, backward),
    Shot("lab-surface", "two_weights", 30, partial(enlarged, key=LandscapeView.key)),
    Shot("lab-units", "dying", 300, autopsy),
    Shot(
        "lesson",
        "spiral",
        None,
        partial(lesson, topic=9, page="The gradient vanishes", answer=1, step=1000),
        WITH_GUIDE,
    ),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Draws all, or those named."""
    parser = argparse.ArgumentParser(prog="make_screenshots", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(shot.name for shot in SHOTS)}")
    parser.add_argument("--out", type=Path, default=OUT, metavar="DIR")
    parser.add_argument("--theme", choices=tuple(THEMES), help="one theme alone")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - {shot.name for shot in SHOTS}:
        parser.error(f"there is no picture {', '.join(sorted(unknown))}")
    options.out.mkdir(parents=True, exist_ok=True)
    # Without a display Qt says of every window that it cannot be given a least size.
    qInstallMessageHandler(lambda _kind, _context, text: None if "SizeHints" in text else print(text, file=sys.stderr))
    composition.make_application()
    for shot in SHOTS:
        for theme in (options.theme,) if options.theme else THEMES:
            if not options.names or shot.name in options.names:
                path = options.out / (f"{shot.name}.png" if theme == "light" else f"{shot.name}-{theme}.png")
                with tempfile.TemporaryDirectory() as home:
                    begin_anew(home)
                    shoot(shot, theme).save(str(path))
                print(path, flush=True)
    return 0


def begin_anew(home: str) -> None:
    """Nothing is remembered from a picture before; settings of whoever draws them are neither used nor touched."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        os.environ[name] = home
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, home)


def shoot(shot: Shot, theme: str) -> QPixmap:
    """The picture, drawn by a window of its own."""
    window = composition.make_window(Preferences())
    window.set_theme(THEMES[theme])
    window.resize(*shot.size)
    window.open_document(load_document(resource("presets", *f"{shot.preset}.nnviz".split("/"))), play=False)
    window.show()
    if shot.step is not None:
        go_to(window, shot.step)
    shot.prepare(window)
    settle(window)
    picture = window.grab()
    paint_dialogs(window, picture)
    window.close()
    window.deleteLater()
    QApplication.processEvents()
    return picture


def go_to(window: MainWindow, step: int) -> None:
    """Shows the document in front at a step, without playing up to it."""
    if not isinstance(window.workspace.document, Session):
        window.workspace.show_step(step)
        return
    session = window.session
    # Of a document that was opened just now, not of the one before.
    wait(lambda: session.snapshot is not None and session.snapshot.spec == session.spec)
    assert session.snapshot is not None
    session.runner.send(Start(session.snapshot.run_id, session.spec, step=step))
    wait(lambda: session.snapshot is not None and session.snapshot.step >= step)


def paint_dialogs(window: MainWindow, picture: QPixmap) -> None:
    """Dialogs are windows of their own: each is put beside what it speaks of."""
    for dialog in window.findChildren(AutopsyDialog):
        place = QPoint(window.rail.width(), (window.height() - dialog.height()) // 2)
        painter = QPainter(picture)
        painter.drawPixmap(place, dialog.grab())
        painter.setPen(window.theme.color("muted"))
        painter.drawRect(place.x() - 1, place.y() - 1, dialog.width() + 1, dialog.height() + 1)
        painter.end()
        dialog.close()


def busy(window: MainWindow) -> bool:
    """Whether anything is being computed beside the window."""
    slow: list[Background | BackgroundSteps] = []
    for owner in (window, window.session):
        slow += [*owner.findChildren(Background), *owner.findChildren(BackgroundSteps)]
    return any(each.busy for each in slow)


def settle(window: MainWindow) -> None:
    """The last snapshot drawn, with all that the visible figures need: nothing has been busy for half a second."""
    quiet = 0
    deadline = time.monotonic() + PATIENCE
    while quiet < 100:
        if time.monotonic() > deadline:
            raise TimeoutError("the window does not come to rest")
        QApplication.processEvents()
        time.sleep(0.005)
        quiet = 0 if busy(window) else quiet + 1
    window.statusBar().clearMessage()
    if (focused := QApplication.focusWidget()) is not None:
        focused.clearFocus()
    QApplication.processEvents()
    window.repaint()


def wait(condition: Callable[[], bool]) -> None:
    """Lets the window work until it is so."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the window did not get there")
        QApplication.processEvents()
        time.sleep(0.002)


if __name__ == "__main__":
    sys.exit(main())
