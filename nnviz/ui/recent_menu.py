"""The files opened or saved last, to be opened again."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from nnviz.ui.preferences import Preferences
from nnviz.ui.widgets.explained import tooltip


class RecentMenu(QMenu):
    """Filled anew each time it is shown."""

    chosen = Signal(object)
    """The Path of a file that is there."""
    said = Signal(str)

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__("&Recent", parent)
        self._preferences = preferences
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        paths = self._preferences.recent
        for path in paths:
            action = self.addAction(_entry(path, paths))
            action.setToolTip(tooltip(str(path)))
            action.triggered.connect(partial(self._choose, path))
        if not paths:
            self.addAction("Nothing opened yet").setEnabled(False)

    def _choose(self, path: Path, *_: object) -> None:
        if path.exists():
            self.chosen.emit(path)
        else:
            self._preferences.forget_recent(path)
            self.said.emit(f"{path.name} is no longer there; taken off the list.")


def _entry(path: Path, paths: list[Path]) -> str:
    """The file's name; where others are called the same, with the part of its folders that tells them apart."""
    same = [other for other in paths if other.name == path.name and other != path]
    parents = path.parent.parts
    length = 1
    while length < len(parents) and any(other.parent.parts[-length:] == parents[-length:] for other in same):
        length += 1
    text = f"{path.name}  ({Path(*parents[-length:])})" if same and parents else path.name
    # A single & would underline the letter after it.
    return text.replace("&", "&&")
