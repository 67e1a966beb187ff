"""Controls that a lesson's page holds: disabled, and the tooltip of whatever is under the mouse says why."""

from PySide6.QtCore import QChildEvent, QEvent, QObject
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.ui.widgets.explained import tooltip

WHY = "The lesson's page holds this fixed. Another page, the end of the lesson, or another file sets it free."


class Held(QObject):
    """Knows which widgets are held. What is within them is told of, too, also what comes into them later."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._widgets: set[QWidget] = set()

    def hold(self, widget: QWidget, *, held: bool) -> None:
        """Disables it and says why, or gives it back."""
        widget.setEnabled(not held)
        self.tell(widget, held=held)

    def tell(self, widget: QWidget, *, held: bool) -> None:
        """Says why, of a widget that is disabled by its action."""
        if held == (widget in self._widgets):
            return
        (self._widgets.add if held else self._widgets.discard)(widget)
        for part in (widget, *widget.findChildren(QWidget)):
            if held:
                part.installEventFilter(self)
            else:
                part.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In place of what a control says of itself, why it cannot be used."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and isinstance(watched, QWidget):
            QToolTip.showText(event.globalPos(), tooltip(WHY), watched)
            return True
        if isinstance(event, QChildEvent) and event.added() and isinstance(event.child(), QWidget):
            event.child().installEventFilter(self)
        return False
