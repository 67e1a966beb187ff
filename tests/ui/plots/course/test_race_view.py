"""The race runs beside the window, says what it measured and no more, and ends when nobody looks."""

import numpy
import pytest

from nnviz.experiment.activation_race import RaceQuestion, RaceResult
from nnviz.experiment.headless import train
from nnviz.experiment.snapshot import Snapshot, take_snapshot
from nnviz.experiment.specification import DataSpec, Experiment, LayerSpec, NetworkSpec, TrainingSpec, replace
from nnviz.experiment.watch import Watch
from nnviz.ui.plots.course.race_chart import places
from nnviz.ui.plots.course.race_view import NO_HIDDEN, TEACH, RaceView, in_words

SPEC = Experiment(
    data=DataSpec(source="circle", size=40),
    network=NetworkSpec(hidden=(LayerSpec(units=4),)),
    training=TrainingSpec(learning_rate=0.5),
)


def snapshot(spec: Experiment = SPEC) -> Snapshot:
    return take_snapshot(train(spec, 1), Watch())


@pytest.fixture
def view(qtbot) -> RaceView:
    made = RaceView()
    made.resize(520, 300)
    qtbot.addWidget(made)
    made.show()
    made.seeds.setValue(2)
    made.most.setValue(100)
    made.target.setValue(0.6)
    return made


def test_before_a_race_it_teaches(view: RaceView) -> None:
    view.draw(snapshot())
    assert view.chart._message.text() == TEACH
    assert view.numbers() == []
    view.draw(snapshot(replace(SPEC, network=NetworkSpec(hidden=()))))
    assert view.chart._message.text() == NO_HIDDEN
    assert not view.button.isEnabled()


def test_a_race_is_run_drawn_and_told(view: RaceView, qtbot) -> None:
    view.draw(snapshot())
    view.button.click()
    assert view.button.text() == "Stop"
    qtbot.waitUntil(lambda: view.result is not None and view.result.complete and not view.work.busy, timeout=20_000)
    assert view.button.text() == "Race"
    assert view.words.text() == in_words(view.result)
    table = view.numbers()
    assert table[0] == ("activation", "seed", "steps to a training loss of 0.6 (inf: not reached)")
    assert [row[:2] for row in table[1:]] == [
        (name, str(SPEC.seed + seed)) for name in ("relu", "tanh", "sigmoid") for seed in (0, 1)
    ]
    assert [float(row[2]) for row in table[1:]] == view.result.steps.ravel().tolist()
    medians = [float(row[1]) for row in view.more_numbers()["medians"][1:]]
    assert medians == [float(numpy.median(steps)) for steps in view.result.steps]


def test_hiding_it_ends_the_work_and_keeps_what_is_known(view: RaceView, qtbot) -> None:
    view.draw(snapshot())
    view.button.click()
    qtbot.waitUntil(lambda: view.result is not None, timeout=20_000)
    view.hide()
    assert not view.work.busy
    assert view.result is not None


def test_stop_stops(view: RaceView) -> None:
    view.most.setValue(100_000)
    view.target.setValue(1e-9)
    view.draw(snapshot())
    view.button.click()
    view.button.click()
    assert not view.work.busy
    assert view.button.text() == "Race"


def test_the_words_say_what_was_measured() -> None:
    question = RaceQuestion(SPEC, ("relu", "tanh", "sigmoid"), seeds=2, target=0.25, most_steps=1000)
    result = RaceResult(question, numpy.array([[100.0, 200.0], [200.0, 600.0], [numpy.inf, numpy.inf]]))
    assert in_words(result) == (
        "Median steps to a loss of 0.25: ReLU 150; tanh 400 (seed by seed 2.5 × ReLU); sigmoid arrived in 0 of 2 seeds."
    )
    steps, end = places(result)
    assert end > 3.0
    assert steps[2].tolist() == [end, end]
    assert steps[0].tolist() == [2.0, pytest.approx(numpy.log10(200.0))]
    assert in_words(RaceResult(question, numpy.full((3, 2), numpy.nan))) == ""
