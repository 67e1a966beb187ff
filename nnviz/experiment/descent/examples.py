"""What single data points ask of a runner that fits a line: the gradients whose mean is ∇J."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.engine.regression_objective import RegressionObjective
from nnviz.experiment.descent.population import rate_of
from nnviz.experiment.descent.race import Race

Floats = NDArray[numpy.float64]

MOST = 60
"""Of more data points so many, evenly chosen in their order, are looked at; the mean is of all."""


@dataclass(frozen=True, eq=False)
class ExampleSteps:
    """position (2,): (w, b) of a runner now. ends (M, 2): where a step -α∇ℓ_i on one data point alone would lead,
    M ≤ MOST. mean_end (2,): where their mean -α∇J leads, of all data points.
    """

    position: Floats
    ends: Floats
    mean_end: Floats


@numpy.errstate(all="ignore")
def example_steps(race: Race, runner: int) -> ExampleSteps | None:
    """Of a runner where it is at the step shown; None without data points, and where it has left the numbers."""
    objective, record = race.ground.objective, race.record()
    if not isinstance(objective, RegressionObjective) or not 0 <= runner < len(race.spec.runners):
        return None
    stop = int(record.stopped_at[runner])
    step = race.step if stop < 0 else min(stop, race.step)
    position = record.positions[step, runner]
    gradients = objective.example_gradients(position)
    if not numpy.isfinite(gradients).all():
        return None
    alpha = float(rate_of(race.spec.runners[runner], numpy.array(step)))
    evenly = numpy.linspace(0, len(gradients) - 1, min(len(gradients), MOST)).round().astype(numpy.intp)
    mean = objective.value_and_gradient(position)[1]
    return ExampleSteps(position, position - alpha * gradients[evenly], position - alpha * mean)
