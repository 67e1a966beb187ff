"""Basins: each start's label equals what a race from there finds; minima are found and matched; nothing hangs."""

from itertools import pairwise

import numpy
import pytest

from nnviz.experiment.descent.basins import (
    DIVERGED,
    UNDECIDED,
    UNDEFINED,
    UNKNOWN,
    BasinQuestion,
    Basins,
    basins,
)
from nnviz.experiment.descent.ground import ground_of
from nnviz.experiment.descent.race import Race
from nnviz.experiment.descent.specification import Descent, RunnerSpec, SurfaceSpec

HIMMELBLAU = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"


def ask(surface: SurfaceSpec | str, rate: float = 0.01, resolution: int = 24, steps: int = 200, **runner) -> Basins:
    spec = SurfaceSpec("expression", expression=surface) if isinstance(surface, str) else surface
    *_, last = basins(BasinQuestion(spec, RunnerSpec(learning_rate=rate, **runner), resolution, steps))
    return last


@pytest.mark.parametrize(("optimizer", "rate"), [("gradient_descent", 0.02), ("adam", 0.2)])
def test_every_label_is_where_a_race_from_there_ends(optimizer, rate):
    surface, runner = SurfaceSpec("himmelblau"), RunnerSpec(optimizer, learning_rate=rate)
    picture = ask(surface, rate, 9, 200, optimizer=optimizer)
    minima = numpy.array([each.position for each in picture.minima])
    for i, x in enumerate(picture.axes[0]):
        for j, y in enumerate(picture.axes[1]):
            race = Race(Descent(surface=surface, start=(x, y), runners=(runner,), steps=200))
            race.seek(200)
            if race.standing(0).status == "diverged":
                assert picture.labels[i, j] == DIVERGED
                continue
            distances = numpy.linalg.norm(minima - race.snapshot().positions[0], axis=-1)
            # Some swing around a minimum for ever, not close enough to say that they reached it.
            reached = distances.min() <= 0.02 * 200.0**0.5
            assert picture.labels[i, j] == (int(numpy.argmin(distances)) if reached else UNDECIDED)
    assert picture.complete


def test_the_four_minima_are_found_without_being_known():
    known, found = ask(SurfaceSpec("himmelblau")), ask(HIMMELBLAU)
    assert [each.known for each in known.minima] == [True] * 4
    assert [each.known for each in found.minima] == [False] * 4
    places = sorted(each.position for each in found.minima)
    assert numpy.array(places) == pytest.approx(numpy.array(sorted(each.position for each in known.minima)), abs=1e-9)
    assert sum(known.share(label) for label in range(4)) == 1.0


def test_pictures_grow_finer_and_keep_the_minimas_numbers():
    surface = SurfaceSpec("expression", expression=HIMMELBLAU)
    pictures = list(basins(BasinQuestion(surface, RunnerSpec(learning_rate=0.01), 33, 200)))
    assert (pictures[0].labels == UNKNOWN).all()
    done = [each.done for each in pictures]
    assert done == sorted(done)
    assert (done[0], done[-1], pictures[-1].total) == (0, 33 * 33, 33 * 33)
    assert set(done) == {0, 5 * 5, 9 * 9, 17 * 17, 33 * 33}
    for one, next_one in pairwise(pictures):
        assert next_one.minima[: len(one.minima)] == one.minima
    coarse = next(each for each in pictures if each.done == 25)
    assert numpy.array_equal(coarse.labels[::8, ::8], pictures[-1].labels[::8, ::8])
    assert (coarse.labels[:8, :8] == coarse.labels[0, 0]).all()


def test_on_a_line_the_hill_parts_the_two_wells():
    picture = ask(SurfaceSpec("double_well", {"tilt": 0.0}), 0.1, 101)
    assert picture.labels.shape == (101,)
    x = picture.axes[0]
    assert (picture.labels[x < -1e-9] == 0).all()
    assert (picture.labels[x > 1e-9] == 1).all()
    assert picture.labels[50] == UNDECIDED  # on the very top


@pytest.mark.parametrize(
    ("text", "rate", "labels", "minima"),
    [
        ("3 + 0*y", 0.1, {UNDECIDED}, 0),
        ("x^2 - y^2", 0.1, {DIVERGED}, 0),
        ("log(x) + y^2", 0.1, {UNDEFINED}, 0),
        ("1 - exp(-(x^2 + y^2)/2)", 0.1, {0, UNDECIDED}, 1),
        ("abs(x) + abs(y)", 0.05, {0}, 1),
        ("x^2*y^2", 0.01, {UNDECIDED}, 0),
        ("x^2 + y^2", 1e9, {DIVERGED}, 0),
        ("(1 - x)^2 + 100*(y - x^2)^2", 1e-5, {UNDECIDED}, 0),
        ("x - log(x) + y^2", 0.1, {0, UNDEFINED}, 1),
    ],
)
def test_starts_that_reach_nothing_are_classes_of_their_own(text, rate, labels, minima):
    picture = ask(text, rate)
    assert set(picture.labels.ravel()) == labels
    assert len(picture.minima) == minima


def test_a_known_minimum_at_a_kink_is_matched():
    picture = ask(SurfaceSpec("absolute"), 0.05)
    assert [each.position for each in picture.minima] == [(0.0,)]
    assert picture.share(0) == 1.0


def test_minima_outside_the_usual_domain_are_found_as_well():
    picture = ask(SurfaceSpec("rastrigin", domain=((2.5, 3.5), (-0.5, 0.5))), 0.001)
    assert [each.known for each in picture.minima].count(False) == 1
    new = picture.minima[-1].position
    assert new == pytest.approx((2.98486, 0.0), abs=1e-5)
    assert abs(ground_of(SurfaceSpec("rastrigin")).objective.value_and_gradient(new)[1]).max() < 1e-9


def test_closing_the_generator_ends_it():
    pictures = basins(BasinQuestion(SurfaceSpec("rastrigin"), RunnerSpec(), 512, 10_000))
    assert next(pictures).done == 0
    pictures.close()
    assert list(pictures) == []


def test_unreasonable_questions_are_refused():
    for resolution, steps, message in ((1, 5, "resolution is 1; allowed are 2 to 512"), (8, 0, "steps is 0; allowed")):
        with pytest.raises(ValueError, match=message):
            BasinQuestion(SurfaceSpec(), RunnerSpec(), resolution, steps)
