"""The chart all plots are made of: a pyqtgraph plot in the program's style, with exact values under the cursor."""

import math
from collections.abc import Callable
from typing import TypeVar

import pyqtgraph
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel

from nnviz.ui.plots.charts.axes import Axis
from nnviz.ui.plots.charts.crosshair import Crosshair, Readout
from nnviz.ui.plots.charts.grid import Grid
from nnviz.ui.plots.charts.ink import Ink, Mapping
from nnviz.ui.theme import LIGHT, Theme

I = TypeVar("I", bound=Ink)

ABOVE, BELOW = 12.0, 2.0
"""Pixels of air above the plot area, where half a label of the left axis may stand, and at the foot."""


class Chart(pyqtgraph.PlotWidget):
    """A plot area with a left and a bottom axis. Things are drawn on it with `add`; its range is set with `frame`.

    probe: set by the view; gives the readout for a place in the chart's coordinates.
    square: one unit is as long on both axes; where the chart is higher than that allows, the foot stays empty.
    grid: "both", "rows" or "".
    """

    clicked = Signal(float, float, bool)
    """Chart coordinates, and whether something is to be taken away there (Ctrl was held)."""

    def __init__(self, left: Axis, bottom: Axis, *, square: bool = False, grid: str = "both") -> None:
        super().__init__(axisItems={"left": left, "bottom": bottom}, enableMenu=False)
        self.left, self.bottom, self.square = left, bottom, square
        self.theme: Theme = LIGHT
        self.probe: Callable[[float, float], Readout | None] = lambda _x, _y: None
        self.box: pyqtgraph.ViewBox = self.plotItem.getViewBox()
        self.home = (0.0, 1.0, 0.0, 1.0)
        self._zoomed = False
        self._cursor: QPointF | None = None
        self._inks: list[Ink] = []
        self.plotItem.hideButtons()
        self.box.disableAutoRange()
        self.setFrameShape(self.Shape.NoFrame)
        # The view that holds the chart has the context menu, and the window takes what is dropped.
        for part in (self, self.viewport()):
            part.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
            part.setAcceptDrops(False)
        self._crosshair = Crosshair()
        self.add(self._crosshair)
        if grid:
            self.add(Grid(left, bottom, columns=grid == "both"))
        self._bubble = QLabel(self)
        self._bubble.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._bubble.setMargin(6)
        self._bubble.hide()
        self._message = QLabel(self)
        self._message.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setWordWrap(True)
        self._message.hide()
        self._message_over = False
        self.box.sigRangeChanged.connect(self._place_inks)
        self.box.sigResized.connect(self._place_inks)
        self.box.sigRangeChangedManually.connect(self._note_zoom)
        self.scene().sigMouseClicked.connect(self._forward_click)
        self.restyle(LIGHT)

    def add(self, ink: Ink) -> None:
        """Draws something on the plot area from now on."""
        ink.theme = self.theme
        ink.setParentItem(self.box)
        self._inks.append(ink)
        ink.place(self.mapping())

    def take_away(self, ink: Ink) -> None:
        """Draws it no more."""
        self._inks.remove(ink)
        self.scene().removeItem(ink)

    def keep(self, inks: list[I], count: int, make: Callable[[], I]) -> None:
        """Takes away the last ones of a list, or makes and adds new ones, until there are so many."""
        while len(inks) > count:
            self.take_away(inks.pop())
        while len(inks) < count:
            inks.append(make())
            self.add(inks[-1])

    def frame(self, left: float, right: float, bottom: float, top: float) -> None:
        """The range to show, unless the user has zoomed to another."""
        self.home = (left, right, bottom, top)
        if not self._zoomed:
            self._show_home()

    def reset_range(self) -> None:
        """Back from where the user zoomed to."""
        self._zoomed = False
        self._show_home()

    @property
    def zoomed_to(self) -> tuple[float, float, float, float] | None:
        """Where the user zoomed to: left, right, bottom, top; None while all is shown."""
        (left, right), (bottom, top) = self.box.viewRange()
        return (left, right, bottom, top) if self._zoomed else None

    def zoom_to(self, left: float, right: float, bottom: float, top: float) -> None:
        """Shows that part, as if the user had zoomed there."""
        self.box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0.0)
        self._note_zoom()

    def level_with(self, other: "Chart") -> None:
        """Gives both charts the wider one's left axis, so that what is above each other belongs together."""
        wider = max(self.left.natural_width, other.left.natural_width)
        for chart in (self, other):
            if chart.left.least_width != wider:
                chart.left.least_width = wider
                chart._arrange()

    def stand_alone(self) -> None:
        """Undoes `level_with`."""
        if self.left.least_width:
            self.left.least_width = 0.0
            self._arrange()

    def widest(self) -> float:
        """The width beyond which a square chart of this height would no longer be one; infinite for others."""
        left, right, bottom, top = self.home
        if not (self.square and top > bottom):
            return math.inf
        high = self.height() - self.bottom.height() - ABOVE - BELOW
        return self.left.width() + self._aside() + 4.0 + high / (top - bottom) * (right - left)

    def plot_ends(self) -> tuple[float, float]:
        """Where the plot area begins and ends, in pixels from above: what stands beside it can be level with it."""
        area = self.box.mapRectToScene(self.box.rect())
        return area.top(), area.bottom()

    def mapping(self) -> Mapping:
        """From coordinates to pixels of the plot area, as it is now."""
        (left, right), (bottom, top) = self.box.viewRange()
        return Mapping(left, right, bottom, top, max(1.0, self.box.width()), max(1.0, self.box.height()))

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours, typeface and sizes."""
        self.theme = theme
        self.setBackground(theme.color("surface"))
        self.left.restyle(theme)
        self.bottom.restyle(theme)
        self._bubble.setFont(theme.font(0.92))
        self._bubble.setStyleSheet(
            f"QLabel {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.line}; }}"
        )
        self._message.setFont(theme.font())
        self._dress_message()
        self._arrange()
        for ink in self._inks:
            ink.theme = theme
            ink.update()

    def show_message(self, text: str, *, over: bool = False) -> None:
        """A sentence in place of the plot, for when there is nothing to draw; empty takes it away.

        over: axes stay beneath it, since something can be done there.
        """
        if over != self._message_over:
            self._message_over = over
            self._dress_message()
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self._place_message()

    @property
    def blank(self) -> bool:
        """Whether a sentence stands in place of the plot."""
        return bool(self._message.text()) and not self._message_over

    @property
    def readout_text(self) -> str:
        """What the bubble at the cursor says; empty when there is none."""
        return self._bubble.text() if not self._bubble.isHidden() else ""

    def forget_cursor(self) -> None:
        """No cross-hair and no readout, until the mouse moves again: a picture shows the plot alone."""
        self._cursor = None
        self.refresh_readout()

    def refresh_readout(self) -> None:
        """Says anew what is under the cursor: the numbers there may have changed."""
        readout = None
        if self._cursor is not None:
            place = self.box.mapSceneToView(self.mapToScene(self._cursor.toPoint()))
            if self._in_plot(self._cursor):
                readout = self.probe(place.x(), place.y())
        self._crosshair.show_readout(readout)
        if readout is None:
            self._bubble.hide()
            return
        self._bubble.setText(readout.text)
        self._bubble.adjustSize()
        self._bubble.move(self._beside_cursor())
        self._bubble.show()

    def pixel_of(self, x: float, y: float) -> QPoint:
        """Where a place of the chart lies on the widget."""
        return self.mapFromScene(self.box.mapViewToScene(QPointF(x, y)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Says what is under the cursor, except while the range is dragged."""
        super().mouseMoveEvent(event)
        self._cursor = event.position() if event.buttons() == Qt.MouseButton.NoButton else None
        self.refresh_readout()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the cursor any more."""
        super().leaveEvent(event)
        self._cursor = None
        self.refresh_readout()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu is the view's, not pyqtgraph's."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the proportions and the message in place."""
        super().resizeEvent(event)
        if hasattr(self, "_message"):  # pyqtgraph resizes the widget while it is made
            self._arrange()

    def _show_home(self) -> None:
        left, right, bottom, top = self.home
        self.box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0.0)
        self._arrange()

    def _arrange(self) -> None:
        """Sizes of axes and margins, all at once and now: a hidden chart must be right without an event loop."""
        left, right, bottom, top = self.home
        height = max(40.0, self.height() - 3.2 * self.theme.text_pixels)
        self.left.reserve(bottom, top, height)
        below = BELOW
        if self.square and top > bottom and right > left:
            free_y = self.height() - self.bottom.height() - ABOVE - below
            free_x = self.width() - self.left.width() - self._aside() - 4.0
            unit = max(0.0, min(free_x / (right - left), free_y / (top - bottom)))
            below += max(0.0, free_y - unit * (top - bottom))
        layout = self.plotItem.layout
        layout.setContentsMargins(4.0, ABOVE, self._aside(), below)
        layout.activate()
        self._place_inks()
        self._place_message()

    def _aside(self) -> float:
        """Pixels of air right of the plot area, where half a label of the bottom axis may stand."""
        return 1.85 * self.theme.text_pixels

    def _place_inks(self, *_: object) -> None:
        mapping = self.mapping()
        for ink in self._inks:
            ink.place(mapping)

    def _place_message(self) -> None:
        if self._message.text():
            area = self.box.mapRectToScene(self.box.rect()).toRect() if self._message_over else self.rect()
            self._message.setGeometry(area)

    def _dress_message(self) -> None:
        ground = "transparent" if self._message_over else self.theme.surface
        self._message.setStyleSheet(f"QLabel {{ background: {ground}; color: {self.theme.muted}; padding: 0 16px; }}")

    def _in_plot(self, place: QPointF) -> bool:
        return bool(self.box.mapRectToScene(self.box.rect()).contains(self.mapToScene(place.toPoint())))

    def _beside_cursor(self) -> QPoint:
        """Right below the cursor, or where there is room."""
        assert self._cursor is not None
        x, y, size = self._cursor.x() + 16, self._cursor.y() + 12, self._bubble.size()
        if x + size.width() > self.width():
            x = self._cursor.x() - 12 - size.width()
        if y + size.height() > self.height():
            y = self._cursor.y() - 8 - size.height()
        return QPoint(max(0, round(x)), max(0, round(y)))

    def _note_zoom(self, *_: object) -> None:
        self._zoomed = True

    def _forward_click(self, event: MouseClickEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.box.sceneBoundingRect().contains(event.scenePos()):
            return
        if event.double() and self._zoomed:
            self.reset_range()
            return
        place = self.box.mapSceneToView(event.scenePos())
        self.clicked.emit(place.x(), place.y(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
