"""A document that the system hands to the running program is opened there."""

import os
import subprocess
import sys
from pathlib import Path

from nnviz.experiment.files import save_document
from nnviz.experiment.specification import Experiment

GIVEN = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer, QUrl
from PySide6.QtGui import QFileOpenEvent
from nnviz import app as composition

application = composition.make_application()

def hand_over():
    for address in QUrl("https://example.org/elsewhere.nnviz"), QUrl.fromLocalFile(sys.argv[1]):
        QCoreApplication.sendEvent(application, QFileOpenEvent(address))
    look.start(20)

def see():
    window = next(window for window in application.topLevelWidgets() if window.objectName() == "main-window")
    if window.workspace.document.path is not None:
        print(window.windowTitle(), flush=True)
        look.stop()
        window.close()

look = QTimer()
look.timeout.connect(see)
QTimer.singleShot(0, hand_over)
sys.exit(composition.run_window(None))
"""


def test_a_file_opened_in_the_finder_is_opened_in_the_window(tmp_path: Path) -> None:
    """A process of its own: there can be one application only, and that of the tests is Qt's own."""
    file = tmp_path / "double clicked.nnviz"
    save_document(Experiment(name="handed over"), file)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", GIVEN, str(file)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.stdout.startswith("double clicked.nnviz")
