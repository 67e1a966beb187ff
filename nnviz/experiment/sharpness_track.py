"""The sharpness of a run without a window: measured afterwards, at steps spread over it."""

import numpy
from numpy.typing import NDArray

from nnviz.engine.curvature import sharpness
from nnviz.experiment.training_job import TrainingJob

Floats = NDArray[numpy.float64]

MAX_WORK = 3e8
"""Parameters times examples beyond which a measurement would take minutes: none is made."""
MEASUREMENTS = 25
"""Enough for a line that shows where it rises and where it meets 2/α."""
ALL_WORK = 2e7
"""Parameters times examples up to which so many are made; beyond, fewer, so that they take no longer."""


def sharpness_track(job: TrainingJob) -> Floats:
    """(M, 2) steps from 0 to the job's present, evenly, and the largest eigenvalue of the Hessian there.

    The job is sent back and taken through its steps again, and ends where it stood. Empty for a network that is too
    large to be measured.
    """
    end, work = job.step, job.trainer.theta.size * len(job.problem.objective.x)
    if work > MAX_WORK:
        return numpy.zeros((0, 2))
    count = max(2, min(MEASUREMENTS, int(MEASUREMENTS * ALL_WORK / max(work, 1))))
    steps = numpy.unique(numpy.linspace(0, end, count).round().astype(int))
    rows = []
    for step in steps.tolist():
        job.seek(step)
        rows.append((float(step), sharpness(job.trainer.objective, job.trainer.theta).eigenvalue))
    return numpy.array(rows)
