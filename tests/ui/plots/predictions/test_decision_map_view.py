import numpy
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from nnviz.engine.metrics import confusion
from nnviz.experiment.specification import DrawnPoint
from nnviz.ui.plots.charts.wording import full
from nnviz.ui.plots.predictions.decision_map_view import DecisionMapView
from nnviz.ui.theme import DARK, LIGHT


def drawn(bench, source: str, steps: int = 60):
    view, job = DecisionMapView(), bench.job(source, steps)
    bench.show(view)
    snapshot = bench.shot(job)
    view.draw(snapshot)
    return view, job, snapshot


def test_the_boundary_is_where_the_output_is_one_half(bench) -> None:
    view, _job, snapshot = drawn(bench, "circle", 600)
    places = view.map.boundary.segments.reshape(-1, 2)
    assert len(places) > 20
    problem = snapshot.problem
    outputs = problem.network.predict(snapshot.theta, problem.inputs.apply(places))
    assert numpy.max(numpy.abs(outputs - 0.5)) < 0.1


def test_the_picture_has_the_colours_of_the_outputs(bench) -> None:
    view, _, snapshot = drawn(bench, "circle", 600)
    values = snapshot.readings["decision_map"].values[..., 0]
    colors = view.map.picture.colors
    sure, unsure = values > 0.6, values < 0.4
    assert sure.any()
    assert unsure.any()
    assert (colors[sure, 2] > colors[sure, 0]).all()  # blue
    assert (colors[unsure, 0] > colors[unsure, 2]).all()  # orange


def test_training_points_are_filled_and_test_points_hollow(bench) -> None:
    view, _, snapshot = drawn(bench, "circle")
    points, problem = view.map.points, snapshot.problem
    assert numpy.array_equal(numpy.flatnonzero(points.hollow), numpy.sort(problem.test))
    assert numpy.array_equal(numpy.stack([points.xs, points.ys], axis=-1), problem.data.x)
    assert numpy.array_equal(points.color_index, problem.data.y[:, 0].astype(int))


def test_the_readout_is_the_networks_own_output_there(bench) -> None:
    view, _, snapshot = drawn(bench, "circle")
    said = bench.hover(view.map, 1.0, -2.0)
    at = view.map.box.mapSceneToView(view.map.mapToScene(view.map.pixel_of(1.0, -2.0)))
    problem = snapshot.problem
    output = problem.network.predict(snapshot.theta, problem.inputs.apply(numpy.array([[at.x(), at.y()]])))
    assert f"x {full(at.x())}" in said
    assert f"output {full(output[0, 0])}" in said


def test_a_click_adds_a_point_of_the_chosen_class(bench) -> None:
    view, _, _ = drawn(bench, "rings")
    view.editor.kinds.button("2").click()
    with bench.qtbot.waitSignal(view.point_added) as signal:
        bench.click(view.map, 2.0, -1.0)
    point = signal.args[0]
    assert isinstance(point, DrawnPoint)
    assert point.y == 2.0
    assert point.x == pytest.approx((2.0, -1.0), abs=0.06)


def test_ctrl_click_takes_the_nearest_point_away(bench) -> None:
    view, _, snapshot = drawn(bench, "circle")
    number = int(snapshot.problem.test[3])
    x, y = snapshot.problem.data.x[number]
    with bench.qtbot.waitSignal(view.point_removed) as signal:
        bench.click(view.map, x, y, ctrl=True)
    assert signal.args == [number]


def test_the_right_button_is_for_the_menu_on_a_point_too(bench) -> None:
    view, _, snapshot = drawn(bench, "circle")
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    with bench.qtbot.waitSignal(view.customContextMenuRequested), bench.qtbot.assertNotEmitted(view.point_removed):
        place = view.map.pixel_of(*snapshot.problem.data.x[0])
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.map.mapToGlobal(place))
        QApplication.sendEvent(view.map.viewport(), event)


def test_a_click_on_a_regression_takes_the_value_of_the_field(bench) -> None:
    view, _, _ = drawn(bench, "plane")
    view.editor.value.setValue(0.5)
    with bench.qtbot.waitSignal(view.point_added) as signal:
        bench.click(view.map, 0.0, 0.0)
    assert signal.args[0].y == 0.5


def test_over_one_input_the_height_of_a_click_is_the_value(bench) -> None:
    view, _, snapshot = drawn(bench, "sine")
    assert view.stack.currentWidget() is view.fit
    reading = snapshot.readings["fit_curve"]
    assert numpy.array_equal(view.fit.fits[0].ys, reading.y[:, 0])
    assert len(view.fit.units) == 3
    with bench.qtbot.waitSignal(view.point_added) as signal:
        bench.click(view.fit, 1.0, 0.5)
    assert signal.args[0].x == pytest.approx((1.0,), abs=0.06)
    assert signal.args[0].y == pytest.approx(0.5, abs=0.03)
    assert "y " in bench.hover(view.fit, 0.0, 0.0)


