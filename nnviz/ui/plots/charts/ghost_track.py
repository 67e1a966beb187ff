"""The run that was left for the present one, cut to what can be compared: every time axis shows the same of it."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from nnviz.experiment.records import Curves
from nnviz.experiment.snapshot import Ghost, Snapshot
from nnviz.ui.plots.charts.timeline import Timeline

Floats = NDArray[numpy.float64]

FURTHER = 4.0
"""A time axis reaches at most so many times as far as the present run, so that this one never becomes a sliver."""
LEAST_STEPS = 500
"""But so many steps of the former run are always in view."""


@dataclass(frozen=True, eq=False)
class GhostTrack:
    """curves: what is recorded of the former run, as far as it is shown. places: (R,) on the time axis.

    sharpness: (M, 2), cut alike. edge: (K, 2) corners of its 2/α. end: the time axis's right end with both runs.
    """

    ghost: Ghost
    curves: Curves
    places: Floats
    end: float

    @classmethod
    def of(cls, snapshot: Snapshot, timeline: Timeline) -> "GhostTrack | None":
        """None where no run was left for this one."""
        ghost = snapshot.ghost
        if ghost is None:
            return None
        furthest = max(float(snapshot.horizon), float(snapshot.step))
        curves = ghost.curves.until(int(max(FURTHER * furthest, LEAST_STEPS)))
        places = curves.column(timeline.unit)
        return cls(ghost, curves, places, max(timeline.end, float(places[-1]) if len(places) else 0.0))

    @property
    def depth(self) -> int:
        """Layers of its network."""
        return self.curves.layers.shape[1]

    @property
    def steps(self) -> Floats:
        """(R,) recorded steps."""
        return self.curves.column("step")

    def at(self, step: float) -> int | None:
        """The index of its last recorded moment up to a step; None where it has none."""
        index = int(numpy.searchsorted(self.steps, step, side="right")) - 1
        return index if index >= 0 else None

    def nearest(self, place: float) -> int | None:
        """The index of the recorded moment nearest to a place within its reach; None beyond."""
        if len(self.places) == 0 or place > self.places[-1]:
            return None
        return int(numpy.argmin(numpy.abs(self.places - place)))

    def sharpness(self) -> Floats:
        """(M, 2), cut like the rest."""
        track = self.ghost.sharpness
        last = self.steps[-1] if len(self.steps) else -1.0
        return track[track[:, 0] <= last]


def ghost_name(ghost: Ghost) -> str:
    """What it is called in legends and tables."""
    return f"before: {ghost.label}"


def ghost_layers(ghost: Ghost, depth: int, present: int) -> str:
    """The same, with its number of layers where the present network has another."""
    name = ghost_name(ghost)
    return name if depth == present else f"{name} ({depth} layer{'s' if depth != 1 else ''})"


def beside(table: list[tuple[str, ...]], ghost: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Two tables of their own steps side by side, headings first: the shorter one ends in empty cells."""
    if not ghost:
        return table
    rows = max(len(table), len(ghost))
    left, right = ([*t, *[("",) * len(t[0])] * (rows - len(t))] for t in (table, ghost))
    return [(*a, *b) for a, b in zip(left, right, strict=True)]


def reach(low: float, high: float, ghost: Floats, most: float) -> tuple[float, float]:
    """A stretch made longer for the ghost's finite values, by at most ``most`` at either end."""
    finite = ghost[numpy.isfinite(ghost)]
    if len(finite) == 0:
        return low, high
    return (
        min(low, max(float(numpy.min(finite)), low - most)),
        max(high, min(float(numpy.max(finite)), high + most)),
    )
