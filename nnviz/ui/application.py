"""The application, which hears what the system hands to a program that runs already."""

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """file_opened: the Path of a document that was opened in the Finder. macOS starts no second program for it, and
    gives no argument to the first, but sends this event."""

    file_opened = Signal(object)

    def event(self, event: QEvent) -> bool:
        """Only what is for the application itself comes here, so that this costs nothing."""
        if isinstance(event, QFileOpenEvent):
            # Empty for an address that is no file of this machine.
            if event.file():
                self.file_opened.emit(Path(event.file()))
            return True
        return super().event(event)
