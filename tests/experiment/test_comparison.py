"""Which settings a run that goes on can have, and what of two settings differs."""

from nnviz.experiment.comparison import can_go_on, difference, same_run, settings_at
from nnviz.experiment.specification import Change, DataSpec, Experiment, LayerSpec, NetworkSpec, TrainingSpec, replace

RUN = Experiment()
FASTER = replace(RUN, training=replace(RUN.training, learning_rate=0.5))
WIDER = replace(RUN, network=NetworkSpec(hidden=(LayerSpec(units=9),)))
OTHER_ACTIVATION = replace(
    RUN,
    network=replace(
        RUN.network, hidden=tuple(replace(layer, activation="relu", alpha=None) for layer in RUN.network.hidden)
    ),
)


def test_training_and_names_may_change_without_a_restart_but_the_loss_may_not() -> None:
    assert same_run(RUN, FASTER)
    assert same_run(RUN, replace(RUN, name="Mine"))
    assert not same_run(RUN, replace(RUN, training=TrainingSpec(loss="squared_error")))
    assert not same_run(RUN, replace(RUN, seed=1))
    assert not same_run(RUN, WIDER)


def test_a_run_goes_on_with_a_network_of_the_same_sizes_only() -> None:
    assert can_go_on(RUN, OTHER_ACTIVATION)
    assert not can_go_on(RUN, WIDER)
    assert not can_go_on(RUN, replace(RUN, data=DataSpec(noise=0.4)))


def test_the_difference_is_told_in_words() -> None:
    assert difference(RUN, WIDER) == "the network"
    assert difference(RUN, replace(WIDER, seed=3)) == "the seed and the network"
    assert difference(RUN, RUN) == "the experiment"


def test_settings_at_a_step_are_those_in_force_there() -> None:
    changed = replace(RUN, changes=(Change(step=10, training=FASTER.training),))
    assert settings_at(changed, 5).training == RUN.training
    assert settings_at(changed, 20).training == FASTER.training
