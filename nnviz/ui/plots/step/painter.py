"""Paints a stage: lines and their numbers, cards over them, the loss at the end, the sentence above."""

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from nnviz.engine.layout import Parameter
from nnviz.ui.plots.charts.wording import count, short
from nnviz.ui.plots.network.network_item import Unit, unit_name
from nnviz.ui.plots.step.form import SMALL
from nnviz.ui.plots.step.stage import Label, Stage
from nnviz.ui.theme import Theme

SENTENCES = {
    "forward": "each unit adds up w·a and b to z; its activation makes a of z",
    "loss": "the loss compares the outputs ŷ with the targets y",
    "backward": "δ goes back along the weights; ∂ℓ/∂w = δ·a",
    "update": "every weight moves a little against its gradient",
}
BATCH_SENTENCES = {
    **SENTENCES,
    "loss": "J is the mean of all examples' losses, and the penalties",
    "backward": "∂J/∂w adds up δ·a over the examples of the batch",
}
TINT = 0.42
"""Opacity of the colour of a card with the largest number."""
FAINT, STRONG = 0.35, 1.0
PLATE = 0.96
"""Opacity of what is below a number on a line: not the ground itself, which may be clear in a picture."""
_END = Qt.TextElideMode.ElideRight
WASH = 0.22
"""Opacity of what a walk has not reached yet, and of lines beside the selection."""


