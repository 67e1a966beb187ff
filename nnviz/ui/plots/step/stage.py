"""Where everything of a step stands: a card for each unit shown, lines between them, a card for the loss at the end.

Layers are columns. A layer with more units than fit shows those that matter to the selected one and tells how many it
leaves out; a network with more layers than fit shows those around the selected one.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF

from nnviz.engine.layout import Parameter
from nnviz.experiment.step.nodes import subscript
from nnviz.experiment.step.values import Look
from nnviz.ui.plots.charts.wording import short
from nnviz.ui.plots.network.network_geometry import Area, Column, Geometry
from nnviz.ui.plots.network.network_item import Item, Unit
from nnviz.ui.plots.step.form import SMALL, choose_form
from nnviz.ui.theme import Theme

CAPTION = 2.1
"""Height of the line of text above, in sizes of the text."""
MOST_GAP = 4.2
"""Largest distance between cards of a column, in sizes of the text."""
FAR = -1e6
"""The x of a column that is not shown."""
ALL_LABELLED = 40
"""Up to so many lines all carry their number; beyond it those of the selection do."""
TWO_LINES = 14
"""Up to so many lines the numbers of an update have before → after below them."""
ALONG = (0.5, 0.36, 0.64, 0.26, 0.74, 0.43, 0.57, 0.31, 0.69, 0.21, 0.79, 0.47, 0.53, 0.4, 0.6, 0.17, 0.83)
"""Where along its line a number may stand, the best first."""
NEAR_SOURCE = (0.2, 0.27, 0.14, 0.34, 0.42, *ALONG)
"""Beside the many units that one gets its inputs from, where the lines are still apart."""
APART = 3
"""From more than so many units on."""
ROUNDS = 4
"""Tries to find room for all numbers."""
CROWDED = 0.94
REACH = 0.5
"""How near the mouse has to be to a line, in sizes of the text."""


@dataclass(frozen=True)
class Edge:
    """A weight that is drawn; value: what its number says."""

    parameter: Parameter
    line: QLineF
    value: float


@dataclass(frozen=True)
class Label:
    """A number on a line: its room, its text, and a second line or nothing."""

    edge: Edge
    box: QRectF
    text: str
    below: str = ""


@dataclass(frozen=True, eq=False)
class Stage:
    """A step, laid out in width × height pixels. layers: first and last that are shown. cards: of the units shown.
    full: cards have a name and all their rows; else only the main number."""

    look: Look
    theme: Theme
    width: float
    height: float
    selection: Item | None
    geometry: Geometry
    layers: tuple[int, int]
    cards: dict[Unit, QRectF]
    loss: QRectF
    full: bool

    @property
    def text(self) -> float:
        """Size of the text in pixels."""
        return float(self.theme.text_pixels)

    @cached_property
    def edges(self) -> list[Edge]:
        """Of all pairs of units shown in neighbouring layers."""
        found = []
        first, last = self.layers
        for layer in range(max(1, first + 1), last + 1):
            values, before, after = self.look.weights(layer), *self.geometry.columns[layer - 1 : layer + 1]
            for i in before.shown:
                start = self.cards[Unit(layer - 1, i)]
                for j in after.shown:
                    end = self.cards[Unit(layer, j)]
                    line = QLineF(start.right(), start.center().y(), end.left(), end.center().y())
                    found.append(Edge(Parameter("weight", layer, i, j), line, float(values[i, j])))
        return found

    @cached_property
    def largest(self) -> float:
        """Of the numbers on lines, 0 without lines."""
        sizes = [abs(edge.value) for edge in self.edges if numpy.isfinite(edge.value)]
        return max(sizes, default=0.0)

    def touches(self, parameter: Parameter) -> bool:
        """Whether a weight is selected, or is one of the selected unit."""
        item = self.selection
        if isinstance(item, Unit):
            return (parameter.layer, parameter.j) == (item.layer, item.unit) or (
                parameter.layer - 1,
                parameter.i,
            ) == (item.layer, item.unit)
        if item is not None and item.kind == "bias":
            return (parameter.layer, parameter.j) == (item.layer, item.j)
        return parameter == item

    @cached_property
    def labels(self) -> list[Label]:
        """Numbers on lines, those of the selection first; one that would cover another is left out."""
        if self.look.phase == "loss":
            return []
        edges = sorted(self.edges, key=lambda edge: not self.touches(edge.parameter))
        if len(edges) > ALL_LABELLED:
            edges = [edge for edge in edges if self.touches(edge.parameter)]
        placed: list[Label] = []
        for _ in range(ROUNDS):
            placed, left = self._placed(edges)
            if not left:
                break
            # Those that found no room choose first in the next round.
            edges = [*left, *(edge for edge in edges if edge not in left)]
        return placed

    def _placed(self, edges: list[Edge]) -> tuple[list[Label], list[Edge]]:
        """Numbers on lines, and the lines that have no room for theirs."""
        metrics = QFontMetricsF(self.theme.font(SMALL))
        taken = [*self.cards.values(), self.loss]
        placed, left = [], []
        for edge in edges:
            text, below = short(edge.value + 0.0), ""
            if self.look.phase == "update" and (len(edges) <= TWO_LINES or edge.parameter == self.selection):
                below = self._before_after(edge.parameter)
            for second in dict.fromkeys((below, "")):
                size = max(metrics.horizontalAdvance(text), 0.9 * metrics.horizontalAdvance(second)) + 0.5 * self.text
                high = metrics.height() * (1.9 if second else 1.0) * CROWDED
                box = _free(edge.line, QSizeF(size, high), taken, self._along(edge.parameter))
                if box is not None:
                    taken.append(box)
                    placed.append(Label(edge, box, text, second))
                    break
            else:
                left.append(edge)
        return placed, left

    def _along(self, parameter: Parameter) -> tuple[float, ...]:
        """Where on its line the number of a weight is told best."""
        item = self.selection
        if isinstance(item, Unit) and self.touches(parameter):
            incoming = parameter.layer == item.layer
            other = self.geometry.columns[parameter.layer - 1 if incoming else parameter.layer]
            if len(other.shown) > APART:
                return NEAR_SOURCE if incoming else tuple(1.0 - t for t in NEAR_SOURCE)
        return ALONG

    def unit_texts(self, unit: Unit) -> list[tuple[str, str, bool]]:
        """(symbol, number, whether the phase is about it) for each row of a unit's card."""
        rows = self.look.unit_rows(unit.layer)
        main = min(self.look.main_row % len(rows), len(rows) - 1) if len(rows) > 1 else 0
        below = subscript(unit.unit + 1) if unit.layer == 0 else ""
        texts = [
            (name + below, short(float(values[unit.unit]) + 0.0), place == main)
            for place, (name, values) in enumerate(rows)
        ]
        return texts if self.full else texts[main : main + 1]

    def _before_after(self, parameter: Parameter) -> str:
        record = self.look.record
        index = record.network.layout.index(parameter.layer, parameter.i, parameter.j)
        return f"{short(float(record.theta[index]))} → {short(float(record.theta_after[index]))}"

    def item_at(self, at: QPointF) -> Item | str | None:
        """What is there: a unit, a weight, "loss", or nothing."""
        if self.loss.contains(at):
            return "loss"
        for unit, card in self.cards.items():
            if card.contains(at):
                return unit
        for label in self.labels:
            if label.box.contains(at):
                return label.edge.parameter
        near = [(_distance(edge.line, at), place) for place, edge in enumerate(self.edges)]
        away, place = min(near, default=(numpy.inf, 0))
        return self.edges[place].parameter if away <= REACH * self.text else None


