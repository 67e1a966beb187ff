"""Whatever surface, domain, start and rate a user may type: an answer in words, no warning, no endless work."""

import math

import pytest

from nnviz.engine import OPTIMIZERS
from nnviz.experiment.descent.basins import BasinQuestion, basins
from nnviz.experiment.descent.phases import phases_of
from nnviz.experiment.descent.race import Race
from nnviz.experiment.descent.rate_strip import VERDICTS, rate_strip
from nnviz.experiment.descent.specification import Descent, RateStripSpec, RunnerSpec, SurfaceSpec

TEXTS = (
    "1e300*x*x", "x*1e300*1e300 + y", "1/0", "0/0", "log(x)*y", "exp(exp(x))", "x^y", "tan(x)", "1/x + 1/y",
    "9^9^9^9", "abs(x)^0.5", "max(x, y, -x, -y)", "-1e308*x^2 - 1e308*y^2", "sin(1e10*x)", "x^100", "x^-3",
    "1e-300*x^2", "log(log(x))", "exp(-1/x^2)", "-x",
)  # fmt: skip
RUNNERS = tuple(
    RunnerSpec(name, learning_rate=rate, noise=noise)
    for name in OPTIMIZERS
    for rate, noise in ((0.1, 0.0), (1e9, 1e12), (1e12, 0.0))
)


@pytest.mark.parametrize("domain", [None, (-1e12, 1e12), (0.0, 1e-9)])
@pytest.mark.parametrize("text", TEXTS)
def test_every_question_has_an_answer(text, domain):
    dimension = SurfaceSpec("expression", expression=text).dimension
    surface = SurfaceSpec("expression", expression=text, domain=None if domain is None else (domain,) * dimension)
    for coordinate in (0.0, 1.0, 1e12, -3.3, 1e-9):
        start = (coordinate,) * dimension
        race = Race(Descent(surface=surface, start=start, runners=RUNNERS, steps=12))
        race.seek(12)
        assert all(standing.sentence.endswith(".") for standing in race.snapshot().standings)
        strip = rate_strip(
            Descent(surface=surface, start=start, strip=RateStripSpec((1e-9, 0.1, 1e12), 10)), race.ground
        )
        assert {path.verdict for path in strip.paths} <= set(VERDICTS)
        assert not math.isnan(strip.stability_limit)
        for runner in range(0, len(RUNNERS), 5):
            stopped_at = race.record().stopped_at[runner]
            if 0 <= stopped_at <= 5:
                with pytest.raises(ValueError, match="stopped at step"):
                    phases_of(race, runner, 5)
            else:
                assert len(phases_of(race, runner, 5).sentences) == 3
    for rate in (0.1, 1e9):
        *_, picture = basins(BasinQuestion(surface, RunnerSpec(learning_rate=rate), 16, 30))
        assert picture.complete
