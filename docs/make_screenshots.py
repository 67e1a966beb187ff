"""Draws the pictures of the documentation from the running program: `make screenshots`.

Each is the real window at a fixed size with a shipped experiment trained to a fixed step, so that they are the same
every time and never show what the program no longer does.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from nnviz import app as composition
from nnviz.experiment.commands import Start
from nnviz.experiment.files import load_experiment
from nnviz.resources import resource
from nnviz.ui.main_window import MainWindow
from nnviz.ui.preferences import Preferences
from nnviz.ui.theme import THEMES

OUT = Path(__file__).parent / "screenshots"
SHOTS = (
    ("lab", "spiral", 3200, "light", (1280, 800)),
    ("lab-dark", "rings", 1500, "dark", (1280, 800)),
    ("lab-digits", "digits", 1000, "light", (1280, 800)),
    ("lab-houses", "houses", 200, "light", (1280, 800)),
    ("lab-vanishing", "vanishing", 3000, "light", (1280, 800)),
    ("lab-sine", "sine", 8000, "dark", (1280, 800)),
)
"""Name of the picture, preset, step, theme, size."""


def main() -> int:
    """Draws all, or those named on the command line."""
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            os.environ[name] = home
        composition.make_application()
        OUT.mkdir(exist_ok=True)
        wanted = set(sys.argv[1:])
        for name, preset, step, theme, size in SHOTS:
            if not wanted or name in wanted:
                _shoot(name, preset, step, theme, size)
                print(OUT / f"{name}.png")
    return 0


def _shoot(name: str, preset: str, step: int, theme: str, size: tuple[int, int]) -> None:
    window = composition.make_window(Preferences())
    window.set_theme(THEMES[theme])
    window.resize(*size)
    window.session.adopt(load_experiment(resource("presets", f"{preset}.nnviz")), None, play=False)
    window.show()
    _wait(lambda: window.session.snapshot is not None)
    window.session.runner.send(Start(window.session.snapshot.run_id, window.session.spec, step=step))
    _wait(lambda: window.session.snapshot.step >= step)
    _settle(window)
    window.grab().save(str(OUT / f"{name}.png"))
    window.close()
    window.deleteLater()


def _wait(condition: Callable[[], bool], seconds: float = 120.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the window did not get there")
        QApplication.processEvents()
        time.sleep(0.002)


def _settle(window: MainWindow) -> None:
    """The last snapshot drawn, with all that the visible views need."""
    for _ in range(100):
        QApplication.processEvents()
        time.sleep(0.005)
    window.repaint()


if __name__ == "__main__":
    sys.exit(main())
