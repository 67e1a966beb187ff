"""The zones' edges: drawn where the why-line would judge, taken by the mouse, and nothing said that is not drawn."""

import math

import numpy
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from nnviz.experiment.verdict import EXPLODING, VANISHING
from nnviz.ui.plots.charts.zone_outline import beyond
from nnviz.ui.plots.charts.zones import BLOCKS, NARROWEST, WIDEST, Limits, Zones, calmed
from nnviz.ui.plots.layers.gradient_flow_view import GradientFlowView
from nnviz.ui.plots.layers.layer_heat import JUDGED

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def drawn(bench, snapshot, form: str = "bars") -> GradientFlowView:
    view = GradientFlowView()
    bench.show(view, 640, 420)
    view.form.choose(form)
    view.draw(snapshot)
    return view


def send(chart, kind: QEvent.Type, place: QPoint, button, held) -> None:
    at = QPointF(place)
    where = chart.viewport().mapToGlobal(at)
    QApplication.sendEvent(chart.viewport(), QMouseEvent(kind, at, where, button, held, Qt.KeyboardModifier.NoModifier))


def edge(chart, side: int, x: float) -> float:
    lower, upper = chart.zones.edges()
    return float(numpy.interp(x, chart.zones.xs, upper if side > 0 else lower))


def drag(chart, x: float, start: float, end: float, *, steps: int = 4) -> None:
    send(chart, QEvent.Type.MouseButtonPress, chart.pixel_of(x, start), LEFT, LEFT)
    for part in range(1, steps + 1):
        place = chart.pixel_of(x, start + (end - start) * part / steps)
        send(chart, QEvent.Type.MouseMove, place, NONE, LEFT)
    send(chart, QEvent.Type.MouseButtonRelease, chart.pixel_of(x, end), LEFT, NONE)


@pytest.fixture
def snapshot(bench):
    return bench.with_gradients(bench.shot(bench.job(hidden=(4,) * 4)), [1e-6, 1e-4, 1e-3, 1e-2, 1e-2])


def test_at_first_the_zones_are_those_of_the_why_line(bench, snapshot) -> None:
    view = drawn(bench, snapshot)
    assert (view.limits.vanishing, view.limits.exploding) == (VANISHING, EXPLODING)
    assert not any("why-line" in entry.text for entry in view.legend.entries)


@pytest.mark.parametrize("form", ["bars", "lines"])
def test_an_edge_follows_the_hand_in_all_forms_and_is_told_once(bench, snapshot, form) -> None:
    view = drawn(bench, snapshot, form)
    chart = view.forms.parts[form]
    told: list[float] = []
    view.zones_edited.connect(told.append)
    x = 2.0 if form == "bars" else 30.0
    before = chart.home
    lower = edge(chart, -1, x)
    drag(chart, x, lower, lower + 1.0)
    assert view.zone.value() == pytest.approx(2.0, abs=0.15)
    assert told == [view.zone.value()]
    assert view.limits == Limits(-view.zone.value(), view.zone.value())
    assert edge(chart, -1, x) == pytest.approx(lower + 1.0, abs=0.15)
    assert before[:2] == chart.home[:2]
    other = "lines" if form == "bars" else "bars"
    view.form.choose(other)
    view.redraw()
    assert view.forms.parts[other].zones.limits == view.limits
    view.form.choose("heat")
    view.redraw()
    history = snapshot.curves.statistic("gradient_W_rms")
    expected = numpy.abs(numpy.log10(history[-1] / history[-1, -1])) >= view.zone.value()
    assert view.heat.outline.cells[-1].tolist() == expected.tolist()


