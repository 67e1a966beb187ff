"""Where the workspaces are chosen: a column of icons with their names, icons alone where the window is narrow."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFontInfo, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolBar, QWidget

ROOMY = 76
"""Heights of the text that a window is wide in which the names have room."""


class Rail(QToolBar):
    """Follows the width of its window. The names are in the tool tips, too."""

    def __init__(self, title: str, window: QWidget) -> None:
        super().__init__(title, window)
        self.setMovable(False)
        self.setOrientation(Qt.Orientation.Vertical)
        self._window = window
        window.installEventFilter(self)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Flat as all that is around it: the style would draw a shine from side to side."""
        QPainter(self).fillRect(event.rect(), self.palette().window())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another width."""
        if watched is self._window and event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        roomy = self._window.width() >= ROOMY * QFontInfo(self.font()).pixelSize()
        styles = Qt.ToolButtonStyle
        self.setToolButtonStyle(styles.ToolButtonTextUnderIcon if roomy else styles.ToolButtonIconOnly)
