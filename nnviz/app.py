"""The composition root: makes the application, its parts and the window, and sets what is set once for the process."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from nnviz import __version__
from nnviz.experiment.files import load_document
from nnviz.experiment.headless import train
from nnviz.experiment.opening import load_checked
from nnviz.experiment.runner import Runner
from nnviz.experiment.specification import Experiment
from nnviz.resources import resource
from nnviz.ui.collector import Collector
from nnviz.ui.crash_guard import CrashGuard
from nnviz.ui.export.figures import FORMATS, write_figures
from nnviz.ui.fault_dialog import Faults
from nnviz.ui.main_window import MainWindow
from nnviz.ui.plots.registry import EXPORTED
from nnviz.ui.preferences import Preferences
from nnviz.ui.restore_offer import RestoreOffer
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
    faults.heard = window.autosave
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
    guard = CrashGuard(preferences.lock)
    open_first(window, preferences, file, crashed=guard.crashed)
    window.show()
    if file is None:
        window.welcome()
    sys.setswitchinterval(SWITCH_SECONDS)
    QTimer.singleShot(0, _settle)
    code = app.exec()
    guard.release()
    return code


def open_first(window: MainWindow, preferences: Preferences, file: Path | None, *, crashed: bool = False) -> None:
    """A network is learning from the start. What cannot be opened is said, and the default shown instead.

    crashed: the program did not come to its end last time. What was open is then offered rather than opened: it may
    have been the cause.
    """
    default = resource("presets", DEFAULT_PRESET)
    last = preferences.last(FIRST)
    try:
        # What is shipped needs no check that it can be run: the worker resolves it anyway.
        document = load_checked(last) if last.exists() else load_document(default)
        if crashed and last.exists():
            window.open_document(load_document(default))
            RestoreOffer(document.name, partial(window.open_document, document), window).show()
        else:
            window.open_document(document)
    except (ValueError, OSError) as error:
        window.open_document(load_document(default))
        window.notice.say(f"The last experiment could not be opened: {error}")
    if file is not None:
        window.file_menu.open(file)


def export_figures(
    file: Path,
    steps: int | None,
    *,
    views: Sequence[str],
    out: Path,
    formats: Sequence[str],
    width: int,
    theme: str,
    progress: Callable[[int], None],
) -> list[Path]:
    """Writes the figures of a document after so many steps into a folder; the paths written.

    steps: None is what the document says; an experiment of the Lab says nothing. UsageError for views that the document
    does not have; ValueError or OSError in one sentence.
    """
    try:
        document = load_document(file)
    except (ValueError, OSError):
        # A view that no experiment has is the first thing to mend.
        _check_names("view", views, tuple(EXPORTED))
        raise
    if steps is None and isinstance(document, Experiment):
        raise UsageError("an experiment needs --steps, the number of training steps to take")
    _offscreen()
    app = make_application()
    apply_theme(app, THEMES[theme])
    if isinstance(document, Experiment):
        _check_names("view", views, tuple(EXPORTED))
        job = train(document, steps or 0, progress)
        return write_figures(job, views, out, formats, width, THEMES[theme])
    from nnviz.ui.export.headless import named, workspace_for, write_figures_of  # noqa: PLC0415

    workspace = workspace_for(document, steps, THEMES[theme])
    _check_names("view", views, tuple(named(workspace)))
    return write_figures_of(workspace, views, out, formats, width)


class UsageError(ValueError):
    """What was asked for does not exist."""


def check_formats(formats: Sequence[str]) -> None:
    """UsageError in one sentence for formats that do not exist."""
    _check_names("format", formats, FORMATS)


def _check_names(kind: str, given: Sequence[str], allowed: Sequence[str]) -> None:
    unknown = [name for name in given if name not in allowed]
    if unknown or not given:
        raise UsageError(f"no {kind} {', '.join(unknown) or 'was named'}; there are {', '.join(allowed)}")


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
    qInstallMessageHandler(_tell)


def _tell(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    # Qt says this of every window without a display that has a least size.
    if "propagateSizeHints" not in message:
        print(message, file=sys.stderr)
