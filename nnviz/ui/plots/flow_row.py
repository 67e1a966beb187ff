"""Small controls beside each other, in as many rows as the width makes necessary."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP = 10
MARGIN = 4


class FlowRow(QWidget):
    """Controls from left to right, each as wide as it wants to be. Hidden ones take no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, part: QWidget) -> None:
        """One more control, behind the others."""
        part.setParent(self)
        self._parts.append(part)
        self.arrange()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(200, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need more rows."""
        super().resizeEvent(event)
        self.arrange()

    def event(self, event: QEvent) -> bool:
        """A control that was shown, hidden or renamed asks for another size."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return done

    def arrange(self) -> None:
        """Gives each control its place."""
        rows: list[list[tuple[QWidget, QSize]]] = [[]]
        x = MARGIN
        for part in self._parts:
            if part.isHidden():
                continue
            size = part.sizeHint().expandedTo(part.minimumSizeHint())
            if rows[-1] and x + size.width() > self.width() - MARGIN:
                rows.append([])
                x = MARGIN
            rows[-1].append((part, size))
            x += size.width() + GAP
        y = 2
        for row in rows:
            high = max((size.height() for _, size in row), default=0)
            x = MARGIN
            for part, size in row:
                part.setGeometry(x, y + (high - size.height()) // 2, size.width(), size.height())
                x += size.width() + GAP
            y += high + 2
        if y != self.minimumHeight() or y != self.maximumHeight():
            self.setFixedHeight(y)
