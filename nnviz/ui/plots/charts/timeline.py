"""The time axis that several plots share: steps or epochs, the present among what is recorded, and the marks."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.experiment.snapshot import Snapshot
from nnviz.ui.plots.charts.changes import described_changes
from nnviz.ui.plots.charts.wording import count, full

Floats = NDArray[numpy.float64]


@dataclass(frozen=True, eq=False)
class Timeline:
    """Recorded moments on a time axis.

    places: (R,) where they lie. present: how many of them are past. now: the present's place. end: the axis's right
    end. marks: (place, label) of each change.
    """

    unit: str
    steps: Floats
    epochs: Floats
    places: Floats
    present: int
    now: float
    end: float
    marks: tuple[tuple[float, str], ...]

    @classmethod
    def of(cls, snapshot: Snapshot, unit: str) -> "Timeline":
        """unit: "step" or "epoch"."""
        curves, moment = snapshot.curves, snapshot.moment
        steps, epochs = curves.column("step"), curves.column("epoch")
        places, now = (epochs, moment.epoch) if unit == "epoch" else (steps, float(moment.step))
        changes = described_changes(snapshot.spec)
        at = [float(step) for step, _ in changes]
        if unit == "epoch" and len(steps):
            at = numpy.interp(at, steps, epochs).tolist() if at else []
        last = float(places[-1]) if len(places) else 0.0
        horizon = float(snapshot.horizon) if unit == "step" else now
        return cls(
            unit=unit,
            steps=steps,
            epochs=epochs,
            places=places,
            present=int(numpy.searchsorted(steps, moment.step, side="right")),
            now=now,
            end=max(last, now, horizon) or 1.0,
            marks=tuple((place, label) for place, (_, label) in zip(at, changes, strict=True)),
        )

    def nearest(self, place: float) -> int | None:
        """The index of the recorded moment nearest to a place; None while nothing is recorded."""
        if len(self.places) == 0:
            return None
        right = int(numpy.clip(numpy.searchsorted(self.places, place), 1, max(1, len(self.places) - 1)))
        candidates = [index for index in (right - 1, right) if index < len(self.places)]
        return min(candidates, key=lambda index: abs(float(self.places[index]) - place))

    def words(self, index: int) -> str:
        """The moment's name: its step and epoch."""
        return f"step {count(self.steps[index])} · epoch {full(round(float(self.epochs[index]), 6))}"
