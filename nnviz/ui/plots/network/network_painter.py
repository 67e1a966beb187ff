"""Paints a scene: lines under units under names, then what is pointed at.

Two facts of Qt's raster engine shape this code: an opaque wide line is ten times faster than a translucent one, so
faint colours are mixed with the background beforehand; and straight lines drawn together are several times faster than
curves, so crowded networks, where curves would only confuse, have straight ones.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from nnviz.ui.plots.charts.ink import is_vector
from nnviz.ui.plots.charts.wording import short
from nnviz.ui.plots.network.network_geometry import Column
from nnviz.ui.plots.network.network_item import Item, Unit, output_names, units_of
from nnviz.ui.plots.network.network_scene import SMALL, Frame, Scene
from nnviz.ui.plots.network.network_strokes import SIGNS, width
from nnviz.ui.plots.network.unit_mosaic import ROUNDNESS
from nnviz.ui.theme import Theme

MAX_CURVES = 250
"""Beyond so many lines they are straight, and where columns are nearer than CURVE_GAP heights of the text."""
CURVE_GAP = 3.0
WASH = 0.7
"""How far lines step back while others are highlighted."""
DOT, RING = 0.13, 0.30
"""Radius of the marker of the smallest and of the largest bias, in heights of the text."""


def paint(painter: QPainter, scene: Scene, highlighted: Iterable[Item]) -> None:
    """The whole network. highlighted: what is selected or under the mouse."""
    items = tuple(highlighted)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    frame = scene.frame
    painter.fillRect(QRectF(0, 0, frame.width, frame.height), frame.theme.color("surface"))
    _lines(painter, scene, items)
    _tiles(painter, scene, {unit for item in items for unit in units_of(item)})
    _biases(painter, scene, items)
    for column in frame.geometry.columns:
        _hidden(painter, frame, column)
    _names(painter, frame)
    _headings(painter, frame)


def paint_empty(painter: QPainter, theme: Theme, room: QRectF) -> None:
    """What to do for a network to appear."""
    painter.fillRect(room, theme.color("surface"))
    painter.setFont(theme.font())
    painter.setPen(theme.color("muted"))
    flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
    painter.drawText(room, flags, "The network is drawn here once there is one: choose data, then press Play.")


def line_color(theme: Theme, sign: str, opacity: float) -> QColor:
    """A line's colour over the background, opaque."""
    token = {"zero": "muted", "not finite": "dead"}.get(sign, sign)
    over, under = theme.color(token), theme.color("surface")
    red, green, blue = (
        round(a * opacity + b * (1.0 - opacity))
        for a, b in ((over.red(), under.red()), (over.green(), under.green()), (over.blue(), under.blue()))
    )
    return QColor(red, green, blue)


def _pen(scene: Scene, sign: str, level: int, opacity: float, extra: float = 0.0) -> QPen:
    frame = scene.frame
    pen = QPen(
        line_color(frame.theme, sign, opacity), width(level, scene.quantity, frame.text, frame.geometry.tile) + extra
    )
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if sign == "not finite":
        pen.setDashPattern([3.0, 3.0])
    return pen


def _lines(painter: QPainter, scene: Scene, items: tuple[Item, ...]) -> None:
    ends, strokes = scene.frame.lines.ends, scene.strokes
    wide = scene.frame.geometry.gap >= CURVE_GAP * scene.frame.text
    curved = wide and int(numpy.count_nonzero(strokes.drawn)) <= MAX_CURVES
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in strokes.strokes:
        opacity = stroke.opacity * (1.0 - WASH if items else 1.0)
        painter.setPen(_pen(scene, stroke.sign, stroke.level, opacity))
        _draw(painter, ends[stroke.members].tolist(), curved=curved)
    for row in _touched(scene, items):
        sign, level = SIGNS[int(strokes.signs[row])], int(strokes.levels[row])
        painter.setPen(_pen(scene, sign, level, 1.0, extra=0.12 * scene.frame.text))
        _draw(painter, [ends[row].tolist()], curved=curved)


def _draw(painter: QPainter, ends: list[list[float]], *, curved: bool) -> None:
    if not curved:
        painter.drawLines([QLineF(*end) for end in ends])
        return
    for x0, y0, x1, y1 in ends:  # one by one: as a single path they take twice as long
        path, middle = QPainterPath(QPointF(x0, y0)), (x0 + x1) / 2
        path.cubicTo(middle, y0, middle, y1, x1, y1)
        painter.drawPath(path)


def _touched(scene: Scene, items: tuple[Item, ...]) -> list[int]:
    """Numbers of the lines that the items are or are connected by, the strongest last."""
    lines = scene.frame.lines
    marked = numpy.zeros(len(lines.index), dtype=bool)
    for item in items:
        if isinstance(item, Unit):
            marked |= (lines.layer == item.layer) & (lines.j == item.unit)
            marked |= (lines.layer == item.layer + 1) & (lines.i == item.unit)
        elif item.kind == "bias":
            marked |= (lines.layer == item.layer) & (lines.j == item.j)
        else:
            marked |= (lines.layer == item.layer) & (lines.i == item.i) & (lines.j == item.j)
    rows = numpy.flatnonzero(marked)
    order: list[int] = rows[numpy.argsort(scene.strokes.levels[rows], kind="stable")].tolist()
    return order


