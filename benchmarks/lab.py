"""A Lab to measure: the real window on whatever platform there is (offscreen without a display), driven by a timer."""

import contextlib
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from nnviz.ui.main_window import MainWindow

NEEDS = {
    module: f"{module} (make run installs it)" for module in ("PySide6", "pyqtgraph")
}  # what the window itself needs


@contextlib.contextmanager
def lab() -> Iterator[tuple["QApplication", "MainWindow"]]:
    """The window with the default experiment, shown, in a home of its own; closed at the end."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            os.environ[name] = home
        from nnviz import app as composition
        from nnviz.ui.preferences import Preferences

        app = composition.make_application()
        sys.setswitchinterval(composition.SWITCH_SECONDS)
        preferences = Preferences()
        window = composition.make_window(preferences)
        composition.open_first(window, preferences, None)
        window.session.set_speed(None)
        window.resize(1280, 800)
        window.show()
        spin(app, 1.0)
        try:
            yield app, window
        finally:
            window.close()
            spin(app, 0.1)


def spin(app: "QApplication", seconds: float) -> None:
    """Lets the window live for a while."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()
    app.processEvents()


class Pulse:
    """Sends the window an event from outside at irregular times, as a hand would, and measures how long each waits."""

    def __init__(self, receiver: object) -> None:
        from PySide6.QtCore import QCoreApplication, QEvent, QObject

        kind = QEvent.Type(QEvent.registerEventType())
        latencies: list[float] = []
        self.latencies = latencies

        class Beat(QEvent):
            def __init__(self) -> None:
                super().__init__(kind)
                self.sent = time.perf_counter()

        class Ear(QObject):
            def event(self, event: QEvent) -> bool:
                if isinstance(event, Beat):
                    latencies.append(time.perf_counter() - event.sent)
                    return True
                return super().event(event)

        self._ear = Ear(receiver)
        self._stop = threading.Event()

        def beat() -> None:
            step = 0
            while not self._stop.wait(0.011 + 0.013 * ((step * 0.618) % 1.0)):
                step += 1
                QCoreApplication.postEvent(self._ear, Beat())

        self._thread = threading.Thread(target=beat, daemon=True)
        self._thread.start()

    def stop(self) -> list[float]:
        """Ends it; all latencies in seconds."""
        self._stop.set()
        self._thread.join()
        return self.latencies


def p99(values: list[float]) -> float:
    """The value that one in a hundred exceeds."""
    return statistics.quantiles(values, n=100)[98] if len(values) > 1 else float("nan")


def milliseconds(values: list[float]) -> str:
    """Median and 99th percentile."""
    return f"{1e3 * statistics.median(values):.1f} / {1e3 * p99(values):.1f} ms"


def run_script(code: str, *arguments: str) -> Callable[[int], object]:
    """Runs Python code in fresh processes: a contestant for `interleaved`."""
    import subprocess

    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    folder = Path(__file__).parent.parent

    def run(count: int) -> None:
        for _ in range(count):
            with tempfile.TemporaryDirectory() as home:
                own = {**environment, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
                subprocess.run([sys.executable, "-c", code, *arguments], check=True, cwd=folder, env=own)

    return run
