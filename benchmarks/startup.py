"""From the start of the process to the first painted window, against a bare PySide6 and pyqtgraph window."""

from benchmarks.lab import NEEDS, run_script
from benchmarks.record import Benchmark, Row
from benchmarks.timing import interleaved

BARE = """
import sys
import numpy, pyqtgraph
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
plot = pyqtgraph.PlotWidget()
plot.plot(numpy.arange(100.0))
window.setCentralWidget(plot)
window.resize(1280, 800)
window.show()
app.processEvents()
QTimer.singleShot(0, app.quit)
app.exec()
"""
OURS = """
import nnviz.app
from PySide6.QtWidgets import QApplication
def painted():
    QApplication.processEvents()
    QApplication.quit()
nnviz.app._settle = painted
nnviz.app.run_window(None)
"""


def run() -> list[Row]:
    """Whole processes, warm."""
    seconds = interleaved({"ours": run_script(OURS), "bare": run_script(BARE)}, rounds=7)
    ratio = seconds["ours"] / seconds["bare"]
    return [Row("whole process", f"{seconds['ours']:.2f} s", f"{seconds['bare']:.2f} s", ratio, 1.6, at_most=True)]


BENCHMARK = Benchmark(
    name="startup",
    title="Start to first painted window",
    peer="a bare PySide6 + pyqtgraph window",
    run=run,
    needs=NEEDS,
)
