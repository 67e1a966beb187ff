"""Basins of attraction: how long the picture of 128² starts and 200 steps takes, against what a user may wait."""

from collections.abc import Callable

from benchmarks.record import Benchmark, Row
from benchmarks.timing import interleaved
from nnviz.experiment.descent.basins import BasinQuestion, basins
from nnviz.experiment.descent.specification import RunnerSpec, SurfaceSpec

RESOLUTION, STEPS = 128, 200
SECONDS = 2.0
CASES = {
    "himmelblau": RunnerSpec(learning_rate=0.01),
    "rastrigin": RunnerSpec("adam", learning_rate=0.01),
}


def run() -> list[Row]:
    """Seconds of the whole picture, from the first start to the last."""
    seconds = interleaved({name: _picture(SurfaceSpec(name), runner) for name, runner in CASES.items()})
    return [
        Row(
            f"{name}, {runner.title}, {RESOLUTION}² starts, {STEPS} steps",
            f"{seconds[name]:.2f} s",
            f"{SECONDS:g} s",
            seconds[name] / SECONDS,
            1.0,
            at_most=True,
        )
        for name, runner in CASES.items()
    ]


def _picture(surface: SurfaceSpec, runner: RunnerSpec) -> Callable[[int], object]:
    question = BasinQuestion(surface, runner, RESOLUTION, STEPS)

    def work(count: int) -> None:
        for _ in range(count):
            list(basins(question))

    return work


BENCHMARK = Benchmark(
    name="basins",
    title="Basins of attraction",
    peer="what a user may wait",
    run=run,
)
