"""The Help menu: which keys there are, and what this program is."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QMessageBox

from nnviz import __version__

SPACE = ("Space", "Play or pause, while no field or button has the keys")
ABOUT = (
    f"<b>nnviz {__version__}</b><p>A laboratory in which one sees a neural network learn, and sees why it fails to.</p>"
    "<p>Free software under the MIT licence.</p>"
)


class HelpMenu(QMenu):
    """Lists the window's shortcuts as they are, so that the list is never out of date."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__("&Help", window)
        self._window = window
        self.addAction("&Keys").triggered.connect(self._show_keys)
        self.addAction("&About nnviz").triggered.connect(self._show_about)

    def keys(self) -> dict[str, str]:
        """Key → what it does."""
        actions = [action for action in self._window.findChildren(QAction) if not action.shortcut().isEmpty()]
        return {action.shortcut().toString(): _meaning(action) for action in actions} | dict([SPACE])

    def _show_keys(self) -> None:
        rows = "".join(
            f"<tr><td><b>{key}</b>&nbsp;&nbsp;</td><td>{what}</td></tr>" for key, what in self.keys().items()
        )
        QMessageBox.information(self._window, "Keys", f"<table>{rows}</table>")

    def _show_about(self) -> None:
        QMessageBox.about(self._window, "About nnviz", ABOUT)


def _meaning(action: QAction) -> str:
    """The tooltip without the key that stands at its end, which is the text where there is no tooltip."""
    return action.toolTip().partition(" (")[0].replace("&", "")
