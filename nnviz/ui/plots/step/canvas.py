"""The network with the numbers of one phase on it: pointed at, selected, walked through."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.engine.layout import Parameter
from nnviz.experiment.step.values import Look
from nnviz.ui.plots.charts.wording import full
from nnviz.ui.plots.network.network_item import Item, Unit, described
from nnviz.ui.plots.network.network_walk import Place, Way, start, walk
from nnviz.ui.plots.step.painter import paint, paint_empty
from nnviz.ui.plots.step.stage import Stage, lay_out
from nnviz.ui.theme import LIGHT, Theme

WAYS: dict[int, Way] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}
EMPTY = (
    "One training step, taken apart: forward, loss, backward, update, with every number. "
    "Choose data and a network; the step that comes next appears here."
)


class StepCanvas(QWidget):
    """chosen: a unit, a weight, or None for the loss, by the user. moved: −1 or 1, to another phase."""

    chosen = Signal(object)
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.look: Look | None = None
        self.selection: Item | None = None
        self.front: int | None = None
        self.caption = ""
        self._place: Place | None = None
        self._stage: Stage | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("The network with the numbers of this step")
        self.setMinimumHeight(90)

    def show_look(self, look: Look | None, selection: Item | None, front: int | None, caption: str) -> None:
        """Another step, phase, example or selection. front: the layer that a walk is at."""
        self.look, self.front, self.caption = look, front, caption
        if selection != self.selection:
            self.selection = selection
            if self._place is None or self._place.item != selection:
                self._place = Place(selection) if selection is not None else None
        self._stage = None
        self.setAccessibleDescription(self.words("loss" if selection is None else selection))
        self.update()

    def restyle(self, theme: Theme) -> None:
        """Takes the theme's colours and text."""
        self.theme, self._stage = theme, None
        self.update()

    @property
    def stage(self) -> Stage | None:
        """What is shown, laid out at this size; None before the first step."""
        if self.look is None:
            return None
        stage = self._stage
        if stage is None or (stage.width, stage.height) != (self.width(), self.height()):
            stage = self._stage = lay_out(self.look, self.theme, self.width(), self.height(), self.selection)
        return stage

    def sizeHint(self) -> QSize:
        """Room for a small network."""
        return QSize(40 * self.theme.text_pixels, 18 * self.theme.text_pixels)

    def words(self, item: Item | str | None) -> str:
        """Everything known about a thing in this phase, every digit."""
        if self.look is None or item is None:
            return ""
        look, problem = self.look, self.look.record.problem
        if isinstance(item, str):
            return "\n".join(f"{symbol} = {full(value)}" for symbol, value in look.losses)
        lines = [described(problem, item)]
        if isinstance(item, Unit):
            lines += [f"{name} = {full(float(values[item.unit]))}" for name, values in look.unit_rows(item.layer)]
            return "\n".join(lines)
        record = look.record
        index = record.network.layout.index(item.layer, item.i, item.j)
        letter = "b" if item.kind == "bias" else "w"
        gradient = record.gradient if look.one is None else look.one.gradient
        cost = "J" if look.one is None else "ℓ"
        lines += [
            f"{letter} = {full(float(record.theta[index]))}",
            f"∂{cost}/∂{letter} = {full(float(gradient[index]))}",
            f"Δ{letter} = {full(float(record.delta_theta[index]))}",
            f"{letter} after the step = {full(float(record.theta_after[index]))}",
        ]
        return "\n".join(lines)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's entry."""
        with QPainter(self) as painter:
            if (stage := self.stage) is None:
                paint_empty(painter, self.theme, QRectF(self.rect()), EMPTY)
            else:
                paint(painter, stage, self.front, self.caption)

    def event(self, event: QEvent) -> bool:
        """Qt's entry for all; here for every digit of what is under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.stage is not None:
            QToolTip.showText(event.globalPos(), self.words(self.stage.item_at(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Selects; the card of the loss selects the whole."""
        if event.button() == Qt.MouseButton.LeftButton and self.stage is not None:
            item = self.stage.item_at(event.position())
            if item is not None:
                self._choose(None if isinstance(item, str) else item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right change the phase, up and down the unit, with Shift all four walk; Escape goes to the loss."""
        stage, key = self.stage, event.key()
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if stage is None or (key not in WAYS and key != Qt.Key.Key_Escape):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self._choose(None)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not shifted:
            self.moved.emit(1 if key == Qt.Key.Key_Right else -1)
        else:
            before = self._place
            self._place = walk(stage.geometry, before, WAYS[key]) if before else start(stage.geometry)
            self._choose(self._place.item)

    def _choose(self, item: Item | None) -> None:
        if self._place is None or self._place.item != item:
            self._place = Place(item) if item is not None else None
        self.chosen.emit(item)


def thing_of(item: Item | None) -> Parameter | tuple[int, int] | None:
    """What `explain` calls it."""
    return (item.layer, item.unit) if isinstance(item, Unit) else item
