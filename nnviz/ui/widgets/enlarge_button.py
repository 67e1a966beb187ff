"""The small button at a plot's corner that gives it all the room, and takes it back."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from nnviz.ui.icons import named_icon
from nnviz.ui.theme import Theme
from nnviz.ui.widgets.current_theme import current_theme


class EnlargeButton(QToolButton):
    """`asked`: it was clicked."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._large = False
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda _checked=False: self.asked.emit())
        self.set_theme(current_theme(self))

    def show_large(self, large: bool) -> None:  # noqa: FBT001 (a state)
        """Offers the way back, or the way there."""
        self._large = large
        self.set_theme(current_theme(self))

    def set_theme(self, theme: Theme) -> None:
        """The icon's colour and size."""
        name = "arrow-collapse" if self._large else "arrow-expand"
        words = "Back to all plots (Esc)" if self._large else "Give this plot all the room"
        self.setIcon(named_icon(name, theme.color("muted")))
        self.setIconSize(QSize(theme.text_pixels, theme.text_pixels))
        self.setToolTip(words)
        self.setAccessibleName(words)
