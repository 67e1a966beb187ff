"""A row of controls of which those that it is too narrow for wait behind a button with three dots."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from nnviz.ui.theme import GRID
from nnviz.ui.widgets.explained import explain

MORE = "The controls that there is no room for here"


@runtime_checkable
class Foldable(Protocol):
    """A control that also works in less width: as narrow as its minimumSizeHint."""

    foldable: bool


class FoldingBar(QWidget):
    """Controls from left to right. Too narrow, those that can be smaller become so, then the last ones leave.

    What leaves is in `drawer`, which the button `more` opens: reached by Tab, opened by the space bar, closed by Esc.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._gap: int | None = None
        """Parts from this number on stand at the right end."""
        self._wide: QWidget | None = None
        """The one that takes what is left of the width."""
        self._spacing = GRID
        self._arranging = False
        self.more = QToolButton(self)
        self.more.setText("…")
        self.more.setAutoRaise(True)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        explain(self.more, "More", MORE)
        self.more.hide()
        self.more.clicked.connect(self._open)
        self.drawer = _Drawer(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def addWidget(self, part: QWidget, stretch: int = 0) -> None:
        """One more control, behind the others. stretch: above 0 it takes what is left of the width."""
        self.insertWidget(len(self._parts), part, stretch)

    def insertWidget(self, place: int, part: QWidget, stretch: int = 0) -> None:
        """One more control, before the one that had the number ``place``; one that is there already moves."""
        if part in self._parts:
            self._parts.remove(part)
        _move(part, self)
        self._parts.insert(place, part)
        if self._gap is not None and place < self._gap:
            self._gap += 1
        if stretch:
            self._wide = part
        self.arrange()

    def addStretch(self, _stretch: int = 1) -> None:
        """What is added from now on stands at the right end."""
        self._gap = len(self._parts)

    def setSpacing(self, pixels: int) -> None:
        """Between two controls."""
        self._spacing = pixels
        self.arrange()

    def parts(self) -> list[QWidget]:
        """All controls, wherever they are now."""
        return list(self._parts)

    def folded(self) -> list[QWidget]:
        """Those that wait in the drawer."""
        return [part for part in self._parts if part.parentWidget() is self.drawer]

    def sizeHint(self) -> QSize:
        """With all controls in a row."""
        wanted = [_width(part) for part in self._parts if _wanted(part)]
        margins = self.contentsMargins()
        width = sum(wanted) + self._spacing * max(0, len(wanted) - 1) + margins.left() + margins.right()
        return QSize(width, self.height())

    def minimumSizeHint(self) -> QSize:
        """However narrow: the drawer has room for all."""
        some = any(_wanted(part) for part in self._parts)
        return QSize(2 * self.more.sizeHint().width() if some else 0, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for others."""
        super().resizeEvent(event)
        self.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """What was set up meanwhile."""
        super().showEvent(event)
        self.arrange()

    def event(self, event: QEvent) -> bool:
        """A control that was shown, hidden or renamed asks for another size."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.ContentsRectChange, QEvent.Type.FontChange):
            self.arrange()
        return done

    def arrange(self) -> None:
        """Gives each control its place."""
        if self._arranging:
            return
        self._arranging = True
        parts = [part for part in self._parts if _wanted(part)]
        room = self.contentsRect().width()
        widths, kept = self._fit(parts, room)
        for number, part in enumerate(parts):
            _move(part, self if number < kept else self.drawer)
        self.more.setVisible(kept < len(parts))
        if self.drawer.isVisible():
            self.drawer.arrange(self.folded())
        self._place(parts[:kept], widths[:kept], room)
        self._arranging = False

    def _fit(self, parts: list[QWidget], room: int) -> tuple[list[int], int]:
        """The width of each, and how many of them stay."""
        widths = [_width(part) for part in parts]

        def needed(count: int) -> int:
            return sum(widths[:count]) + self._spacing * max(0, count - 1)

        for number in reversed(range(len(parts))):
            if needed(len(parts)) <= room:
                break
            part = parts[number]
            if isinstance(part, Foldable):
                widths[number] = min(widths[number], part.minimumSizeHint().width())
        kept = len(parts)
        if needed(kept) > room:
            room -= self.more.sizeHint().width() + self._spacing
            while kept and needed(kept) > room and parts[kept - 1] is not self._wide:
                kept -= 1
        if kept and parts[kept - 1] is self._wide:
            widths[kept - 1] -= max(0, needed(kept) - room)
        for number, part in enumerate(parts[:kept]):
            # Those that stay and can be wider again, are.
            spare = room - needed(kept)
            if isinstance(part, Foldable) and widths[number] + spare >= _width(part):
                widths[number] = _width(part)
        if self._wide in parts[:kept]:
            widths[parts.index(self._wide)] += max(0, room - needed(kept))
        return widths, kept

    def _place(self, parts: list[QWidget], widths: list[int], room: int) -> None:
        area = self.contentsRect()
        left_over = room - sum(widths) - self._spacing * max(0, len(parts) - 1)
        more = self.more.sizeHint()
        if not self.more.isHidden():
            left_over -= more.width() + self._spacing
        tall_parts = parts if self.more.isHidden() else [*parts, self.more]
        high = max([part.sizeHint().height() for part in tall_parts], default=0)
        x = area.left()
        at_right = set(self._parts[self._gap :]) if self._gap is not None else set()
        moved = False
        for part, width in zip(parts, widths, strict=True):
            if not moved and part in at_right:
                x += max(0, left_over)
                moved = True
            tall = part.sizeHint().height()
            part.setGeometry(x, area.top() + (high - tall) // 2, width, tall)
            x += width + self._spacing
        corner = QPoint(area.right() + 1 - more.width(), area.top() + (high - more.height()) // 2)
        self.more.setGeometry(QRect(corner, more))
        margins = self.contentsMargins()
        total = high + margins.top() + margins.bottom()
        if total != self.minimumHeight() or total != self.maximumHeight():
            self.setFixedHeight(total)

    def _open(self) -> None:
        self.drawer.arrange(self.folded())
        self.drawer.open_below(self.more)


class _Drawer(QFrame):
    """The controls that left, one below the other."""

    def __init__(self, bar: FoldingBar) -> None:
        super().__init__(bar, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GRID, GRID, GRID, GRID)
        self._column.setSpacing(GRID // 2)
        self._column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def arrange(self, parts: list[QWidget]) -> None:
        """These, in this order."""
        while self._column.count():
            self._column.takeAt(0)
        for part in parts:
            self._column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)

    def open_below(self, button: QWidget) -> None:
        """With its right edge at the button's, and the keys on the first control."""
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(button.width(), button.height()))
        self.move(corner - QPoint(self.width(), 0))
        self.show()
        self.focusNextChild()


def _wanted(part: QWidget) -> bool:
    """Whether its owner wants it seen; where it is now does not matter."""
    return not (part.isHidden() and part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide))


def _width(part: QWidget) -> int:
    hint = part.sizeHint().expandedTo(part.minimumSizeHint()).width()
    return min(max(hint, part.minimumWidth()), part.maximumWidth())


def _move(part: QWidget, where: QWidget) -> None:
    """Into the bar or the drawer; what its owner has hidden stays hidden."""
    if part.parentWidget() is not where:
        wanted = _wanted(part)
        part.setParent(where)
        if wanted:
            part.show()
