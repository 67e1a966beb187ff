"""The network canvas: inputs, units and outputs from left to right, each unit a picture of what it computes.

What is under the mouse or selected is highlighted with all that it connects, and told with every digit, live. A double
click, Enter or the context menu sets a weight or bias of the running network by hand.
"""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAction,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.segments import Segments
from nnviz.ui.plots.figure import WIDEST
from nnviz.ui.plots.network.network_item import Item, described, editable, exists, index_of, units_of
from nnviz.ui.plots.network.network_legend import line_legend, paint_legend, unit_legend
from nnviz.ui.plots.network.network_painter import paint, paint_empty
from nnviz.ui.plots.network.network_readout import ReadOut, paint_read_out, read_out, table, tile_table
from nnviz.ui.plots.network.network_scene import Scene, Stage, anchor, item_at, room_for
from nnviz.ui.plots.network.network_strokes import Quantity
from nnviz.ui.plots.network.network_walk import Place, Way, start, walk
from nnviz.ui.plots.network.parameter_editor import ParameterEditor
from nnviz.ui.plots.view import View
from nnviz.ui.theme import Theme

WAYS: dict[int, Way] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}
PAGES: dict[int, int] = {Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}
QUANTITIES = (
    (
        "weights",
        "weights",
        "Lines show the weights w and dots the biases b: wider is larger, orange below 0, blue above",
    ),
    ("gradient", "gradient", "Lines show ∂J/∂w and dots ∂J/∂b of the last step: the width falls with each decade"),
)


