"""A small button that is on or off, and visibly so in every theme: filled when it is on."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from nnviz.ui.theme import GRID


class Chip(QAbstractButton):
    """Checkable; the space bar switches it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * GRID, metrics.height() + GRID)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        roles, palette = QPalette.ColorRole, self.palette()
        lively = self.hasFocus() or (self.underMouse() and self.isEnabled())
        # Only the last one left is disabled, and it is on: it stays legible.
        accent = palette.color(QPalette.ColorGroup.Active, roles.Highlight)
        painter.setPen(QPen(accent if lively or self.isChecked() else palette.color(roles.Mid), 2.0 if lively else 1.0))
        painter.setBrush(accent if self.isChecked() else palette.color(roles.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.0, 1.0, -1.0, -1.0), GRID / 2, GRID / 2)
        if self.isChecked() and self.hasFocus():
            painter.setPen(QPen(palette.color(roles.HighlightedText), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3.0, 3.0, -3.0, -3.0), GRID / 4, GRID / 4)
        text = roles.HighlightedText if self.isChecked() else roles.ButtonText
        painter.setPen(palette.color(QPalette.ColorGroup.Active, text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()