def test_labels_are_blended_or_shown_one_by_one(bench) -> None:
    view, _, snapshot = drawn(bench, "regions", 400)
    blended = view.map.picture.colors.copy()
    assert view.bar.isHidden()
    view.label.button("1").click()
    assert not numpy.array_equal(view.map.picture.colors, blended)
    assert not view.bar.isHidden()
    assert numpy.array_equal(view.map.points.color_index, snapshot.problem.data.y[:, 1].astype(int))


def test_four_inputs_show_the_confusion_matrix_first(bench) -> None:
    view, _, snapshot = drawn(bench, "iris", 400)
    problem, reading = snapshot.problem, snapshot.readings["predictions"]
    assert view.stack.currentWidget() is view.confusion
    assert numpy.array_equal(view.confusion.counts, confusion(reading.train, problem.data.y[problem.train]))
    view.part.button("test").click()
    assert numpy.array_equal(view.confusion.counts, confusion(reading.test, problem.data.y[problem.test]))
    assert "true setosa" in bench.hover(view.confusion, 0.0, 2.0)


def test_a_slice_asks_for_its_axes_and_its_reading(bench) -> None:
    view, job, _ = drawn(bench, "iris")
    assert view.readings == {"predictions"}
    with bench.qtbot.waitSignal(view.readings_changed):
        view.form.button("map").click()
    assert "decision_map" in view.readings
    view.draw(bench.shot(job, view.readings))
    with bench.qtbot.waitSignal(view.axes_chosen) as signal:
        view.axes_choice.up.setCurrentIndex(3)
        view.axes_choice.up.activated.emit(3)
    assert signal.args == [0, 3]
    view.draw(bench.shot(job, view.readings, (0, 3)))
    assert view.map.left.name == job.problem.data.feature_names[3]
    with bench.qtbot.assertNotEmitted(view.point_added):
        bench.click(view.map, *view.map.box.viewRect().center().toTuple())


def test_the_same_input_is_never_on_both_axes(bench) -> None:
    view, _job, _ = drawn(bench, "iris")
    with bench.qtbot.waitSignal(view.axes_chosen) as signal:
        view.axes_choice.across.setCurrentIndex(1)
        view.axes_choice.across.activated.emit(1)
    assert signal.args == [1, 0]


def test_many_inputs_of_a_regression_show_predicted_against_true(bench) -> None:
    view, _, snapshot = drawn(bench, "houses")
    problem, reading = snapshot.problem, snapshot.readings["predictions"]
    points = view.predicted.points
    assert numpy.array_equal(points.xs[: len(problem.train)], problem.data.y[problem.train, 0])
    assert numpy.array_equal(points.ys[: len(problem.train)], reading.train[:, 0])
    said = bench.hover(view.predicted, points.xs[0], points.ys[0])
    assert "error" in said
    assert len(view.numbers()) == len(problem.data.x) + 1


@pytest.mark.parametrize("source", ["circle", "rings", "regions", "plane", "sine", "houses", "iris", "digits"])
def test_every_task_draws_in_both_forms_and_in_both_themes(bench, source: str) -> None:
    view, job, _snapshot = drawn(bench, source, 10)
    for form in ("map", "predictions"):
        view.form.button(form).click()
        view.draw(bench.shot(job, view.readings))
        before = bench.picture(view)
        view.set_theme(DARK)
        assert bench.picture(view) != before
        view.set_theme(LIGHT)
        assert bench.picture(view) == before
        table = view.numbers()
        assert len(table) > 1
        assert {len(row) for row in table} == {len(table[0])}


def test_other_data_in_the_same_view(bench) -> None:
    view, _, _ = drawn(bench, "circle")
    for source in ("iris", "sine", "regions", "houses", "circle"):
        job = bench.job(source, 5)
        view.draw(bench.shot(job, view.readings))
        view.draw(bench.shot(job, view.readings))
        view.grab()
    assert view.stack.currentWidget() is view.map_and_bar


def test_of_many_inputs_the_predictions_come_first_and_on_a_plane_the_map(bench) -> None:
    view, _, _ = drawn(bench, "circle")
    assert view.form.key == "map"
    view.draw(bench.shot(bench.job("iris", 5)))
    assert view.form.key == "predictions"
    view.draw(bench.shot(bench.job("circle", 5)))
    assert view.form.key == "map"
