"""What became of each unit: does it still do something, has it died, is it stuck at an end of its function?

Judged on all training examples, since only then "dead" means that no gradient reaches the unit's own weights any more.
Units of all layers stand in one row, U = n_1 + … + n_L, from the first layer to the output.
"""

import math
from collections.abc import Sequence
from enum import IntEnum
from itertools import accumulate

import numpy
from numpy.typing import NDArray

from nnviz.engine.activations import Activation
from nnviz.engine.diagnostics import saturated
from nnviz.engine.tape import Tape

Floats = NDArray[numpy.float64]
Bools = NDArray[numpy.bool_]
States = NDArray[numpy.uint8]

SATURATED_SHARE = 0.95
"""A unit is called saturated when it is flat on at least this share of the training examples."""


class UnitState(IntEnum):
    """One code a unit. The first that applies, from the last to the first, is a unit's state.

    INACTIVE: a rectifier that gives 0 on every example of the last batch; DEAD: on every training example.
    SATURATED_LOW, SATURATED_HIGH: a function with two ends is flat, by the end that is nearer to its mean output.
    NOT_FINITE: some pre-activation is no number.
    """

    ALIVE = 0
    INACTIVE = 1
    DEAD = 2
    SATURATED_LOW = 3
    SATURATED_HIGH = 4
    NOT_FINITE = 5


def unit_states(activations: Sequence[Activation], train: Tape, batch: Tape | None = None) -> States:
    """The state of every unit, (..., U) of UnitState.

    train: forward pass on all training examples. batch: of the last step's batch, None before the first step.
    """
    depth = len(activations)
    sizes = [train.a(l).shape[-1] for l in range(depth + 1)]
    # Called at every recorded step: few array calls, and those that find nothing in a healthy network come to it early.
    highest = numpy.concatenate([numpy.maximum.reduce(train.z_rows(l), -1) for l in range(1, depth + 1)], axis=-1)
    lowest = numpy.concatenate([numpy.minimum.reduce(train.z_rows(l), -1) for l in range(1, depth + 1)], axis=-1)
    states = numpy.zeros(highest.shape, dtype=numpy.uint8)
    for l, (activation, place) in enumerate(zip(activations, unit_slices(sizes), strict=True), start=1):
        own = states[..., place]
        if activation.rectifier:
            if batch is not None:
                own[numpy.maximum.reduce(batch.z_rows(l), -1) <= 0.0] = UnitState.INACTIVE
            own[highest[..., place] <= 0.0] = UnitState.DEAD
        elif two_sided(activation):
            _mark_saturated(activation, train, l, own)
    states[~(numpy.isfinite(lowest) & numpy.isfinite(highest))] = UnitState.NOT_FINITE
    return states


def two_sided(activation: Activation) -> bool:
    """Whether a function flattens towards two finite ends and has a slope between them."""
    return math.isfinite(activation.lower) and math.isfinite(activation.upper) and activation.max_slope > 0.0


def unit_slices(sizes: Sequence[int]) -> tuple[slice, ...]:
    """Where the units of layer l lie among all units, at position l - 1. sizes: (n_0, …, n_L)."""
    ends = list(accumulate(sizes[1:]))
    return tuple(slice(end - width, end) for end, width in zip(ends, sizes[1:], strict=True))


def place_of_unit(sizes: Sequence[int], index: int) -> tuple[int, int]:
    """(layer l = 1..L, number of the unit from 0) of an index among all units; the inverse of `unit_slices`."""
    ends = numpy.cumsum(sizes[1:])
    l = int(numpy.searchsorted(ends, index, side="right")) + 1
    return l, int(index - ends[l - 1] + sizes[l])


def _mark_saturated(activation: Activation, train: Tape, l: int, states: States) -> None:
    """Writes the codes of layer l's saturated units into states (..., n_l)."""
    a = numpy.swapaxes(train.a(l), -1, -2)
    flat = saturated(activation, train.z_rows(l), a)
    enough = SATURATED_SHARE * train.n
    if numpy.count_nonzero(flat) < enough:
        return  # not even all together
    stuck = numpy.add.reduce(flat, -1) >= enough
    low = numpy.mean(a, axis=-1) < (activation.lower + activation.upper) / 2.0
    states[stuck & low] = UnitState.SATURATED_LOW
    states[stuck & ~low] = UnitState.SATURATED_HIGH
