"""The surface of a run on screen: its numbers are single evaluations, its path is true, and it follows when told."""

from dataclasses import replace

import numpy
import pytest

from nnviz.experiment.loss_surface.saved_points import MOST_SAVED
from nnviz.experiment.problem import resolve
from nnviz.experiment.specification import DataSpec, Experiment, LayerSpec, NetworkSpec, OutputSpec, TrainingSpec
from nnviz.experiment.specification import replace as respec
from nnviz.experiment.training_job import TrainingJob
from nnviz.ui.plots.charts.wording import plain, short
from nnviz.ui.plots.landscape.surface_page import FOLLOWING, NO_POINTS
from nnviz.ui.plots.landscape.surface_words import LEFT, TOO_HIGH

from .conftest import choose


@pytest.fixture
def page(terrain):
    page = terrain.view.surface
    page.spec = replace(page.spec, resolution=17)
    return page


def two_parameters(steps: int = 20) -> TrainingJob:
    """A line y = w x + b."""
    training = TrainingSpec(loss="squared_error", learning_rate=0.02, batch_size=None)
    network = NetworkSpec(hidden=(), output=OutputSpec(activation="linear"))
    data = DataSpec(source="sine", size=40, standardize=False)
    job = TrainingJob(resolve(Experiment(seed=1, data=data, network=network, training=training)))
    job.advance(steps)
    return job


def test_heights_are_single_evaluations(bench, terrain, page) -> None:
    job = bench.job()
    terrain.draw(job)
    seen = page.picture.surface
    assert seen.complete
    assert seen.side == 17
    for row, column in ((0, 0), (3, 11), (16, 16)):
        theta = seen.slice.region.points(seen.axes[0][column], seen.axes[1][row])
        assert seen.heights[row, column] == pytest.approx(float(job.problem.objective.value(theta)), rel=1e-12)
    assert page.map.grid.z[3, 11] == seen.heights[3, 11]


def test_the_paths_true_loss_is_the_recorded_one(bench, terrain, page) -> None:
    job = bench.job()
    snapshot = terrain.draw(job)
    steps, costs = (snapshot.curves.column(name).tolist() for name in ("step", "train_cost"))
    recorded = dict(zip(steps, costs, strict=True))
    for step, cost in zip(page.path.trajectory.steps.tolist(), page.path.cost.tolist(), strict=True):
        assert cost == pytest.approx(recorded[step], rel=1e-9)


def test_before_anything_is_chosen_a_run_that_moved_has_its_paths_plane(bench, terrain, page) -> None:
    terrain.draw(bench.job(steps=0))
    assert page.spec.kind == "random"
    terrain.draw(bench.job(steps=60), run_id=1)
    assert page.spec.kind == "path"
    assert "of the path's variance lies in this plane" in page.notes.text
    assert page.map.grid.x_name.startswith("PC 1: ")


def test_two_parameters_are_all_there_is_and_exact(terrain, page) -> None:
    terrain.draw(two_parameters())
    assert page.spec.kind == "parameters"
    assert numpy.max(page.path.distance) == pytest.approx(0.0, abs=1e-12)
    assert page.path.ratio == pytest.approx(1.0, rel=1e-12)
    assert "the path is exact" in page.notes.text
    assert page.map.grid.x_name == "weight 1 → 1, layer 1"
    assert page.map.grid.y_name == "bias 1, layer 1"


def test_the_gauge_has_both_numbers(bench, terrain, page) -> None:
    job = bench.job()
    terrain.draw(job)
    choose(page.panel.plane, "random")
    terrain.ready()
    job.advance(60)
    terrain.draw(job)
    here = page.path.present
    assert page.path.ratio[here] != pytest.approx(1.0, rel=1e-3), "the run has left the plane"
    assert f"true loss: {short(page.path.cost[here])}" in page.notes.text
    assert f"height here: {short(page.path.height[here])}" in page.notes.text
    assert "distance from the plane" in page.notes.text


def test_the_slice_stays_while_the_run_goes_on_and_the_path_grows(bench, terrain, page) -> None:
    job = bench.job()
    terrain.draw(job)
    choose(page.panel.plane, "random")
    terrain.ready()
    before, points = page.slice, len(page.path.trajectory)
    job.advance(30)
    terrain.draw(job)
    assert page.slice is before
    assert len(page.path.trajectory) > points
    job.seek(20)
    terrain.draw(job)
    assert int(page.path.trajectory.steps[page.path.present]) == 20
    assert page.slice is before


