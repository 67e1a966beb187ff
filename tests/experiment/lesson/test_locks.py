"""What a lesson's page holds fixed is told by comparing two documents, whatever gesture would make the second."""

import msgspec
import pytest

from nnviz.experiment.activations.specification import Activations
from nnviz.experiment.descent.specification import Descent
from nnviz.experiment.lesson.locks import held, refusal
from nnviz.experiment.lesson.record import PARTS
from nnviz.experiment.neuron.specification import LineSpec, Neuron, PerceptronSpec
from nnviz.experiment.specification import DataSpec, Experiment, LayerSpec, NetworkSpec, TrainingSpec, replace

LAB = Experiment()
OTHER = {
    "data": replace(LAB, data=DataSpec(noise=0.3)),
    "network": replace(LAB, network=NetworkSpec(hidden=(LayerSpec(units=7),))),
    "training": replace(LAB, training=TrainingSpec(learning_rate=0.7)),
    "seed": replace(LAB, seed=7),
}


@pytest.mark.parametrize("part", OTHER)
def test_a_part_is_held_by_its_own_lock_and_by_no_other(part: str) -> None:
    for lock in PARTS:
        by_panels = lock == "panels" and part != "seed"
        assert bool(held(LAB, OTHER[part], frozenset([lock]))) == (lock == part or by_panels)


def test_an_edit_of_two_parts_names_those_that_are_locked() -> None:
    both = replace(LAB, data=OTHER["data"].data, network=OTHER["network"].network, seed=9)
    assert held(LAB, both, frozenset(["network", "data"])) == ("the data", "the network")
    assert held(LAB, both, frozenset(["panels", "seed"])) == ("the data", "the network", "the seed")
    sentence = refusal(("the data", "the network"))
    assert sentence.startswith("The lesson's page holds the data and the network fixed.")
    assert "Another page" in sentence


def test_weights_by_hand_are_the_networks() -> None:
    assert held(LAB, LAB, frozenset(["network"]), weights=True) == ("the network",)
    assert held(LAB, LAB, frozenset(["panels"]), weights=True) == ("the network",)
    assert held(LAB, LAB, frozenset(["data", "training", "seed"]), weights=True) == ()
    assert held(LAB, LAB, frozenset(["network"])) == ()


def test_a_name_is_nothing_that_a_page_holds() -> None:
    assert held(LAB, replace(LAB, name="Mine", description="…"), frozenset(PARTS)) == ()


@pytest.mark.parametrize(
    "after",
    [
        Descent(start=(1.0,)),
        Activations(depth=3),
        Neuron(line=LineSpec(w=0.9)),
        Neuron(perceptron=PerceptronSpec(rate=0.5)),
    ],
)
def test_the_other_workspaces_hold_what_their_panels_set(after) -> None:
    before = type(after)()
    assert held(before, after, frozenset(["panels"])) == ("the panels' settings",)
    assert held(before, after, frozenset(PARTS) - {"panels"}) == ()


def test_pages_steps_and_noise_go_on_where_the_panels_are_locked() -> None:
    locked = frozenset(["panels"])
    assert held(Neuron(), Neuron(page="bias"), locked) == ()
    assert held(Neuron(), Neuron(perceptron=PerceptronSpec(step=9)), locked) == ()
    assert held(Activations(), Activations(page="tanh"), locked) == ()
    assert held(Descent(), Descent(seed=1), locked) == ()
    assert held(Descent(), Descent(seed=1), frozenset(["seed"])) == ("the seed",)


def test_a_document_of_another_workspace_is_none_of_the_pages() -> None:
    assert held(LAB, Neuron(), frozenset(PARTS)) == ()


def test_the_parts_are_keys_of_the_experiment() -> None:
    assert {"data", "network", "training", "seed"} <= set(msgspec.structs.asdict(LAB))
