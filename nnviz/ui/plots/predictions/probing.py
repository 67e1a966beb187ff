"""The network's outputs at one place under the cursor, computed there and then: no sample of a picture is as exact."""

import numpy
from numpy.typing import NDArray

from nnviz.experiment.snapshot import Snapshot
from nnviz.experiment.view_domain import domain

Floats = NDArray[numpy.float64]


def outputs_at(snapshot: Snapshot, axes: tuple[int, int], x: float, y: float) -> Floats:
    """Outputs (K,) in the units of y where the raw inputs of the axes are x and y, the others at their mean."""
    problem = snapshot.problem
    place = domain(problem, axes).base.copy()
    place[axes[1]] = y
    place[axes[0]] = x
    outputs: Floats = problem.network.predict(snapshot.theta, problem.inputs.apply(place[None, :]))
    return problem.targets.invert(outputs)[0]
