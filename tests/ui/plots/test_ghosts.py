"""The run that was left is seen in every curve, named, in the numbers, and spoils no axis."""

import dataclasses

import numpy
import pytest

from nnviz.engine.diagnostics import STATISTICS
from nnviz.engine.unit_states import UnitState
from nnviz.experiment.history_table import curve_headings
from nnviz.experiment.problem import resolve
from nnviz.experiment.snapshot import Ghost, Snapshot
from nnviz.experiment.specification import LayerSpec, NetworkSpec, replace
from nnviz.experiment.training_job import TrainingJob
from nnviz.experiment.unit_history import UnitHistory
from nnviz.ui.plots.charts.chart import Chart
from nnviz.ui.plots.charts.decades import FURTHER, Decades
from nnviz.ui.plots.charts.ghost_curves import PALE, pale
from nnviz.ui.plots.charts.ghost_track import LEAST_STEPS, GhostTrack, beside, reach
from nnviz.ui.plots.charts.plot_view import PlotView
from nnviz.ui.plots.charts.timeline import Timeline
from nnviz.ui.plots.charts.wording import full, plain, short
from nnviz.ui.plots.course.loss_view import LossView
from nnviz.ui.plots.course.stability_view import StabilityView
from nnviz.ui.plots.layers.gradient_flow_view import GradientFlowView
from nnviz.ui.plots.layers.ledger_lines import sums
from nnviz.ui.plots.layers.ledger_view import LedgerView
from nnviz.ui.plots.layers.outputs_view import OutputsView
from nnviz.ui.plots.units.symmetry_view import SymmetryView
from nnviz.ui.plots.units.units_view import UnitsView
from nnviz.ui.theme import DARK, LIGHT

NAME = "before: without help"
TRACK = numpy.array([[0.0, 2.0], [40.0, 8.0], [90.0, 30.0]])


def haunted(bench, *, steps: int = 60, former: int = 100, hidden: tuple[int, ...] = (4, 3)) -> Snapshot:
    """A run of two hidden layers of 4 and 3 units, beside a longer one of other initial weights and maybe layers."""
    other = bench.shot(bench.job(steps=former, hidden=hidden, initializer="glorot_uniform"))
    other = dataclasses.replace(other, sharpness=TRACK)
    own = dataclasses.replace(bench.shot(bench.job(steps=steps)), sharpness=numpy.array([[0.0, 3.0], [50.0, 4.0]]))
    return dataclasses.replace(own, ghost=Ghost.of(other, "without help"))


def names(view: PlotView) -> list[str]:
    return [entry.text for entry in view.legend.entries]


EVERYWHERE = [
    (GradientFlowView, "bars"),
    (GradientFlowView, "lines"),
    (LedgerView, "bars"),
    (LedgerView, "lines"),
    (UnitsView, "shares"),
    (SymmetryView, "lines"),
    (OutputsView, "a_mean"),
    (StabilityView, ""),
    (LossView, ""),
]


@pytest.mark.parametrize(("kind", "form"), EVERYWHERE)
def test_it_is_named_in_the_legend_and_stands_in_the_numbers_and_leaves_with_its_cause(bench, kind, form) -> None:
    snapshot = haunted(bench)
    view = bench.drawn(kind, snapshot, form)
    assert NAME in names(view)
    head, *rows = view.numbers()
    assert any(title.startswith(NAME) for title in head)
    assert all(len(row) == len(head) for row in rows)
    with_ghost = bench.picture(view)
    view.draw(dataclasses.replace(snapshot, ghost=None))
    assert NAME not in names(view)
    assert not any(title.startswith(NAME) for title in view.numbers()[0])
    assert bench.picture(view) != with_ghost


