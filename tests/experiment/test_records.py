"""Records, key frames and stop conditions: bounded, repeatable, and never written again once handed out."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import TrainerState
from nnviz.engine.batches import Position
from nnviz.engine.diagnostics import STATISTICS
from nnviz.experiment.key_frames import KeyFrame, KeyFrames
from nnviz.experiment.records import COLUMNS, POINTS, Curves, Moment, Recorder, least_stride, next_recorded, stride
from nnviz.experiment.specification import NetworkSpec, StopSpec, TrainingSpec
from nnviz.experiment.stopping import due, stale_epochs


def moment(step: int, cost: float = 1.0) -> Moment:
    layers = numpy.full((2, len(STATISTICS)), float(step))
    units = numpy.full(3, step % 3, dtype=numpy.uint8)
    return Moment(step, step / 10, cost, cost + 1, 0.5, 0.4, layers, units, (2, 1))


def recorded(costs: list[float], epochs_per_record: float = 1.0) -> Curves:
    values = numpy.zeros((len(costs), len(COLUMNS)))
    values[:, 0] = numpy.arange(len(costs))
    values[:, 1] = values[:, 0] * epochs_per_record
    values[:, 2] = costs
    layers = numpy.zeros((len(costs), 1, len(STATISTICS)))
    return Curves(values, layers, numpy.zeros((len(costs), 1), dtype=numpy.uint8))


# Which steps are recorded


def test_early_steps_are_all_recorded_and_later_ones_ever_more_sparsely():
    steps, step = [], 0
    while step < 1_000_000:
        step = next_recorded(step)
        steps.append(step)
    assert steps[:1023] == list(range(1, 1024))
    assert steps[1023:1026] == [1024, 1026, 1028]
    for low in (2**k for k in range(10, 19)):
        assert sum(low <= s < 2 * low for s in steps) == POINTS
    assert len(steps) < 7000


@given(step=st.integers(0, 10**9), least=st.sampled_from([1, 2, 8, 64]))
def test_the_schedule_depends_on_the_step_alone(step, least):
    following = next_recorded(step, least)
    assert step < following <= step + stride(step, least)
    assert following == next_recorded(following - 1, least)
    assert stride(step, least) >= least


def test_many_examples_are_evaluated_less_often():
    assert [least_stride(n) for n in (1, 2047, 2048, 8192, 100_000)] == [1, 1, 2, 8, 64]


# The recorder


def test_what_was_handed_out_is_never_written_again():
    recorder, handed = Recorder(2, 3), []
    assert recorder.last_step == -1
    assert len(recorder.curves()) == 0
    for step in range(1000):
        recorder.add(moment(step))
        if step % 97 == 0:
            curves = recorder.curves()
            handed.append((curves, curves.values.copy(), curves.layers.copy(), curves.units.copy()))
    recorder.truncate(300)
    assert recorder.last_step == 300
    for step in range(301, 700):
        recorder.add(moment(step, cost=9.0))
    for curves, values, layers, units in handed:
        assert numpy.array_equal(curves.values, values)
        assert numpy.array_equal(curves.layers, layers)
        assert numpy.array_equal(curves.units, units)
        with pytest.raises(ValueError, match="read-only"):
            curves.values[0, 0] = 1.0
        with pytest.raises(ValueError, match="read-only"):
            curves.layers[0, 0, 0] = 1.0
        with pytest.raises(ValueError, match="read-only"):
            curves.units[0, 0] = 1
    final = recorder.curves()
    assert final.column("step").tolist() == list(range(700))
    assert final.column("train_cost")[[300, 301]].tolist() == [1.0, 9.0]
    assert final.statistic("delta_max")[5].tolist() == [5.0, 5.0]


def test_a_prefix_ends_with_the_last_moment_up_to_a_step():
    recorder = Recorder(2, 3)
    for step in (0, 2, 4):
        recorder.add(moment(step))
    past = recorder.curves().until(3)
    assert past.column("step").tolist() == [0, 2]
    assert (len(past.layers), past.units.tolist()) == (2, [[0, 0, 0], [2, 2, 2]])
    assert len(past.until(-1)) == 0


def test_a_moment_tells_its_dead_units_by_layer():
    assert [units.tolist() for units in moment(2).dead] == [[True, True], [True]]
    assert [units.tolist() for units in moment(1).dead] == [[False, False], [False]]


def test_truncating_beyond_the_end_changes_nothing():
    recorder = Recorder(2, 3)
    recorder.add(moment(0))
    recorder.truncate(5)
    assert len(recorder.curves()) == 1
    recorder.truncate(-1)
    assert recorder.last_step == -1


def test_moments_come_in_order():
    recorder = Recorder(2, 3)
    recorder.add(moment(3))
    with pytest.raises(ValueError, match="step 3 comes after step 3"):
        recorder.add(moment(3))


# Key frames


def frame(step: int, size: int = 100) -> KeyFrame:
    return KeyFrame(TrainerState(step, Position(), numpy.full(size, float(step)), ()), TrainingSpec(), NetworkSpec())


def steps_of(frames: KeyFrames, last: int) -> list[int]:
    return sorted({frames.before(step).step for step in range(last + 1)})


def test_memory_is_bounded_and_frames_are_denser_near_the_present():
    frames = KeyFrames(frame(0), max_bytes=3 * 800 * 64)
    for step in range(1, 3001):
        frames.add(frame(step))
        assert len(frames) <= 64
    kept = steps_of(frames, 3000)
    assert kept[0] == 0
    assert kept[-1] == 3000
    gaps = numpy.diff(kept)
    assert (gaps[-4:] == 1).all()
    ages = 3000 - numpy.array(kept[:-1])
    assert (gaps <= 0.6 * ages + 1).all()
    assert gaps.max() > 50


@pytest.mark.parametrize("size", [10**6, 10**7])
def test_a_huge_network_keeps_the_first_and_few_others(size):
    frames = KeyFrames(
        KeyFrame(TrainerState(0, Position(), numpy.broadcast_to(0.0, size), ()), TrainingSpec(), NetworkSpec())
    )
    for step in range(1, 50):
        frames.add(frame(step, 1))
        assert len(frames) <= 3
    assert frames.before(0).step == 0
    assert frames.before(100).step == 49


@given(steps=st.lists(st.integers(0, 60), min_size=1, max_size=60), ask=st.integers(0, 70))
def test_the_frame_before_a_step_is_the_last_added_that_is_not_later(steps, ask):
    frames, kept = KeyFrames(frame(0)), [0]
    for step in steps:
        frames.add(frame(step))
        kept = [old for old in kept if old < step] + [step]
    assert frames.before(ask).step == max(step for step in kept if step <= ask)


def test_truncating_keeps_the_first_frame():
    frames = KeyFrames(frame(0))
    for step in (3, 6, 9):
        frames.add(frame(step))
    frames.truncate(6)
    assert len(frames) == 3
    frames.truncate(-5)
    assert len(frames) == 1
    assert frames.before(0).step == 0


# Stop conditions


def test_stop_conditions_are_told_in_words():
    curves = recorded([5.0, 2.0, 0.5])
    assert due(StopSpec(), 2, Position(2, 0), curves, 0) == ""
    assert due(StopSpec(step=2), 2, Position(), curves, 0) == "reached step 2"
    assert due(StopSpec(step=3), 2, Position(), curves, 0) == ""
    assert due(StopSpec(epoch=1000), 2, Position(1000, 0), curves, 0) == "reached epoch 1,000"
    assert due(StopSpec(target_loss=0.5), 2, Position(), curves, 0) == "training loss 0.5 reached the target 0.5"
    assert due(StopSpec(target_loss=0.4), 2, Position(), curves, 0) == ""
    assert due(StopSpec(plateau=1), 2, Position(), curves, 0) == ""


def test_costs_are_judged_at_recorded_steps_only():
    assert due(StopSpec(target_loss=10.0, plateau=1), 5, Position(), recorded([1.0, 1.0]), 0) == ""
    assert due(StopSpec(target_loss=10.0), 0, Position(), recorded([]), 0) == ""


def test_a_plateau_is_a_stretch_without_a_thousandth_of_improvement():
    assert stale_epochs(recorded([5.0, 4.0, 3.999, 3.998, 3.9975])) == 3.0
    assert stale_epochs(recorded([5.0, 4.0, 3.0])) == 0.0
    assert stale_epochs(recorded([1.0, 2.0, 3.0])) == 2.0
    assert stale_epochs(recorded([0.0, 0.0])) == 1.0
    assert stale_epochs(recorded([])) == 0.0


def test_slow_but_steady_progress_is_no_plateau():
    # Each record improves on the last by a hundredth of a percent only, and all together by more than half.
    steady = recorded((0.9999 ** numpy.arange(10_000)).tolist(), epochs_per_record=0.1)
    assert stale_epochs(steady) < 2.0


def test_a_change_begins_a_new_count():
    curves = recorded([1.0] * 50)
    assert stale_epochs(curves) == 49.0
    assert stale_epochs(curves, since=40) == 9.0
    assert due(StopSpec(plateau=20), 49, Position(), curves, 40) == ""
    assert "for 49 epochs" in due(StopSpec(plateau=20), 49, Position(), curves, 0)
