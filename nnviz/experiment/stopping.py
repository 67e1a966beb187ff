"""When a run ends by itself. A pure function of what was recorded, so that a replay ends at the same step."""

import numpy

from nnviz.engine.batches import Position
from nnviz.experiment.records import Curves
from nnviz.experiment.specification import StopSpec

IMPROVEMENT = 1e-3
"""The share of the best cost by which a new one must be better to count as progress."""


def due(stop: StopSpec, step: int, position: Position, curves: Curves, since: int) -> str:
    """Why the run should end at this step, in words; empty when it should go on.

    Cost conditions look at recorded moments only, and at those from step ``since`` (the last change) on.
    """
    if stop.step is not None and step >= stop.step:
        return f"reached step {stop.step:,}"
    if stop.epoch is not None and position.epoch >= stop.epoch:
        return f"reached epoch {stop.epoch:,}"
    if len(curves) == 0 or curves.column("step")[-1] != step:
        return ""
    cost = curves.column("train_cost")
    if stop.target_loss is not None and cost[-1] <= stop.target_loss:
        return f"training loss {cost[-1]:.4g} reached the target {stop.target_loss:g}"
    if stop.plateau is not None:
        stale = stale_epochs(curves, since)
        if stale >= stop.plateau:
            return f"training loss did not improve by {IMPROVEMENT:.1%} for {int(stale):,} epochs"
    return ""


def stale_epochs(curves: Curves, since: int = 0) -> float:
    """Epochs in which the best training cost improved by less than the share IMPROVEMENT, from step ``since`` on."""
    recent = curves.column("step") >= since
    cost, epoch = curves.column("train_cost")[recent], curves.column("epoch")[recent]
    if len(cost) == 0:
        return 0.0
    best = numpy.minimum.accumulate(cost)
    # The best cost only falls, so those clearly above the present one come first; the last entry is never among them.
    above = int(numpy.count_nonzero(best * (1.0 - IMPROVEMENT) > best[-1]))
    return float(epoch[-1] - epoch[above])
