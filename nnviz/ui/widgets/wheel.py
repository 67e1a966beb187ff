"""The mouse wheel scrolls the panel; it turns a control only when that control was chosen first."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class FocusedWheel(_Base):
    """Mixed in before a Qt control: without the focus, the wheel is left to whatever scrolls behind it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
