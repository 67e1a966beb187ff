"""One step taken apart: every sum is exact, every number is the race's, every sentence holds the numbers."""

import numpy
import pytest

from nnviz.engine import OPTIMIZERS
from nnviz.experiment.descent.phases import PHASES, phases_of
from nnviz.experiment.descent.race import Race
from nnviz.experiment.descent.specification import Descent, RunnerSpec, ScheduleSpec, SurfaceSpec
from nnviz.experiment.descent.wording import number, vector

WARM = ScheduleSpec("warm_up", {"length": 10.0, "beginning": 0.0})
RUNNERS = tuple(
    RunnerSpec(name, learning_rate=0.001, noise=noise, schedule=schedule)
    for name in OPTIMIZERS
    for noise, schedule in ((0.0, ScheduleSpec()), (0.4, WARM))
)


@pytest.fixture(scope="module")
def race() -> Race:
    return Race(Descent(surface=SurfaceSpec("rosenbrock"), start=(-1.2, 1.0), runners=RUNNERS, steps=200))


def close(one, other, scale: float = 1.0) -> bool:
    return numpy.abs(one - other).max() <= 1e-12 * max(scale, 1.0)


@pytest.mark.parametrize("runner", range(len(RUNNERS)))
@pytest.mark.parametrize("step", [0, 1, 63, 64, 150])
def test_every_sum_of_a_step_is_exact(race, runner, step):
    phases = phases_of(race, runner, step)
    settings, record = RUNNERS[runner], race.record()
    value, gradient = race.ground.objective.value_and_gradient(phases.position)
    assert numpy.array_equal(phases.position, record.positions[step, runner])
    assert numpy.array_equal(phases.new_position, record.positions[step + 1, runner])
    assert phases.value == float(value)
    assert numpy.array_equal(phases.gradient, gradient)
    assert numpy.array_equal(phases.noisy_gradient, gradient + phases.noise)
    assert phases.noise.any() == (settings.noise > 0.0)
    assert close(phases.position + phases.delta, phases.new_position)
    assert close(phases.delta, -phases.learning_rate * phases.adjusted)
    assert close(sum(phases.parts.values()), phases.adjusted, numpy.abs(phases.adjusted).max())
    assert phases.learning_rate == pytest.approx(0.001 if settings.noise == 0.0 else 0.001 * min(step / 10, 1.0))


def test_what_is_carried_is_that_of_the_definitions(race):
    g = [phases_of(race, 2, step).noisy_gradient for step in range(4)]
    third = phases_of(race, 2, 3)
    velocity = 0.9 * (0.9 * (0.9 * g[0] + g[1]) + g[2])
    assert third.parts["momentum"] == pytest.approx(velocity, rel=1e-12)
    assert third.parts["gradient"] == pytest.approx(g[3], rel=1e-9)
    assert third.after["velocity"] == pytest.approx(velocity + g[3], rel=1e-12)
    names = [OPTIMIZERS[RUNNERS[i].optimizer].slot_names for i in range(len(RUNNERS))]
    assert [tuple(phases_of(race, i, 5).before) for i in range(len(RUNNERS))] == names
    adam = 2 * list(OPTIMIZERS).index("adam")
    g = [phases_of(race, adam, step).noisy_gradient for step in range(3)]
    second = phases_of(race, adam, 2)
    mean, square = numpy.zeros(2), numpy.zeros(2)
    for each in g:
        mean, square = 0.9 * mean + 0.1 * each, 0.999 * square + 0.001 * each**2
    assert second.after["mean"] == pytest.approx(mean, rel=1e-12)
    assert second.after["squares"] == pytest.approx(square, rel=1e-12)
    d = mean / (1 - 0.9**3) / (numpy.sqrt(square / (1 - 0.999**3)) + 1e-8)
    assert second.adjusted == pytest.approx(d, rel=1e-12)


def test_looking_at_a_step_does_not_move_the_race(race):
    race.seek(20)
    phases_of(race, 0, 190)
    assert race.step == 20
    assert race.recorded >= 191


@pytest.mark.parametrize("runner", range(len(RUNNERS)))
def test_the_sentences_hold_the_numbers(race, runner):
    phases = phases_of(race, runner, 30)
    assert tuple(phases.sentences) == PHASES
    gradient, adjusted, step = phases.sentences.values()
    assert f"∇J = {vector(phases.gradient)}" in gradient
    assert ("noise" in gradient) == phases.noise.any()
    settings = RUNNERS[runner].optimizer
    told = phases.after["velocity"] if settings == "momentum" else phases.adjusted
    assert vector(told) in adjusted
    assert f"α·d = {number(phases.learning_rate)}·{vector(phases.adjusted)}" in step
    assert step.endswith(f"= {vector(phases.new_position)}.")
    assert all(sentence.endswith(".") for sentence in phases.sentences.values())


def test_the_lectures_first_step_in_words():
    sentences = phases_of(Race(Descent()), 1, 0).sentences
    assert sentences["gradient"] == "At θ = 2 the cost is J = 4 and ∇J = 4."
    assert sentences["adjusted"] == "Gradient descent takes the gradient as it is: d = 4."
    assert sentences["step"] == "α·d = 0.2·4 = 0.8; θ ← 2 − 0.8 = 1.2."


def test_a_gradient_of_zero_is_taken_apart_too():
    runners = tuple(RunnerSpec(name) for name in OPTIMIZERS)
    race = Race(Descent(surface=SurfaceSpec("bowl"), start=(0.0, 0.0), runners=runners, steps=5))
    for runner in range(len(runners)):
        phases = phases_of(race, runner, 3)
        assert not phases.delta.any()
        assert close(sum(phases.parts.values()), phases.adjusted)


def test_steps_that_are_not_taken_are_refused_in_words():
    race = Race(Descent(steps=200))
    with pytest.raises(ValueError, match="runner is 3; there are 3, counted from 0"):
        phases_of(race, 3, 0)
    with pytest.raises(ValueError, match="step is 200; allowed are 0 to 199"):
        phases_of(race, 0, 200)
    with pytest.raises(ValueError, match=r"gradient descent, α = 1\.1 stopped at step 82; there is no step 100"):
        phases_of(race, 2, 100)
    assert numpy.isfinite(phases_of(race, 2, 81).new_position).all()
    with pytest.raises(ValueError, match="runner is 7; allowed are 0 to 2"):
        race.slots_frame(7, 0)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.2, "3.2"), (-0.41, "−0.41"), (0.0, "0"), (-0.0, "0"), (1.5e-7, "1.5×10⁻⁷"), (-2e12, "−2×10¹²"),
        (123456.0, "1.235×10⁵"), (float("inf"), "∞"), (-float("inf"), "−∞"), (float("nan"), "undefined"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_in_print(value, text):
    assert number(value) == text
    assert vector([value]) == text
    assert vector([value, 1.0]) == f"({text}, 1)"
