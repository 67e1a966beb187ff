"""The steps that single points ask for lie around the step of all of them."""

import numpy
import pytest

from nnviz.experiment.descent.examples import MOST, example_steps
from nnviz.experiment.descent.race import Race
from nnviz.experiment.descent.specification import Descent, RunnerSpec, ScheduleSpec, SurfaceSpec


def line(*runners: RunnerSpec, points: int = 7, steps: int = 40) -> Descent:
    data = tuple((0.1 * i - 1.0, 0.3 * (i % 5) - 0.2) for i in range(points))
    return Descent(surface=SurfaceSpec("regression", points=data), start=(1.5, -1.0), runners=runners, steps=steps)


def raced(spec: Descent, step: int) -> Race:
    race = Race(spec)
    race.seek(step)
    return race


def test_their_mean_is_the_next_step_of_gradient_descent_at_the_rate_in_force() -> None:
    falling = ScheduleSpec("cosine", {"length": 30.0})
    race = raced(line(RunnerSpec(), RunnerSpec(learning_rate=0.3, schedule=falling)), 9)
    found = example_steps(race, 1)
    assert found is not None
    assert found.ends.shape == (7, 2)
    race.seek(10)
    after = race.record().positions[10, 1]
    assert found.ends.mean(axis=0) == pytest.approx(after, rel=1e-12)
    assert found.mean_end == pytest.approx(after, rel=1e-12)


def test_of_many_points_only_some_are_drawn_and_the_mean_is_of_all() -> None:
    race = raced(line(RunnerSpec(learning_rate=0.05), points=200), 3)
    found = example_steps(race, 0)
    assert found is not None
    assert len(found.ends) == MOST
    x, y = numpy.array(race.spec.surface.points).T
    w, b = found.position
    residual = w * x + b - y
    assert found.mean_end == pytest.approx([w - 0.05 * numpy.mean(residual * x), b - 0.05 * numpy.mean(residual)])


def test_surfaces_without_points_and_runners_that_do_not_exist_have_none() -> None:
    assert example_steps(raced(Descent(), 2), 0) is None
    assert example_steps(raced(line(RunnerSpec()), 2), 1) is None


def test_a_runner_that_has_stopped_is_looked_at_where_it_stopped() -> None:
    race = raced(line(RunnerSpec(learning_rate=1e5)), 30)
    stop = int(race.record().stopped_at[0])
    assert 0 < stop < 30
    found = example_steps(race, 0)
    assert found is not None
    assert numpy.array_equal(found.position, race.record().positions[stop, 0])


def test_a_place_without_numbers_has_none() -> None:
    spec = line(RunnerSpec())
    far = Descent(surface=spec.surface, start=(-1.7e308, 1.7e308), runners=spec.runners)
    assert example_steps(raced(far, 0), 0) is None
