"""From the start of the process to the first painted window, against a bare PySide6 and pyqtgraph window.

A process ends as soon as it has got there. Bytecode is kept, as it is where the program is installed, whatever the
environment says of it.
"""

import os
import tempfile

from benchmarks.lab import NEEDS, run_script
from benchmarks.record import Benchmark, Row
from benchmarks.timing import interleaved

BARE = """
import os, sys
import numpy, pyqtgraph
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: os._exit(0))
        return False

app = QApplication(sys.argv)
window = QMainWindow()
plot = pyqtgraph.PlotWidget()
plot.plot(numpy.arange(100.0))
window.setCentralWidget(plot)
window.resize(1280, 800)
painted = Painted()
plot.viewport().installEventFilter(painted)
window.show()
app.exec()
"""
OURS = """
import gc, os
from nnviz import cli
gc.disable()  # as cli does
from nnviz import app as composition
from PySide6.QtCore import QTimer
from nnviz.ui.widgets.first_paint import FirstPaint

open_first = composition.open_first

def open_and_end(window, *arguments, **named):
    open_first(window, *arguments, **named)
    WHEN

composition.open_first = open_and_end
composition.run_window(None)
"""
PAINTED = OURS.replace("WHEN", "FirstPaint(window, lambda: os._exit(0))")
LEARNING = OURS.replace(
    # Paint events come before timers.
    "WHEN",
    "window.session.snapshot_taken.connect(lambda shot: shot.step and QTimer.singleShot(0, lambda: os._exit(0)))",
)


def run() -> list[Row]:
    """Whole processes, warm."""
    with tempfile.TemporaryDirectory() as bytecode:
        before = {name: os.environ.pop(name, None) for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")}
        os.environ["PYTHONPYCACHEPREFIX"] = bytecode
        try:
            contestants = {"painted": run_script(PAINTED), "learning": run_script(LEARNING), "bare": run_script(BARE)}
            seconds = interleaved(contestants, rounds=15)
        finally:
            del os.environ["PYTHONPYCACHEPREFIX"]
            os.environ.update({name: value for name, value in before.items() if value is not None})
    bare = seconds["bare"]

    def row(case: str, key: str, goal: float | None) -> Row:
        return Row(case, f"{seconds[key]:.2f} s", f"{bare:.2f} s", seconds[key] / bare, goal, at_most=True)

    return [row("first painted window", "painted", 1.6), row("a network is seen learning", "learning", None)]


BENCHMARK = Benchmark(
    name="startup",
    title="Start to first painted window",
    peer="a bare PySide6 + pyqtgraph window",
    run=run,
    needs=NEEDS,
)
