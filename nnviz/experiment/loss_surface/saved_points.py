"""Parameters kept under a name, to lay a line or a plane through."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.checks import checked_array
from nnviz.experiment.problem import Problem

Floats = NDArray[numpy.float64]

MOST_SAVED = 32
LONGEST_NAME = 60


@dataclass(frozen=True, eq=False)
class SavedPoint:
    """theta (P,) at a step of a run, read-only. sizes: (n_0, …, n_L) of the network that it belongs to."""

    name: str
    step: int
    sizes: tuple[int, ...]
    theta: Floats


def save_point(
    saved: Sequence[SavedPoint], name: str, problem: Problem, step: int, theta: ArrayLike
) -> tuple[SavedPoint, ...]:
    """The saved points with one more, in place of any of the same name. ValueError for no name, parameters that are not
    finite or not this network's, or too many points."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise ValueError(f"a saved point needs a name of 1 to {LONGEST_NAME} characters; this one has {len(name)}")
    network = problem.network
    copy = checked_array("theta", theta, (network.parameter_count,), finite=True).copy()
    copy.flags.writeable = False
    others = tuple(point for point in saved if point.name != name)
    if len(others) == MOST_SAVED:
        raise ValueError(f"there are {MOST_SAVED} saved points already; take one out first")
    return *others, SavedPoint(name, step, network.sizes, copy)


def saved_thetas(saved: Sequence[SavedPoint], names: Sequence[str], problem: Problem) -> Floats:
    """The points of these names, (len(names), P). ValueError for one that is not there or is of another network."""
    by_name = {point.name: point for point in saved}
    thetas = []
    for name in names:
        if name not in by_name:
            raise ValueError(f"no point is saved as {name!r}; there are {', '.join(by_name) or 'none'}")
        point = by_name[name]
        if point.sizes != problem.network.sizes:
            raise ValueError(
                f"{name!r} is of a network with {point.sizes} units, the present one has {problem.network.sizes}; "
                "choose points of the present network"
            )
        thetas.append(point.theta)
    return numpy.stack(thetas)