def paint(painter: QPainter, stage: Stage, front: int | None, caption: str) -> None:
    """The whole stage. front: the layer that a walk is at; None: all layers alike."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0.0, 0.0, stage.width, stage.height), stage.theme.color("surface"))
    _lines(painter, stage, front)
    for unit, card in stage.cards.items():
        _unit(painter, stage, unit, card, reached=_reached(stage, unit.layer, front), front=unit.layer == front)
    _loss(painter, stage, front)
    for label in stage.labels:
        if _line_reached(stage, label.edge.parameter, front):
            _label(painter, stage, label)
    _hidden(painter, stage)
    _caption(painter, stage, caption)


def paint_empty(painter: QPainter, theme: Theme, room: QRectF, sentence: str) -> None:
    """What to do for a step to appear."""
    painter.fillRect(room, theme.color("surface"))
    painter.setFont(theme.font())
    painter.setPen(theme.color("muted"))
    inner = room.adjusted(24.0, 0.0, -24.0, 0.0)
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), sentence)


def _reached(stage: Stage, layer: int, front: int | None) -> bool:
    """Whether a walk has been at a layer: from the input forwards, from the output backwards."""
    if front is None or stage.look.phase in ("loss", "update"):
        return True
    return layer >= front if stage.look.phase == "backward" else layer <= front


def _line_reached(stage: Stage, parameter: Parameter, front: int | None) -> bool:
    return front is None or stage.look.phase in ("loss", "update") or _reached(stage, parameter.layer, front)


def _mixed(theme: Theme, token: str, opacity: float) -> QColor:
    """A colour over the background, opaque."""
    over, under = theme.color(token), theme.color("surface")
    pairs = zip((over.red(), over.green(), over.blue()), (under.red(), under.green(), under.blue()), strict=True)
    return QColor(*(round(a * opacity + b * (1.0 - opacity)) for a, b in pairs))


def _sign(value: float) -> str:
    if not math.isfinite(value):
        return "dead"
    return "negative" if value < 0.0 else "positive" if value > 0.0 else "muted"


def _lines(painter: QPainter, stage: Stage, front: int | None) -> None:
    theme, text = stage.theme, stage.text
    many = len(stage.edges) > 12 and stage.selection is not None
    plain = stage.look.phase == "loss"
    for edge in sorted(stage.edges, key=lambda edge: stage.touches(edge.parameter)):
        touched = stage.touches(edge.parameter)
        share = abs(edge.value) / stage.largest if stage.largest and math.isfinite(edge.value) else 0.0
        opacity = STRONG if touched or not many else FAINT
        if not _line_reached(stage, edge.parameter, front):
            opacity = WASH
        if plain:
            opacity = WASH
        width = (0.07 + 0.22 * math.sqrt(share)) * text
        if touched and edge.parameter == stage.selection:
            width += 0.1 * text
        painter.setPen(QPen(_mixed(theme, _sign(edge.value), opacity), width))
        painter.drawLine(edge.line)
    if stage.layers[1] == stage.look.depth and not stage.loss.isNull():
        strong = stage.look.phase in ("loss", "backward") and front in (None, stage.look.depth)
        painter.setPen(QPen(_mixed(theme, "muted", 0.9 if strong else FAINT), 0.1 * text, Qt.PenStyle.DotLine))
        for unit, card in stage.cards.items():
            if unit.layer == stage.look.depth:
                painter.drawLine(QLineF(card.right(), card.center().y(), stage.loss.left(), stage.loss.center().y()))


def _unit(painter: QPainter, stage: Stage, unit: Unit, card: QRectF, *, reached: bool, front: bool) -> None:
    theme, text = stage.theme, stage.text
    rows = stage.look.unit_rows(unit.layer)
    values = rows[stage.look.main_row if len(rows) > 1 else 0][1]
    value, largest = float(values[unit.unit]), max((abs(v) for v in values.tolist() if math.isfinite(v)), default=0.0)
    share = abs(value) / largest if largest and math.isfinite(value) else 0.0
    painter.setBrush(theme.color("raised"))
    selected = stage.selection == unit or (
        isinstance(stage.selection, Parameter)
        and stage.selection.kind == "bias"
        and (stage.selection.layer, stage.selection.j) == (unit.layer, unit.unit)
    )
    token, width = ("accent", 0.17) if selected else ("text", 0.14) if front else ("line", 0.08)
    painter.setPen(QPen(theme.color(token), width * text))
    painter.drawRoundedRect(card, 0.4 * text, 0.4 * text)
    if not reached:
        share = 0.0
    painter.setBrush(theme.color(_sign(value), TINT * share))
    painter.drawRoundedRect(card, 0.4 * text, 0.4 * text)
    inner = card.adjusted(0.45 * text, 0.3 * text, -0.45 * text, -0.3 * text)
    small, bold = theme.font(SMALL), theme.font(SMALL, bold=True)
    metrics = QFontMetricsF(small)
    line, y = metrics.lineSpacing(), inner.top()
    if stage.full:
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        name = metrics.elidedText(_title(stage, unit), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(QRectF(inner.left(), y, inner.width(), line), Qt.AlignmentFlag.AlignLeft, name)
        y += line
    else:
        y = card.center().y() - line / 2
    if not reached:
        return
    texts = stage.unit_texts(unit)
    for place, (symbol, number, main) in enumerate(texts):
        row = QRectF(inner.left(), y + place * line, inner.width(), line)
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        room = row.width() - metrics.horizontalAdvance(number) - 0.3 * text
        called = symbol if stage.full else metrics.elidedText(_short_title(stage, unit), _END, room)
        if room > text / 2:
            painter.drawText(row, Qt.AlignmentFlag.AlignLeft, called)
        painter.setFont(bold if main and stage.full else small)
        painter.setPen(theme.color("text"))
        painter.drawText(row, Qt.AlignmentFlag.AlignRight, number)


def _title(stage: Stage, unit: Unit) -> str:
    problem, depth = stage.look.record.problem, stage.look.depth
    name = unit_name(problem, unit)
    if unit.layer in (0, depth):
        return name
    return f"{name} · {problem.network.activations[unit.layer - 1].label}"


def _short_title(stage: Stage, unit: Unit) -> str:
    hidden = 0 < unit.layer < stage.look.depth
    return str(unit.unit + 1) if hidden else unit_name(stage.look.record.problem, unit)


def _loss(painter: QPainter, stage: Stage, front: int | None) -> None:
    theme, text, card = stage.theme, stage.text, stage.loss
    if card.isNull():
        return
    there = front is None or stage.look.phase != "forward"
    active = stage.look.phase == "loss"
    painter.setBrush(theme.color("raised"))
    painter.setPen(QPen(theme.color("accent" if active else "line"), (0.17 if active else 0.08) * text))
    painter.drawRoundedRect(card, card.height() / 4, card.height() / 4)
    small, bold = theme.font(SMALL), theme.font(SMALL, bold=True)
    line = QFontMetricsF(small).lineSpacing()
    inner = card.adjusted(0.6 * text, 0.3 * text, -0.6 * text, -0.3 * text)
    painter.setFont(small)
    painter.setPen(theme.color("muted"))
    title = "loss" if stage.look.one is not None else "cost of the batch"
    title = QFontMetricsF(small).elidedText(title, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(QRectF(inner.left(), inner.top(), inner.width(), line), Qt.AlignmentFlag.AlignLeft, title)
    if not there:
        return
    for place, (symbol, value) in enumerate(stage.look.losses, start=1):
        row = QRectF(inner.left(), inner.top() + place * line, inner.width(), line)
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft, symbol)
        room = inner.width() - QFontMetricsF(small).horizontalAdvance(f"{symbol} ")
        painter.setFont(bold if QFontMetricsF(bold).horizontalAdvance(short(value)) <= room else small)
        painter.setPen(theme.color("text"))
        painter.drawText(row, Qt.AlignmentFlag.AlignRight, short(value))


def _label(painter: QPainter, stage: Stage, label: Label) -> None:
    theme, text = stage.theme, stage.text
    selected = label.edge.parameter == stage.selection
    painter.setBrush(theme.color("surface", PLATE))
    painter.setPen(QPen(theme.color("accent"), 0.12 * text) if selected else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(label.box, 0.3 * text, 0.3 * text)
    touched = stage.selection is None or stage.touches(label.edge.parameter)
    painter.setFont(theme.font(SMALL, bold=selected))
    painter.setPen(theme.color("text" if touched else "muted"))
    if not label.below:
        painter.drawText(label.box, Qt.AlignmentFlag.AlignCenter, label.text)
        return
    upper = QRectF(label.box.topLeft(), QPointF(label.box.right(), label.box.center().y()))
    painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, label.text)
    painter.setFont(theme.font(0.9 * SMALL))
    painter.setPen(theme.color("muted"))
    lower = QRectF(QPointF(label.box.left(), label.box.center().y()), label.box.bottomRight())
    painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, label.below)


def _hidden(painter: QPainter, stage: Stage) -> None:
    """Says how many units, and how many layers, are left out."""
    theme, text = stage.theme, stage.text
    painter.setFont(theme.font(SMALL))
    painter.setPen(theme.color("muted"))
    high = QFontMetricsF(painter.font()).height()
    first, last = stage.layers
    for column in stage.geometry.columns[first : last + 1]:
        if column.gap_y is not None:
            box = QRectF(column.x - 6 * text, column.gap_y - high / 2, 12 * text, high)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"… {count(column.hidden)} more")
    y = stage.height - 0.3 * text - high
    words = _legend(stage)
    if last - first < stage.look.depth:
        words = f"layers {first} to {last} of 0 to {stage.look.depth} · {words}"
    room = QRectF(0.6 * text, y, stage.width - 1.2 * text, high)
    painter.drawText(room, Qt.AlignmentFlag.AlignRight, words)


def _legend(stage: Stage) -> str:
    """What the numbers are."""
    look = stage.look
    names = [rows[look.main_row if len(rows) > 1 else 0][0] for rows in map(look.unit_rows, range(1, look.depth + 1))]
    units = ", ".join(dict.fromkeys(names))
    return f"units: {units}" if look.phase == "loss" else f"units: {units} · lines: {look.weight_symbol}"


def _caption(painter: QPainter, stage: Stage, caption: str) -> None:
    theme, text, phase = stage.theme, stage.text, stage.look.phase
    font, small = theme.font(bold=True), theme.font(SMALL)
    metrics = QFontMetricsF(font)
    room = QRectF(0.6 * text, 0.35 * text, stage.width - 1.2 * text, metrics.lineSpacing())
    painter.setFont(font)
    painter.setPen(theme.color("text"))
    head = metrics.elidedText(caption, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft, head)
    left = room.left() + metrics.horizontalAdvance(head) + text
    sentence = (SENTENCES if stage.look.one is not None else BATCH_SENTENCES)[phase]
    fits = QFontMetricsF(small).horizontalAdvance(sentence) <= room.right() - left
    if fits:
        painter.setFont(small)
        painter.setPen(theme.color("muted"))
        rest = QRectF(QPointF(left, room.top()), room.bottomRight())
        painter.drawText(rest, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, sentence)
