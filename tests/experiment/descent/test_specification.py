"""The descent's specification and its presets: what is written is read, what cannot be run is refused."""

import json

import msgspec
import numpy
import pytest

from nnviz.engine.surfaces import SURFACES
from nnviz.experiment.descent.ground import ground_of
from nnviz.experiment.descent.race import Race
from nnviz.experiment.descent.rate_strip import rate_strip
from nnviz.experiment.descent.specification import (
    SURFACE_NAMES,
    Descent,
    RateStripSpec,
    RunnerSpec,
    ScheduleSpec,
    SurfaceSpec,
)
from nnviz.experiment.specification import replace
from nnviz.resources import resource

PRESETS = sorted(resource("presets", "descent").glob("*.nnviz"))
FULL = Descent(
    name="Ein Abstieg – 試",
    seed=7,
    surface=SurfaceSpec("expression", expression="x^2 + log(y)", domain=((-1.0, 2.0), (0.5, 3.0))),
    start=(1.0, 2.0),
    steps=5,
    runners=(
        RunnerSpec(
            "adam", {"beta1": 0.5}, 1e9, ScheduleSpec("step", {"every": 3.0}), 0.25, 3, "mine", start=(0.0, 1.0)
        ),
    ),
    strip=RateStripSpec((0.1,), 3),
)


@pytest.mark.parametrize("spec", [Descent(), FULL, Descent(runners=())])
def test_what_is_written_is_read_again(spec):
    assert msgspec.json.decode(msgspec.json.encode(spec), type=Descent) == spec


def test_the_default_is_the_lectures_example():
    spec = Descent()
    assert ground_of(spec.surface).objective.expression.text == "x^2"
    assert [each.learning_rate for each in spec.runners] == [0.05, 0.2, 1.1]
    assert spec.strip.rates == (0.05, 0.2, 1.1)
    assert spec.runners[1].title == "gradient descent, α = 0.2"
    assert FULL.runners[0].title == "mine"
    assert (FULL.start_of(0), spec.start_of(2)) == ((0.0, 1.0), (2.0,))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"surface": {"name": "hill"}}, "name: 'hill' is not known; allowed are parabola, double_well"),
        ({"surface": {"name": "ravine", "parameters": {"condition": 0}}}, "parameters: condition is 0"),
        ({"surface": {"name": "bowl", "parameters": {"a": 1}}}, "parameters: bowl has no parameter a"),
        ({"surface": {"name": "regression", "parameters": {"a": 1}}}, "parameters: regression has none"),
        ({"surface": {"name": "regression", "points": []}}, "points: a regression needs at least one point"),
        ({"surface": {"name": "expression", "expression": "1 + 2x"}}, r"write 2\*x, at character 5"),
        ({"surface": {"name": "expression", "expression": "x" * 600}}, "length <= 500"),
        ({"surface": {"domain": [[0, 1], [0, 1]]}}, "domain: has 2 ranges; the surface has 1 coordinates"),
        ({"surface": {"domain": [[1, 1]]}}, "domain: from 1 to 1 is no range"),
        ({"start": [1, 2]}, "start: has 2 coordinates; the surface has 1"),
        ({"runners": [{"start": [1, 2]}]}, r"runners\[0\].start: has 2 coordinates"),
        ({"runners": [{"optimizer": "sgd"}]}, "optimizer: 'sgd' is not known"),
        ({"runners": [{"optimizer": "adam", "parameters": {"rho": 1}}]}, "parameters: adam has no parameter rho"),
        ({"runners": [{"learning_rate": 0}]}, "> 0"),
        ({"runners": [{"schedule": {"name": "linear"}}]}, "name: 'linear' is not known; allowed are constant"),
        ({"runners": [{"schedule": {"name": "step", "parameters": {"every": 0}}}]}, "parameters: every is 0"),
        ({"runners": [{}] * 33}, "length <= 32"),
        ({"steps": 100_001}, "<= 100000"),
        ({"runners": [{}] * 20, "steps": 100_000}, "steps: 100000 is too much for 20 runners; at most 50000"),
        ({"strip": {"rates": []}}, "length >= 1"),
        ({"colour": 1}, "unknown field"),
    ],
)
def test_what_cannot_be_run_is_refused_in_words(content, message):
    with pytest.raises(msgspec.ValidationError, match=message):
        msgspec.convert(content, Descent)


