"""What looking costs: training with the Lab open and all its views drawing, against the same run without a window."""

import statistics
import time

from benchmarks.lab import NEEDS, lab, spin
from benchmarks.record import Benchmark, Row
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import Experiment, LayerSpec, NetworkSpec, replace
from nnviz.experiment.training_job import TrainingJob

SECONDS = 3.0
ROUNDS = 3


def run() -> list[Row]:
    """A small network, where the window costs most, and a larger one."""
    small = Experiment()
    large = replace(small, network=NetworkSpec(hidden=(LayerSpec(64), LayerSpec(64))))
    large = replace(large, training=replace(large.training, batch_size=64))
    return [_measure("[2, 8, 8, 1] B10", small), _measure("[2, 64, 64, 1] B64", large)]


def _measure(case: str, spec: Experiment) -> Row:
    ours, headless = [], []
    with lab() as (app, window):
        window.session.adopt(spec, None, play=False)
        spin(app, 0.5)
        for _ in range(ROUNDS):
            window.session.play()
            spin(app, 0.3)
            before, began = window.session.snapshot.step, time.perf_counter()
            spin(app, SECONDS)
            ours.append((window.session.snapshot.step - before) / (time.perf_counter() - began))
            window.session.pause()
            spin(app, 0.1)
            headless.append(_headless(spec, window.session.snapshot.step))
    ratio = statistics.median(mine / peer for mine, peer in zip(ours, headless, strict=True))
    return Row(
        case, f"{statistics.median(ours):,.0f} steps/s", f"{statistics.median(headless):,.0f} steps/s", ratio, 0.5
    )


def _headless(spec: Experiment, about_step: int) -> float:
    """Steps a second with records and layer statistics, about as far into the run: records grow sparser with time."""
    job = TrainingJob(resolve(spec))
    job.advance(min(about_step, 20_000))
    start, began = job.step, time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        job.advance(500)
    return (job.step - start) / (time.perf_counter() - began)


BENCHMARK = Benchmark(
    name="throughput",
    title="Training with the Lab open, all views drawing",
    peer="headless with diagnostics",
    run=run,
    needs=NEEDS,
)