def _free(line: QLineF, size: QSizeF, taken: list[QRectF], along: tuple[float, ...]) -> QRectF | None:
    """Room for a number on its line, where nothing else is; along: where to look."""
    for t in along:
        at = line.pointAt(t)
        box = QRectF(at.x() - size.width() / 2, at.y() - size.height() / 2, size.width(), size.height())
        if not any(box.intersects(other) for other in taken):
            return box
    return None


def lay_out(look: Look, theme: Theme, width: float, height: float, selection: Item | None) -> Stage:
    """Everything in its place. Pixels."""
    text = float(theme.text_pixels)
    line = QFontMetricsF(theme.font(SMALL)).lineSpacing()
    sizes = look.record.network.sizes
    foot = 1.25 * line
    area = Area(0.6 * text, CAPTION * text + 0.2 * text, width - 0.6 * text, height - 0.3 * text - foot)
    center = _unit_of(selection)
    form = choose_form(look, theme, area, center[0] if center else len(sizes) - 1)
    shown = look.neighbourhood(center, form.room)
    layers, high, middle = form.layers, form.high, (area.top + area.bottom) / 2
    across = area.width - form.card - (form.card + form.gap if form.loss else 0.0)
    pitch = across / max(1, layers[1] - layers[0])
    cards: dict[Unit, QRectF] = {}
    columns = []
    for layer, (units, size) in enumerate(zip(shown, sizes, strict=True)):
        seen = layers[0] <= layer <= layers[1]
        x = area.left + form.card / 2 + (layer - layers[0]) * pitch if seen else FAR
        step = min(high + MOST_GAP * text, (area.height - high) / max(1, len(units) - 1))
        y = tuple(middle + (slot - (len(units) - 1) / 2) * step for slot in range(len(units)))
        gap_y = y[-1] + high / 2 + 0.6 * line if size > len(units) else None
        columns.append(Column(layer, size, x, units, y, gap_y))
        if seen:
            cards |= {
                Unit(layer, unit): QRectF(x - form.card / 2, v - high / 2, form.card, high)
                for unit, v in zip(units, y, strict=True)
            }
    geometry = Geometry(area, tuple(columns), form.card, pitch)
    tall = (len(look.losses) + 1) * line + 0.7 * text
    loss = QRectF(area.right - form.card, middle - tall / 2, form.card, tall) if form.loss else QRectF()
    return Stage(look, theme, width, height, selection, geometry, layers, cards, loss, form.full)


def _unit_of(item: Item | None) -> tuple[int, int] | None:
    if isinstance(item, Unit):
        return item.layer, item.unit
    return None if item is None else (item.layer, item.j)


def _distance(line: QLineF, at: QPointF) -> float:
    along = QPointF(line.dx(), line.dy())
    length = max(QPointF.dotProduct(along, along), 1e-12)
    t = min(max(QPointF.dotProduct(at - line.p1(), along) / length, 0.0), 1.0)
    return QLineF(line.pointAt(t), at).length()
