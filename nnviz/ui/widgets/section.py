"""A part of a panel that can be closed, and then says in a line what is in it."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from nnviz.ui.theme import GRID
from nnviz.ui.widgets.form import muted


class Header(QAbstractButton):
    """A title with a chevron and nothing around it: Qt's own buttons would draw a box within the panel."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + metrics.height() + GRID, metrics.height() + GRID)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, side = self.palette(), self.fontMetrics().height()
        lively = self.hasFocus() or self.underMouse()
        role = QPalette.ColorRole.Highlight if lively else QPalette.ColorRole.PlaceholderText
        painter.setPen(QPen(palette.color(role), side / 10.0, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        middle, arm = QPointF(side / 2.0 - 1.0, self.height() / 2.0), side / 5.0
        down = [QPointF(-arm, -arm / 2), QPointF(0.0, arm / 2), QPointF(arm, -arm / 2)]
        ends = down if self.isChecked() else [QPointF(point.y(), point.x()) for point in down]
        painter.drawPolyline(QPolygonF([middle + end for end in ends]))
        left = side + GRID // 2
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            width = self.fontMetrics().horizontalAdvance(self.text())
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), 1.5))
            painter.drawLine(left, self.height() - 2, left + width, self.height() - 2)
        painter.end()


class Section(QWidget):
    """A header, and below it either the content or, when closed, its summary. `toggled` tells which (True: open)."""

    toggled = Signal(bool)

    def __init__(
        self, title: str, content: QWidget, *, is_open: bool = True, strong: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.content = content
        self.header = Header(title, self)
        if strong:
            font = self.header.font()
            font.setBold(True)
            self.header.setFont(font)
        self._summary = muted(parent=self)
        self._summary.setIndent(2 * GRID + GRID // 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.header)
        layout.addWidget(self._summary)
        layout.addWidget(content)
        self.header.toggled.connect(self._show)
        self.header.toggled.connect(self.toggled)
        self.header.setChecked(is_open)
        self._show(is_open)

    def is_open(self) -> bool:
        """Whether the content is shown."""
        return self.header.isChecked()

    def set_open(self, is_open: bool) -> None:  # noqa: FBT001 (a setter)
        """Opens or closes it."""
        self.header.setChecked(is_open)

    def set_summary(self, summary: str) -> None:
        """What a closed section says."""
        if summary != self._summary.text():
            self._summary.setText(summary)
            self.header.setAccessibleDescription(summary)
        self._summary.setVisible(bool(summary) and not self.is_open())

    def _show(self, is_open: bool) -> None:  # noqa: FBT001 (a slot)
        self.content.setVisible(is_open)
        self._summary.setVisible(bool(self._summary.text()) and not is_open)
