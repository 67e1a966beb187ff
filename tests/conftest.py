"""What every test gets: no display is needed, and nobody's own files are touched.

Qt is imported inside the fixtures that need it, which only tests/ui and tests/window use.
"""

import gc
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

# Before Qt is loaded. `make test` chooses a real window system for the tests of the window; whoever runs pytest by hand
# should not have windows popping up.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Who runs the tests in the background of a script ignores these signals, and so would every process that a test starts
# and then interrupts. A process begins with nothing but the default for what its parent has a handler for.
for _name in ("SIGINT", "SIGHUP"):
    _number = getattr(signal, _name, None)
    if _number is not None and signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, lambda *_: None)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, for the test and for the processes it starts."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(folder))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    return folder


@pytest.fixture
def own_settings(home: Path) -> None:
    """Settings of its own for a test of Qt, which remembers where they are from the first time it was asked."""
    from PySide6.QtCore import QSettings

    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(kind, scope, str(home / "settings" / scope.name))


@pytest.fixture
def one_collector() -> Iterator[None]:
    """What a test of Qt leaves behind is collected in this thread: in a worker's, Qt would crash."""
    gc.disable()
    yield
    gc.collect()


@pytest.fixture
def no_window_left(qapp: "QApplication") -> Iterator[None]:
    """Fails a test of Qt that leaves a window behind: shown, or a main window or dialog that is merely hidden.

    (Menus and tool tips are windows of their own to Qt, and live as long as their plots: those may stay, hidden.)
    """
    yield
    if _windows(qapp):
        gc.collect()  # what only a reference cycle kept alive is no leak
    left = _windows(qapp)
    names = [f"{type(window).__name__} {window.windowTitle()!r}" for window in left]
    for window in left:  # the next test starts clean
        window.close()
        window.deleteLater()
    if names:
        pytest.fail(f"the test left behind: {', '.join(names)}", pytrace=False)


def _windows(qapp: "QApplication") -> "list[QWidget]":
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QDialog, QMainWindow

    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return [w for w in qapp.topLevelWidgets() if w.isVisible() or isinstance(w, QMainWindow | QDialog)]
