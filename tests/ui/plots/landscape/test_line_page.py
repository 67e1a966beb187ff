"""The loss downhill: the step that is taken is where the learning rate says, and what it does is said."""

from dataclasses import replace

import numpy
import pytest

from nnviz.engine.line_search import line_search
from nnviz.experiment.specification import replace as respec
from nnviz.ui.plots.charts.wording import plain, short
from nnviz.ui.plots.landscape.line_page import verdict


@pytest.fixture
def page(terrain):
    terrain.view.mode.button("line").click()
    return terrain.view.line


def with_rate(snapshot, rate: float):
    return replace(snapshot, training=respec(snapshot.training, learning_rate=rate))


def test_the_curve_is_the_loss_after_a_step_of_that_length(bench, terrain, page) -> None:
    job = bench.job()
    snapshot = terrain.draw(job)
    objective = job.problem.objective
    _, gradient = objective.value_and_gradient(snapshot.theta)
    for place in (0, 57, 200):
        s = page.plot.xs[place]
        assert page.plot.zs[place] == pytest.approx(float(objective.value(snapshot.theta - s * gradient)), rel=1e-9)
    mark = page.plot.marks[-1]
    assert (mark.x, mark.label) == (0.05, "α")
    assert mark.z == pytest.approx(float(objective.value(snapshot.theta - 0.05 * gradient)), rel=1e-9)
    assert f"step α‖∇J‖: {short(0.05 * float(numpy.linalg.norm(gradient)))}" in page.notes.text
    rows = page.numbers()
    assert rows[0] == ("s (the step is -s times the gradient)", "training loss", "quadratic model of it")
    assert rows[58][:2] == (plain(float(page.plot.xs[57])), plain(float(page.plot.zs[57])))
    marks = {row[0]: row[1:] for row in page.more_numbers()["marks"]}
    assert marks["this learning rate"] == (plain(0.05), plain(mark.z))
    assert float(marks["start"][1]) == pytest.approx(float(objective.value(snapshot.theta)), rel=1e-9)
    assert float(marks["2 / curvature along the gradient"][0]) == pytest.approx(2.0 / page.found.curvature)


def test_it_follows_the_run_and_rests_while_it_stands(bench, terrain, page) -> None:
    job = bench.job()
    terrain.draw(job)
    first = page.found
    terrain.draw(job)
    assert page.found is first
    job.advance(5)
    terrain.draw(job)
    assert page.found is not first


def test_the_limits_of_bend_and_sharpness_are_marked(bench, terrain, page) -> None:
    snapshot = terrain.draw(bench.job())
    found = page.found
    assert found.curvature > 0.0
    # A rate of that size lets the picture reach beyond both limits.
    measured = replace(
        with_rate(snapshot, 2.0 / found.curvature), sharpness=numpy.array([[snapshot.step, 2.0 * found.curvature]])
    )
    terrain.view.draw(measured)
    terrain.ready()
    marks = {label: place for place, label in page.plot.limits.changes}
    assert marks["2/c"] == pytest.approx(2.0 / found.curvature)
    assert marks["2/λ"] == pytest.approx(1.0 / found.curvature)
    assert "any direction is λ" in page.notes.text


def test_sharpness_that_comes_later_is_marked_then(bench, terrain, page) -> None:
    snapshot = terrain.draw(bench.job())
    assert "any direction is λ" not in page.notes.text
    terrain.view.draw(replace(snapshot, sharpness=numpy.array([[snapshot.step, 3.0]])))
    assert "λ = 3" in page.notes.text


def test_what_the_optimizer_really_does_is_said(bench, terrain, page) -> None:
    snapshot = terrain.draw(bench.job())
    assert "mini-batches" in page.notes.text
    terrain.view.draw(replace(snapshot, training=respec(snapshot.training, optimizer="adam")))
    terrain.ready()
    assert "This run uses adam" in page.notes.text


def test_no_way_downhill_is_a_sentence(bench, terrain, page) -> None:
    job = bench.job()
    snapshot = terrain.draw(job)
    terrain.view.draw(
        replace(snapshot, step_=None) if False else replace(snapshot, run_id=9, theta=snapshot.theta * numpy.nan)
    )
    terrain.ready()
    assert page.plot.chart._message.text().startswith("The parameters are not finite")
    assert page.numbers() == []
    terrain.view.draw(snapshot)
    terrain.ready()
    assert page.found is not None
    assert page.plot.chart._message.text() == ""


class Bowl:
    """J = θ² / 2 in one parameter."""

    def value(self, theta):
        return 0.5 * numpy.asarray(theta)[..., 0] ** 2

    def value_and_gradient(self, theta):
        theta = numpy.asarray(theta, dtype=float)
        return self.value(theta), theta


@pytest.mark.parametrize(
    ("rate", "reach", "says"),
    [
        (0.0, None, "no step"),
        (0.1, None, "times as long would be the best"),
        (1.0, None, "about as long as it should be"),
        (1.7, None, "too far, but still downhill"),
        (2.5, None, "overshoots"),
        (0.01, 0.1, "as far as the picture goes"),
        (50.0, None, "beyond the picture. The step overshoots"),
        (1e300, 3.0, "leaves the finite numbers"),
    ],
)
def test_the_verdict_on_a_bowl(rate: float, reach: float | None, says: str) -> None:
    with numpy.errstate(all="ignore"):
        found = line_search(Bowl(), [1.0], rate, reach)
    assert says in verdict(found)
