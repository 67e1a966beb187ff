"""Measures the sharpness of the cost beside the run: one measurement at a time, at a small share of the machine."""

import math
from collections.abc import Callable
from itertools import zip_longest
from time import perf_counter

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from nnviz.engine.curvature import sharpness
from nnviz.experiment.sharpness_track import MAX_WORK
from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.specification import Experiment
from nnviz.ui.widgets.background import Background

Floats = NDArray[numpy.float64]

SHARE = 0.1
"""At most this share of the time is spent on it."""
LEAST_SECONDS = 0.4


class StabilityMeter(QObject):
    """`take` snapshots; `track` is what was measured of their run, a row (step, largest eigenvalue λ) each, (M, 2).

    breathe: called again and again while it measures; it may wait there for the window to finish drawing.
    """

    def __init__(self, parent: QObject | None = None, breathe: Callable[[], object] = lambda: None) -> None:
        super().__init__(parent)
        self._breathe = breathe
        self.track: Floats = numpy.zeros((0, 2))
        self._run_id = -1
        self._spec: Experiment | None = None
        self._step = 0
        self._began = 0.0
        self._rest_until = 0.0
        self._background = Background(self)
        self._background.done.connect(self._measured)

    def take(self, snapshot: Snapshot) -> None:
        """Forgets another run's or a discarded future's values, and measures anew when it is time."""
        if snapshot.run_id != self._run_id:
            self._background.cancel()
            self._run_id, self.track, self._rest_until = snapshot.run_id, numpy.zeros((0, 2)), 0.0
        elif self._spec is not None and snapshot.spec != self._spec:
            # A change belongs to the step before it is taken: with another penalty the cost there is another one.
            self._forget_from(parting(self._spec, snapshot.spec))
        self._spec = snapshot.spec
        if self._background.busy or perf_counter() < self._rest_until or snapshot.step in self.track[:, 0]:
            return
        objective, theta = snapshot.problem.objective, snapshot.theta
        if theta.size * len(objective.x) > MAX_WORK:
            return
        penalized = objective.with_penalties(snapshot.training.l1, snapshot.training.l2)
        self._step, self._began = snapshot.step, perf_counter()
        self._background.start(lambda: sharpness(penalized, theta, breathe=self._breathe).eigenvalue)

    def _forget_from(self, step: float) -> None:
        """What was measured there or later, or is being measured, is of a future that was given up."""
        self.track = self.track[self.track[:, 0] < step]
        if self._background.busy and self._step >= step:
            self._background.cancel()

    def _measured(self, eigenvalue: object) -> None:
        assert isinstance(eigenvalue, float)
        now = perf_counter()
        self._rest_until = now + max(LEAST_SECONDS, (now - self._began) / SHARE)
        rows = numpy.vstack([self.track, [self._step, eigenvalue]])
        self.track = rows[numpy.argsort(rows[:, 0], kind="stable")]


def parting(before: Experiment, after: Experiment) -> float:
    """The first step from which two histories of one run may differ; infinite where they do not."""
    if before.training != after.training:
        return 0
    pairs = zip_longest(before.changes, after.changes)
    ways = [change.step for old, new in pairs if old != new for change in (old, new) if change is not None]
    # Both lists are in order of their steps, so the first difference is the earliest.
    return min(ways, default=math.inf)
