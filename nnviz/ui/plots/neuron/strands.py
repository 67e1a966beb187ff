"""Tapered strands: what nerve cells are drawn of."""

import math

import numpy
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

SAMPLES = 28


def bend(start: QPointF, end: QPointF, *, leave: float, arrive: float) -> list[QPointF]:
    """A curve from start to end that leaves and arrives in the direction of an angle (radians, 0 to the right)."""
    reach = 0.45 * math.hypot(end.x() - start.x(), end.y() - start.y())
    first = start + QPointF(math.cos(leave), math.sin(leave)) * reach
    second = end - QPointF(math.cos(arrive), math.sin(arrive)) * reach
    t = numpy.linspace(0.0, 1.0, SAMPLES)[:, None]
    corners = numpy.array([[p.x(), p.y()] for p in (start, first, second, end)])
    weights = numpy.concatenate([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3], axis=1)
    return [QPointF(x, y) for x, y in (weights @ corners).tolist()]


def taper(points: list[QPointF], first: float, last: float) -> QPainterPath:
    """The outline of a strand along the points, so wide at its start and at its end, round there."""
    places = numpy.array([[p.x(), p.y()] for p in points])
    along = numpy.gradient(places, axis=0)
    along /= numpy.maximum(numpy.hypot(along[:, :1], along[:, 1:]), 1e-9)
    share = numpy.linspace(0.0, 1.0, len(places))[:, None]
    # It widens mostly near its thick end, as roots do at the trunk.
    half = 0.5 * (first + (last - first) * share ** (2.2 if last > first else 0.6))
    aside = numpy.stack([-along[:, 1], along[:, 0]], axis=1) * half
    outline = numpy.concatenate([places + aside, (places - aside)[::-1]])
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in outline.tolist()]))
    path.closeSubpath()
    return path.united(disc(points[0], first / 2.0)).united(disc(points[-1], last / 2.0))


def disc(center: QPointF, radius: float) -> QPainterPath:
    """A full circle."""
    path = QPainterPath()
    path.addEllipse(center, radius, radius)
    return path
