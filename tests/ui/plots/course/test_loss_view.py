import numpy
import pytest

from nnviz.experiment.specification import replace
from nnviz.ui.plots.charts.curve import PALE
from nnviz.ui.plots.charts.wording import full
from nnviz.ui.plots.course.loss_view import LossView
from nnviz.ui.theme import DARK, LIGHT


def test_the_curves_are_the_record(bench) -> None:
    view, snapshot = LossView(), bench.shot(bench.job(steps=80))
    bench.show(view)
    view.draw(snapshot)
    assert numpy.array_equal(view.cost.train.xs, snapshot.curves.column("step"))
    assert numpy.allclose(10.0**view.cost.train.ys, snapshot.curves.column("train_cost"))
    assert numpy.allclose(10.0**view.cost.test.ys, snapshot.curves.column("test_cost"))
    assert view.cost.test.dashed
    assert not view.cost.train.dashed


def test_switches_change_axis_scale_and_quantity(bench) -> None:
    view, snapshot = LossView(), bench.shot(bench.job(steps=80))
    bench.show(view)
    view.draw(snapshot)
    view.scale.button("linear").click()
    assert numpy.array_equal(view.cost.train.ys, snapshot.curves.column("train_cost"))
    view.unit.button("epoch").click()
    assert numpy.array_equal(view.cost.train.xs, snapshot.curves.column("epoch"))
    view.quantity.button("score").click()
    assert not view.cost.isVisible()
    assert numpy.array_equal(view.score.train.ys, snapshot.curves.column("train_score"))
    assert view.score.values.name == "accuracy"
    view.quantity.button("both").click()
    assert view.cost.left.width() == view.score.left.width()


def test_the_readout_has_every_digit_of_the_nearest_record(bench) -> None:
    view, snapshot = LossView(), bench.shot(bench.job(steps=40))
    bench.show(view)
    view.draw(snapshot)
    _left, right, bottom, top = view.cost.home
    said = bench.hover(view.cost, 20.1, (bottom + top) / 2)
    assert "step 20" in said
    assert f"train {full(snapshot.curves.column('train_cost')[20])}" in said
    assert f"test {full(snapshot.curves.column('test_cost')[20])}" in said
    assert bench.hover(view.cost, right + 100.0, top) == ""


def test_the_future_is_pale_after_going_back(bench) -> None:
    job = bench.job(steps=100)
    job.seek(30)
    view, snapshot = LossView(), bench.shot(job)
    bench.show(view)
    view.draw(snapshot)
    assert view.cost.train.present == 31
    assert len(view.cost.train.xs) == 101
    assert view.cost.marks.now == 30
    assert PALE < 0.5
    assert any("step 30 of 100" in entry.text for entry in view.legend.entries)


def test_changes_are_marked_with_what_changed(bench) -> None:
    job = bench.job(steps=30)
    job.tune(replace(job.training, learning_rate=0.2, batch_size=None))
    job.advance(30)
    view = LossView()
    bench.show(view)
    view.draw(bench.shot(job))
    assert view.cost.marks.changes == ((30.0, "α 0.05→0.2, B 10→all"),)
    _, _, bottom, top = view.cost.home
    assert "α 0.05→0.2" in bench.hover(view.cost, 30.2, (bottom + top) / 2)
    assert "α" not in bench.hover(view.cost, 50.0, (bottom + top) / 2)


@pytest.mark.parametrize("source", ["circle", "rings", "regions", "sine", "houses", "iris"])
def test_every_task_shows_its_metric(bench, source: str) -> None:
    view, snapshot = LossView(), bench.shot(bench.job(source, steps=20))
    bench.show(view)
    view.quantity.choose("score")
    view.draw(snapshot)
    assert numpy.array_equal(view.score.train.ys, snapshot.curves.column("train_score"))
    assert len(view.numbers()) == 22


def test_another_theme_and_back_gives_the_same_pixels(bench) -> None:
    view = LossView()
    bench.show(view)
    view.draw(bench.shot(bench.job(steps=50)))
    before = bench.picture(view)
    view.set_theme(DARK)
    assert bench.picture(view) != before
    view.set_theme(LIGHT)
    assert bench.picture(view) == before


def test_zooming_holds_until_the_range_is_reset(bench) -> None:
    job = bench.job(steps=50)
    view = LossView()
    bench.show(view)
    view.draw(bench.shot(job))
    view.cost.box.setRange(xRange=(10.0, 20.0), padding=0.0)
    view.cost.box.sigRangeChangedManually.emit([True, True])
    job.advance(50)
    view.draw(bench.shot(job))
    assert view.cost.box.viewRange()[0] == [10.0, 20.0]
    view.reset_range()
    assert view.cost.box.viewRange()[0] == [0.0, 100.0]


def test_where_there_is_no_room_the_time_axis_controls_go_first(bench) -> None:
    view = LossView()
    bench.show(view)
    assert view.unit.isVisible()
    view.resize(400, 300)
    assert not view.unit.isVisible()
    assert view.scale.isVisible()
    view.set_theme(LIGHT)
    assert not view.unit.isVisible()
