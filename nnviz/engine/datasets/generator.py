"""What a generator of synthetic data is: a random draw, and what a menu, a file and a form need to know about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy

from nnviz.engine.datasets.record import DataSet, Task

MAX_SIZE = 100_000
NUMBERS = (int, float, numpy.integer, numpy.floating)


@dataclass(frozen=True)
class Parameter:
    """A number that shapes a data set. A whole default allows whole values only; both bounds are allowed values."""

    label: str
    default: float
    minimum: float
    maximum: float

    def check(self, name: str, value: float) -> float:
        """value as an int where the parameter is whole (3.0 counts as 3), else as a float.

        Raises ValueError naming the parameter when it is no such number or out of bounds.
        """
        whole = isinstance(self.default, int)
        is_number = isinstance(value, NUMBERS) and not isinstance(value, bool)
        # NaN fails the comparison and infinity is never within bounds.
        if not is_number or not self.minimum <= value <= self.maximum or (whole and value != int(value)):
            allowed = f"{'a whole' if whole else 'a'} number from {self.minimum:,} to {self.maximum:,}"
            raise ValueError(f"{name} is {value!r}; allowed is {allowed}")
        return int(value) if whole else float(value)


@dataclass(frozen=True)
class Generator:
    """A synthetic data set before its random draw.

    task: with the default parameters. Some change it (a spiral with more than 2 arms is multi-class), so the task of
        what `generate` returns is the one that counts; a draw of size 0 is enough to learn it.
    dimensions: number of inputs. size, noise: defaults. noise_meaning: what noise 1 does, as a sentence.
    draw: (rng, n, noise, **parameters) → DataSet, without checks.
    """

    name: str
    label: str
    task: Task
    description: str
    dimensions: int
    size: int
    noise: float
    noise_meaning: str
    draw: Callable[..., DataSet] = field(repr=False)
    parameters: Mapping[str, Parameter] = field(default_factory=lambda: MappingProxyType({}))

    def generate(
        self,
        rng: numpy.random.Generator,
        size: int | None = None,
        noise: float | None = None,
        **parameters: float,
    ) -> DataSet:
        """A data set of `size` examples (0 to 100,000) with `noise` in 0..1; what is left out takes its default.

        The same state of rng gives the same bits, and another noise the same examples, more or less disturbed.
        Raises ValueError naming the argument, what it got and what is allowed.
        """
        if unknown := sorted(parameters.keys() - self.parameters.keys()):
            allowed = f"allowed is {', '.join(self.parameters)}" if self.parameters else "none is allowed"
            raise ValueError(f"{self.name} got the unknown parameter {unknown[0]}; {allowed}")
        values = {name: each.check(name, parameters.get(name, each.default)) for name, each in self.parameters.items()}
        n = SIZE.check("size", self.size if size is None else size)
        level = NOISE.check("noise", self.noise if noise is None else noise)
        return self.draw(rng, n, level, **values)


SIZE = Parameter("Examples", 500, 0, MAX_SIZE)
NOISE = Parameter("Noise", 0.0, 0.0, 1.0)
