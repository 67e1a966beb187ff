"""What is looked at: it decides what the worker computes for the window, and nothing else."""

from dataclasses import dataclass

Axes = tuple[int, int] | None
"""Which raw inputs a map spans; None, or what the data do not have: the most telling ones."""


@dataclass(frozen=True)
class Watch:
    """readings: names of those that visible views need. axes: of the map. unit: the (layer l = 1..L, number of the
    unit from 0) that is selected; None, or one that does not exist: none. layer: the layer looked at when no unit is.
    """

    readings: frozenset[str] = frozenset()
    axes: Axes = None
    unit: tuple[int, int] | None = None
    layer: int = 1


NOTHING = Watch()
