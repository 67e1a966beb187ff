"""How the settings of two runs compare: which of them a run that goes on can have, and what differs, in words."""

from nnviz.experiment.specification import Experiment, replace


def settings_at(run: Experiment, step: int) -> Experiment:
    """A run's settings with those in force at a step."""
    return replace(run, training=run.training_at(step), network=run.network_at(step))


def same_run(running: Experiment, wanted: Experiment) -> bool:
    """Whether the wanted settings can be had without a restart."""
    same = replace(running, training=wanted.training, name=wanted.name, description=wanted.description)
    return running.training.loss == wanted.training.loss and same == wanted


def can_go_on(here: Experiment, wanted: Experiment) -> bool:
    """Whether a run that has the settings ``here`` can have the wanted ones from there on."""
    return wanted.network.units == here.network.units and same_run(replace(here, network=wanted.network), wanted)


def difference(before: Experiment, after: Experiment) -> str:
    """Which parts differ, in words."""
    words = {"seed": "the seed", "data": "the data", "network": "the network", "training": "the loss"}
    parts = [word for key, word in words.items() if getattr(before, key) != getattr(after, key)]
    return " and ".join(parts) or "the experiment"
