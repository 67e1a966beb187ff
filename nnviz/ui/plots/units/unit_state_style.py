"""How the states of units look and are called, everywhere the same: the worse, the further from the plot's ground."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.engine.unit_states import UnitState
from nnviz.ui.plots.charts.legend import Entry, Legend
from nnviz.ui.theme import Theme

NAMES: Mapping[UnitState, str] = {
    UnitState.ALIVE: "alive",
    UnitState.INACTIVE: "inactive on the batch",
    UnitState.DEAD: "dead",
    UnitState.SATURATED_LOW: "saturated low",
    UnitState.SATURATED_HIGH: "saturated high",
    UnitState.NOT_FINITE: "not finite",
}
# Token, and how much of it is laid over the ground: alive, inactive and dead also differ in lightness alone.
_INKS: Mapping[UnitState, tuple[str, float]] = {
    UnitState.ALIVE: ("good", 0.22),
    UnitState.INACTIVE: ("dead", 0.5),
    UnitState.DEAD: ("dead", 1.0),
    UnitState.SATURATED_LOW: ("negative", 0.9),
    UnitState.SATURATED_HIGH: ("positive", 0.9),
    UnitState.NOT_FINITE: ("bad", 1.0),
}
CROSSED = "block crossed"
"""A mark of `StateLegend`."""


def state_color(theme: Theme, state: UnitState) -> QColor:
    """The opaque colour of a state."""
    token, share = _INKS[state]
    ink, ground = QColor(getattr(theme, token)), QColor(theme.surface)
    pairs = zip(ink.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(share * over + (1.0 - share) * below) for over, below in pairs))


def state_entries(theme: Theme, shares: Mapping[UnitState, str] | Iterable[UnitState]) -> list[Entry]:
    """The legend of these states, in their order; shares: what is written behind each."""
    words = shares if isinstance(shares, Mapping) else {}
    marks = {state: CROSSED if state is UnitState.DEAD else "block" for state in UnitState}
    return [Entry(NAMES[state], state_color(theme, state), marks[state], words.get(state, "")) for state in shares]


def draw_cross(painter: QPainter, center: QPointF, radius: float, pen: QPen) -> None:
    """The cross of the dead."""
    painter.setPen(pen)
    for slope in (-radius, radius):
        painter.drawLine(
            QPointF(center.x() - radius, center.y() - slope), QPointF(center.x() + radius, center.y() + slope)
        )


class StateLegend(Legend):
    """A legend that knows one mark more: a block with the cross of the dead."""

    def _draw_entry(self, painter: QPainter, entry: Entry, place: QRectF) -> None:
        super()._draw_entry(painter, entry, place)
        if entry.mark == CROSSED and entry.color is not None:
            block = QRectF(place.left(), place.center().y() - 5.0, 10.0, 10.0)
            painter.fillRect(block, entry.color)
            draw_cross(painter, block.center(), 2.6, QPen(self.theme.color("text"), 1.3))
