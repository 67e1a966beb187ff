"""The View menu: theme, text size, panels, full screen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu

from nnviz.ui.preferences import Preferences
from nnviz.ui.theme import THEMES, Theme, system_theme

NAMES = (("", "&System colours"), ("light", "&Light"), ("dark", "&Dark"))


class LookMenu(QMenu):
    """What is chosen is remembered, and told by `theme_chosen` (a Theme). `panels_toggled`: the workspace in front is
    to show its panels, or to hide them; whether there is room for them it knows itself."""

    theme_chosen = Signal(object)
    panels_toggled = Signal()

    def __init__(self, window: QMainWindow, preferences: Preferences) -> None:
        super().__init__("&View", window)
        self._window, self._preferences = window, preferences
        group = QActionGroup(self)
        for name, text in NAMES:
            action = self.addAction(text)
            action.setCheckable(True)
            action.setChecked(preferences.theme == name)
            action.triggered.connect(partial(self._choose, name))
            group.addAction(action)
        self.addSeparator()
        self.panels = self.addAction("&Panels")
        self.panels.setShortcut("Ctrl+B")
        self.panels.setCheckable(True)
        self.panels.triggered.connect(self.panels_toggled)
        self.lecture = self._switch("Lecture mode: large &text", "Ctrl+L", preferences.lecture, self._enlarge)
        self._switch("&Full screen", "F11", False, self._fill_screen)
        self.addSeparator()

    @property
    def theme(self) -> Theme:
        """The theme as chosen, at the chosen text size."""
        theme = THEMES.get(self._preferences.theme) or system_theme()
        return theme.for_lecture() if self._preferences.lecture else theme

    def _choose(self, name: str, *_: object) -> None:
        self._preferences.theme = name
        self.theme_chosen.emit(self.theme)

    def _enlarge(self, on: bool) -> None:  # noqa: FBT001 (a slot)
        self._preferences.lecture = on
        self.theme_chosen.emit(self.theme)

    def _fill_screen(self, on: bool) -> None:  # noqa: FBT001 (a slot)
        if on:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    def _switch(self, text: str, key: str, on: bool, toggled: Callable[[bool], None]) -> QAction:  # noqa: FBT001
        action = self.addAction(text)
        action.setShortcut(key)
        action.setCheckable(True)
        action.setChecked(on)
        action.toggled.connect(toggled)
        return action
