"""After an end that was none of the user's: an offer to bring back what was open. The window is usable meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


class RestoreOffer(QMessageBox):
    """restore: brings back the document called ``name``."""

    def __init__(self, name: str, restore: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle("Restore")
        self.setText("nnviz did not come to its end last time.")
        self.setInformativeText(
            f"“{name or 'Your experiment'}” was kept as it was within the last minute. Shall it be opened again?"
        )
        again = self.addButton("Restore", QMessageBox.ButtonRole.AcceptRole)
        self.addButton("Begin anew", QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(again)
        again.clicked.connect(lambda _checked=False: restore())
        self.setModal(False)
