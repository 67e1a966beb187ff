"""A run without a window: the same file and steps give the same bytes."""

import json

from nnviz.experiment.headless import report, train
from nnviz.experiment.specification import DataSpec, Experiment, StopSpec, TrainingSpec, replace

SPEC = Experiment(name="spiral", training=TrainingSpec(learning_rate=0.3))


def test_the_report_is_the_same_bytes_every_time() -> None:
    assert report(train(SPEC, 1500)) == report(train(SPEC, 1500))


def test_the_report_has_the_numbers_of_the_run() -> None:
    job = train(SPEC, 1500)
    content = json.loads(report(job))
    moment = job.moment()
    assert content["step"] == 1500
    assert content["train_cost"] == moment.train_cost
    assert content["curves"]["step"] == [int(step) for step in job.curves().column("step")]
    assert content["curves"]["train_cost"][-1] == job.curves().column("train_cost")[-1]
    assert len(content["layers"]) == 3
    assert content["layers"][0]["gradient_W_rms"] == moment.layers[0, 0]
    assert content["verdict"]["code"] == "learning"
    assert content["examples"] == {"train": 250, "test": 250}


def test_what_is_no_number_is_null() -> None:
    content = json.loads(report(train(replace(SPEC, data=replace(SPEC.data, train_share=1.0)), 0)))
    assert content["test_cost"] is None
    assert content["layers"][0]["gradient_W_rms"] is None


def test_a_run_that_ends_by_itself_says_why() -> None:
    job = train(replace(SPEC, training=replace(SPEC.training, stop=StopSpec(step=120))), 500)
    assert job.step == 120
    assert json.loads(report(job))["reason"] == "reached step 120"


def test_progress_is_told_up_to_the_last_step() -> None:
    told: list[int] = []
    train(replace(SPEC, data=DataSpec(size=50)), 2300, told.append)
    assert told == [1000, 2000, 2300]
