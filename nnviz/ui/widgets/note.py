"""A sentence that is worth knowing and stops nobody: an icon, the sentence, perhaps a button that acts on it."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from nnviz.ui.theme import GRID
from nnviz.ui.widgets.current_theme import current_theme

Level = Literal["muted", "warning", "bad"]


class _Icon(QWidget):
    """An i in a circle, or for what asks for attention a ! in a triangle; as high as the text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.level: Level = "warning"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = self.fontMetrics().height()
        return QSize(side, side)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color, side = current_theme(self).color(self.level), float(min(self.width(), self.height()))
        unit = side / 16.0
        painter.setPen(QPen(color, 1.3 * unit, j=Qt.PenJoinStyle.RoundJoin))
        attention = self.level != "muted"
        if attention:
            corners = ((8.0, 2.0), (15.0, 14.0), (1.0, 14.0))
            painter.drawPolygon(QPolygonF([QPointF(x * unit, y * unit) for x, y in corners]))
        else:
            painter.drawEllipse(QRectF(1.5 * unit, 1.5 * unit, 13.0 * unit, 13.0 * unit))
        painter.setPen(QPen(color, 1.6 * unit, c=Qt.PenCapStyle.RoundCap))
        stem, dot = ((6.5, 9.8), 11.9) if attention else ((7.5, 11.2), 4.9)
        painter.drawLine(QPointF(8.0 * unit, stem[0] * unit), QPointF(8.0 * unit, stem[1] * unit))
        painter.drawPoint(QPointF(8.0 * unit, dot * unit))
        painter.end()


class Note(QWidget):
    """Hidden until it has something to say. `acted` is emitted when its button is pressed."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None, *, level: Level = "warning") -> None:
        super().__init__(parent)
        self._icon, self._label, self.button = _Icon(self), QLabel(self), QPushButton(self)
        self._icon.level = level
        self._label.setWordWrap(True)
        # Sentences quote what stands in files: tags in them are text, not rich text with pictures to be read.
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(GRID)
        layout.setVerticalSpacing(GRID // 2)
        layout.setColumnStretch(1, 1)
        layout.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._label, 0, 1)
        layout.addWidget(self.button, 1, 1, Qt.AlignmentFlag.AlignLeft)
        self.button.clicked.connect(self.acted)
        self.say("")

    def text(self) -> str:
        """The sentence shown, empty when hidden."""
        return self._label.text()

    def say(self, sentence: str, action: str = "") -> None:
        """Shows a sentence, with a button that says what it would do; an empty sentence hides the note."""
        if sentence != self._label.text():
            self._label.setText(sentence)
            self.setAccessibleName(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self.setVisible(bool(sentence))