def test_re_slice_moves_the_plane_to_where_the_run_stands(bench, terrain, page) -> None:
    job = bench.job()
    terrain.draw(job)
    choose(page.panel.plane, "random")
    terrain.ready()
    directions = page.slice.region.first
    job.advance(60)
    snapshot = terrain.draw(job)
    assert page.slice.region.distance(snapshot.theta) > 1e-3
    page.panel.here.click()
    terrain.ready()
    assert page.slice.region.distance(snapshot.theta) == pytest.approx(0.0, abs=1e-9)
    assert numpy.array_equal(page.slice.region.first, directions)


def test_following_moves_the_slice_along_coarser_while_it_plays(bench, terrain, page) -> None:
    page.spec = replace(page.spec, resolution=65)
    job = bench.job()
    terrain.draw(job)
    choose(page.panel.plane, "random")
    terrain.ready()
    page.panel.follow.click()
    job.advance(30)
    snapshot = terrain.draw(job, playing=True)
    terrain.until(lambda: page.slice.region.distance(snapshot.theta) < 1e-9)
    assert page.picture.surface.side == FOLLOWING
    snapshot = terrain.draw(job, playing=False)
    terrain.until(lambda: page.picture.surface.side == 65)


def test_the_plane_of_a_path_grows_with_it(bench, terrain, page) -> None:
    job = bench.job(steps=20)
    terrain.draw(job)
    first = page.slice
    job.advance(10)
    terrain.draw(job)
    job.advance(50)
    terrain.draw(job)
    assert page.spec.kind == "path"
    assert page.slice is not first
    assert LEFT not in page.notes.text


def test_a_path_too_short_is_a_sentence_until_it_is_long_enough(bench, terrain, page) -> None:
    job = bench.job(steps=0)
    terrain.draw(job)
    choose(page.panel.plane, "path")
    terrain.ready()
    assert "the path has 1 point so far" in page.sentence
    assert page.map.chart._message.text() == page.sentence
    assert page.numbers() == []
    job.advance(20)
    terrain.draw(job)
    assert page.sentence == ""
    assert page.slice.spec.kind == "path"


def test_another_run_or_network_has_another_surface(bench, terrain, page) -> None:
    terrain.draw(bench.job())
    first = page.slice
    terrain.draw(bench.job(hidden=(5,)), run_id=1)
    assert page.slice is not first
    assert len(page.slice.region.origin) == 2 * 5 + 5 + 5 + 1


def test_other_penalties_are_another_surface_on_the_same_slice(bench, terrain, page) -> None:
    job = bench.job()
    snapshot = terrain.draw(job)
    low, directions = page.picture.surface.low, page.slice.region.first
    changed = replace(snapshot, training=respec(snapshot.training, l2=1.0))
    terrain.view.draw(changed)
    terrain.ready()
    assert page.picture.surface.low > low
    assert numpy.array_equal(page.slice.region.first, directions)


def test_parameters_that_are_not_finite_are_a_sentence(bench, terrain, page) -> None:
    snapshot = terrain.shot(bench.job())
    terrain.view.draw(replace(snapshot, theta=numpy.full_like(snapshot.theta, numpy.inf)))
    terrain.ready()
    assert "not finite" in page.sentence
    assert not page.notes.isVisible()
    page.panel.point.click()
    assert "finite" in page.remark.text
    assert not page.saved


def test_a_diverged_run_has_a_picture_or_a_sentence(bench, terrain, page) -> None:
    spec = respec(bench.job("houses", steps=0, hidden=()).spec)
    job = TrainingJob(resolve(respec(spec, training=respec(spec.training, learning_rate=1e6, batch_size=None))))
    job.advance(2000)
    assert job.status == "diverged"
    terrain.draw(job)
    for kind in ("path", "random", "parameters", "bends"):
        choose(page.panel.plane, kind)
        terrain.ready()
        assert page.sentence or page.picture.complete
        assert not terrain.bench.picture(terrain.view).isNull()
    assert page.sentence == TOO_HIGH
    for key in ("line", "convexity"):
        terrain.view.show_page(key)
        terrain.ready()
    assert "too high to be drawn" in terrain.view.line.plot.chart._message.text()
    terrain.view.convexity.go.click()
    terrain.ready()
    assert not terrain.bench.picture(terrain.view).isNull()
    terrain.view.show_page("surface")
    job.seek(2)
    terrain.draw(job)
    assert page.sentence == "", "back at an earlier step there is a surface again"
    assert page.picture.complete