class NetworkView(View):
    """The picture of the network. `quantity` says whether lines show weights or gradients."""

    key = "network"
    title = "Network"
    readings = frozenset({"decision_map"})

    selected = Signal(object)
    """Unit, Parameter (of the engine's layout) or None: what the user has just selected."""
    weight_edited = Signal(int, float)
    """(index in theta, value) that the user sets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(120, 90)
        self.switch = Segments("What the lines show", QUANTITIES)
        self.switch.setParent(self)
        self.switch.chosen.connect(self._redraw)
        self.editor = ParameterEditor(self)
        self.editor.committed.connect(self._committed)
        self._stage = Stage()
        self._place: Place | None = None
        self._hovered: Item | None = None
        self._mouse = QPointF()
        self._editing: int | None = None
        self.switch.restyle(self.theme)
        self._describe()

    def draw(self, snapshot: Snapshot) -> None:
        """Shows the snapshot; what is selected stays so if this network still has it."""
        if self._stage.show(snapshot):
            sizes = snapshot.problem.network.sizes
            if self._place and not exists(self._place.item, sizes):
                self._place = None
            if self._hovered and not exists(self._hovered, sizes):
                self._hovered = None
            self.editor.close()
            self._editing = None
        self._redraw()

    def set_theme(self, theme: Theme) -> None:
        """Restyles; sizes follow the theme's text."""
        super().set_theme(theme)
        self.switch.restyle(theme)
        self._arrange()
        self._redraw()

    def sizeHint(self) -> QSize:
        """Room for a small network."""
        return QSize(40 * self.theme.text_pixels, 26 * self.theme.text_pixels)

    def legible(self) -> QSize:
        """Room for all units, or for as many of a layer as are ever shown."""
        snapshot = self._stage.snapshot
        if snapshot is None:
            return self.room
        least = room_for(snapshot.problem, self.theme)
        return QSize(min(WIDEST, max(self.room.width(), least.width())), max(self.room.height(), least.height()))

    @property
    def quantity(self) -> Quantity:
        """What the lines show."""
        return "gradient" if self.switch.key == "gradient" else "weights"

    @property
    def selection(self) -> Item | None:
        """What is selected."""
        return self._place.item if self._place else None

    @property
    def hovered(self) -> Item | None:
        """What the mouse is on."""
        return self._hovered

    def select(self, item: Item | None) -> None:
        """Selects from the program: no signal."""
        self._place = Place(item) if item is not None else None
        self._describe()
        self.update()

    def scene(self) -> Scene | None:
        """What is shown now, at this size; None before the first snapshot."""
        ratio = self.devicePixelRatioF()
        return self._stage.scene(self.theme, self.width(), self.height(), self.quantity, ratio)

    def read_out(self) -> ReadOut | None:
        """What is said about the item under the mouse, else about the selected one."""
        item, scene = self._hovered or self.selection, self.scene()
        return read_out(scene, item) if scene and item else None

    @property
    def drawn(self) -> bool:
        """Known without making its tables, which are long."""
        return self.scene() is not None

    def numbers(self) -> list[tuple[str, ...]]:
        """A table of the weights and biases of all units shown, header first; nothing before the first snapshot."""
        scene = self.scene()
        return table(scene) if scene else []

    def more_numbers(self) -> dict[str, list[tuple[str, ...]]]:
        """What the tiles in the units show: their outputs over the plane of two inputs."""
        scene = self.scene()
        return {"units": tile_table(scene)} if scene else {}

    def item_at(self, at: QPointF) -> Item | None:
        """What a click there means: a bias's dot, a unit's tile, or the nearest line drawn."""
        scene = self.scene()
        return item_at(scene, at.x(), at.y()) if scene else None

    def actions_for(self, item: Item | None) -> list[QAction]:
        """What can be done with it, for a context menu."""
        parameter, snapshot = editable(item), self._stage.snapshot
        if parameter is None or snapshot is None:
            return []
        edit = QAction(f"Set {described(snapshot.problem, parameter)} by hand…", self)
        edit.triggered.connect(lambda: self.edit(parameter))
        copy = QAction("Copy its value", self)
        value = repr(float(snapshot.theta[index_of(parameter, snapshot.problem.network.layout)]))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(value))
        return [edit, copy]

    def forget_cursor(self) -> None:
        """Hides the read-out of what is under the mouse; the selection stays."""
        self._hovered = None
        self.update()

    def actions_at(self, place: QPoint) -> list[QAction]:
        """What can be done with the item there."""
        return self.actions_for(self.item_at(QPointF(place)))

    def edit(self, item: Item | None) -> None:
        """Opens the editor for a weight or bias, a unit's bias; nothing for an input."""
        parameter, scene = editable(item), self.scene()
        if parameter is None or scene is None:
            return
        problem = scene.snapshot.problem
        self._editing = index_of(parameter, problem.network.layout)
        value = float(scene.snapshot.theta[self._editing])
        at = self.mapToGlobal(QPointF(*anchor(scene, parameter)).toPoint() + QPoint(0, self.theme.text_pixels))
        self.editor.edit(described(problem, parameter), value, at, self.theme)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's entry."""
        scene = self.scene()
        with QPainter(self) as painter:  # ends it also after an exception; Qt would crash otherwise
            if scene is None:
                paint_empty(painter, self.theme, QRectF(self.rect()))
            else:
                self._paint(painter, scene)

    def _paint(self, painter: QPainter, scene: Scene) -> None:
        paint(painter, scene, [item for item in (self.selection, self._hovered) if item])
        paint_legend(painter, scene, float(self.switch.geometry().right()))
        if item := self._hovered or self.selection:
            at = self._mouse if self._hovered else QPointF(*anchor(scene, item))
            paint_read_out(painter, scene, read_out(scene, item), at, beside=self._hovered is not None)

    def event(self, event: QEvent) -> bool:
        """Qt's entry for all; here for the legend in full where it does not fit."""
        scene = self.scene() if event.type() == QEvent.Type.ToolTip else None
        if scene and isinstance(event, QHelpEvent) and event.pos().y() > self.height() - scene.frame.footer:
            QToolTip.showText(event.globalPos(), f"{line_legend(scene)}\n{unit_legend(scene)}", self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the switch in its corner."""
        self._arrange()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """A window that moves to a denser screen, or another font, is drawn anew."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._stage.forget()
        super().changeEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Highlights what is under the mouse."""
        self._mouse = event.position()
        self._hover(self.item_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self._hover(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Selects; a click beside everything selects nothing."""
        if event.button() == Qt.MouseButton.LeftButton:
            item = self.item_at(event.position())
            self._choose(Place(item) if item else None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edits."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.edit(self.item_at(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the layer under the mouse, if it does not fit; else the event goes on."""
        scene, x = self.scene(), event.position().x()
        columns = scene.frame.geometry.columns if scene else ()
        nearest = min(columns, key=lambda column: abs(column.x - x), default=None)
        rows = -round(event.angleDelta().y() / 40)
        event.setAccepted(nearest is not None and self._stage.scroll(nearest.layer, rows))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Page keys scroll a layer that does not fit, Enter edits, Escape lets go."""
        scene, key = self.scene(), event.key()
        if scene and key in WAYS:
            geometry = scene.frame.geometry
            self._hovered = None
            self._choose(walk(geometry, self._place, WAYS[key]) if self._place else start(geometry))
        elif scene and key in PAGES and self.selection:
            self._stage.scroll(units_of(self.selection)[-1].layer, PAGES[key])
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and editable(self.selection):
            self.edit(self.selection)
        elif key == Qt.Key.Key_Escape and self._place:
            self._choose(None)
        else:
            super().keyPressEvent(event)

    def _choose(self, place: Place | None) -> None:
        before, self._place = self.selection, place
        if self.selection != before:
            self._describe()
            self.selected.emit(self.selection)
        self.update()

    def _hover(self, item: Item | None) -> None:
        if item != self._hovered or item is not None:
            self._hovered = item
            self.update()

    def _committed(self, value: float) -> None:
        if self._editing is not None:
            self.weight_edited.emit(self._editing, value)

    def _redraw(self) -> None:
        self._describe()
        self.update()

    def _arrange(self) -> None:
        size, space = self.switch.sizeHint(), round(0.6 * self.theme.text_pixels)
        self.switch.setGeometry(space, self.height() - size.height() - space, size.width(), size.height())

    def _describe(self) -> None:
        """For those who do not see it: what is selected, with its numbers."""
        item = self.selection
        scene = self.scene() if item else None
        words = "Arrow keys walk through units and weights, Enter sets a value by hand."
        if scene and item:
            words = f"{read_out(scene, item).text()}. {words}"
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
