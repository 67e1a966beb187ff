"""Learning-rate schedules: the rate in force at a step, as a pure function of the step's number.

Defined as torch.optim.lr_scheduler's StepLR, CosineAnnealingLR (which here stays low behind its end) and LinearLR.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.checks import checked_number, checked_numbers
from nnviz.engine.optimizers import Hyperparameter

Floats = NDArray[numpy.float64]


@dataclass(frozen=True)
class Schedule:
    """One schedule. share: (step, **parameters) → what the learning rate is multiplied by; meaning: in one sentence."""

    name: str
    label: str
    meaning: str
    share: Callable[..., Floats] = field(repr=False)
    parameters: Mapping[str, Hyperparameter] = field(default_factory=dict)

    def rate(self, learning_rate: float, step: ArrayLike, **parameters: float) -> Floats:
        """The learning rate of the steps 0, 1, 2, … given, (...) → (...); a parameter left out takes its default.

        ValueError for a parameter that this schedule does not have or one out of its range, and for a negative step.
        """
        base, values = checked_number("learning_rate", learning_rate, 0.0), self.checked(parameters)
        steps = numpy.asarray(checked_numbers("step", step, 0.0))
        return numpy.asarray(base * self.share(steps, **values))

    def checked(self, given: Mapping[str, float]) -> dict[str, float]:
        """All parameters, with those given in place of the defaults; ValueError names what is wrong."""
        if unknown := sorted(given.keys() - self.parameters.keys()):
            raise ValueError(
                f"{self.name} has no parameter {unknown[0]}; allowed are {', '.join(self.parameters) or 'none'}"
            )
        return {
            name: checked_number(name, given.get(name, record.default), record.low, record.high)
            for name, record in self.parameters.items()
        }


def _constant(step: Floats) -> Floats:
    return numpy.ones(step.shape)


def _step(step: Floats, every: float, factor: float) -> Floats:
    return numpy.asarray(factor ** numpy.floor(step / every))


def _cosine(step: Floats, length: float, floor: float) -> Floats:
    progress = numpy.minimum(step / length, 1.0)
    return numpy.asarray(floor + (1.0 - floor) * 0.5 * (1.0 + numpy.cos(numpy.pi * progress)))


def _warm_up(step: Floats, length: float, beginning: float) -> Floats:
    return numpy.asarray(beginning + (1.0 - beginning) * numpy.minimum(step / length, 1.0))


SCHEDULES: dict[str, Schedule] = {
    schedule.name: schedule
    for schedule in (
        Schedule("constant", "constant", "The rate stays as it is.", _constant),
        Schedule(
            "step", "in steps", "After every so many steps the rate is multiplied by a factor.", _step,
            {
                "every": Hyperparameter("every", 50.0, 1.0, 1e6, "steps between two changes"),
                "factor": Hyperparameter("factor", 0.5, 0.0, 1.0, "what the rate is multiplied by at each change"),
            },
        ),
        Schedule(
            "cosine", "cosine", "The rate falls along half a cosine wave and then stays low.", _cosine,
            {
                "length": Hyperparameter("length", 100.0, 1.0, 1e6, "steps until the lowest rate"),
                "floor": Hyperparameter("floor", 0.0, 0.0, 1.0, "the lowest rate as a share of the first"),
            },
        ),
        Schedule(
            "warm_up", "warm-up", "The rate grows in a straight line to its full value and then stays there.", _warm_up,
            {
                "length": Hyperparameter("length", 20.0, 1.0, 1e6, "steps until the full rate"),
                "beginning": Hyperparameter("beginning", 0.1, 0.0, 1.0, "the first rate as a share of the full one"),
            },
        ),
    )
}  # fmt: skip
"""Every schedule by name."""