@pytest.mark.parametrize("name", SURFACE_NAMES)
def test_every_surface_can_be_named_and_made_ready(name):
    surface = SurfaceSpec(name)
    ground = ground_of(surface)
    assert ground.dimension == surface.dimension == len(ground.domain) == len(ground.start)
    assert ground.inside(numpy.array(ground.start))
    assert ground.inside(ground.middle)
    assert ground.minima.shape[1] == ground.dimension
    assert numpy.isfinite(ground.objective.value(ground.start))
    assert ground.title
    assert ground.teaches.endswith(".")
    moved = ground_of(replace(surface, domain=((0.0, 3.0),) * ground.dimension))
    assert moved.domain == ((0.0, 3.0),) * ground.dimension
    assert moved.diagonal == pytest.approx(3.0 * ground.dimension**0.5)


def test_the_regressions_minimum_is_in_sight_and_open_when_all_x_are_equal():
    ground = ground_of(SurfaceSpec("regression", points=((1.0, 50.0), (2.0, 90.0), (3.0, 130.0))))
    assert ground.minima == pytest.approx(numpy.array([[40.0, 10.0]]))
    assert ground.inside(ground.minima).all()
    assert ground.inside(numpy.zeros(2))
    assert ground_of(SurfaceSpec("regression", points=((0.1, 1.0), (0.1, 2.0), (0.1, 3.0)))).minima.shape == (0, 2)


def test_far_is_a_million_times_the_domains_size_or_no_number():
    ground = ground_of(SurfaceSpec("bowl"))
    places = numpy.array([[0.0, 0.0], [8e6, 0.0], [9e6, 0.0], [numpy.nan, 0.0], [numpy.inf, 0.0], [1e300, 1e300]])
    assert ground.is_far(places).tolist() == [False, False, True, True, True, True]


@pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
def test_every_preset_decodes_and_runs(path):
    content = json.loads(path.read_text(encoding="utf-8"))
    assert [content.pop(key) for key in ("format", "version", "workspace")] == ["nnviz", 1, "descent"]
    spec = msgspec.convert(content, Descent)
    assert spec.name
    assert len(spec.description) > 80
    race = Race(spec)
    assert race.seek(spec.steps) == spec.steps
    assert len({each.colour for each in spec.runners}) == len(spec.runners)
    assert len(rate_strip(spec).paths) == len(spec.strip.rates)


def preset(stem: str) -> Race:
    content = json.loads(resource("presets", "descent", f"{stem}.nnviz").read_text(encoding="utf-8"))
    for key in ("format", "version", "workspace"):
        del content[key]
    race = Race(msgspec.convert(content, Descent))
    race.seek(race.spec.steps)
    return race


def test_the_presets_show_what_they_say():
    assert [path.stem for path in PRESETS] == [
        "adam_adagrad", "line_fit", "plateau", "ravine_momentum", "saddle", "three_rates", "two_minima"
    ]  # fmt: skip
    ends = {path.stem: preset(path.stem).record() for path in PRESETS}
    slow, fast, thrown = ends["three_rates"].values[-1]
    assert fast < slow < 4.0 < thrown
    # Steps until the cost is below 1e-3: momentum takes less than half of them.
    plain, *pushed = [int(numpy.argmax(ends["ravine_momentum"].values[:, i] < 1e-3)) for i in range(3)]
    assert 0 < 2 * max(pushed) < plain
    assert ends["plateau"].values[-1][0] > 0.9
    assert (ends["plateau"].values[-1][2:] < 1e-3).all()
    right, left, pushed_over = ends["two_minima"].positions[-1, :, 0]
    wells = SURFACES["double_well"].minima()[:, 0]
    assert [right, left, pushed_over] == pytest.approx([wells[1], wells[0], wells[0]], abs=0.01)
    adagrad, adam = ends["adam_adagrad"].values[-1][:2]
    assert adam < 1e-3 * adagrad
    left_at = [int(numpy.argmax(abs(ends["saddle"].positions[:, i, 1]) > 1.0)) for i in range(3)]
    assert left_at[0] > left_at[1] > 0
    assert left_at[0] > left_at[2] > 0
    best = ground_of(preset("line_fit").spec.surface).minima[0]
    assert ends["line_fit"].positions[-1, 0] == pytest.approx(best, abs=1e-6)