@pytest.mark.parametrize(("kind", "form"), EVERYWHERE)
@pytest.mark.parametrize("hidden", [(4,), (9, 2, 5), ()])
def test_one_of_another_network_degrades_cleanly(bench, kind, form, hidden) -> None:
    view = bench.drawn(kind, haunted(bench, hidden=hidden), form)
    assert any(name.startswith(NAME) for name in names(view))
    bench.picture(view)
    view.numbers()
    for chart in view.findChildren(Chart):
        left, right, bottom, top = chart.home
        chart.probe(left + 0.2 * (right - left), (bottom + top) / 2)


@pytest.mark.parametrize(("kind", "form"), EVERYWHERE)
def test_another_theme_and_back_gives_the_same_pixels(bench, kind, form) -> None:
    view = bench.drawn(kind, haunted(bench), form)
    before = bench.picture(view)
    view.set_theme(DARK)
    assert bench.picture(view) != before
    view.set_theme(LIGHT)
    assert bench.picture(view) == before


def test_a_layers_line_is_pale_in_its_own_hue(bench) -> None:
    snapshot = haunted(bench)
    view = bench.drawn(GradientFlowView, snapshot, "lines")
    history = snapshot.ghost.curves.statistic("gradient_W_rms")
    assert len(view.lines.course.ghosts.curves) == 3
    for l, curve in enumerate(view.lines.course.ghosts.curves):
        assert numpy.allclose(curve.ys[1:], numpy.log10(history[1:, l]))
        assert curve.color == pale(LIGHT.layer_color(l + 1, 3))
        assert curve.color.alphaF() == pytest.approx(PALE, abs=0.01)
        assert curve.width < view.lines.course.curves[l].width
    _, _, bottom, top = view.lines.home
    said = bench.hover(view.lines, 20.0, (bottom + top) / 2)
    assert f"(before: {short(float(history[20, 1]))})" in said


def test_the_ticks_in_the_bars_are_the_former_runs_at_the_same_step(bench) -> None:
    snapshot = haunted(bench)
    view = bench.drawn(GradientFlowView, snapshot)
    then = snapshot.ghost.curves.statistic("gradient_W_rms")[60]
    assert numpy.array_equal(view.bars.bars.ghost, then)
    assert [row[-1] for row in view.numbers()] == [
        f"{NAME}: RMS of the weights' gradient",
        *(plain(float(value)) for value in then),
    ]
    _, _, bottom, top = view.bars.home
    assert f"before: {full(float(then[0]))}" in bench.hover(view.bars, 0.0, (bottom + top) / 2)


def test_where_layers_do_not_correspond_the_bars_have_no_ticks_and_say_why(bench) -> None:
    view = bench.drawn(GradientFlowView, haunted(bench, hidden=(4,)))
    assert view.bars.bars.ghost is None
    assert f"{NAME} (2 layers): see Steps" in names(view)
    lines = bench.drawn(GradientFlowView, haunted(bench, hidden=(4,)), "lines")
    assert len(lines.lines.course.ghosts.curves) == 2
    assert "before" not in bench.hover(lines.lines, 20.0, sum(lines.lines.home[2:]) / 2)


def test_before_the_former_run_began_to_be_recorded_nothing_is_compared(bench) -> None:
    snapshot = haunted(bench)
    empty = snapshot.ghost.curves.until(-1)
    snapshot = dataclasses.replace(snapshot, ghost=dataclasses.replace(snapshot.ghost, curves=empty))
    for kind, form in EVERYWHERE:
        bench.picture(bench.drawn(kind, snapshot, form))


def test_the_ledgers_sums_are_the_former_runs(bench) -> None:
    snapshot = haunted(bench)
    view = bench.drawn(LedgerView, snapshot, "lines")
    for curve, line in zip(view.lines.course.ghosts.curves, sums(snapshot.ghost.curves).T, strict=True):
        assert numpy.array_equal(curve.ys, line, equal_nan=True)
    assert "before: together" in bench.hover(view.lines, 20.0, -0.1)
    bars = bench.drawn(LedgerView, snapshot)
    delta = snapshot.ghost.curves.statistic("delta_rms")[60]
    assert numpy.allclose(bars.chart.bars.ghost, numpy.log10(delta[:-1] / delta[1:]))


