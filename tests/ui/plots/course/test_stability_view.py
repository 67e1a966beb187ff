"""Sharpness against the edge of stability."""

import dataclasses

import numpy
import pytest

from nnviz.engine.curvature import sharpness
from nnviz.experiment.problem import resolve
from nnviz.experiment.snapshot import Snapshot, take_snapshot
from nnviz.experiment.specification import DataSpec, Experiment, NetworkSpec, OutputSpec, TrainingSpec, replace
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.watch import Watch
from nnviz.ui.plots.course.stability_view import StabilityView, limits, present, verdict
from nnviz.ui.stability_meter import StabilityMeter, parting
from nnviz.ui.theme import DARK, LIGHT

LINE = Experiment(
    data=DataSpec(source="plane", size=60),
    network=NetworkSpec((), OutputSpec("linear")),
    training=TrainingSpec(loss="squared_error", learning_rate=0.1, batch_size=None),
)


def shot(job: TrainingJob, *rows: tuple[float, float], run_id: int = 1) -> Snapshot:
    track = numpy.array(rows, dtype=float).reshape(-1, 2)
    return dataclasses.replace(take_snapshot(job, Watch(), run_id), sharpness=track)


@pytest.fixture
def job() -> TrainingJob:
    job = TrainingJob(resolve(LINE))
    job.advance(10)
    job.tune(replace(job.training, learning_rate=0.5))
    job.advance(10)
    return job


@pytest.fixture
def view(qtbot) -> StabilityView:
    view = StabilityView()
    qtbot.addWidget(view)
    view.resize(480, 320)
    return view


def test_the_edge_follows_the_rate(job: TrainingJob) -> None:
    assert limits(shot(job)).tolist() == [[0, 20], [10, 20], [10, 4], [20, 4]]


def test_scrubbed_back_the_edge_of_the_future_is_paler(view: StabilityView, job: TrainingJob) -> None:
    job.seek(15)
    view.draw(shot(job, (0, 2.0), (20, 5.0)))
    assert limits(view.snapshot).tolist() == [[0, 20], [10, 20], [10, 4], [15, 4], [20, 4]]
    assert view.chart.edge.present == 4
    assert view.chart.sharp.present == 1
    assert [entry.strong for entry in view.legend.entries if entry.text == "2/α"] == ["4"]


def test_no_rate_is_too_large_where_nothing_curves_upwards(view: StabilityView, job: TrainingJob) -> None:
    view.draw(shot(job, (0, 0.0), (20, -1.0)))
    assert view.chart.probe(0.0, 0.0).text == "step 0\nλ 0.0"
    assert "1/λ" not in view.chart.probe(20.0, 0.0).text
    assert "α 0.1→0.5" in view.chart.probe(10.0, 0.0).text


def test_what_is_drawn_is_what_was_measured(view: StabilityView, job: TrainingJob) -> None:
    view.draw(shot(job, (0, 2.0), (12, 3.0), (20, 5.0)))
    assert view.chart.sharp.xs.tolist() == [0, 12, 20]
    assert view.chart.sharp.ys == pytest.approx(numpy.log10([2.0, 3.0, 5.0]))
    assert view.chart.edge.ys == pytest.approx(numpy.log10([20, 20, 4, 4]))
    texts = [(entry.text, entry.strong) for entry in view.legend.entries]
    assert texts[0] == ("sharpness λ at step 20", "5")
    assert texts[-1] == ("so α is", "above 2/λ: overshoots")
    assert view.numbers()[3] == ("20.0", "5.0", "4.0") or view.numbers()[3] == ("20", "5", "4")


def test_scrubbed_back_the_present_measurement_is_an_earlier_one(job: TrainingJob) -> None:
    job.seek(15)
    assert present(shot(job, (0, 2.0), (12, 3.0), (20, 5.0))) == (12.0, 3.0)
    assert present(shot(job)) is None
    assert present(shot(job, (12, numpy.nan))) is None


def test_the_words_for_a_rate() -> None:
    assert verdict(0.1, 5.0) == "below 1/λ: smooth"
    assert verdict(0.3, 5.0) == "between 1/λ and 2/λ: swings"
    assert verdict(0.5, 5.0) == "above 2/λ: overshoots"
    assert verdict(9.0, -1.0) == verdict(9.0, 0.0) == "no curvature here: says nothing"


def test_other_optimizers_are_not_judged_by_it(view: StabilityView) -> None:
    job = TrainingJob(resolve(replace(LINE, training=replace(LINE.training, optimizer="adam"))))
    job.advance(3)
    view.draw(shot(job, (0, 2.0)))
    assert view.legend.entries[-1].text == "2/α limits plain gradient descent only"


def test_a_theme_and_back_is_the_same_picture(view: StabilityView, job: TrainingJob) -> None:
    view.draw(shot(job, (0, 2.0), (20, 5.0)))
    before = view.grab().toImage()
    view.set_theme(DARK)
    assert view.grab().toImage() != before
    view.set_theme(LIGHT)
    assert view.grab().toImage() == before


def test_the_meter_measures_and_forgets(qtbot, job: TrainingJob) -> None:
    meter = StabilityMeter()
    snapshot = shot(job)
    meter.take(snapshot)
    qtbot.waitUntil(lambda: len(meter.track) == 1)
    expected = sharpness(job.problem.objective, job.trainer.theta).eigenvalue
    assert meter.track.tolist() == [[20.0, expected]]
    meter.take(snapshot)
    assert not meter._background.busy, "this step is measured already"
    job.seek(5)
    job.tune(replace(job.training, learning_rate=0.2))
    meter.take(shot(job))
    assert len(meter.track) == 0, "that future was given up"
    meter.take(shot(job, run_id=2))
    qtbot.waitUntil(lambda: len(meter.track) == 1)
    assert meter.track[0, 0] == 5.0


def test_a_future_given_up_is_forgotten_even_when_the_run_has_come_as_far_again(qtbot, job: TrainingJob) -> None:
    meter = StabilityMeter()
    meter.take(shot(job))
    qtbot.waitUntil(lambda: len(meter.track) == 1)
    job.seek(15)
    job.tune(replace(job.training, learning_rate=0.01))
    job.advance(30)
    meter.take(shot(job))
    assert 20.0 not in meter.track[:, 0]


def test_a_measurement_of_a_future_given_up_comes_to_nothing(qtbot, job: TrainingJob) -> None:
    meter = StabilityMeter()
    meter.take(shot(job))
    job.seek(15)
    job.tune(replace(job.training, l2=0.5))
    meter.take(shot(job))
    qtbot.waitUntil(lambda: len(meter.track) == 1)
    assert meter.track[0, 0] == 15.0


def test_histories_part_where_they_first_differ(job: TrainingJob) -> None:
    spec = job.spec
    assert parting(spec, spec) == float("inf")
    assert parting(spec, replace(spec, name="other")) == float("inf")
    assert parting(spec, replace(spec, changes=())) == 10
    assert parting(replace(spec, changes=()), spec) == 10
    assert parting(spec, replace(spec, training=replace(spec.training, l2=1.0))) == 0
    moved = replace(spec.changes[0], step=7)
    assert parting(spec, replace(spec, changes=(moved,))) == 7