def _tiles(painter: QPainter, scene: Scene, highlighted: set[Unit]) -> None:
    frame, geometry, theme = scene.frame, scene.frame.geometry, scene.frame.theme
    side, radius = geometry.tile, ROUNDNESS * geometry.tile
    thin, thick = QPen(theme.color("muted"), 0.08 * frame.text), QPen(theme.color("accent"), 0.2 * frame.text)
    for unit, (x, y) in geometry.centres.items():
        square = QRectF(x - side / 2, y - side / 2, side, side)
        source = scene.mosaic.squares.get(unit) if scene.mosaic else None
        painter.setPen(Qt.PenStyle.NoPen)
        if scene.mosaic and source is not None:
            if is_vector(painter):  # SVG would put the whole mosaic into every square
                painter.drawImage(square, scene.mosaic.image.copy(source.toRect()))
            else:
                painter.drawImage(square, scene.mosaic.image, source)
        else:
            painter.setBrush(_bias_color(scene, unit))
            painter.drawRoundedRect(square, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = thick if unit in highlighted else thin
        bias = scene.biases.get(unit, 0.0)
        if not numpy.isfinite(bias):
            pen = QPen(theme.color("dead"), thick.widthF(), Qt.PenStyle.DashLine)
        elif unit in scene.twins:
            # Equal units in one colour: they count as one.
            pen = QPen(theme.class_color(scene.twins[unit]), 1.6 * thick.widthF())
        painter.setPen(pen)
        painter.drawRoundedRect(square, radius, radius)
        if unit in scene.dead:
            painter.setPen(QPen(theme.color("dead"), 0.15 * frame.text))
            inner = square.adjusted(side * 0.2, side * 0.2, -side * 0.2, -side * 0.2)
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(inner.bottomLeft(), inner.topRight())


def _bias_color(scene: Scene, unit: Unit) -> QColor:
    """Of a unit without a picture: its bias on the diverging scale; inputs have none and stay neutral."""
    theme, bias = scene.frame.theme, scene.biases.get(unit)
    if bias is not None and not numpy.isfinite(bias):
        return theme.color("dead")
    largest = max((abs(b) for b in scene.biases.values() if numpy.isfinite(b)), default=0.0)
    part = 0.0 if bias is None or largest == 0.0 else bias / largest
    red, green, blue = theme.diverging()[round(127.5 + 127.5 * part)].tolist()
    return QColor(red, green, blue)


def _biases(painter: QPainter, scene: Scene, items: tuple[Item, ...]) -> None:
    """A dot at each tile's lower left corner, its number beside it where nothing else is there."""
    frame, geometry, theme = scene.frame, scene.frame.geometry, scene.frame.theme
    text, side = frame.text, geometry.tile
    font = theme.font(SMALL)
    metrics = QFontMetricsF(font)
    marked = {Unit(item.layer, item.j) for item in items if not isinstance(item, Unit) and item.kind == "bias"}
    painter.setFont(font)
    largest_radius = min(RING * text, 0.22 * side)
    numbered = {column.layer for column in geometry.columns if _has_room(frame, column, metrics)}
    for unit, value in scene.bias_quantity.items():
        x, y = geometry.centres[unit]
        at = QPointF(x - side / 2, y + side / 2)
        sign = "not finite" if not numpy.isfinite(value) else ("negative" if value < 0 else "positive")
        part = abs(value) / scene.largest_bias if scene.largest_bias and numpy.isfinite(value) else 0.0
        radius = largest_radius * (DOT + (RING - DOT) * part**0.5) / RING
        marker = theme.color("surface") if value == 0.0 else line_color(theme, sign, 1.0)
        ring = "accent" if unit in marked else ("muted" if value == 0.0 else "surface")
        painter.setPen(QPen(theme.color(ring), (0.16 if unit in marked else 0.09) * text))
        painter.setBrush(marker)
        painter.drawEllipse(at, radius, radius)
        if unit.layer in numbered:
            words = short(value) if numpy.isfinite(value) else "not finite"
            place = QRectF(
                at.x() + 0.45 * text, at.y() + 0.18 * text, metrics.horizontalAdvance(words), metrics.height()
            )
            painter.fillRect(place, theme.color("surface"))
            painter.setPen(theme.color("text" if unit in marked else "muted"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)


def _has_room(frame: Frame, column: Column, metrics: QFontMetricsF) -> bool:
    """Whether the numbers of a column's biases fit beneath its tiles."""
    geometry = frame.geometry
    below = min((b - a for a, b in zip(column.y, column.y[1:], strict=False)), default=geometry.area.height)
    beside = geometry.tile + 0.75 * geometry.gap
    needed = metrics.horizontalAdvance("−0.00000") + 0.45 * frame.text
    return below - geometry.tile >= metrics.height() + 0.25 * frame.text and beside >= needed


def _hidden(painter: QPainter, frame: Frame, column: Column) -> None:
    """Says how many units a column leaves out."""
    if column.gap_y is None:
        return
    font = frame.theme.font(SMALL)
    metrics = QFontMetricsF(font)
    room = frame.geometry.pitch - 0.9 * frame.text
    choices = [f"… {column.hidden} more", f"… {column.hidden}", f"+{column.hidden}"]
    if above := column.above:
        below = column.hidden - above
        choices = [f"… ↑ {above}  ↓ {below}", f"↑{above}↓{below}", f"+{column.hidden}"]
    words = next((words for words in choices if metrics.horizontalAdvance(words) <= room), "…")
    size = metrics.horizontalAdvance(words) + 0.4 * frame.text
    box = QRectF(column.x - size / 2, column.gap_y - metrics.height() / 2, size, metrics.height())
    painter.fillRect(box, frame.theme.color("surface"))
    painter.setFont(font)
    painter.setPen(frame.theme.color("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _names(painter: QPainter, frame: Frame) -> None:
    """Of inputs at their left and of outputs at their right."""
    geometry, problem, font = frame.geometry, frame.problem, frame.theme.font()
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(frame.theme.color("text"))
    space = geometry.tile / 2 + 0.5 * frame.text
    first, last = geometry.columns[0], geometry.columns[-1]
    for column, names, side in ((first, problem.input_names, -1), (last, output_names(problem), 1)):
        room = (column.x - space if side < 0 else frame.width - column.x - space) - 0.3 * frame.text
        for unit, y in zip(column.shown, column.y, strict=True):
            words = metrics.elidedText(names[unit], Qt.TextElideMode.ElideRight, room)
            x = column.x - space - room if side < 0 else column.x + space
            box = QRectF(x, y - metrics.height() / 2, room, metrics.height())
            where = Qt.AlignmentFlag.AlignRight if side < 0 else Qt.AlignmentFlag.AlignLeft
            painter.drawText(box, where | Qt.AlignmentFlag.AlignVCenter, words)


def _headings(painter: QPainter, frame: Frame) -> None:
    geometry, theme, font = frame.geometry, frame.theme, frame.theme.font(SMALL)
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(theme.color("muted"))
    top, high = 0.6 * frame.text, metrics.lineSpacing()
    for run, words in _count_runs(frame.counts, metrics, geometry.pitch - 0.5 * frame.text):
        _heading(painter, frame, run, top, words)
    for first, last, words in frame.kinds:
        size = _heading(painter, frame, (first, last), top + high, words) / 2 + 0.4 * frame.text
        x0, x1, y = geometry.columns[first].x, geometry.columns[last].x, top + 1.55 * high
        middle = (x0 + x1) / 2
        if middle - size > x0:
            painter.drawLines([QLineF(x0, y, middle - size, y), QLineF(middle + size, y, x1, y)])


def _count_runs(counts: Sequence[str], metrics: QFontMetricsF, room: float) -> list[tuple[tuple[int, int], str]]:
    """(first and last column, words) of the numbers of units; of a network too deep for that, once for equal layers."""
    single = [((column, column), words) for column, words in enumerate(counts)]
    if all(metrics.horizontalAdvance(words) <= room for words in counts[1:-1]):
        return single
    runs: list[tuple[tuple[int, int], str]] = []
    for words, same in groupby(single, key=lambda each: each[1]):
        columns = [run[0] for run, _ in same]
        among = len(columns)
        told = f"{among} × {words}" if among > 1 else words
        # Nothing is said rather than dots.
        if columns[0] in (0, len(counts) - 1) or metrics.horizontalAdvance(told) <= among * room:
            runs.append(((columns[0], columns[-1]), told))
    return runs


def _heading(painter: QPainter, frame: Frame, run: tuple[int, int], y: float, words: str) -> float:
    """Words over a run of columns; over the first and the last they may use the space at the side. Their width."""
    first, last = (frame.geometry.columns[layer] for layer in run)
    half, edge = frame.geometry.pitch / 2 - 0.15 * frame.text, 0.4 * frame.text
    low = edge if first.layer == 0 else first.x - half
    high = frame.width - edge if last.layer == len(frame.geometry.columns) - 1 else last.x + half
    metrics = QFontMetricsF(painter.font())
    words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, high - low)
    size = metrics.horizontalAdvance(words)
    left = max(low, min((first.x + last.x - size) / 2, high - size))
    painter.drawText(QRectF(left, y, size + 1, 2 * frame.text), Qt.AlignmentFlag.AlignLeft, words)
    return size
