"""What the toolbars of the workspaces share: actions with an icon and a key, in the theme's colours."""

from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QToolBar, QWidget

from nnviz.ui.icons import named_icon
from nnviz.ui.theme import LIGHT, Theme


class ActionBar(QToolBar):
    """Subclasses make their actions with `_action`."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setMovable(False)
        self._theme: Theme = LIGHT

    def _action(self, text: str, icon: str, key: str, meaning: str) -> QAction:
        action = QAction(text, self)
        action.setProperty("icon_name", icon)
        action.setShortcut(key)
        action.setToolTip(f"{meaning} ({key})")
        action.setIcon(self._icon(icon))
        return action

    def _icon(self, name: str) -> QIcon:
        return named_icon(name, self._theme.color("text"), self._theme.color("muted"))
