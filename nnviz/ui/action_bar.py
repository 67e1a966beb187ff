"""What the toolbars of the workspaces share: actions with an icon and a key, in the theme's colours."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QToolButton, QWidget

from nnviz.ui.icons import named_icon
from nnviz.ui.theme import GRID, LIGHT, Theme
from nnviz.ui.widgets.folding_bar import FoldingBar
from nnviz.ui.widgets.labelled import labelled


class ActionBar(FoldingBar):
    """Subclasses make their actions with `_action`. panels: shows the panels, or hides them; the first of all."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setContentsMargins(GRID // 2, GRID // 4, GRID // 2, GRID // 4)
        self.setSpacing(GRID // 4)
        self._theme: Theme = LIGHT
        self._buttons: dict[QAction, QToolButton] = {}
        # Its key is the menu's: a second action with the same one would leave it to neither.
        self.panels = self._action("Panels", "panel-left", "", "Shows or hides the settings at the left (Ctrl+B)")
        self.panels.setCheckable(True)
        self.put(self.panels)

    def put(self, *actions: QAction) -> None:
        """A button for each."""
        for action in actions:
            button = self._buttons[action] = QToolButton(self)
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            # Keys typed for a plot or the whole window shall not be taken for a press of the last button used.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.addWidget(button)
            action.changed.connect(lambda action=action, button=button: button.setVisible(action.isVisible()))

    def put_field(self, text: str, *fields: QWidget) -> QWidget:
        """Fields with their caption, which stay together."""
        group = labelled(text, *fields)
        group.setContentsMargins(GRID, 0, 0, 0)
        self.addWidget(group)
        return group

    def button(self, action: QAction) -> QToolButton:
        """The button of an action."""
        return self._buttons[action]

    def set_theme(self, theme: Theme) -> None:
        """Icons, their size, and the typeface."""
        self._theme = theme
        self.setFont(theme.font())
        size = round(1.4 * theme.text_pixels)
        for action, button in self._buttons.items():
            action.setIcon(self._icon(str(action.property("icon_name"))))
            button.setIconSize(QSize(size, size))
        self.arrange()

    def _action(self, text: str, icon: str, key: str, meaning: str) -> QAction:
        action = QAction(text, self)
        action.setProperty("icon_name", icon)
        action.setShortcut(key)
        action.setToolTip(f"{meaning} ({key})" if key else meaning)
        action.setIcon(self._icon(icon))
        return action

    def _icon(self, name: str) -> QIcon:
        return named_icon(name, self._theme.color("text"), self._theme.color("muted"))
