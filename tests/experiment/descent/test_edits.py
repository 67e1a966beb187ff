"""Edits keep what still has a meaning, and let go of what has none."""

import numpy
import pytest

from nnviz.engine.surfaces import SURFACES
from nnviz.experiment.descent.edits import (
    COLOURS,
    free_colour,
    rounded_place,
    with_moved_runner,
    with_new_runner,
    with_start,
    with_surface,
    without_runner,
)
from nnviz.experiment.descent.ground import ground_of
from nnviz.experiment.descent.race import Race
from nnviz.experiment.descent.specification import MAX_RUNNERS, Descent, RunnerSpec, SurfaceSpec


def test_another_surface_brings_its_own_start_and_drops_the_runners_own_ones() -> None:
    spec = Descent(start=(1.0,), runners=(RunnerSpec(start=(0.5,)), RunnerSpec()))
    changed = with_surface(spec, SurfaceSpec("himmelblau"))
    assert changed.start == ground_of(changed.surface).start
    assert [runner.start for runner in changed.runners] == [None, None]
    assert changed.runners[1].optimizer == spec.runners[1].optimizer


def test_another_surface_takes_the_story_of_the_former_one_with_it_and_lowers_rates_that_it_cannot_stand() -> None:
    spec = Descent(
        name="Three rates",
        description="f(x) = x²",
        runners=(RunnerSpec(learning_rate=1.1, label="diverges"), RunnerSpec("adam", learning_rate=0.3)),
    )
    changed = with_surface(spec, SurfaceSpec("rosenbrock"))
    places = numpy.array([changed.start, (1.0, 1.0)])  # Rosenbrock's minimum
    limit = 2.0 / float(numpy.max(numpy.linalg.eigvalsh(ground_of(changed.surface).objective.hessian(places))))
    assert (changed.name, changed.description) == ("", "")
    assert [runner.label for runner in changed.runners] == ["", ""]
    assert changed.runners[0].learning_rate == pytest.approx(0.5 * limit, rel=0.5)
    assert changed.runners[0].learning_rate < limit
    assert changed.runners[1].learning_rate == 0.3, "Adam's steps do not grow with the slope"
    assert changed.strip.rates[0] < limit < changed.strip.rates[-1]


@pytest.mark.parametrize("name", [*SURFACES, "expression"])
def test_no_runner_is_thrown_out_of_a_surface_that_was_just_chosen(name: str) -> None:
    before = Descent(surface=SurfaceSpec("bowl"), start=(1.0, 1.0), runners=(RunnerSpec(learning_rate=1.1),))
    spec = with_surface(before, SurfaceSpec(name, expression="x^4 + 3*x*y + y^4"))
    race = Race(spec)
    race.advance(50)
    assert race.standing(0).status != "diverged"


def test_a_parameter_of_the_same_surface_keeps_the_starts() -> None:
    spec = Descent(surface=SurfaceSpec("ravine"), start=(-1.0, 1.0), runners=(RunnerSpec(start=(2.0, 0.5)),))
    changed = with_surface(spec, SurfaceSpec("ravine", parameters={"condition": 80.0}))
    assert (changed.start, changed.runners) == (spec.start, spec.runners)


def test_an_expression_that_gets_a_second_variable_gets_a_second_coordinate() -> None:
    spec = Descent(surface=SurfaceSpec("expression", expression="x^2"), start=(2.0,))
    same = with_surface(spec, SurfaceSpec("expression", expression="x^4"))
    wider = with_surface(spec, SurfaceSpec("expression", expression="x^2 + y^2"))
    assert same.start == (2.0,)
    assert len(wider.start) == 2


def test_a_start_is_everybodys_or_a_runners_own() -> None:
    spec = Descent()
    assert with_start(spec, (1.5,)).start == (1.5,)
    own = with_start(spec, (1.5,), 1)
    assert own.start == spec.start
    assert [runner.start for runner in own.runners] == [None, (1.5,), None]


def test_runners_are_added_in_a_free_colour_removed_and_moved() -> None:
    spec = Descent()
    more = with_new_runner(spec, 1, RunnerSpec("adam"))
    assert [runner.optimizer for runner in more.runners] == ["gradient_descent", "adam", *["gradient_descent"] * 2]
    assert more.runners[1].colour == 3
    assert without_runner(more, 1) == spec
    rates = [runner.learning_rate for runner in with_moved_runner(spec, 0, 2).runners]
    assert rates == [0.2, 1.1, 0.05]


def test_a_runner_too_many_is_refused_in_a_sentence() -> None:
    spec = Descent(runners=(RunnerSpec(),) * MAX_RUNNERS)
    with pytest.raises(ValueError, match=f"there are {MAX_RUNNERS} runners"):
        with_new_runner(spec, 0, RunnerSpec())


def test_when_all_colours_are_taken_the_least_used_one_comes_again() -> None:
    runners = tuple(RunnerSpec(colour=i % COLOURS) for i in range(COLOURS + 1))
    assert free_colour(runners) == 1
    assert free_colour(()) == 0


def test_a_place_of_the_mouse_has_no_more_digits_than_can_be_seen() -> None:
    ground = ground_of(SurfaceSpec("ravine"))
    place = rounded_place(ground, (-1.23456789, -0.00004))
    assert place == (-1.23, 0.0)
    assert all(abs(a - b) <= 0.01 for a, b in zip(place, (-1.23456789, -0.00004), strict=True))