def test_the_range_stays_under_the_hand_and_follows_afterwards(bench, snapshot) -> None:
    view = drawn(bench, snapshot)
    chart, lower = view.bars, edge(view.bars, -1, 1.0)
    shown = chart.mapping()
    start, end = chart.pixel_of(1.0, lower), chart.pixel_of(1.0, lower - 0.7)
    send(chart, QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
    send(chart, QEvent.Type.MouseMove, end, NONE, LEFT)
    view.draw(snapshot)  # the run goes on meanwhile
    assert chart.mapping() == shown
    send(chart, QEvent.Type.MouseButtonRelease, end, LEFT, NONE)
    assert chart.home[2] <= edge(chart, -1, 1.0) - 0.5, "the band is seen below its edge"


def test_an_edge_goes_no_further_than_the_field_allows(bench, snapshot) -> None:
    view = drawn(bench, snapshot)
    lower = edge(view.bars, -1, 1.0)
    drag(view.bars, 1.0, lower, lower + 20.0)
    assert view.zone.value() == NARROWEST
    view.show_zones(1e9)
    assert view.zone.value() == WIDEST


def test_the_cursor_says_that_an_edge_can_be_taken_and_the_bubble_what_it_is(bench, snapshot) -> None:
    view = drawn(bench, snapshot)
    lower = edge(view.bars, -1, 1.0)
    said = bench.hover(view.bars, 1.0, lower)
    assert "vanishing from here on: 3 decades below the output layer" in said
    assert view.bars.viewport().cursor().shape() == Qt.CursorShape.SizeVerCursor
    assert "from here on" not in bench.hover(view.bars, 1.0, lower - 0.6)
    assert view.bars.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    view.show_zones(1.0)
    assert "exploding from here on: 1 decades above" in bench.hover(view.bars, 1.0, edge(view.bars, 1, 1.0))


def test_elsewhere_the_plot_is_dragged_and_the_zones_stay(bench, snapshot) -> None:
    view = drawn(bench, snapshot)
    drag(view.bars, 1.0, edge(view.bars, -1, 1.0) + 1.0, 0.0)
    assert view.zone.value() == 3.0


def test_a_quantity_without_zones_has_no_edge_to_take(bench, snapshot) -> None:
    view = drawn(bench, snapshot)
    view.choice.show_key("update_ratio")
    view.redraw()
    assert view.bars.zones.side_at(1.0, edge(view.bars, -1, 1.0), 1.0) == 0
    assert view.bars.zone_words(1.0, edge(view.bars, -1, 1.0)) == []


def test_other_zones_than_the_why_lines_say_so(bench, snapshot) -> None:
    for form in ("bars", "lines", "heat"):
        view = drawn(bench, snapshot, form)
        view.zone.setValue(2.0)
        view.zone.edited.emit(2.0)
        assert view.legend.entries[-1].text == "zones ±2; the why-line judges at ±3"
    assert "why-line judges" in view.zone.toolTip()


def test_without_an_output_layers_value_there_is_no_edge() -> None:
    zones = Zones()
    zones.show_zones(Limits(), numpy.arange(2.0), numpy.array([math.nan, 0.0]))
    assert math.isnan(zones.reference_at(0.5))
    assert zones.side_at(0.5, -3.0, 1.0) == 0


def test_noise_is_calmed_by_medians_and_ends_where_the_run_does() -> None:
    xs = numpy.arange(1000.0)
    noise = numpy.random.default_rng(0).normal(size=1000)
    places, values = calmed(xs, -2.0 + noise)
    assert len(places) <= BLOCKS + 2
    assert places[0] == 0.0
    assert places[-1] == 999.0
    assert numpy.all(numpy.diff(places) > 0.0)
    assert numpy.std(values) < 0.5
    step = numpy.where(xs < 500.0, 1.0, 4.0)
    assert set(calmed(xs, step)[1]) <= {1.0, 2.5, 4.0}
    few = calmed(xs[:10], noise[:10])
    assert few[1] is not None
    assert numpy.array_equal(few[1], noise[:10])


def test_columns_beside_each_other_are_judged_together() -> None:
    rows = numpy.tile([1e-4, 1.0], (2 * JUDGED, 1))
    rows[3, 0] = rows[JUDGED + 1, 0] = 1.0
    rows[JUDGED:, 0] = numpy.where(numpy.arange(JUDGED) < 2, 1e-4, 1.0)
    cells = beyond(rows, Limits(), JUDGED)
    assert cells[:, 0].tolist() == [True] * JUDGED + [False] * JUDGED
    assert not cells[:, 1].any()


def test_the_fields_value_is_shown_as_it_was_remembered(bench, snapshot) -> None:
    view = drawn(bench, snapshot)
    told: list[float] = []
    view.zones_edited.connect(told.append)
    view.show_zones(1.5)
    assert view.zone.value() == 1.5
    assert view.limits == Limits(-1.5, 1.5)
    assert told == [], "what the program sets is no edit"


def test_the_whiskers_of_delta_are_asked_for_only_while_they_are_seen(bench) -> None:
    job = bench.job(hidden=(12, 5))
    view = drawn(bench, bench.shot(job))
    asked: list[frozenset[str]] = []
    view.readings_changed.connect(lambda: asked.append(view.readings))
    assert view.readings == frozenset()
    view.choice.setCurrentIndex(2)
    view.choice.activated.emit(2)
    assert asked == [frozenset({"unit_deltas"})]
    assert numpy.isnan(view.bars.bars.spread).all(), "not known yet"
    snapshot = bench.shot(job, frozenset({"unit_deltas"}))
    view.draw(snapshot)
    tape = job.trainer.tape
    for l in (1, 2):
        sizes = numpy.sqrt(numpy.mean(tape.delta(l) ** 2, axis=0))
        assert numpy.allclose(view.bars.bars.spread[l - 1], numpy.quantile(sizes, [0.1, 0.9]))
    view.form.button("lines").click()
    assert asked[-1] == frozenset()
    view.form.button("bars").click()
    view.draw(bench.shot(bench.job(), frozenset({"unit_deltas"})))
    view.draw(bench.shot(bench.job(hidden=(3,))))  # another network, and no reading of it yet
    bench.picture(view)