def test_borders_between_shares_are_those_of_the_same_layer(bench) -> None:
    snapshot = haunted(bench)
    view = bench.drawn(UnitsView, snapshot, "shares")
    expected = UnitHistory.of(snapshot.ghost.curves).shares()
    place = numpy.searchsorted(view.shares.ghost.places, 30.0)
    assert view.shares.ghost.heights[place, -1] == pytest.approx(100.0 * expected[30, UnitState.ALIVE])
    assert "before: alive" in bench.hover(view.shares, 30.0, 50.0)
    view.layer.show_layer(2)
    view.draw(snapshot)
    layer = UnitHistory.of(snapshot.ghost.curves, slice(4, 7)).shares()
    assert view.shares.ghost.heights[place, -1] == pytest.approx(100.0 * layer[30, UnitState.ALIVE])
    view.draw(haunted(bench, hidden=()))
    assert NAME not in names(view), "the former run has no second layer"
    assert len(view.shares.ghost.places) == 0
    assert not any(title.startswith(NAME) for title in view.numbers()[0])


def test_symmetry_is_compared_by_layer(bench) -> None:
    snapshot = haunted(bench, hidden=(9, 2))
    view = bench.drawn(SymmetryView, snapshot, "lines")
    assert [curve.ys[5] for curve in view.lines.course.ghosts.curves] == [9.0, 2.0]
    assert view.lines.home[3] == pytest.approx(1.08 * 8.0), "at most twice what the present run has"
    assert "layer 1: 4 distinct (before: 9)" in bench.hover(view.lines, 20.0, 2.0)


def test_sharpness_and_its_limit_are_the_former_runs(bench) -> None:
    snapshot = haunted(bench)
    view = bench.drawn(StabilityView, snapshot)
    assert view.chart.ghost.curves[0].ys == pytest.approx(numpy.log10(TRACK[:, 1]))
    assert view.chart.ghost_edge.curves[0].ys == pytest.approx(numpy.log10([40.0, 40.0]))
    assert view.numbers()[2][3:] == ("40", "8", "40")
    assert "before: λ 8.0 at step 40" in bench.hover(view.chart, 50.0, 0.5)
    flat = dataclasses.replace(snapshot.ghost, sharpness=numpy.array([[0.0, 0.0]]))
    view.draw(dataclasses.replace(snapshot, ghost=flat))
    assert f"{NAME} (no λ above 0)" in names(view)
    view.draw(dataclasses.replace(snapshot, ghost=dataclasses.replace(snapshot.ghost, spec=None)))
    assert len(view.numbers()[0]) == 3


def test_the_losss_ghost_is_under_the_cursor_and_in_the_table(bench) -> None:
    snapshot = haunted(bench)
    view = bench.drawn(LossView, snapshot)
    costs = snapshot.ghost.curves.column("train_cost")
    assert f"before {full(float(costs[20]))}" in bench.hover(view.cost, 20.0, sum(view.cost.home[2:]) / 2)
    table = view.numbers()
    heads = curve_headings(snapshot.problem.task)
    assert table[0] == (*heads, *(f"{NAME}: {name}" for name in heads))
    assert table[100][:6] == ("",) * 6
    assert table[100][8] == plain(float(costs[99]))


def test_the_present_run_takes_a_quarter_of_the_time_axis_at_least(bench) -> None:
    snapshot = haunted(bench, steps=10, former=4 * LEAST_STEPS)
    assert GhostTrack.of(snapshot, Timeline.of(snapshot, "step")).end == LEAST_STEPS
    later = haunted(bench, steps=300, former=4 * LEAST_STEPS)
    assert GhostTrack.of(later, Timeline.of(later, "step")).end == 1200
    epochs = GhostTrack.of(later, Timeline.of(later, "epoch"))
    assert epochs.places[-1] == epochs.curves.column("epoch")[-1] == epochs.end


