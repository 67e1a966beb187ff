"""One step as a drawing: its vectors from the place of the runner, and what the optimizer carries, as areas."""

import math
from collections.abc import Mapping, Sequence

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from nnviz.experiment.descent.phases import StepPhases
from nnviz.ui.plots.descent.overlays import ARROWS, vectors_of
from nnviz.ui.plots.surface.glyphs import Tags, draw_arrow, draw_head
from nnviz.ui.theme import Theme

Floats = NDArray[numpy.float64]

FILLED = 0.55
"""The vectors take this share of the drawing; their names need the rest."""


def draw_vectors(painter: QPainter, frame: QRectF, phases: StepPhases, shown: int, color: QColor, theme: Theme) -> None:
    """All vectors on one scale, as long as they are in proportion, from the runner in the middle."""
    vectors = [(key, numpy.subtract(end, begin)) for key, begin, end in vectors_of(phases, shown)]
    flat = len(phases.position) == 1
    # The scale and the runner's place are those of the whole step, so that nothing moves from phase to phase.
    ends = [numpy.subtract(end, begin) for more in (1, 2, 3) for _, begin, end in vectors_of(phases, more)]
    ends = [numpy.zeros(len(phases.position)), *(part for part in ends if numpy.isfinite(part).all())]
    low, high = numpy.min(ends, axis=0), numpy.max(ends, axis=0)
    sizes = (frame.width(), frame.height())
    scales = [FILLED * size / extent for size, extent in zip(sizes, high - low, strict=False) if extent > 0.0]
    scale = min(scales, default=0.0)
    shift = scale * (low + high) / 2.0
    middle = frame.center() - QPointF(shift[0], 0.0 if flat else -shift[1])
    painter.setPen(QPen(theme.color("line"), 1.0))
    painter.drawLine(QPointF(frame.left(), middle.y()), QPointF(frame.right(), middle.y()))
    painter.drawLine(QPointF(middle.x(), frame.top()), QPointF(middle.x(), frame.bottom()))
    tags = Tags(painter, theme, frame)
    words = []
    gap = min(frame.height() / 5.0, 2.2 * theme.text_pixels)
    for number, (key, part) in enumerate(vectors):
        if not numpy.isfinite(part).all():
            continue
        label, token = ARROWS[key]
        lift = QPointF(0.0, gap * (number - (len(vectors) - 1) / 2.0)) if flat else QPointF(0.0, 0.0)
        along = QPointF(scale * part[0], 0.0 if flat else -scale * part[1])
        begin = middle + lift
        draw_arrow(painter, begin, begin + along, theme.color(token), theme.color("surface", 0.8))
        size = math.hypot(along.x(), along.y())
        words.append((begin + along, label, theme.color(token), along * (1.0 / size) if size > 1.0 else None))
    if shown >= 3 and vectors and numpy.isfinite(vectors[-1][1]).all():
        part = vectors[-1][1]
        lift = QPointF(0.0, gap * (len(vectors) - 1) / 2.0) if flat else QPointF(0.0, 0.0)
        ghost = QColor(color)
        ghost.setAlphaF(0.5)
        to = middle + lift + QPointF(scale * part[0], 0.0 if flat else -scale * part[1])
        draw_head(painter, to, ghost, theme.color("surface"))
    draw_head(painter, middle, color, theme.color("surface"))
    for word in words:
        tags.draw(*word)


def draw_carried(
    painter: QPainter, frame: QRectF, phases: StepPhases, largest: float, names: Sequence[str], theme: Theme
) -> None:
    """The accumulator of squared gradients: a square for each coordinate whose area is the sum, its last gain hatched.

    largest: the side that fills the frame's share, so that the squares are seen to grow.
    """
    before, after = phases.before["squares"], phases.after["squares"]
    count = len(after)
    room = frame.width() / count
    most = min(room - 12.0, frame.height() - 1.6 * theme.text_pixels)
    for i in range(count):
        sides = [
            most * math.sqrt(max(float(part[i]), 0.0)) / largest if largest > 0.0 and math.isfinite(part[i]) else 0.0
            for part in (before, after)
        ]
        foot = frame.bottom() - 1.5 * theme.text_pixels
        left = frame.left() + i * room + (room - max(sides)) / 2.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(QRectF(left, foot - sides[1], sides[1], sides[1]), theme.color("accent", 0.45))
        painter.setPen(QPen(theme.color("accent"), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left, foot - sides[1], sides[1], sides[1]))
        painter.setPen(QPen(theme.color("text"), 1.2, Qt.PenStyle.DashLine))
        painter.drawRect(QRectF(left, foot - sides[0], sides[0], sides[0]))
        painter.setPen(theme.color("muted"))
        painter.setFont(theme.font(0.92))
        below = QRectF(frame.left() + i * room, foot + 2.0, room, 1.4 * theme.text_pixels)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"s {names[i]}")


def rows_of(phases: StepPhases, shown: int) -> list[tuple[str, Floats, str]]:
    """(symbol, (P,) numbers, token of the colour) of the first ``shown`` phases."""
    slots: Mapping[str, str] = {"velocity": "v", "mean": "m", "squares": "s"}
    rows = [("θ", phases.position, "text"), ("∇J", phases.gradient, "good")]
    if phases.noise.any():
        rows.append(("g = ∇J + noise", phases.noisy_gradient, "good"))
    if shown >= 2:
        for name, value in phases.after.items():
            rows.append((slots[name], value, "bad" if name != "squares" else "accent"))
        rows.append(("d", phases.adjusted, "warning"))
    if shown >= 3:
        rows.append(("Δθ = −αd", phases.delta, "text"))
        rows.append(("new θ", phases.new_position, "text"))
    return rows
