"""The race counts the steps that each run really takes, from the same seeds."""

import numpy
import pytest

from nnviz.experiment.activation_race import RaceQuestion, RaceResult, activation_race
from nnviz.experiment.headless import train
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import DataSpec, Experiment, LayerSpec, NetworkSpec, StopSpec, TrainingSpec, replace

SPEC = Experiment(
    data=DataSpec(source="circle", size=60),
    network=NetworkSpec(hidden=(LayerSpec(units=6),)),
    training=TrainingSpec(learning_rate=0.5),
)
QUESTION = RaceQuestion(SPEC, ("relu", "tanh", "sigmoid"), seeds=3, target=0.4, most_steps=400)


def test_steps_are_those_of_each_run_by_itself() -> None:
    *_, last = activation_race(QUESTION)
    assert last.complete
    for place, entrant in enumerate(QUESTION.entrants):
        for number in range(3):
            spec = QUESTION.experiment(entrant, number)
            job = train(replace(spec, training=replace(spec.training, stop=StopSpec())), 400)
            cost = job.curves().column("train_cost")
            below = numpy.flatnonzero(cost <= 0.4)
            assert last.steps[place, number] == (below[0] if len(below) else numpy.inf)


def test_seeds_are_paired_and_weights_fit_the_activation() -> None:
    relu, tanh = (resolve(QUESTION.experiment(name, 2)) for name in ("relu", "tanh"))
    assert numpy.array_equal(relu.data.x, tanh.data.x)
    assert numpy.array_equal(relu.train, tanh.train)
    assert relu.spec.seed == tanh.spec.seed == SPEC.seed + 2
    assert relu.spec.network.hidden[0].weights.name == "he_normal"
    assert tanh.spec.network.hidden[0].weights.name == "glorot_uniform"
    assert not numpy.array_equal(relu.data.x, resolve(QUESTION.experiment("relu", 0)).data.x)


def test_pictures_come_as_it_goes_and_are_never_written_again() -> None:
    breaths = []
    pictures = list(activation_race(QUESTION, lambda: breaths.append(1)))
    done = [picture.done for picture in pictures]
    assert done == sorted(done)
    assert done[0] == 0
    assert done[-1] == 9
    assert len(breaths) >= 9
    assert not pictures[0].steps.flags.writeable
    assert numpy.all(numpy.isnan(pictures[0].steps))


def test_medians_and_ratios_are_over_the_seeds() -> None:
    inf, nan = numpy.inf, numpy.nan
    steps = numpy.array([[100.0, 200.0, 300.0], [200.0, 200.0, inf], [nan, nan, nan]])
    result = RaceResult(QUESTION, steps)
    assert [result.median(entrant) for entrant in (0, 1)] == [200.0, 200.0]
    assert numpy.isnan(result.median(2))
    assert result.ratio(1, 0) == 1.5
    assert numpy.isnan(result.ratio(2, 0))
    assert [result.arrived(entrant) for entrant in range(3)] == [3, 2, 0]
    assert (result.done, result.complete) == (6, False)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"entrants": ()}, "entrants: got none"),
        ({"entrants": ("softmax",)}, "softmax"),
        ({"spec": replace(SPEC, network=NetworkSpec(hidden=()))}, "this network has none"),
        ({"seeds": 51}, "seeds: got 51"),
        ({"most_steps": 0}, "most steps: got 0"),
    ],
)
def test_what_cannot_be_raced_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        RaceQuestion(**{"spec": SPEC, **changes})  # type: ignore[arg-type]


def test_closing_ends_it() -> None:
    running = activation_race(QUESTION)
    next(running)
    running.close()
    with pytest.raises(StopIteration):
        next(running)
