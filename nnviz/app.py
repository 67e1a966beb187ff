"""The composition root: makes the application, its parts and the window, and sets what is set once for the process."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from nnviz import __version__
from nnviz.experiment.files import load_document, load_experiment
from nnviz.experiment.headless import train
from nnviz.experiment.opening import load_checked
from nnviz.experiment.runner import Runner
from nnviz.resources import resource
from nnviz.ui.collector import Collector
from nnviz.ui.export.figures import FORMATS, write_figures
from nnviz.ui.fault_dialog import Faults
from nnviz.ui.main_window import MainWindow
from nnviz.ui.plots.registry import VIEWS
from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session
from nnviz.ui.theme import THEMES, apply_theme
from nnviz.ui.workspaces.registry import FIRST

DEFAULT_PRESET = "spiral.nnviz"
SWITCH_SECONDS = 0.0005
"""How long a thread keeps the interpreter when another wants it: short, so that no paint waits for the worker."""


def make_application(arguments: Sequence[str] = ("nnviz",)) -> QApplication:
    """The QApplication, in the style that works the same on every system."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(list(arguments))
    app.setApplicationName("nnviz")
    app.setApplicationDisplayName("nnviz")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("nnviz")
    app.setStyle("fusion")
    if app.findChild(Collector) is None:
        Collector(app)
    return app


def make_window(preferences: Preferences) -> MainWindow:
    """The window with its session and a running worker, nothing opened yet."""
    faults = Faults()
    runner = Runner()
    runner.start()
    window = MainWindow(Session(runner), preferences, faults)
    faults.install()
    return window


def run_window(file: Path | None) -> int:
    """Starts the program. file: an experiment to open; otherwise the last one, or the default on the first start."""
    if not _has_display():
        raise OSError("there is no display; `nnviz run` and `nnviz export` work without one (see nnviz --help)")
    app = make_application(sys.argv)
    preferences = Preferences()
    window = make_window(preferences)
    icon = resource("icons", "nnviz.svg")
    app.setWindowIcon(QIcon(str(icon)))
    open_first(window, preferences, file)
    window.show()
    sys.setswitchinterval(SWITCH_SECONDS)
    QTimer.singleShot(0, _settle)
    return app.exec()


def open_first(window: MainWindow, preferences: Preferences, file: Path | None) -> None:
    """A network is learning from the start. What cannot be opened is said, and the default shown instead."""
    default = resource("presets", DEFAULT_PRESET)
    last = preferences.last(FIRST)
    try:
        # What is shipped needs no check that it can be run: the worker resolves it anyway.
        document = load_checked(last) if last.exists() else load_document(default)
        window.open_document(document)
    except (ValueError, OSError) as error:
        window.open_document(load_document(default))
        window.notice.say(f"The last experiment could not be opened: {error}")
    if file is not None:
        window.file_menu.open(file)


def export_figures(
    file: Path,
    steps: int,
    *,
    views: Sequence[str],
    out: Path,
    formats: Sequence[str],
    width: int,
    theme: str,
    progress: Callable[[int], None],
) -> list[Path]:
    """Trains and writes the views' figures into a folder; the paths written. ValueError or OSError in one sentence."""
    spec = load_experiment(file)
    _offscreen()
    app = make_application()
    apply_theme(app, THEMES[theme])
    job = train(spec, steps, progress)
    return write_figures(job, views, out, formats, width, THEMES[theme])


def wrong_names(views: Sequence[str], formats: Sequence[str]) -> str:
    """What is wrong with the names of views and formats, in one sentence; empty when all exist."""
    for kind, given, allowed in (("view", views, tuple(VIEWS)), ("format", formats, FORMATS)):
        unknown = [name for name in given if name not in allowed]
        if unknown or not given:
            return f"no {kind} {', '.join(unknown) or 'was named'}; there are {', '.join(allowed)}"
    return ""


def selftest() -> int:
    """Checks this installation and prints what it found; 0 when all is well."""
    from nnviz.ui.export.selftest import run_checks  # noqa: PLC0415 - only this command needs it

    _offscreen()
    make_application()
    return run_checks(resource("presets", DEFAULT_PRESET))


def _settle() -> None:
    # What exists after start-up stays; the collector need not look at it in every frame.
    gc.collect()
    gc.freeze()


def _has_display() -> bool:
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _offscreen() -> None:
    """Figures are the same with and without a display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
