"""The two lines beneath the network that say what its colours and widths mean, and what is left out."""

import numpy
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter

from nnviz.ui.plots.charts.wording import count, short
from nnviz.ui.plots.network.network_painter import line_color
from nnviz.ui.plots.network.network_scene import SMALL, Scene
from nnviz.ui.plots.network.network_strokes import DECADES, FAINTEST, THINNEST, WIDEST
from nnviz.ui.plots.network.unit_mosaic import unit_interval

SEPARATOR = "  ·  "


def line_legend(scene: Scene) -> str:
    """What the lines and the dots are, the most important first."""
    strokes, frame = scene.strokes, scene.frame
    drawn, between = int(numpy.count_nonzero(strokes.drawn)), len(frame.lines.index)
    largest, dots = short(strokes.largest), short(scene.largest_bias)
    what = f"strongest {count(drawn)} of {count(between)} " if drawn < between else ""
    if any(column.hidden for column in frame.geometry.columns):
        largest += " (units shown)"
    if scene.quantity == "weights":
        return f"lines: {what}weights, up to {largest}  ·  dots: biases, up to {dots}"
    if scene.snapshot.step == 0:
        return "no step taken yet, so there is no gradient"
    if strokes.largest == 0.0:
        return "lines: ∂J/∂w, all 0  ·  dots: ∂J/∂b"
    return f"lines: {what}∂J/∂w, up to {largest}, 1/{DECADES} thinner a decade  ·  dots: ∂J/∂b, up to {dots}"


def unit_legend(scene: Scene) -> str:
    """What the squares are."""
    problem, shown = scene.frame.problem, scene.map
    if shown is None:
        return "squares: each unit's bias"
    names = problem.data.feature_names
    words = f"squares: output over {names[shown.axes[0]]} × {names[shown.axes[1]]}"
    if problem.dimensions > 2:
        words += " (others: mean)"
    bounded = dict.fromkeys(a.label for a in problem.network.activations if unit_interval(a))
    if all(a.label in bounded for a in problem.network.activations):
        return f"{words}{SEPARATOR}0 to 1"
    words += f"{SEPARATOR}± each layer's largest"
    return words + (f", {' and '.join(bounded)} 0 to 1" if bounded else "")


def fitting(words: str, metrics: QFontMetricsF, room: float) -> str:
    """As much of a line as fits: whole parts of it, the first without its number where there is no room for that."""
    parts = words.split(SEPARATOR)
    shorter = [SEPARATOR.join(parts[:count]) for count in range(len(parts), 0, -1)]
    shorter += [parts[0].partition(", up to")[0], parts[0].partition(":")[0]]
    return next((line for line in shorter if metrics.horizontalAdvance(line) <= room), "")


def paint_legend(painter: QPainter, scene: Scene, left: float) -> None:
    """Both lines, from ``left`` on, at the foot of the view."""
    frame, theme = scene.frame, scene.frame.theme
    text, font = frame.text, frame.theme.font(SMALL)
    metrics = QFontMetricsF(font)
    high = metrics.lineSpacing()
    y, sample = frame.height - frame.footer + 0.3 * text, 2.4 * text
    painter.setFont(font)
    warning = f"{count(scene.not_finite)} not finite  ·  " if scene.not_finite else ""
    for row, words in enumerate((line_legend(scene), unit_legend(scene))):
        top = y + row * high * 1.1
        strip = QRectF(left + 1.2 * text, top + 0.25 * high, sample, 0.5 * high)
        if row == 0:
            _line_samples(painter, scene, strip)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_ramp(scene, strip))
            painter.drawRoundedRect(strip, 0.15 * text, 0.15 * text)
        sign_width = metrics.horizontalAdvance("−") + 0.3 * text
        painter.setPen(theme.color("muted"))
        for x, sign in ((strip.left() - sign_width, "−"), (strip.right() + 0.3 * text, "+")):
            painter.drawText(QRectF(x, top, sign_width, high), Qt.AlignmentFlag.AlignVCenter, sign)
        x = strip.right() + sign_width + 0.8 * text
        if row == 0 and warning:
            painter.setPen(theme.color("bad"))
            painter.drawText(QRectF(x, top, frame.width, high), Qt.AlignmentFlag.AlignVCenter, warning)
            x += metrics.horizontalAdvance(warning)
            painter.setPen(theme.color("muted"))
        room = frame.width - x - 0.5 * text
        painter.drawText(QRectF(x, top, room + 1, high), Qt.AlignmentFlag.AlignVCenter, fitting(words, metrics, room))


def _line_samples(painter: QPainter, scene: Scene, strip: QRectF) -> None:
    """A bow tie, from strong negative over faint to strong positive."""
    theme, half = scene.frame.theme, WIDEST[scene.quantity] * scene.frame.text / 2
    middle = strip.center()
    painter.setPen(Qt.PenStyle.NoPen)
    for end, sign in ((strip.left(), "negative"), (strip.right(), "positive")):
        colors = QLinearGradient(middle, QPointF(end, middle.y()))
        colors.setColorAt(0.0, line_color(theme, sign, FAINTEST))
        colors.setColorAt(1.0, line_color(theme, sign, 1.0))
        painter.setBrush(colors)
        thin = THINNEST * scene.frame.text
        painter.drawPolygon(
            [
                QPointF(middle.x(), middle.y() - thin), QPointF(end, middle.y() - half),
                QPointF(end, middle.y() + half), QPointF(middle.x(), middle.y() + thin),
            ]
        )  # fmt: skip


def _ramp(scene: Scene, strip: QRectF) -> QLinearGradient:
    ramp = QLinearGradient(strip.topLeft(), strip.topRight())
    for at, token in ((0.0, "negative"), (0.5, "neutral"), (1.0, "positive")):
        ramp.setColorAt(at, QColor(scene.frame.theme.color(token)))
    return ramp
