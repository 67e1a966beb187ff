"""The history leaves the program whole: every recorded step, every column, every digit."""

import numpy

from nnviz.engine.datasets.record import TASKS
from nnviz.engine.diagnostics import STATISTICS
from nnviz.engine.unit_states import UnitState
from nnviz.experiment.history_table import (
    SCORES,
    STATISTIC_HEADINGS,
    curve_headings,
    history_arrays,
    history_columns,
    history_table,
)
from nnviz.experiment.problem import resolve
from nnviz.experiment.records import COLUMNS, Curves
from nnviz.experiment.specification import Experiment, LayerSpec, NetworkSpec
from nnviz.experiment.training_job import TrainingJob


def recorded() -> TrainingJob:
    job = TrainingJob(resolve(Experiment(network=NetworkSpec((LayerSpec(4, "relu"), LayerSpec(3))))))
    job.advance(7)
    return job


def test_a_row_for_each_recorded_step_and_a_column_for_each_number() -> None:
    curves = recorded().curves()
    head, *rows = history_table(curves, "regression")
    assert len(rows) == 8
    assert list(head) == history_columns(curves, "regression")
    assert head[: len(COLUMNS)] == curve_headings("regression")
    assert len(head) == len(COLUMNS) + 3 * len(STATISTICS) + 1
    assert [row[0] for row in rows] == [str(step) for step in range(8)]


def test_every_column_is_named_in_words_that_a_stranger_understands_and_only_once() -> None:
    assert tuple(STATISTIC_HEADINGS) == STATISTICS
    assert tuple(SCORES) == TASKS
    for task in TASKS:
        heads = history_columns(recorded().curves(), task)
        assert len(set(heads)) == len(heads)
        assert not any("_" in head.replace("dJ/d", "") for head in heads)
        assert all(head.isascii() for head in heads)
        scores = [head for head in heads if head.startswith(("training ", "test ")) and "loss" not in head]
        assert [("share 0-1" in head) for head in scores] == [task != "regression"] * 2


def test_every_digit_is_there_and_what_does_not_exist_is_left_empty() -> None:
    curves = recorded().curves()
    head, first, second, *_ = history_table(curves, "regression")
    place = head.index("layer 2: RMS of the weights' gradient")
    assert first[place] == ""  # before the first step there is no gradient
    assert float(second[place]) == curves.statistic("gradient_W_rms")[1, 1]
    assert float(second[head.index("training loss")]) == curves.column("train_cost")[1]


def test_infinite_numbers_stay_infinite() -> None:
    values = numpy.full((1, len(COLUMNS)), numpy.inf)
    curves = Curves(values, numpy.zeros((1, 1, len(STATISTICS))), numpy.zeros((1, 2), dtype=numpy.uint8))
    assert history_table(curves, "regression")[1][1] == "inf"


def test_dead_units_are_counted() -> None:
    units = numpy.array([[UnitState.DEAD, UnitState.ALIVE, UnitState.DEAD]], dtype=numpy.uint8)
    curves = Curves(numpy.zeros((1, len(COLUMNS))), numpy.zeros((1, 1, len(STATISTICS))), units)
    assert history_table(curves, "regression")[1][-1] == "2"


def test_the_arrays_hold_the_same_with_their_names() -> None:
    job = recorded()
    curves = job.curves()
    arrays = history_arrays(curves, job.moment().widths)
    assert arrays["layer_widths"].tolist() == [4, 3, 1]
    assert arrays["unit_states"].shape == (8, 8)
    assert arrays["unit_state_names"][UnitState.DEAD] == "dead"
    for name in STATISTICS:
        assert numpy.array_equal(arrays[name], curves.statistic(name), equal_nan=True)
    assert all(array.dtype.kind in "fiuU" for array in arrays.values())
