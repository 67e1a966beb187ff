"""What is said of a runner is what its path does."""

import pytest

from nnviz.experiment.descent.commentary import remark, remarks
from nnviz.experiment.descent.race import Race
from nnviz.experiment.descent.specification import Descent, RunnerSpec, SurfaceSpec


def said(spec: Descent, step: int, runner: int = 0) -> tuple[str, str]:
    race = Race(spec)
    race.seek(step)
    found = remark(race, runner)
    return found.level, found.words


def on_parabola(rate: float, start: float = 2.0, steps: int = 400) -> Descent:
    return Descent(start=(start,), steps=steps, runners=(RunnerSpec(learning_rate=rate),))


@pytest.mark.parametrize(
    ("rate", "level", "words"),
    [
        (0.05, "calm", "is slow: the gradient shrinks by 10 % a step"),
        (0.2, "calm", "is fast: the gradient shrinks by 40 % a step"),
        (0.9, "warning", "oscillates: each step turns back"),
        (1.02, "bad", "swings further out with each step"),
    ],
)
def test_the_pace_on_a_parabola_is_the_factor_of_its_rate(rate: float, level: str, words: str) -> None:
    found = said(on_parabola(rate), 9)
    assert found[0] == level
    assert found[1].startswith(words)


def test_before_the_first_step_it_stands_at_the_start() -> None:
    assert said(on_parabola(0.1), 0) == ("calm", "starts at 2, J = 4")


def test_the_step_is_named_at_which_the_minimum_was_reached() -> None:
    race = Race(on_parabola(0.2))
    race.seek(100)
    norms = race.record().gradient_norms[:, 0]
    first = next(step for step, norm in enumerate(norms.tolist()) if norm <= 1e-8)
    assert remark(race, 0).level == "good"
    assert remark(race, 0).words.endswith(f"at step {first}")


def test_a_rate_that_is_far_too_high_diverges_and_the_step_is_named() -> None:
    level, words = said(on_parabola(1e9), 5)
    assert level == "bad"
    assert words.startswith("diverged at step 1")


def test_outside_the_picture_is_said_with_the_pace() -> None:
    level, words = said(on_parabola(1.1), 10)
    assert level == "bad"
    assert words.startswith("is outside the picture at 12.4; swings further out")
    falling = Descent(surface=SurfaceSpec("expression", expression="-x^2"), start=(4.0,), runners=(RunnerSpec(),))
    assert said(falling, 3)[0] == "warning"


def test_climbing_slopes_are_no_trouble() -> None:
    plateau = Descent(surface=SurfaceSpec("plateau"), start=(3.2,), runners=(RunnerSpec(learning_rate=1.0),))
    assert said(plateau, 5)[1].startswith("is on its way, the slope gets steeper")


def test_rest_on_a_saddle_is_no_minimum() -> None:
    saddle = Descent(surface=SurfaceSpec("saddle"), start=(0.0, 0.0), runners=(RunnerSpec(),))
    level, words = said(saddle, 4)
    assert level == "warning"
    assert words.startswith("rests at (0, 0) since step 0")


def test_undefined_ground_is_said_at_the_start_and_on_the_way() -> None:
    surface = SurfaceSpec("expression", expression="log(x)")
    at_once = Descent(surface=surface, start=(-1.0,), runners=(RunnerSpec(),))
    assert said(at_once, 0) == ("bad", "the start −1 is where the surface is undefined; choose another one")
    later = Descent(surface=surface, start=(0.2,), runners=(RunnerSpec(learning_rate=0.5),))
    assert said(later, 5) == ("warning", "stopped at step 1: the surface is undefined there")


def test_all_runners_are_spoken_of() -> None:
    race = Race(Descent())
    race.seek(5)
    assert [each.level for each in remarks(race)] == ["calm", "calm", "bad"]
