"""Panels beside the plots where there is room for both; where there is not, only while they are asked for."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontInfo, QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from nnviz.ui.theme import GRID

ROOM = 52
"""Heights of the text that the plots are wide, at least, beside panels that nobody asked for."""


class SideRoom(QSplitter):
    """side: the panels, main: the plots.

    The user's choice (`choose`) holds where there is room. Where there is not, the panels are hidden until `toggle`
    shows them, for the time being; that is no choice and is not remembered.
    """

    shown_changed = Signal(bool)
    """Whether the panels are seen now."""
    chosen = Signal(bool)
    """The user wants them, or does not, where there is room."""

    def __init__(self, side: QWidget, main: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.side, self.main = side, main
        self.setHandleWidth(GRID // 2)
        self.setChildrenCollapsible(False)
        self.addWidget(side)
        self.addWidget(main)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self._wanted = self._shown = True
        self._asked = False

    @property
    def shown(self) -> bool:
        """Whether the panels are shown."""
        return self._shown

    @property
    def roomy(self) -> bool:
        """Whether there is room for panels that nobody asked for."""
        return self.width() - self.side.minimumWidth() >= ROOM * QFontInfo(self.font()).pixelSize()

    def choose(self, shown: bool) -> None:  # noqa: FBT001 (a slot)
        """What the user wants where there is room; told by the program, and silent."""
        self._wanted = shown
        self._fit()

    def toggle(self) -> None:
        """A gesture: shows what is hidden, hides what is shown."""
        if self.roomy:
            self.choose(not self._shown)
            self.chosen.emit(self._wanted)
        else:
            self._asked = not self._shown
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """The plots' alone: panels never keep a window from being small."""
        return self.main.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room now, or no longer."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        roomy = self.roomy
        if roomy:
            self._asked = False
        shown = self._wanted if roomy else self._asked
        # Where even one plot does not fit beside them, they have all the room.
        least = max(self.main.minimumSizeHint().width(), self.main.minimumWidth())
        both = self.width() - self.side.minimumWidth() >= least
        self.side.setVisible(shown)
        self.main.setVisible(not shown or both)
        if shown != self._shown:
            self._shown = shown
            self.shown_changed.emit(shown)
