"""A combo box over named things: entries have a key, a label and an explanation, and may stand in groups."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from nnviz.ui.widgets.explained import tooltip
from nnviz.ui.widgets.wheel import FocusedWheel


class Entry(NamedTuple):
    """key: what a specification says. label: what the user reads. tip: what it is, in a sentence."""

    key: str
    label: str
    tip: str = ""


class Choice(FocusedWheel, QComboBox):
    """`chosen` is emitted with the key, once, when the user takes another entry."""

    chosen = Signal(str)

    def __init__(self, entries: Iterable[Entry] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: str | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(24)
        self.fill([("", entries)])
        self.activated.connect(self._activated)

    def minimumSizeHint(self) -> QSize:
        # Qt would let the entries be cut; a form puts a box that is too wide below its label instead.
        return self.sizeHint()

    def fill(self, groups: Iterable[tuple[str, Iterable[Entry]]]) -> None:
        """Offers other entries, each group under its title (none where that is empty)."""
        with QSignalBlocker(self):
            model = QStandardItemModel(self)
            for title, entries in groups:
                if title:
                    header = QStandardItem(title)
                    header.setFlags(Qt.ItemFlag.NoItemFlags)
                    model.appendRow(header)
                for entry in entries:
                    item = QStandardItem(entry.label)
                    item.setData(entry.key, Qt.ItemDataRole.UserRole)
                    item.setToolTip(tooltip(entry.tip))
                    item.setData(entry.tip, Qt.ItemDataRole.AccessibleDescriptionRole)
                    model.appendRow(item)
            self.setModel(model)
        shown, self._shown = self._shown, None
        self.setCurrentIndex(-1)
        if shown is not None:
            self.show_key(shown)

    def key(self) -> str | None:
        """The key shown."""
        return self._shown

    def keys(self) -> list[str]:
        """All keys that are offered."""
        found = (self.itemData(index) for index in range(self.count()))
        return [key for key in found if key is not None]

    def show_key(self, key: str | None) -> None:
        """Shows an entry without emitting; a key that is not offered leaves the box empty."""
        index = -1 if key is None else self.findData(key)
        self._shown = key
        if index != self.currentIndex():
            with QSignalBlocker(self):
                self.setCurrentIndex(index)

    def _activated(self, index: int) -> None:
        key = self.itemData(index)
        if key is not None and key != self._shown:
            self._shown = key
            self.chosen.emit(key)
