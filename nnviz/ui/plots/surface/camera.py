"""From where a surface is looked at, and where that puts a point on the picture.

The surface stands in a box: u to the right and v to the back from -1 to 1, w upwards from -HALF to HALF. The camera
turns the box about its upright axis by the azimuth, then tilts it towards the eye by the elevation:

    right = ( cos a,        -sin a,        0    )
    up    = ( sin a sin e,   cos a sin e,  cos e)
    near  = (-sin a cos e,  -cos a cos e,  sin e)

are the rows of the rotation; near points to the eye.
"""

import math
from dataclasses import dataclass, replace

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

Floats = NDArray[numpy.float64]

HALF = 0.62
"""Half the height of the box, whose footprint is 2 × 2."""
EYE = 6.0
"""Distance of the eye from the middle of the box, in perspective."""
ZOOM = (0.4, 8.0)
AZIMUTH, ELEVATION = -38.0, 32.0


@dataclass(frozen=True)
class Camera:
    """Angles in degrees; elevation 0 looks from the side, 90 from above."""

    azimuth: float = AZIMUTH
    elevation: float = ELEVATION
    zoom: float = 1.0
    perspective: bool = True

    def turned(self, azimuth: float, elevation: float) -> "Camera":
        """Turned by so many degrees; never below the floor nor over the top."""
        around = (self.azimuth + azimuth + 180.0) % 360.0 - 180.0
        return replace(self, azimuth=around, elevation=min(max(self.elevation + elevation, 0.0), 90.0))

    def zoomed(self, factor: float) -> "Camera":
        """Closer or farther."""
        return replace(self, zoom=min(max(self.zoom * factor, ZOOM[0]), ZOOM[1]))

    def rotation(self) -> Floats:
        """(3, 3): right, up and near as rows."""
        a, e = math.radians(self.azimuth), math.radians(self.elevation)
        ca, sa, ce, se = math.cos(a), math.sin(a), math.cos(e), math.sin(e)
        return numpy.array([[ca, -sa, 0.0], [sa * se, ca * se, ce], [-sa * ce, -ca * ce, se]])

    def onto(self, place: QRectF) -> "Projection":
        """The projection that fits the box into a rectangle of the picture, in pixels."""
        # The circle around the box: so the size stays as it is while the box is turned.
        angle = numpy.linspace(0.0, 2.0 * math.pi, 72, endpoint=False)
        ring = math.sqrt(2.0) * numpy.stack([numpy.cos(angle), numpy.sin(angle)], axis=-1)
        ends = [numpy.column_stack([ring, numpy.full(len(ring), height)]) for height in (-HALF, HALF)]
        plain = Projection(self.rotation(), 1.0, 0.0, 0.0, perspective=self.perspective)
        reach, _ = plain.pixels(numpy.concatenate(ends))
        low, high = numpy.min(reach, axis=0), numpy.max(reach, axis=0)
        scale = self.zoom * min(place.width() / (high[0] - low[0]), place.height() / (high[1] - low[1]))
        middle = (low + high) / 2.0 * scale
        return Projection(
            plain.rotation,
            float(scale),
            place.center().x() - float(middle[0]),
            place.center().y() - float(middle[1]),
            perspective=self.perspective,
        )


@dataclass(frozen=True, eq=False)
class Projection:
    """From the box to pixels. rotation (3, 3); scale: pixels a unit in the middle; x, y: the pixel of the middle."""

    rotation: Floats
    scale: float
    x: float
    y: float
    perspective: bool

    def pixels(self, points: Floats) -> tuple[Floats, Floats]:
        """Of points (..., 3): pixels (..., 2), and how near they are to the eye (...)."""
        turned = points @ self.rotation.T
        near = turned[..., 2]
        # Nothing in the box comes near the eye; what is far outside may be behind it, and is not drawn.
        size = self.scale * (EYE / numpy.maximum(EYE - near, 0.1) if self.perspective else numpy.ones_like(near))
        return numpy.stack([self.x + size * turned[..., 0], self.y - size * turned[..., 1]], axis=-1), near

    def ray(self, x: float, y: float) -> tuple[Floats, Floats]:
        """Of a pixel: where in the box its line of sight begins (3,), and its direction away from the eye (3,)."""
        across, up = (x - self.x) / self.scale, (self.y - y) / self.scale
        if self.perspective:
            eye = numpy.array([0.0, 0.0, EYE])
            return eye @ self.rotation, (numpy.array([across, up, 0.0]) - eye) @ self.rotation
        return numpy.array([across, up, EYE]) @ self.rotation, numpy.array([0.0, 0.0, -1.0]) @ self.rotation
