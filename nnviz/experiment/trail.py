"""The way of theta through a run: parameters at recorded steps, within a bound of memory.

Recorded steps come ever more sparsely (records.py); of these the trail keeps all, then every second, every fourth, …,
so that its points stay spread over the whole run, and which they are depends on the run alone.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy
from numpy.typing import NDArray

Floats = NDArray[numpy.float64]
Integers = NDArray[numpy.int64]

MOST_POINTS = 512
MOST_BYTES = 32 * 2**20


@dataclass(frozen=True, eq=False)
class Trajectory:
    """K points of a run in order: at steps (K,) the parameters ``points``, (P,) each, none of them ever written again.

    present: which of them is where the run stands; those after it are a future that was travelled back from.
    """

    steps: Integers
    points: tuple[Floats, ...]
    present: int

    def __len__(self) -> int:
        return len(self.points)

    @cached_property
    def thetas(self) -> Floats:
        """All points, (K, P): a copy, made when it is first asked for."""
        thetas = numpy.stack(self.points)
        thetas.flags.writeable = False
        return thetas


class Trail:
    """Collects points; the first stays for good."""

    def __init__(self, most_points: int = MOST_POINTS, most_bytes: int = MOST_BYTES) -> None:
        self._most_points, self._most_bytes = most_points, most_bytes
        self._stride = 1
        self._numbers: list[int] = []
        self._steps: list[int] = []
        self._points: list[Floats] = []

    def __len__(self) -> int:
        return len(self._points)

    def add(self, number: int, step: int, theta: Floats) -> None:
        """Point ``number`` of the record, later than all others: kept where it is one of those to keep, as a copy."""
        if number % self._stride:
            return
        self._numbers.append(number)
        self._steps.append(step)
        self._points.append(_frozen(theta))
        most = max(3, min(self._most_points, self._most_bytes // theta.nbytes))
        while len(self._points) > most:
            self._stride *= 2
            keep = [place for place, number in enumerate(self._numbers) if number % self._stride == 0]
            self._numbers = [self._numbers[place] for place in keep]
            self._steps = [self._steps[place] for place in keep]
            self._points = [self._points[place] for place in keep]

    def truncate(self, step: int) -> None:
        """Forgets all after ``step``."""
        keep = sum(each <= step for each in self._steps)
        del self._numbers[keep:], self._steps[keep:], self._points[keep:]

    def trajectory(self, step: int, theta: Floats) -> Trajectory:
        """All points, with the present ``step`` and its theta (P,) among them."""
        steps = numpy.array(self._steps, dtype=numpy.int64)
        present = int(numpy.searchsorted(steps, step))
        points = list(self._points)
        if present == len(steps) or steps[present] != step:
            steps = numpy.insert(steps, present, step)
            points.insert(present, _frozen(theta))
        steps.flags.writeable = False
        return Trajectory(steps, tuple(points), present)


def _frozen(theta: Floats) -> Floats:
    copy = theta.copy()
    copy.flags.writeable = False
    return copy
