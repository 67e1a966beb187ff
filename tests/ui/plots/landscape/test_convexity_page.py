"""Convexity on screen: what is counted is what the engine counts, and a linear network has no violation."""

from dataclasses import replace

import numpy
import pytest

from nnviz.engine.convexity import CHORDS, Chords
from nnviz.experiment.loss_surface.convexity import chords_in_space
from nnviz.experiment.loss_surface.slices import SliceSpec, surface_objective
from nnviz.ui.plots.charts.wording import count, short
from nnviz.ui.plots.landscape.convexity_page import LEGEND, NO_SLICE, chord_notes, chords_sentence


@pytest.fixture
def page(terrain):
    terrain.view.mode.button("convexity").click()
    return terrain.view.convexity


def test_before_a_test_it_says_what_convex_means(bench, terrain, page) -> None:
    terrain.draw(bench.job())
    assert page.left.plot.chart._message.text().startswith(LEGEND)
    assert page.go.text() == f"{count(CHORDS)} random chords"
    assert page.numbers() == []
    assert not page.pace.busy, "chords are tested when they are asked for"


def test_violations_are_counted_and_the_worst_chord_is_drawn(bench, terrain, page) -> None:
    snapshot = terrain.draw(bench.job())
    page.go.click()
    assert page.pace.busy
    terrain.ready()
    objective = surface_objective(snapshot.problem, snapshot.training, SliceSpec())
    *_, expected = chords_in_space(objective, snapshot.theta)
    assert expected.violations > 0
    assert f"violations: {count(expected.violations)}" in page.notes.text
    assert f"{short(expected.excess)} above its chord" in page.notes.text
    way = page.left.shown
    for t, place in ((0.0, 0), (0.5, 50), (1.0, 100)):
        theta = (1.0 - t) * expected.worst[0] + t * expected.worst[1]
        assert way.heights[place] == pytest.approx(float(objective.value(theta)), rel=1e-9)
    table = page.numbers()
    middle = table[51]
    assert float(middle[2]) > float(middle[3])


def test_the_test_can_be_stopped(bench, terrain, page) -> None:
    terrain.draw(bench.job())
    page.go.click()
    assert page.go.accessibleName() == "Stop"
    page.go.click()
    assert not page.pace.busy
    assert page.go.text() == f"{count(CHORDS)} random chords"


def test_on_the_slice_that_is_seen(bench, terrain, page) -> None:
    job = bench.job()
    terrain.draw(job)
    page.what.button("slice").click()
    assert page.left.plot.chart._message.text() == NO_SLICE
    page.go.click()
    assert not page.pace.busy
    terrain.view.mode.button("surface").click()
    terrain.ready()
    terrain.view.mode.button("convexity").click()
    page.go.click()
    terrain.ready()
    assert page.tested.chords.complete
    ends = page.tested.chords.worst
    assert terrain.view.surface.slice.region.distance(ends) == pytest.approx(0.0, abs=1e-9)


def test_a_linear_network_beside_the_deep_one_has_no_violation(bench, terrain, page) -> None:
    terrain.draw(bench.job("houses", hidden=(4,)))
    page.what.button("rival").click()
    page.go.click()
    terrain.ready()
    assert page.right.isVisible()
    assert page.tested.chords.violations > 0
    assert page.tested.rival.violations == 0
    assert page.tested.rival.complete
    below = page.right.shown
    straight = below.heights[0] + below.t * (below.heights[-1] - below.heights[0])
    assert numpy.all(below.heights <= straight + 1e-9)
    assert "it looks convex" in page.right.sentence.text()
    assert {row[0] for row in page.numbers()[1:]} == {"this network", "linear network"}


def test_the_twin_is_the_same_function_behind_a_barrier(bench, terrain, page) -> None:
    job = bench.job()
    terrain.draw(job)
    page.what.button("twin").click()
    terrain.ready()
    assert not page.go.isVisible()
    twin = page.twin
    assert twin.cost == pytest.approx(twin.twin_cost, rel=1e-12)
    assert (page.first.value(), page.second.value()) == (twin.i + 1, twin.j + 1)
    assert f"rises by {short(twin.barrier.height)}" in page.notes.text
    page.layer.setValue(2)
    page.first.setValue(1)
    page.second.setValue(3)
    terrain.ready()
    terrain.until(lambda: (page.twin.layer, page.twin.i, page.twin.j) == (2, 0, 2))
    assert page.second.maximum() == 3
    job.advance(10)
    before = page.twin
    terrain.draw(job)
    assert page.twin is not before, "it follows the run"


def test_a_network_without_hidden_layers_has_no_twin(bench, terrain, page) -> None:
    terrain.draw(bench.job("houses", hidden=()))
    page.what.button("twin").click()
    terrain.ready()
    assert "no hidden layer" in page.left.plot.chart._message.text()


def test_a_unit_with_itself_is_a_sentence(bench, terrain, page) -> None:
    terrain.draw(bench.job())
    page.what.button("twin").click()
    terrain.ready()
    page.second.setValue(page.first.value())
    terrain.ready()
    assert "cannot be swapped" in page.left.plot.chart._message.text()


def test_parameters_that_are_not_finite_are_a_sentence(bench, terrain, page) -> None:
    snapshot = terrain.shot(bench.job())
    terrain.view.draw(replace(snapshot, theta=snapshot.theta * numpy.nan))
    page.go.click()
    terrain.ready()
    assert "not finite" in page.left.plot.chart._message.text()


def test_another_run_forgets_what_was_tested(bench, terrain, page) -> None:
    terrain.draw(bench.job())
    page.go.click()
    terrain.ready()
    terrain.draw(bench.job(), run_id=1)
    assert page.tested is None
    assert page.numbers() == []


def test_no_violation_is_never_called_a_proof() -> None:
    none = Chords(100, 100, undefined=3)
    text = " ".join(item.text for item in chord_notes(none, 5))
    assert "no number of chords can prove" in text
    assert "On 3 of them the loss is not finite" in text
    assert chords_sentence(none).endswith("it looks convex.")
