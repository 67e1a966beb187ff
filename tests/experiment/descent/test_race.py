"""The race: the lecture's numbers, the formula at every step, seeking, statuses, noise, and bad ground."""

import numpy
import pytest

from nnviz.engine import OPTIMIZERS
from nnviz.experiment.descent.noise import Noise
from nnviz.experiment.descent.population import Population
from nnviz.experiment.descent.race import Race
from nnviz.experiment.descent.specification import Descent, RunnerSpec, ScheduleSpec, SurfaceSpec
from nnviz.experiment.specification import replace

EVERY = tuple(RunnerSpec(name, learning_rate=0.001) for name in OPTIMIZERS)
VALLEY = Descent(surface=SurfaceSpec("rosenbrock"), start=(-1.2, 1.0), runners=EVERY, steps=300)


def run(text: str, start: tuple[float, ...], rate: float = 0.1, steps: int = 100) -> Race:
    surface = SurfaceSpec("expression", expression=text)
    race = Race(Descent(surface=surface, start=start, runners=(RunnerSpec(learning_rate=rate),), steps=steps))
    race.seek(steps)
    return race


def test_the_lectures_rates_multiply_x_by_their_factors():
    race = Race(Descent())
    assert race.advance(40) == 40
    positions = race.record().positions[..., 0]
    for runner, factor in enumerate((0.9, 0.6, -1.2)):
        assert positions[:, runner] == pytest.approx(2.0 * factor ** numpy.arange(41), rel=1e-11)
    assert race.record().values == pytest.approx(positions**2, rel=1e-14)
    assert race.record().gradient_norms == pytest.approx(abs(2.0 * positions), rel=1e-14)
    assert [race.standing(i).status for i in range(3)] == ["running", "converged", "outside"]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_each_runner_takes_the_optimizers_own_steps(name):
    schedule = ScheduleSpec("cosine", {"length": 50.0})
    runner = RunnerSpec(name, learning_rate=0.002, schedule=schedule)
    race = Race(replace(VALLEY, runners=(*EVERY, runner)))
    race.seek(100)
    positions, objective = race.record().positions[:, -1], race.ground.objective
    theta, slots = numpy.array(VALLEY.start), OPTIMIZERS[name].init(numpy.array(VALLEY.start))
    for step in range(100):
        rate = 0.002 * 0.5 * (1.0 + numpy.cos(numpy.pi * min(step / 50, 1.0)))
        gradient = objective.value_and_gradient(theta)[1]
        delta, slots = OPTIMIZERS[name].update(gradient, slots, step, learning_rate=max(rate, 0.0))
        assert positions[step] == pytest.approx(theta, rel=1e-9)
        theta = theta + delta


def test_the_same_specification_gives_the_same_bits_however_it_is_stepped():
    diverging = RunnerSpec(learning_rate=0.1)
    spec = replace(VALLEY, runners=(*(replace(each, noise=0.5) for each in EVERY), diverging))
    whole, pieces = Race(spec), Race(spec)
    whole.seek(300)
    while not pieces.finished:
        pieces.advance(7)
        pieces.seek(pieces.step - 3)
        pieces.advance(3)
    assert whole.standing(len(EVERY)).status == "diverged"
    assert numpy.array_equal(whole.record().positions, pieces.record().positions, equal_nan=True)
    assert numpy.array_equal(whole.record().values, pieces.record().values, equal_nan=True)


def test_noise_depends_on_seed_runner_and_step_and_has_the_level_asked_for():
    spec = Descent(
        surface=SurfaceSpec("expression", expression="0*x + 0*y"),
        start=(0.0, 0.0),
        steps=2000,
        runners=(RunnerSpec(learning_rate=1.0, noise=0.3), RunnerSpec(learning_rate=1.0, noise=0.3), RunnerSpec()),
    )
    race = Race(spec)
    race.seek(2000)
    moves = -numpy.diff(race.record().positions, axis=0)
    assert moves[:, :2].std() == pytest.approx(0.3, rel=0.05)
    assert abs(moves[:, :2].mean()) < 0.02
    assert abs(numpy.corrcoef(moves[:, 0, 0], moves[:, 1, 0])[0, 1]) < 0.1
    assert not moves[:, 2].any()
    assert moves[777, 1] == pytest.approx(race.noise_at(1, 777), abs=1e-12)
    assert not race.noise_at(2, 777).any()
    other = Race(replace(spec, seed=1))
    assert not numpy.array_equal(other.noise_at(1, 777), race.noise_at(1, 777))
    assert numpy.array_equal(Noise(3, 0, 2).at(600), Noise(3, 0, 2).at(600))


def test_going_back_shows_the_record_and_computes_nothing():
    race = Race(VALLEY)
    race.seek(200)
    before = race.record()
    assert race.seek(50) == 50
    assert race.recorded == 200
    assert numpy.array_equal(race.snapshot().positions, before.positions[50])
    assert race.advance(10) == 60
    assert race.recorded == 200
    assert race.seek(-5) == 0
    assert race.seek(10**9) == 300
    assert race.finished