def test_a_surface_that_is_the_same_everywhere_is_said(bench, terrain, page) -> None:
    job = bench.job()
    snapshot = terrain.shot(job)
    dead = replace(snapshot, theta=numpy.zeros_like(snapshot.theta))
    terrain.view.draw(dead)
    terrain.ready()
    page._edit(replace(page.spec, kind="parameters", parameters=(0, 1)))
    terrain.ready()
    assert "The cost is the same everywhere on this slice" in page.notes.text


def test_saved_points_make_a_line_and_a_plane(bench, terrain, page) -> None:
    job = bench.job(steps=10)
    terrain.draw(job)
    choose(page.panel.plane, "points")
    assert page.map.chart._message.text() == NO_POINTS
    page.panel.point.click()
    assert page.saved[0].name == "step 10"
    job.advance(30)
    terrain.draw(job)
    assert page.sentence == NO_POINTS, "it waits for another point"
    page.panel.point.click()
    terrain.ready()
    assert page.spec.points == ("step 10", "step 40")
    assert page.curve.isVisible()
    assert not page.map.isVisible()
    assert not page.panel.form.isVisible()
    objective = job.problem.objective
    middle = 0.5 * (page.saved[0].theta + page.saved[1].theta)
    seen = page.picture.surface
    assert seen.heights[8] == pytest.approx(float(objective.value(middle)), rel=1e-9)
    job.advance(30)
    terrain.draw(job)
    page.panel.point.click()
    choose(page.panel.popup.points[2], "step 70")
    terrain.ready()
    assert page.map.isVisible()
    assert page.slice.region.distance(page.saved[2].theta) == pytest.approx(0.0, abs=1e-9)


def test_the_same_step_of_another_run_is_another_point(bench, terrain, page) -> None:
    terrain.draw(bench.job(steps=10))
    page.panel.point.click()
    page.panel.point.click()
    terrain.draw(bench.job(steps=10, initializer="glorot_normal"), run_id=1)
    page.panel.point.click()
    assert [point.name for point in page.saved] == ["step 10", "step 10 (2)"]
    assert page.panel.point.text() == "Save (2)"


def test_too_many_points_are_a_sentence(bench, terrain, page) -> None:
    job = bench.job(steps=0)
    for _ in range(MOST_SAVED + 1):
        terrain.draw(job)
        page.save()
        job.advance(1)
    assert "saved points already" in page.notes.text
    assert page.map.grid is not None, "the surface stays"
    assert len(page.saved) == MOST_SAVED


def test_settings_count_at_once(bench, terrain, page) -> None:
    terrain.draw(bench.job())
    choose(page.panel.plane, "random")
    popup = page.panel.popup
    page.panel.settings.click()
    assert popup.isVisible()
    popup.seed.setValue(7)
    popup.half_width.check.click()
    popup.half_width.field.setValue(0.5)
    choose(popup.resolution, "33")
    choose(popup.data, "all")
    popup.hide()
    terrain.ready()
    spec = page.slice.spec
    assert (spec.seed, spec.half_width, spec.resolution, spec.data) == (7, 0.5, 33, "all")
    assert page.slice.extent == (-0.5, 0.5, -0.5, 0.5)
    assert page.picture.surface.of == 120
    assert page.panel.settings.text() == "Grid 33² ▾"
    choose(page.panel.plane, "parameters")
    terrain.ready()
    choose(popup.first.target, "2")
    choose(popup.second.layer, "2")
    terrain.ready()
    layout = terrain.view.snapshot.problem.network.layout
    assert page.slice.spec.parameters == (2, layout.index(2, 0, 0))


def test_the_hessians_plane_names_its_eigenvalues(bench, terrain, page) -> None:
    terrain.draw(bench.job())
    choose(page.panel.plane, "bends")
    terrain.ready()
    assert page.map.grid.x_name == f"bend 1, λ = {short(float(page.slice.eigenvalues[0]), 3)}"


