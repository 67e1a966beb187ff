"""Measures the sharpness of the cost beside the run: one measurement at a time, at a small share of the machine."""

from collections.abc import Callable
from time import perf_counter

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from nnviz.engine.curvature import sharpness
from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.widgets.background import Background

Floats = NDArray[numpy.float64]

SHARE = 0.1
"""At most this share of the time is spent on it."""
LEAST_SECONDS = 0.4
MAX_WORK = 3e8
"""Parameters times examples beyond which a measurement would take minutes: none is made."""


class StabilityMeter(QObject):
    """`take` snapshots; `track` is what was measured of their run, a row (step, largest eigenvalue λ) each, (M, 2).

    breathe: called again and again while it measures; it may wait there for the window to finish drawing.
    """

    def __init__(self, parent: QObject | None = None, breathe: Callable[[], object] = lambda: None) -> None:
        super().__init__(parent)
        self._breathe = breathe
        self.track: Floats = numpy.zeros((0, 2))
        self._run_id = -1
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
        elif len(self.track) and self.track[:, 0].max() > snapshot.horizon:
            self.track = self.track[self.track[:, 0] <= snapshot.horizon]
        if self._background.busy or perf_counter() < self._rest_until or snapshot.step in self.track[:, 0]:
            return
        objective, theta = snapshot.problem.objective, snapshot.theta
        if theta.size * len(objective.x) > MAX_WORK:
            return
        penalized = objective.with_penalties(snapshot.training.l1, snapshot.training.l2)
        self._step, self._began = snapshot.step, perf_counter()
        self._background.start(lambda: sharpness(penalized, theta, breathe=self._breathe).eigenvalue)

    def _measured(self, eigenvalue: object) -> None:
        assert isinstance(eigenvalue, float)
        now = perf_counter()
        self._rest_until = now + max(LEAST_SECONDS, (now - self._began) / SHARE)
        rows = numpy.vstack([self.track, [self._step, eigenvalue]])
        self.track = rows[numpy.argsort(rows[:, 0], kind="stable")]
