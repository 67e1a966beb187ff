"""A fault of the program: one dialog with a report to copy, and the program goes on."""

import platform
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

import numpy
import pyqtgraph
import PySide6
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from nnviz import __version__


def report_text(report: str) -> str:
    """The traceback with what is needed to understand it. Neither paths of files opened nor data are in it."""
    versions = (
        f"nnviz {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"PySide6 {PySide6.__version__}, pyqtgraph {pyqtgraph.__version__}, NumPy {numpy.__version__}\n\n"
    )
    return versions + report


class Faults:
    """Shows the first fault; while its dialog is open, others are added to its report instead of piling up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._parent = parent
        self.heard: Callable[[], object] = lambda: None
        """Called at each fault: what is open is saved aside, in case that was not the last one."""
        self.dialog: QMessageBox | None = None

    def install(self) -> None:
        """From now on exceptions that nothing caught (in a slot, say) come here instead of ending the program."""
        sys.excepthook = self._caught

    def show(self, sentence: str, report: str) -> None:
        """One dialog, not modal: the window stays usable."""
        self.heard()
        if self.dialog is not None:
            self.dialog.setDetailedText(f"{self.dialog.detailedText()}\n{report}"[-100_000:])
            return
        dialog = QMessageBox(self._parent)
        dialog.setIcon(QMessageBox.Icon.Warning)
        dialog.setWindowTitle("Something went wrong in nnviz")
        dialog.setText("A fault of the program, not of your experiment. Your settings are kept; you can go on.")
        dialog.setInformativeText(sentence)
        dialog.setDetailedText(report_text(report))
        copy = dialog.addButton("Copy report", QMessageBox.ButtonRole.ActionRole)
        # A message box closes at any of its buttons; this one is to be copied from.
        copy.clicked.disconnect()
        copy.clicked.connect(lambda: QApplication.clipboard().setText(dialog.detailedText()))
        dialog.addButton(QMessageBox.StandardButton.Close)
        dialog.setModal(False)
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.show()

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        print(text, file=sys.stderr)
        self.show(f"{kind.__name__}: {error}", text)

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