def test_forms_and_levels(bench, terrain, page) -> None:
    terrain.draw(bench.job())
    assert page.map.lines.isChecked()
    page.panel.form.button("heat").click()
    assert not page.map.lines.isChecked()
    page.panel.settings.click()
    assert not page.space.wire.isVisible()
    page.panel.popup.hide()
    page.panel.log.click()
    assert page.map.scale.key == "log"
    page.panel.form.button("space").click()
    assert page.space.isVisible()
    assert not page.map.isVisible()
    assert page.space.scale.key == "log"
    page.panel.settings.click()
    page.space.wire.click()
    page.panel.popup.hide()
    assert not page.space.canvas.scene.wire
    page.show_all()
    assert not page.space.canvas.scene.wire
    assert page.space.grid.z is not None
    assert not terrain.bench.picture(terrain.view).isNull()


def test_the_work_can_be_stopped_and_gone_on_with(bench, terrain, page) -> None:
    page.spec = replace(page.spec, resolution=129)
    job = bench.job(steps=30)
    terrain.view.draw(terrain.shot(job))
    assert page.pace.busy
    page.panel.stop.click()
    assert not page.pace.busy
    assert page.panel.stop.accessibleName() == "Anew"
    terrain.view.draw(terrain.shot(job))
    assert not page.pace.busy, "it was stopped"
    page.panel.stop.click()
    terrain.ready()
    assert page.picture.complete


def test_numbers_have_the_surface_and_the_path(bench, terrain, page) -> None:
    terrain.draw(bench.job())
    table = page.numbers()
    assert len({len(row) for row in table}) == 1
    assert len(table) == 1 + 17 * 17
    seen = page.picture.surface
    assert table[2] == (
        plain(float(seen.axes[0][1])),
        plain(float(seen.axes[1][0])),
        plain(float(seen.heights[0, 1])),
    )
    head, *way = terrain.view.more_numbers()["path"]
    assert len(way) == len(page.path.trajectory)
    assert way[-1][0] == "60"
    assert way[-1][head.index("true training loss")] == plain(float(page.path.cost[-1]))
    assert way[-1][1:3] == tuple(plain(float(places[-1])) for places in page.path.coordinates)


def test_a_run_that_left_the_picture_is_said(bench, terrain, page) -> None:
    job = bench.job(steps=10)
    terrain.draw(job)
    page._edit(replace(page.spec, kind="random", half_width=1e-4))
    terrain.ready()
    job.advance(60)
    terrain.draw(job)
    assert LEFT in page.notes.text


def test_without_the_runs_way_nothing_is_begun(bench, terrain, page) -> None:
    terrain.view.draw(bench.shot(bench.job(), frozenset()))
    assert not page.pace.busy


def test_a_layer_of_many_inputs_is_no_hindrance(terrain, page, bench) -> None:
    layer = LayerSpec(units=3)
    training = TrainingSpec(loss="categorical_cross_entropy")
    network = NetworkSpec(hidden=(layer,), output=OutputSpec(activation="softmax"))
    job = TrainingJob(resolve(Experiment(data=DataSpec(source="digits"), network=network, training=training)))
    job.advance(5)
    terrain.draw(job)
    assert page.picture.complete


def test_a_refusal_leaves_nothing_of_the_former_picture(bench, terrain, page) -> None:
    terrain.draw(bench.job())
    assert page.map.grid is not None
    choose(page.panel.plane, "points")
    assert page.map.grid is None
    assert page.map.paths == []
    assert page.map.marks == []
    choose(page.panel.plane, "random")
    terrain.ready()
    assert page.map.grid is not None
    assert page.map.chart._message.text() == ""


def test_a_path_that_grows_leaves_the_surface_as_it_is_drawn(bench, terrain, page) -> None:
    job = bench.job()
    terrain.draw(job)
    drawn, marks = page.map.grid, page.map.marks
    job.advance(1)
    terrain.draw(job)
    assert page.map.marks is not marks
    assert page.map.grid is drawn


def test_many_points_are_thinned_in_space_alone(bench, terrain, page) -> None:
    page.spec = replace(page.spec, resolution=129)
    terrain.draw(bench.job())
    assert page.map.grid.z.shape == (129, 129)
    page.panel.form.button("space").click()
    assert page.space.grid.z.shape == (65, 65)
    assert len(page.numbers()) > 129 * 129
