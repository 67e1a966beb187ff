"""The composition root: makes the application, its parts and the window, and sets what is set once for the process."""

import gc
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from nnviz import __version__
from nnviz.experiment.files import load_document
from nnviz.experiment.opening import load_checked
from nnviz.experiment.runner import Runner
from nnviz.resources import resource
from nnviz.ui.application import Application
from nnviz.ui.collector import Collector
from nnviz.ui.crash_guard import CrashGuard
from nnviz.ui.fault_dialog import Faults
from nnviz.ui.interrupts import Interrupts
from nnviz.ui.last_documents import recall, set_aside
from nnviz.ui.main_window import MainWindow
from nnviz.ui.preferences import Preferences
from nnviz.ui.session import Session
from nnviz.ui.widgets.first_paint import FirstPaint
from nnviz.ui.workspaces.registry import FIRST

DEFAULT_PRESET = "spiral.nnviz"
SWITCH_SECONDS = 0.0005
"""How long a thread keeps the interpreter when another wants it: short, so that no paint waits for the worker."""

SETTLED_MS = 3000
"""From the first turn of the event loop until all that is made at the start is there."""


def make_application(arguments: Sequence[str] = ("nnviz",)) -> QApplication:
    """The QApplication, in the style that works the same on every system."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else Application(list(arguments))
    app.setApplicationName("nnviz")
    app.setApplicationDisplayName("nnviz")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("nnviz")
    app.setStyle("fusion")
    if app.findChild(Collector) is None:
        Collector(app)
    return app


def make_window(preferences: Preferences) -> MainWindow:
    """The window with its session, nothing opened yet. The worker begins once the window is seen: until then each of
    them would keep the other waiting."""
    faults = Faults()
    runner = Runner()
    window = MainWindow(Session(runner), preferences, faults)
    FirstPaint(window, runner.start)
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
    # Before there is a lock: from now on an end is an orderly one.
    Interrupts(app).asked.connect(partial(_end, app, window))
    guard = CrashGuard(preferences.lock)
    open_first(window, preferences, file, guard)
    window.show()
    if file is None:
        window.welcome()
    if isinstance(app, Application):
        app.file_opened.connect(window.file_menu.open)
    sys.setswitchinterval(SWITCH_SECONDS)
    # What exists after start-up stays; the collector need never look at it, neither at what is seen nor at the rest.
    FirstPaint(window, gc.freeze)
    QTimer.singleShot(SETTLED_MS, gc.freeze)
    code = app.exec()
    guard.release()
    return code


def open_first(
    window: MainWindow, preferences: Preferences, file: Path | None, guard: CrashGuard | None = None
) -> None:
    """A network is learning from the start. What cannot be opened is said, and the default shown instead.

    guard: what is known of the end before. After a crash what was open is offered rather than opened: it may have been
    the cause. So it is put aside before anything is written where it was.
    """
    if guard is not None and guard.crashed:
        try:
            set_aside(preferences.folder)
        except OSError as error:
            window.notice.say(f"What was open at the crash cannot be put aside: {error}")
    default = resource("presets", DEFAULT_PRESET)
    last = preferences.last(FIRST)
    try:
        # What is shipped needs no check that it can be run: the worker resolves it anyway.
        if last.exists():
            window.open_kept(recall(last, load_checked))
        else:
            window.open_document(load_document(default))
    except (ValueError, OSError) as error:
        window.open_document(load_document(default))
        window.notice.say(f"The last experiment could not be opened: {error}")
    if guard is not None and guard.alone:
        window.restore_offer.look(preferences.folder)
    if file is not None:
        window.file_menu.open(file)


def offscreen_application() -> QApplication:
    """The QApplication for figures without a window: they are the same with and without a display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(_tell)
    return make_application()


def selftest() -> int:
    """Checks this installation and prints what it found; 0 when all is well."""
    from nnviz.ui.export.selftest import run_checks  # noqa: PLC0415 - only this command needs it

    offscreen_application()
    return run_checks(resource("presets", DEFAULT_PRESET))


def _end(app: QApplication, window: MainWindow, signal_number: int) -> None:
    """As when the window is closed, but nobody is there to be asked. The exit code is the one that is usual for it."""
    window.finish()
    app.exit(128 + signal_number)


def _has_display() -> bool:
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _tell(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    # Qt says this of every window without a display that has a least size.
    if "propagateSizeHints" not in message:
        print(message, file=sys.stderr)
