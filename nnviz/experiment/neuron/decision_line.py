"""Where a unit of two inputs decides: the line w·x + b = 0."""

import math
from dataclasses import dataclass

from nnviz.experiment.neuron.specification import UnitSpec
from nnviz.experiment.neuron.sums import total

Extent = tuple[float, float, float, float]
"""left, right, bottom, top."""
Place = tuple[float, float]


@dataclass(frozen=True)
class DecisionLine:
    """The places where w·x + b = 0; the unit's sum is positive on the side that w points to."""

    w: Place
    b: float

    @property
    def length(self) -> float:
        """|w|."""
        return math.hypot(*self.w)

    @property
    def exists(self) -> bool:
        """Weights that are all 0 decide nothing: the sum is b everywhere."""
        return self.length > 0.0

    @property
    def distance(self) -> float:
        """From the origin to the line, along w: −b / |w|. nan where there is no line."""
        return -self.b / self.length if self.exists else math.nan

    @property
    def foot(self) -> Place:
        """The place of the line nearest to the origin: −b w / |w|²."""
        unit_w = (self.w[0] / self.length, self.w[1] / self.length)
        return self.distance * unit_w[0], self.distance * unit_w[1]

    def sum_at(self, place: Place) -> float:
        """w·x + b."""
        return total([self.w[0] * place[0], self.w[1] * place[1], self.b])

    def ends(self, extent: Extent) -> tuple[Place, Place] | None:
        """The ends of the part inside a rectangle; None when none of it is."""
        if not self.exists:
            return None
        left, right, bottom, top = extent
        (first, second), found = self.w, list[Place]()
        if second != 0.0:
            found += [(x, -(self.b + first * x) / second) for x in (left, right)]
        if first != 0.0:
            found += [(-(self.b + second * y) / first, y) for y in (bottom, top)]
        near_x, near_y = 1e-9 * (right - left), 1e-9 * (top - bottom)
        inside = sorted(
            (x, y) for x, y in found
            if left - near_x <= x <= right + near_x and bottom - near_y <= y <= top + near_y
        )  # fmt: skip
        return (inside[0], inside[-1]) if len(inside) > 1 and inside[0] != inside[-1] else None


def line_of(unit: UnitSpec) -> DecisionLine:
    """On the plane of the first two inputs; the others are held where they are, and add to the bias.

    A unit of one input decides at one place of it, whatever a second one would be.
    """
    w = (unit.w[0], unit.w[1] if len(unit.w) > 1 else 0.0)
    held = [weight * x for weight, x in zip(unit.w[2:], unit.x[2:], strict=True)]
    return DecisionLine(w, total([*held, unit.b]))


def right_side(line: DecisionLine, place: Place, target: float) -> bool:
    """Whether a point of class 0 or 1 lies on its side of the line; on the line itself the answer is 0."""
    return (line.sum_at(place) > 0.0) == (target > 0.5)
