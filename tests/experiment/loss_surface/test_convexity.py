"""The convexity tester on a run: its network, its twin, and a linear rival on the same data."""

import numpy
import pytest

from nnviz.experiment.loss_surface import convexity
from nnviz.experiment.loss_surface.convexity import chords_in_space, chords_on_slice, linear_rival, twin
from nnviz.experiment.loss_surface.slices import SliceRequest, SliceSpec
from nnviz.experiment.loss_surface.survey import survey
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import DataSpec, Experiment, LayerSpec, NetworkSpec, TrainingSpec
from nnviz.experiment.training_job import TrainingJob

SPEC = Experiment(
    data=DataSpec("circle", size=100), network=NetworkSpec((LayerSpec(5),)), training=TrainingSpec(learning_rate=0.3)
)


def job(spec: Experiment = SPEC, steps: int = 1500) -> TrainingJob:
    made = TrainingJob(resolve(spec))
    made.advance(steps)
    return made


def last(steps):
    *_, end = steps
    return end


def test_the_linear_rival_violates_none_of_ten_thousand_chords_the_network_itself_some_on_the_same_data():
    live = job()
    rival, start = linear_rival(live.problem)
    assert numpy.array_equal(rival.x, live.problem.objective.x)
    assert last(chords_in_space(rival, start)).violations == 0
    assert last(chords_in_space(rival, start)).done == 10_000
    deep = last(chords_in_space(live.trainer.objective, live.trainer.theta, count=2000))
    assert deep.violations > 0


def test_on_a_slice_both_ends_of_the_worst_chord_lie_in_it_and_a_wide_look_finds_more_than_a_close_one():
    live = job()
    counts = []
    for half in (1e-4, 1.0):
        asked = SliceRequest(SliceSpec("bends", half_width=half, resolution=17), live.problem, live.training,
                             live.trainer.theta.copy())  # fmt: skip
        chosen = last(survey(asked)).surface.slice
        end = last(chords_on_slice(live.trainer.objective, chosen, 1000))
        counts.append(end.violations)
        if end.worst is not None:
            assert chosen.region.distance(end.worst).max() < 1e-9
    assert counts[0] == 0 < counts[1]


def test_the_box_is_in_proportion_to_the_weights_and_the_pieces_to_the_work(monkeypatch):
    live = job(steps=10)
    objective, theta = live.trainer.objective, live.trainer.theta
    small = last(chords_in_space(objective, 0.01 * theta, count=50))
    named = last(chords_in_space(objective, 0.01 * theta, 2.0, count=50))
    assert (small.violations, small.excess) == (named.violations, named.excess)
    monkeypatch.setattr(convexity, "PIECE_BYTES", 1)
    assert len(list(chords_in_space(objective, theta, count=20))) == 20


def test_the_twin_costs_the_same_behind_a_barrier():
    live = job()
    found = twin(live.trainer.objective, live.trainer.theta)
    assert found.i != found.j
    assert found.twin_cost == pytest.approx(found.cost, rel=1e-12)
    assert found.barrier.height > 0.01
    named = twin(live.trainer.objective, live.trainer.theta, 1, (0, 4))
    assert (named.layer, named.i, named.j) == (1, 0, 4)


def test_without_hidden_units_there_is_no_twin():
    live = job(Experiment(data=SPEC.data, network=NetworkSpec(())), 5)
    with pytest.raises(ValueError, match="no hidden layer"):
        twin(live.trainer.objective, live.trainer.theta)
    with pytest.raises(ValueError, match="holds nan"):
        next(chords_in_space(live.trainer.objective, live.trainer.theta * numpy.nan))
