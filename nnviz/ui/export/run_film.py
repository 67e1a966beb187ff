"""A view of the Lab over a range of steps: the run is trained once more, by itself, from its specification."""

import dataclasses
import time
from collections.abc import Iterator, Sequence

import numpy
from numpy.typing import NDArray

from nnviz.experiment.problem import resolve
from nnviz.experiment.snapshot import Snapshot, take_snapshot
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch
from nnviz.ui.export.caption import run_caption
from nnviz.ui.export.mirror import mirror
from nnviz.ui.plots.figure import Figure
from nnviz.ui.plots.view import View

Floats = NDArray[numpy.float64]

CHUNK_SECONDS = 0.01
PAUSE_SECONDS = 0.001
"""The window and the user's own run want the interpreter, too."""


class RunFilm:
    """See nnviz.ui.plots.film. view: the one in the window. snapshot: of its run. watch: what it looks at.

    first, last: from the beginning to the furthest step that was reached.
    """

    unit = "step"

    def __init__(self, view: View, snapshot: Snapshot, watch: Watch) -> None:
        self.first, self.last = 0, snapshot.horizon
        self._view, self._snapshot = view, snapshot
        self._watch = dataclasses.replace(watch, readings=frozenset(view.readings))
        self._mirrored: Figure | None = None
        self._ended = ""

    def make_figure(self) -> Figure:
        """A view of the same kind."""
        figure = type(self._view)()
        figure.set_theme(self._view.theme)
        figure.show_unit(self._watch.layer, self._watch.unit[1] if self._watch.unit else None)
        return figure

    def states(self, steps: Sequence[int]) -> Iterator[tuple[int, object]]:
        """Snapshots. Now and then (step, None): so far it has come. ValueError when the run cannot be trained."""
        self._ended = ""
        job = TrainingJob(resolve(self._snapshot.spec))
        for step in steps:
            while job.step < step and job.status == "running":
                self._advance(job, step)
                yield job.step, None
            shown = take_snapshot(job, self._watch)
            yield job.step, dataclasses.replace(shown, ghost=self._snapshot.ghost, sharpness=self._sharpness(job.step))
            if job.step < step:
                self._ended = job.reason
                return

    def show(self, figure: Figure, state: object) -> None:
        """Draws it; what the window's view has chosen is taken over once there is something to choose."""
        assert isinstance(figure, View)
        assert isinstance(state, Snapshot)
        figure.draw(state)
        if self._mirrored is not figure:
            self._mirrored = figure
            mirror(self._view, figure)
            figure.draw(state)

    def caption(self, state: object) -> str:
        """Whose run it is, and the step."""
        assert isinstance(state, Snapshot)
        return run_caption(state)

    def ended(self) -> str:
        """Where the run ended before the last step that was asked for."""
        return self._ended

    def _sharpness(self, step: int) -> Floats:
        measured = self._snapshot.sharpness
        return measured[measured[:, 0] <= step]

    def _advance(self, job: TrainingJob, step: int) -> None:
        """Some milliseconds of training, then a breath."""
        until = time.perf_counter() + CHUNK_SECONDS
        while job.step < step and job.status == "running" and time.perf_counter() < until:
            job.advance(min(20, step - job.step))
        time.sleep(PAUSE_SECONDS)
