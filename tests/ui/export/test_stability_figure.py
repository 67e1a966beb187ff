"""Without a window the stability view has the same numbers as with one: measured along the run."""

import csv

import numpy
import pytest

from nnviz.engine.curvature import sharpness
from nnviz.experiment.problem import resolve
from nnviz.experiment.sharpness_track import MEASUREMENTS
from nnviz.experiment.specification import DataSpec, Experiment, LayerSpec, NetworkSpec, replace
from nnviz.experiment.training_job import TrainingJob
from nnviz.ui.export.headless import BARE, run_figures, write_figure
from nnviz.ui.theme import LIGHT


@pytest.mark.usefixtures("qapp")
def test_the_exported_numbers_are_the_sharpness_over_the_steps_and_the_rate_that_was_in_force(tmp_path) -> None:
    job = TrainingJob(resolve(Experiment(data=DataSpec(size=80), network=NetworkSpec((LayerSpec(4),)))))
    job.advance(30)
    job.tune(replace(job.training, learning_rate=0.5))
    job.advance(30)
    theta = job.trainer.theta.copy()
    for figure, words in run_figures(job, ["stability"], LIGHT):
        assert len(list(write_figure(figure, tmp_path, ["csv", "png"], BARE, words))) >= 2
    with (tmp_path / "stability.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["step", "largest eigenvalue of the Hessian", "2 / learning rate"]
    table = numpy.array(rows[1:], dtype=float)
    assert len(table) == MEASUREMENTS
    assert (table[0, 0], table[-1, 0]) == (0.0, 60.0)
    assert set(table[table[:, 0] < 30, 2]) == {20.0}
    assert set(table[table[:, 0] >= 30, 2]) == {4.0}
    assert table[-1, 1] == sharpness(job.problem.objective, theta).eigenvalue
    assert numpy.array_equal(job.trainer.theta, theta)
    assert (tmp_path / "stability.png").stat().st_size > 5000
