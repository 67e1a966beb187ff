"""Another network in mid-run, of the same sizes: other activation functions, and layers drawn anew.

The problem goes on with the same examples. A layer keeps its weights under another activation. A layer is drawn anew
where its initializers or the gain differ, or where that is asked for: it gets the weights and biases that the run's
seed gives it under the new network, those with which the run would have begun. What the optimizer remembers of it
belonged to weights that are gone, and begins at zero; a step count, as Adam's, goes on.
"""

import dataclasses
from collections.abc import Iterable

from nnviz.engine import Trainer
from nnviz.experiment.problem import Problem, build_network, initial_theta
from nnviz.experiment.specification import Change, NetworkSpec, replace


def rewired(problem: Problem, network: NetworkSpec) -> Problem:
    """The problem as if it had begun with this network; examples are shared. ValueError for other sizes."""
    if network == problem.spec.network:
        return problem
    spec, sizes = replace(problem.spec, network=network, changes=()), problem.network.sizes
    built = build_network(spec, sizes[0], sizes[-1])
    theta_0 = initial_theta(spec, built)
    theta_0.flags.writeable = False
    tested = problem.test_objective
    return dataclasses.replace(
        problem,
        spec=spec,
        network=built,
        objective=problem.objective.with_network(built),
        test_objective=tested and tested.with_network(built),
        theta_0=theta_0,
    )


def check_network(problem: Problem, change: Change) -> None:
    """ValueError where the network of a change cannot be built."""
    network = change.network or problem.spec.network
    sizes = problem.network.sizes
    try:
        build_network(replace(problem.spec, network=network, changes=()), sizes[0], sizes[-1])
    except ValueError as error:
        raise ValueError(f"changes: at step {change.step} {error}") from None


def redrawn_layers(before: NetworkSpec, after: NetworkSpec, redraw: Iterable[int] = ()) -> tuple[int, ...]:
    """Numbers l = 1..L of the layers that are drawn anew between two networks of the same sizes."""
    pairs = enumerate(zip(before.layers, after.layers, strict=True), start=1)
    schemes = {l for l, (old, new) in pairs if (old.weights, old.biases) != (new.weights, new.biases)}
    every = set(range(1, len(after.layers) + 1)) if before.gain != after.gain else set()
    return tuple(sorted({*redraw, *schemes, *every}))


def redraw_layers(trainer: Trainer, problem: Problem, layers: Iterable[int]) -> None:
    """Draws layers anew, in place: their part of theta as in ``problem.theta_0``, their part of the slots as new."""
    layout = problem.network.layout
    pairs = [(trainer.theta, problem.theta_0)]
    pairs += list(zip(trainer.slots, trainer.optimizer.init(trainer.theta), strict=True))
    for l in layers:
        for present, fresh in pairs:
            layout.block(present, l)[...] = layout.block(fresh, l)
