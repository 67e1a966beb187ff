"""A run without a window: train to a step, and tell in JSON what came of it. Same file, same steps, same bytes."""

import math
from collections.abc import Callable
from typing import Any

import msgspec

from nnviz.engine.diagnostics import STATISTICS
from nnviz.engine.metrics import METRIC_NAMES
from nnviz.experiment.problem import resolve
from nnviz.experiment.records import COLUMNS
from nnviz.experiment.specification import Experiment
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.verdict import judge

CHUNK_STEPS = 1000


def train(spec: Experiment, steps: int, progress: Callable[[int], None] = lambda _step: None) -> TrainingJob:
    """The experiment's run after ``steps`` steps, or where it ended before. ValueError when it cannot be run."""
    job = TrainingJob(resolve(spec))
    while job.step < steps and job.status == "running":
        job.advance(min(CHUNK_STEPS, steps - job.step))
        progress(job.step)
    return job


def report(job: TrainingJob) -> bytes:
    """The run as JSON: where it stands, the recorded curves, the layers' statistics; null where there is no number."""
    moment, curves, problem = job.moment(), job.curves(), job.problem
    verdict = judge(job, moment)
    content: dict[str, Any] = {
        "format": "nnviz-run",
        "version": 1,
        "name": job.spec.name,
        "seed": job.spec.seed,
        "task": problem.task,
        "examples": {"train": len(problem.train), "test": len(problem.test)},
        "parameters": problem.network.parameter_count,
        "status": job.status,
        "reason": job.reason,
        "verdict": {"code": verdict.code, "sentence": verdict.sentence},
        "score_name": METRIC_NAMES[problem.task],
        **{name: _number(value) for name, value in zip(COLUMNS, moment.row(), strict=True)},
        "layers": [
            {name: _number(value) for name, value in zip(STATISTICS, row, strict=True)}
            for row in moment.layers.tolist()
        ],
        "curves": {name: [_number(value) for value in curves.column(name).tolist()] for name in COLUMNS},
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def _number(value: float) -> float | int | None:
    if not math.isfinite(value):
        return None
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value