def test_values_far_off_are_cut_instead_of_squeezing_the_present_run(bench) -> None:
    own, wild = numpy.array([1e-3, 1e-2]), numpy.array([1e-40, 1e40, 0.0])
    scale = Decades.of(own)
    stretched = scale.with_ghost(own, wild)
    assert stretched.low == pytest.approx(scale.low - FURTHER)
    assert stretched.high == pytest.approx(scale.high + FURTHER)
    assert stretched.zero_at < stretched.low, "its zeros have a place"
    assert scale.with_ghost(own, numpy.full(3, numpy.nan)) == scale
    alone = Decades.of(numpy.array([numpy.nan])).with_ghost(numpy.array([numpy.nan]), numpy.array([1e3, 1e5]))
    assert alone.low == pytest.approx(3.0, abs=0.1)
    assert reach(0.0, 1.0, numpy.array([-9.0, 0.5, 1.5, numpy.inf]), 2.0) == (-2.0, 1.5)
    assert reach(0.0, 1.0, numpy.array([numpy.nan]), 2.0) == (0.0, 1.0)
    snapshot = haunted(bench)
    curves = snapshot.ghost.curves
    layers = curves.layers.copy()
    layers[:, :, STATISTICS.index("gradient_W_rms")] *= 1e200
    ghost = dataclasses.replace(snapshot.ghost, curves=dataclasses.replace(curves, layers=layers))
    view = bench.drawn(GradientFlowView, dataclasses.replace(snapshot, ghost=ghost), "lines")
    assert view.lines.home[3] < 10.0


def test_tables_of_other_lengths_end_in_empty_cells() -> None:
    assert beside([("a",), ("1",)], [("b", "c"), ("2", "3"), ("4", "5")]) == [
        ("a", "b", "c"),
        ("1", "2", "3"),
        ("", "4", "5"),
    ]
    assert beside([("a",)], []) == [("a",)]


def test_many_numbers_make_way_for_the_ticks(bench) -> None:
    network = NetworkSpec(tuple(LayerSpec(3) for _ in range(14)))
    job = TrainingJob(resolve(replace(bench.job().spec, network=network)))
    job.advance(5)
    own = bench.shot(job)
    view = bench.drawn(GradientFlowView, own)
    assert view.bars.bars._lettering(20.0).every == 1
    view.draw(dataclasses.replace(own, ghost=Ghost.of(own, "the same")))
    assert view.bars.bars._lettering(20.0).every > 1
    bench.picture(view)


def test_the_borders_of_a_dead_network_are_drawn_over_the_areas(bench) -> None:
    snapshot = haunted(bench)
    units = snapshot.ghost.curves.units.copy()
    units[30:, :2] = UnitState.DEAD
    curves = dataclasses.replace(snapshot.ghost.curves, units=units)
    view = bench.drawn(UnitsView, snapshot, "shares")
    plain_picture = bench.picture(view)
    ghost = dataclasses.replace(snapshot.ghost, curves=curves)
    view.draw(dataclasses.replace(snapshot, ghost=ghost))
    assert bench.picture(view) != plain_picture
    place = numpy.searchsorted(view.shares.ghost.places, 50.0)
    assert view.shares.ghost.heights[place, 1] == pytest.approx(100.0 * 2 / 8)


@pytest.mark.parametrize(("kind", "form"), EVERYWHERE)
def test_labels_of_changes_have_room_above_the_curves(bench, kind, form) -> None:
    if (kind, form) in ((GradientFlowView, "bars"), (LedgerView, "bars"), (UnitsView, "shares")):
        return
    job = bench.job(steps=20)
    view = bench.drawn(kind, bench.shot(job), form)
    chart = next(chart for chart in view.findChildren(Chart) if chart.isVisible())
    before = chart.home[3] - chart.home[2]
    job.tune(replace(job.training, batch_size=7))
    view.draw(dataclasses.replace(bench.shot(job), sharpness=view.snapshot.sharpness))
    assert chart.home[3] - chart.home[2] > 1.05 * before
