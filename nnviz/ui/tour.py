"""A short tour over the real window: four bubbles, each pointing at what it is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from nnviz.ui.theme import Theme
from nnviz.ui.tour_bubble import Bubble, Ring

GAP = 2
"""Pixels between what is pointed at and the ring around it."""


@dataclass(frozen=True)
class Stop:
    """A bubble. place: where it points, in the pixels of the window; asked at each layout."""

    title: str
    words: str
    place: Callable[[], QRect]


class Tour(QObject):
    """Begins at once. Enter and the right arrow go on, the left one back, Esc ends it; `ended` however it ends."""

    ended = Signal()

    def __init__(self, window: QWidget, stops: Sequence[Stop], theme: Theme) -> None:
        super().__init__(window)
        self._window, self._stops = window, list(stops)
        self.place = 0
        self.ring, self.bubble = Ring(window), Bubble(window)
        bubble = self.bubble
        bubble.skip.clicked.connect(self.end)
        bubble.back.clicked.connect(lambda: self._show(self.place - 1))
        bubble.forth.clicked.connect(lambda: self._show(self.place + 1))
        for watched in (window, bubble, bubble.skip, bubble.back, bubble.forth):
            watched.installEventFilter(self)
        self.set_theme(theme)
        self._show(0)

    def set_theme(self, theme: Theme) -> None:
        """Colours and sizes."""
        self.ring.theme = theme
        self.bubble.set_theme(theme)
        self._settle()

    def end(self) -> None:
        """No more bubbles."""
        self._window.removeEventFilter(self)
        for part in (self.bubble, self.ring):
            part.hide()
            part.deleteLater()
        self._window.setFocus()
        self.ended.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the window's layout; the keys of the tour work while it has them."""
        if watched is self._window:
            if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
                self._settle()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event.key(), watched)
        return super().eventFilter(watched, event)

    def _key(self, key: int, watched: QObject) -> bool:
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key == Qt.Key.Key_Left:
            self._show(max(0, self.place - 1))
        elif key == Qt.Key.Key_Right:
            self._show(self.place + 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if watched is self.bubble.skip:
                self.end()
            else:
                self._show(self.place - 1 if watched is self.bubble.back else self.place + 1)
        else:
            return False
        return True

    def _show(self, place: int) -> None:
        if place >= len(self._stops):
            self.end()
            return
        self.place = place
        stop, bubble = self._stops[place], self.bubble
        bubble.title.setText(stop.title)
        bubble.words.setText(stop.words)
        bubble.place.setText(f"{place + 1} / {len(self._stops)}")
        bubble.setAccessibleName(f"{stop.title}: {stop.words}")
        bubble.back.setVisible(place > 0)
        bubble.forth.setText("Next" if place + 1 < len(self._stops) else "Begin")
        self._settle()
        for part in (self.ring, bubble):
            part.show()
            part.raise_()
        bubble.forth.setFocus()

    def _settle(self) -> None:
        """To where the thing is now."""
        target = self._stops[self.place].place().intersected(self._window.rect())
        self.ring.setGeometry(target.adjusted(-GAP, -GAP, GAP, GAP))
        self.bubble.point_at(target)


def rect_of(widget: QWidget, window: QWidget) -> QRect:
    """A widget's place in the window."""
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