def test_a_record_is_never_written_again():
    race = Race(VALLEY)
    race.seek(40)
    early = race.record()
    kept = early.positions.copy()
    race.seek(300)
    assert early.last_step == 40
    assert numpy.array_equal(early.positions, kept)
    with pytest.raises(ValueError, match="read-only"):
        early.values[0] = 1.0


def test_a_diverged_runner_stops_alone_and_its_last_place_is_kept():
    race = Race(Descent(steps=200))
    race.seek(200)
    record = race.record()
    stop = record.stopped_at[2]
    assert record.stopped_at.tolist() == [-1, -1, stop]
    # 2 · 1.2^t passes a million times the domain's length of 6.
    assert stop == numpy.ceil(numpy.log(6e6 / 2.0) / numpy.log(1.2))
    assert numpy.isfinite(record.positions[: stop + 1, 2]).all()
    assert numpy.isnan(record.positions[stop + 1 :, 2]).all()
    assert numpy.isfinite(record.positions[:, :2]).all()
    standing = race.standing(2)
    assert standing.stopped
    assert (standing.status, "a lower rate may help" in standing.sentence) == ("diverged", True)
    assert numpy.isfinite(race.snapshot().positions).all()
    race.seek(int(stop) - 1)
    assert race.standing(2).status == "outside"
    assert not race.standing(2).stopped


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("surface", ["himmelblau", "rastrigin", "absolute", "beale"])
def test_a_rate_of_a_thousand_million_is_a_status_and_no_warning(surface, name):
    spec = SurfaceSpec(surface)
    start = (1.3, 0.7)[: spec.dimension]
    race = Race(Descent(surface=spec, start=start, runners=(RunnerSpec(name, learning_rate=1e9),), steps=50))
    race.seek(50)
    assert race.standing(0).status == "diverged"


@pytest.mark.parametrize(
    ("text", "start", "rate", "status", "says"),
    [
        ("log(x)", (-1.0,), 0.1, "undefined", "The start −1 is where the surface is undefined; choose another one."),
        ("log(x)", (1.0,), 0.3, "undefined", "undefined there"),
        ("sqrt(x)", (0.0,), 0.1, "undefined", "The start 0 is where"),
        ("3", (1.0,), 0.1, "stationary", "on flat ground"),
        ("exp(-x^2)", (5.0,), 0.1, "stationary", "on flat ground"),
        ("x^2*1e-9", (2.0,), 0.1, "stationary", "on flat ground"),
        ("abs(x)", (1.0,), 0.25, "converged", "Converged at 0, a minimum with J = 0."),
        ("x^4", (0.0,), 0.1, "converged", "Converged at 0"),
        ("x^2 - y^2", (1.0, 0.0), 0.1, "stationary", "on a saddle"),
        ("-x^2", (0.0,), 0.1, "stationary", "on a top"),
        ("sqrt(x^2 + y^2)^3", (0.0, 0.0), 0.1, "undefined", "The start (0, 0)"),
        ("x^2", (1e9,), 0.1, "diverged", "The start 1×10⁹ is too far away from the domain"),
        ("x^2", (400.0,), 1e-6, "outside", "Outside the domain, at 399.9; it goes on."),
        ("(x - 4)^2", (2.0,), 0.5, "converged", "Converged at 4, a minimum with J = 0."),
        ("exp(x)", (800.0,), 0.1, "undefined", "The start 800 is where"),
        ("x^2", (1.0,), 0.001, "running", "At 0.8186, J = 0.6701, ‖∇J‖ = 1.637."),
    ],
)
def test_what_has_become_of_a_runner_is_told(text, start, rate, status, says):
    standing = run(text, start, rate).standing(0)
    assert standing.status == status
    assert says in standing.sentence


def test_a_known_minimum_without_curvature_is_a_minimum():
    race = Race(Descent(surface=SurfaceSpec("absolute"), start=(0.0,), runners=(RunnerSpec(),), steps=3))
    assert race.standing(0).status == "converged"


def test_a_minimum_of_a_curvature_that_is_no_number_is_no_error():
    assert run("abs(x)^1.5", (0.0,)).standing(0).status in ("converged", "undefined")


def test_a_race_without_runners_can_be_stepped():
    race = Race(Descent(runners=()))
    assert race.advance(5) == 5
    snapshot = race.snapshot()
    assert snapshot.standings == ()
    assert snapshot.positions.shape == (0, 1)
    assert snapshot.record.positions.shape == (6, 0, 1)
    with pytest.raises(ValueError, match="no runners"):
        race.slots_frame(0, 0)


def test_a_shared_runner_is_one_for_every_row():
    race = Race(replace(VALLEY, runners=(EVERY[5],)))
    race.seek(50)
    population = Population(race.ground.objective, numpy.tile(VALLEY.start, (4, 1)), [EVERY[5]])
    for _ in range(50):
        population.advance()
    assert population.theta == pytest.approx(numpy.tile(race.record().positions[50, 0], (4, 1)), rel=1e-12)


def test_memory_is_bounded_by_the_record():
    race = Race(Descent(steps=100_000, runners=(RunnerSpec(learning_rate=1e-5),)))
    race.seek(3000)
    assert race._positions.nbytes + race._values.nbytes + race._norms.nbytes <= 2 * 3 * 8 * 3001 + 4096
    assert len(race._frames) == 3000 // 64 + 1
