"""What can be measured of the descents of a race, and of its learning rates."""

import numpy

from nnviz.experiment.descent.race import Race
from nnviz.experiment.descent.rate_strip import RatedPath, rate_strip
from nnviz.experiment.lesson.quantity import Quantity, Value


def _runner(race: Race, number: int) -> int:
    """The place of runner number 1, 2, …. ValueError when there is none."""
    count = race.record().positions.shape[1]
    if not 1 <= number <= count:
        raise ValueError(f"there is no runner {number}; there are 1 to {count}")
    return number - 1


def _last(race: Race, number: int) -> tuple[int, int]:
    """The runner's place, and the last row of the record in which it has a position."""
    runner, record = _runner(race, number), race.record()
    stopped = int(record.stopped_at[runner])
    return runner, record.last_step if stopped < 0 else stopped


def _value(race: Race, number: int) -> Value:
    runner, row = _last(race, number)
    return float(race.record().values[row, runner])


def _x(race: Race, number: int) -> Value:
    runner, row = _last(race, number)
    return float(race.record().positions[row, runner, 0])


def _steps_to(race: Race, number: int, target: float) -> Value:
    values = race.record().values[:, _runner(race, number)]
    reached = numpy.flatnonzero(values <= target)
    return float(reached[0]) if len(reached) else float(race.record().last_step)


def _status(race: Race, number: int) -> Value:
    return race.standing(_runner(race, number)).status


def _rate(race: Race, number: int) -> RatedPath:
    paths = rate_strip(race.spec).paths
    if not 1 <= number <= len(paths):
        raise ValueError(f"there is no rate {number}; there are 1 to {len(paths)}")
    return paths[number - 1]


QUANTITIES: dict[str, Quantity] = {
    "descent_value": Quantity("descent", ("whole",), _value, "cost J where runner {0} is"),
    "descent_x": Quantity("descent", ("whole",), _x, "first coordinate of runner {0}"),
    "descent_steps_to": Quantity(
        "descent", ("whole", "number"), _steps_to, "steps that runner {0} takes until J ≤ {1}", "steps"
    ),
    "descent_status": Quantity("descent", ("whole",), _status, "what has become of runner {0}"),
    "rate_factor": Quantity(
        "descent",
        ("whole",),
        lambda race, number: float(_rate(race, number).factors[0]),
        "factor 1 − αf″ by which rate {0} of the strip multiplies the distance in a step",
    ),
    "rate_verdict": Quantity(
        "descent", ("whole",), lambda race, number: _rate(race, number).verdict, "how rate {0} of the strip behaves"
    ),
    "descent_limit": Quantity(
        "descent",
        (),
        lambda race: float(rate_strip(race.spec).stability_limit),
        "2/λ at the start, the rate beyond which it diverges",
    ),
}
