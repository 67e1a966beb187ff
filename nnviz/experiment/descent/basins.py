"""Basins of attraction: a grid of starts, each told by the minimum that it reaches.

All starts are one population of the same runner. A generator of immutable pictures, coarse at first and then finer:
whoever watches may stop between any two.
"""

from collections.abc import Generator
from dataclasses import dataclass, replace

import numpy
from numpy.typing import NDArray

from nnviz.engine.chunks import CHUNK_BYTES
from nnviz.experiment.descent.clusters import CAPTURE, Minimum, nearest, with_new_minima
from nnviz.experiment.descent.ground import Ground, ground_of
from nnviz.experiment.descent.population import Population, halted
from nnviz.experiment.descent.specification import RunnerSpec, SurfaceSpec

Floats = NDArray[numpy.float64]
Labels = NDArray[numpy.intp]

UNDECIDED, DIVERGED, UNDEFINED = -1, -2, -3
"""Labels of starts that reach no minimum: still on their way, thrown far away, or on ground where J is undefined."""
UNKNOWN = -4
"""Label of a start that has not been looked at yet."""
COARSEST = 8
"""The first picture has every eighth start of each axis."""
BREATH = 25
"""Steps between two chances to stop."""
BYTES_PER_START = 256
"""What one start needs, about, so that a chunk stays in the processor's cache."""
MAX_RESOLUTION = 512
MAX_STEPS = 10_000


@dataclass(frozen=True)
class BasinQuestion:
    """What to colour: a surface, the runner sent from each start (without its noise), the grid and the steps.

    resolution: starts an axis, at the ends of the domain and evenly between. ValueError out of bounds.
    """

    surface: SurfaceSpec
    runner: RunnerSpec
    resolution: int = 128
    steps: int = 200

    def __post_init__(self) -> None:
        for name, value, most in (("resolution", self.resolution, MAX_RESOLUTION), ("steps", self.steps, MAX_STEPS)):
            least = 2 if name == "resolution" else 1
            if not least <= value <= most:
                raise ValueError(f"{name} is {value}; allowed are {least} to {most}")


@dataclass(frozen=True, eq=False)
class Basins:
    """What is known so far. axes: the coordinates of the starts, P arrays (n,).

    labels: (n,) or (n, n) indexed [x, y]: the number of the minimum reached, or UNDECIDED, DIVERGED, UNDEFINED. A start
    that was not run yet carries the label of the coarser one beside it, UNKNOWN before the first picture.
    minima: by their numbers, which stay the same from picture to picture; the surface's known ones come first.
    done, total: starts that are through; those of the next finer picture are counted before they are shown.
    """

    axes: tuple[Floats, ...]
    labels: Labels
    minima: tuple[Minimum, ...]
    done: int
    total: int

    @property
    def complete(self) -> bool:
        """Whether this is the last picture."""
        return self.done == self.total

    def share(self, label: int) -> float:
        """The share of the starts that have this label."""
        return float(numpy.count_nonzero(self.labels == label)) / self.labels.size


def basins(question: BasinQuestion, ground: Ground | None = None) -> Generator[Basins, None, None]:
    """Pictures of growing resolution; the last is complete. Close the generator to stop."""
    ground = ground_of(question.surface) if ground is None else ground
    axes = tuple(numpy.linspace(low, high, question.resolution) for low, high in ground.domain)
    starts = numpy.stack(numpy.meshgrid(*axes, indexing="ij"), axis=-1)
    shape, total = starts.shape[:-1], starts[..., 0].size
    flat, levels = starts.reshape(total, -1), _levels(shape)
    ends = numpy.full(flat.shape, numpy.nan)
    settled = numpy.zeros(total, dtype=bool)
    labels = numpy.full(total, UNKNOWN)
    minima = tuple(Minimum(tuple(map(float, each)), True) for each in ground.minima)
    picture = Basins(axes, labels.reshape(shape).copy(), minima, 0, total)
    done, size = 0, max(1, CHUNK_BYTES // BYTES_PER_START)
    for stride, rows in levels:
        for first in range(0, len(rows), size):
            chunk = rows[first : first + size]
            population = Population(ground.objective, flat[chunk], [question.runner])
            outcome = _Outcome(ground, population)
            for step in range(question.steps):
                if step % BREATH == 0:
                    yield replace(picture, done=done)
                outcome.advance()
            ends[chunk], labels[chunk] = population.theta, outcome.labels
            settled[chunk] = outcome.settled()
            done += len(chunk)
        minima = with_new_minima(ground, minima, ends[settled])
        on_the_way = numpy.flatnonzero(labels >= UNDECIDED)
        labels[on_the_way] = nearest(ground, minima, ends[on_the_way], UNDECIDED)
        picture = Basins(axes, _spread(labels.reshape(shape), stride), minima, done, total)
        yield picture


def _levels(shape: tuple[int, ...]) -> list[tuple[int, NDArray[numpy.intp]]]:
    """(stride, flat numbers of the starts that come with it), coarse to fine; together each start once."""
    seen = numpy.zeros(shape, dtype=bool)
    levels, stride = [], COARSEST
    while stride >= 1:
        now = numpy.zeros(shape, dtype=bool)
        now[(slice(None, None, stride),) * len(shape)] = True
        rows = numpy.flatnonzero(now & ~seen)
        seen |= now
        levels.append((stride, rows))
        stride //= 2
    return levels


class _Outcome:
    """What becomes of a population: labels (R,) DIVERGED or UNDEFINED for those that stopped, UNDECIDED for others."""

    def __init__(self, ground: Ground, population: Population) -> None:
        self._ground, self._population = ground, population
        self._moving = numpy.ones((len(population.theta), 1))
        self._last = population.theta
        self.labels = numpy.full(len(population.theta), UNDECIDED)
        self._judge()

    def advance(self) -> None:
        """One step of those that have not stopped."""
        self._last = self._population.theta.copy()
        self._population.advance(moving=self._moving if (self.labels < UNDECIDED).any() else None)
        self._judge()

    @numpy.errstate(all="ignore")
    def settled(self) -> NDArray[numpy.bool_]:
        """(R,): who hardly moved in the last step, without having stopped, so that a minimum may be there."""
        moved = numpy.linalg.norm(self._population.theta - self._last, axis=-1)
        return numpy.asarray((moved <= 0.5 * CAPTURE * self._ground.diagonal) & (self.labels == UNDECIDED))

    def _judge(self) -> None:
        diverged, undefined = halted(self._ground, self._population)
        if (stopping := (diverged | undefined) & (self.labels == UNDECIDED)).any():
            self.labels[stopping] = numpy.where(diverged, DIVERGED, UNDEFINED)[stopping]
            self._moving[stopping] = 0.0


def _spread(labels: Labels, stride: int) -> Labels:
    """A picture with every start of a coarser grid painted over its neighbours."""
    coarse = labels[(slice(None, None, stride),) * labels.ndim]
    for axis in range(labels.ndim):
        coarse = numpy.repeat(coarse, stride, axis)
    return coarse[tuple(slice(length) for length in labels.shape)].copy()
