"""Where the handles of several splitters stand, as one state to be remembered."""

from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QDataStream, QIODevice
from PySide6.QtWidgets import QSplitter


def places_of(splitters: Iterable[QSplitter]) -> QByteArray:
    """The state of all, in this order."""
    state = QByteArray()
    stream = QDataStream(state, QIODevice.OpenModeFlag.WriteOnly)
    for splitter in splitters:
        stream << splitter.saveState()
    return state


def restore_places(state: QByteArray, splitters: Iterable[QSplitter]) -> None:
    """Puts the same ones back, in the same order; a state of another arrangement is ignored by Qt."""
    stream = QDataStream(state, QIODevice.OpenModeFlag.ReadOnly)
    for splitter in splitters:
        place = QByteArray()
        stream >> place
        splitter.restoreState(place)
